/** Settlements: a market's result and what became of it; as the platform and as one operator sees it. */
import { z } from 'zod';
import { marketId, settlementId, userId } from '../ids.ts';
import { instant, nonNegativeUsd, quantity, usd } from '../units.ts';
import { outcome } from './trade.ts';

export const SETTLEMENT_STATUSES = ['pending', 'processing', 'completed', 'failed'] as const;
export const settlementStatus = z.enum(SETTLEMENT_STATUSES).meta({
  description:
    'pending: proposed, not decided yet. processing: decided; credits or callbacks are still under way. completed: every credit made, every callback confirmed. failed: some callbacks wait for a person.',
});
export const resolution = z.enum(['yes', 'no', 'split', 'void']).meta({
  description: 'split: both outcomes pay 50 cents a share. void: the cost of every position is refunded.',
});
const seconds = z.number().int().nullable().meta({ description: 'From the proposal to the last credit and callback; null until then.' });
const settledAt = instant.nullable();

export const settlement = z
  .object({
    id: settlementId,
    market_id: marketId,
    market_title: z.string(),
    resolution,
    status: settlementStatus,
    positions_settled: z.number().int(),
    winners: z.number().int(),
    losers: z.number().int(),
    total_payout_usd: usd.meta({ description: 'Of a correction: the difference to what was paid before.' }),
    total_loss_usd: usd.meta({ description: 'What positions that got less than their cost lost.' }),
    net_pnl_usd: usd.meta({ description: 'For the house: losses less payouts.' }),
    s2s_callbacks_sent: z.number().int(),
    s2s_callbacks_confirmed: z.number().int(),
    s2s_callbacks_failed: z.number().int(),
    processing_time_ms: seconds,
    resolved_at: instant,
    settled_at: settledAt,
    held: z.boolean().meta({ description: 'Two signals disagree: a person must propose a result.' }),
    needs_approval: z.boolean(),
    decide_at: instant.nullable().meta({ description: 'End of the challenge window; null while it waits for approval or is held.' }),
    corrects_id: settlementId.nullable(),
    evidence: z.string(),
    evidence_url: z.string().nullable(),
    proposed_by: z.string().meta({ description: 'Id of a person or a key pair, or the name of a job.' }),
    proposed_by_name: z.string().nullable().meta({ description: 'E-mail address of a person, name of a key pair; null for a job.' }),
    approved_by: z.string().nullable(),
    approved_by_name: z.string().nullable(),
  })
  .meta({ id: 'Settlement' });

export const operatorSettlement = z
  .object({
    id: settlementId,
    market_id: marketId,
    market_title: z.string(),
    resolution,
    status: settlementStatus,
    operator_positions_settled: z.number().int(),
    operator_winners: z.number().int(),
    operator_losers: z.number().int(),
    operator_payout_usd: usd,
    operator_loss_usd: usd,
    operator_net_pnl_usd: usd,
    s2s_callbacks: z.object({ sent: z.number().int(), confirmed: z.number().int(), failed: z.number().int() }),
    resolved_at: instant,
    settled_at: settledAt,
  })
  .meta({ id: 'OperatorSettlement' });

export const pendingSettlement = z
  .object({
    id: settlementId,
    market_id: marketId,
    market_title: z.string(),
    resolution,
    resolved_at: instant,
    status: settlementStatus,
    positions_total: z.number().int(),
    positions_settled: z.number().int(),
    positions_remaining: z.number().int(),
    failed_callbacks: z.array(
      z.object({
        user_id: userId,
        operator_slug: z.string(),
        error: z.string(),
        last_attempt_at: instant.nullable(),
        retry_count: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'PendingSettlement' });

/** What a decision would be now. */
export const settlementPreview = z
  .object({
    market_id: marketId,
    resolution,
    corrects_id: settlementId.nullable(),
    operators: z.array(
      z.object({
        operator_slug: z.string(),
        positions: z.number().int(),
        winners: z.number().int(),
        losers: z.number().int(),
        payout_usd: usd,
        fee_usd: usd,
        loss_usd: usd,
        cost_usd: nonNegativeUsd,
      }),
    ),
    payouts: z.array(
      z.object({
        user_id: userId,
        user_name: z.string(),
        operator_slug: z.string(),
        outcome,
        quantity,
        cost_usd: nonNegativeUsd,
        payout_usd: usd,
        fee_usd: usd,
      }),
    ),
  })
  .meta({ id: 'SettlementPreview' });
