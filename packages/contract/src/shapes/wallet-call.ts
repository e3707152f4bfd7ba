/** The callback log: operations towards an operator's wallet and every attempt made for them. */
import { z } from 'zod';
import { marketId, operatorId, positionId, requestId, settlementId, tradeId, transactionId, userId } from '../ids.ts';
import { cursorQuery, pageQuery } from '../page.ts';
import { instant, nonNegativeUsd, usd } from '../units.ts';
import { CALLBACK_METHODS } from './callback-answer.ts';

export const WALLET_CALL_STATUSES = ['pending', 'unknown', 'confirmed', 'refused', 'rolled_back', 'failed', 'handled'] as const;
export type WalletCallStatus = (typeof WALLET_CALL_STATUSES)[number];
const status = z.enum(WALLET_CALL_STATUSES).meta({
  description:
    'pending: not answered yet. unknown: asked, and nobody can say whether it happened. rolled_back: a BET_MAKE that was undone. ' +
    'failed: waits for a person. handled: a person closed it.',
});
const method = z.enum(CALLBACK_METHODS).exclude(['PING', 'BALANCE']);

export const walletCall = z
  .object({
    id: transactionId.meta({ description: 'The `transaction_id` the wallet knows it by.' }),
    request_id: requestId,
    operator_id: operatorId,
    operator_slug: z.string(),
    method,
    status,
    amount_usd: nonNegativeUsd.meta({ description: 'What moves; of a BET_LOSE the stake that is lost.' }),
    user_id: userId,
    external_id: z.string().nullable(),
    trade_id: tradeId.nullable(),
    market_id: marketId,
    position_id: positionId.nullable(),
    settlement_id: settlementId.nullable(),
    reference_id: transactionId.nullable(),
    attempts: z.number().int().meta({ description: 'Of this round; a replay begins a new one.' }),
    next_attempt_at: instant.nullable(),
    balance_usd: usd.nullable().meta({ description: 'The balance the wallet answered.' }),
    reason_code: z.string().nullable(),
    reason: z.string().nullable(),
    handled_by: z.string().nullable(),
    created_at: instant,
    settled_at: instant.nullable().meta({ description: 'When it ended.' }),
  })
  .meta({ id: 'WalletCall' });

export const walletAttempt = z
  .object({
    id: z.string(),
    method: z.enum(CALLBACK_METHODS),
    at: instant,
    url: z.string(),
    request: z.string().meta({ description: 'The body as sent.' }),
    http_status: z.number().int().nullable().meta({ description: 'Null when no answer came.' }),
    answer: z.string().nullable().meta({ description: 'The answer’s text, cut to 4 kB.' }),
    outcome: z.enum(['confirmed', 'duplicate', 'refused', 'unknown', 'unsent']),
    detail: z.string().nullable(),
    milliseconds: z.number().int(),
    curl: z.string().meta({ description: 'The same request for a terminal; signatures are left out.' }),
  })
  .meta({ id: 'WalletAttempt' });

export const walletCallWithAttempts = walletCall.extend({ attempt_log: z.array(walletAttempt) }).meta({ id: 'WalletCallWithAttempts' });

/** Filters of the log. */
export const walletCallQuery = {
  ...pageQuery,
  ...cursorQuery,
  method: method.optional(),
  status: status.optional().meta({ description: '`failed` is the queue that waits for people.' }),
  user_id: userId.optional(),
  trade_id: tradeId.optional(),
  market_id: marketId.optional(),
  settlement_id: settlementId.optional(),
  from: instant.optional().meta({ description: 'ISO 8601 start.' }),
  to: instant.optional().meta({ description: 'ISO 8601 end; before this instant.' }),
};

const reason = z.string().trim().min(1).max(500).meta({ description: 'Why; kept with the call and the audit log.' });
export const walletCallParams = z.strictObject({ call_id: transactionId });
export const replayBody = z.strictObject({ reason });
export const replayManyBody = z.strictObject({ call_ids: z.array(transactionId).min(1).max(500), reason });
export const handleBody = z.strictObject({ reason });
export const replayed = z.object({
  replayed: z.array(transactionId),
  skipped: z.array(z.object({ id: transactionId, reason: z.string() })).meta({ description: 'What cannot be asked again, and why.' }),
});
