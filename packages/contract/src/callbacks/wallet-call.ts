/**
 * What the platform asks an operator's wallet, and what the wallet answers: the eight methods of the seamless wallet.
 * Amounts and balances are whole minor units (cents). `player_id` is the operator's own id of its player, the `sub` of its launch tokens.
 */
import { z } from 'zod';
import { marketId, operatorId, positionId, requestId, settlementId, tradeId, transactionId } from '../ids.ts';
import type { CallbackMethod } from '../shapes/callback-answer.ts';
import { CATEGORIES } from '../shapes/category.ts';
import { outcome } from '../shapes/trade.ts';
import { instant, positiveQuantity, unitPrice } from '../units.ts';

/** Whole minor units <-> bigint. */
const minorUnits = z.codec(z.number().int(), z.bigint(), { decode: BigInt, encode: Number });
const amount = minorUnits.meta({ description: 'Whole minor units of `currency`.' });
const player = {
  player_id: z.string().meta({ description: 'The operator’s own id of the player.' }),
  currency: z.string().meta({ description: 'ISO 4217.' }),
};
const reference = z.string().meta({ description: '`transaction_id` of the BET_MAKE this belongs to.' });

const bet = z.strictObject({
  trade_id: tradeId,
  market_id: marketId,
  market_title: z.string(),
  category: z.enum(CATEGORIES),
  outcome,
  price: unitPrice,
  quantity: positiveQuantity,
  fee: amount.meta({ description: 'Whole minor units; part of `amount` for BET_MAKE, already taken off it for BET_SELL.' }),
});
const credited = { transaction_id: transactionId, amount, reference_id: reference };
const closing = { position_id: positionId, settlement_id: settlementId };

/** Parameters by method. */
export const CALLBACK_PARAMS = {
  PING: z.strictObject({}),
  BALANCE: z.strictObject(player),
  BET_MAKE: z.strictObject({ ...player, transaction_id: transactionId, amount, bet }),
  BET_SELL: z.strictObject({ ...player, ...credited, bet }),
  BET_WIN: z.strictObject({ ...player, ...credited, ...closing }),
  BET_LOSE: z.strictObject({ ...player, transaction_id: transactionId, reference_id: reference, ...closing, stake: amount }),
  BET_REFUND: z.strictObject({ ...player, ...credited, ...closing }),
  BET_ROLLBACK: z.strictObject({ ...player, ...credited }),
} as const satisfies Record<CallbackMethod, z.ZodType>;

const request = <M extends CallbackMethod>(method: M) =>
  z.strictObject({
    method: z.literal(method),
    timestamp: instant.meta({ description: 'When the operation was decided: the same on every attempt.' }),
    request_id: requestId.meta({ description: 'The idempotency key: the same on every attempt of the same operation.' }),
    operator_id: operatorId,
    params: CALLBACK_PARAMS[method],
  });

/** The body of every POST to the operator's callback URL. */
export const callbackRequest = z.discriminatedUnion('method', [
  request('PING'),
  request('BALANCE'),
  request('BET_MAKE'),
  request('BET_SELL'),
  request('BET_WIN'),
  request('BET_LOSE'),
  request('BET_REFUND'),
  request('BET_ROLLBACK'),
]);
export type CallbackRequest = z.output<typeof callbackRequest>;
