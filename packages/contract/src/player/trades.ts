/** Quoting and trading, for players. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import type { ErrorCode } from '../errors.ts';
import { inOrder, periodQuery } from '../filters.ts';
import { marketId } from '../ids.ts';
import { cursorQuery, paged, pageQuery, single } from '../page.ts';
import { quote } from '../shapes/quote.ts';
import {
  type OrderFields,
  orderFields,
  orderProblem,
  outcome,
  placedTrade,
  priceFields,
  priceProblem,
  side,
  trade,
} from '../shapes/trade.ts';
import { nonNegativeUsd } from '../units.ts';

const QUOTE_REFUSALS = [
  'MARKET_NOT_TRADEABLE',
  'AMOUNT_TOO_SMALL',
  'PLAYER_RESTRICTED',
  'OWN_LIMIT',
  'SELF_EXCLUDED',
  'OPERATOR_NOT_LIVE',
  'OPERATOR_READ_ONLY',
  'INSUFFICIENT_SHARES',
  'INSUFFICIENT_BALANCE',
  'RISK_LIMIT',
  'CIRCUIT_BREAKER',
  'NOT_FOUND',
] as const satisfies readonly ErrorCode[];
const TRADE_REFUSALS = [
  ...QUOTE_REFUSALS,
  'IDEMPOTENCY_KEY_REUSED',
  'QUOTE_EXPIRED',
  'QUOTE_INVALID',
  'PRICE_CHANGED',
  'WALLET_UNAVAILABLE',
  'IN_FLIGHT',
  'OUTCOME_UNKNOWN',
] as const satisfies readonly ErrorCode[];

type Report = (problem: { field: string; expected: string } | undefined, at?: readonly PropertyKey[]) => void;

/** Reports a problem of one order as an issue of the field it is about. */
const reporter =
  (context: z.core.ParsePayload<unknown>): Report =>
  (problem, at = []) => {
    if (problem) context.issues.push({ code: 'custom', input: context.value, path: [...at, problem.field], message: problem.expected });
  };

export const requestQuote = endpoint({
  method: 'POST',
  path: '/api/casino/quotes',
  audience: 'player',
  tag: 'Trading',
  summary: 'Ask for a binding quote',
  description: 'The house stands by the price for a few seconds, for this player and this trade, once. A quote reserves nothing.',
  body: z.strictObject(orderFields).check((context) => reporter(context)(orderProblem(context.value))),
  answer: single(quote),
  refusals: QUOTE_REFUSALS,
});

const dryRun = z.boolean().optional().meta({ description: 'true: decide as if trading now, answer the decision, write nothing.' });

export const placeTrade = endpoint({
  method: 'POST',
  path: '/api/casino/trades',
  audience: 'player',
  tag: 'Trading',
  summary: 'Buy or sell',
  description:
    'A buy names `amount_usd`, a sale `quantity`. Name the price accepted: a `quote`, or the worst `limit_price`. The trade is never repriced: it executes at that price or better, or is refused. Where the operator keeps the balances, a buy waits for its wallet: without an answer in time the trade is `pending`, and the stream tells how it ends.',
  idempotency: 'required',
  body: z.strictObject({ ...orderFields, ...priceFields, dry_run: dryRun }).check((context) => {
    const report = reporter(context);
    report(orderProblem(context.value));
    report(priceProblem(context.value, context.value.dry_run === true));
  }),
  status: 201,
  answer: z.object({
    data: placedTrade,
    balance_usd: nonNegativeUsd.meta({ description: 'The balance right after this trade.' }),
    dry_run: z.boolean().optional().meta({ description: 'true: nothing was written and the id names nothing.' }),
  }),
  refusals: TRADE_REFUSALS,
});

export const placeTrades = endpoint({
  method: 'POST',
  path: '/api/casino/trades/batch',
  audience: 'player',
  tag: 'Trading',
  summary: 'Place several trades, all or none',
  description:
    'The trades are decided in order, each seeing the ones before; the first refusal undoes all. `details.order` names it, from 0. Where the operator keeps the balances, its wallet then pays for each on its own: one it refuses is `cancelled`.',
  idempotency: 'required',
  body: z
    .strictObject({
      trades: z
        .array(z.strictObject({ ...orderFields, ...priceFields }))
        .min(1)
        .max(20),
      dry_run: dryRun,
    })
    .check((context) => {
      const report = reporter(context);
      context.value.trades.forEach((order: OrderFields, index: number) => {
        report(orderProblem(order), ['trades', index]);
        report(priceProblem(order, context.value.dry_run === true), ['trades', index]);
      });
    }),
  status: 201,
  answer: z.object({
    data: z.array(placedTrade),
    balance_usd: nonNegativeUsd.meta({ description: 'The balance right after the last trade.' }),
    dry_run: z.boolean().optional(),
  }),
  refusals: TRADE_REFUSALS,
});

export const listPlayerTrades = endpoint({
  method: 'GET',
  path: '/api/casino/trades',
  audience: 'player',
  tag: 'Trading',
  summary: 'List own trades',
  description: 'Newest first.',
  query: z
    .strictObject({
      ...pageQuery,
      ...cursorQuery,
      market_id: marketId.optional().meta({ description: 'Only this market.' }),
      side: side.optional(),
      outcome: outcome.optional(),
      ...periodQuery,
    })
    .check(inOrder('from', 'to')),
  answer: paged(trade),
});
