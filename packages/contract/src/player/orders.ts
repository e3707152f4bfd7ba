/** Limit orders and the order book, for players. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import type { ErrorCode } from '../errors.ts';
import { marketId, orderId } from '../ids.ts';
import { paged, single } from '../page.ts';
import { order, orderBook, placedOrderFields, playerOrderQuery } from '../shapes/order.ts';
import { orderProblem } from '../shapes/trade.ts';
import { nonNegativeUsd } from '../units.ts';

const PLACE_REFUSALS = [
  'NOT_FOUND',
  'CONFLICT',
  'MARKET_NOT_TRADEABLE',
  'AMOUNT_TOO_SMALL',
  'PLAYER_RESTRICTED',
  'OPERATOR_NOT_LIVE',
  'OPERATOR_READ_ONLY',
  'INSUFFICIENT_SHARES',
  'INSUFFICIENT_BALANCE',
  'RISK_LIMIT',
  'OWN_LIMIT',
  'SELF_EXCLUDED',
  'IDEMPOTENCY_KEY_REUSED',
  'OUTCOME_UNKNOWN',
] as const satisfies readonly ErrorCode[];

const common = { audience: 'player', tag: 'Orders' } as const;
const params = z.strictObject({ order_id: orderId });
const answer = z.object({
  data: order,
  balance_usd: nonNegativeUsd.meta({ description: 'What can be spent now: without what open orders hold.' }),
});

export const placeOrder = endpoint({
  ...common,
  method: 'POST',
  path: '/api/casino/orders',
  summary: 'Place a limit order',
  description:
    'The order rests until the market’s price makes its limit true, then executes as any trade: whole, once, at the price of the moment, never worse than the limit, past the same walls. Amount and fee of a buy are set aside from the balance meanwhile, the shares of a sale are kept from other sales; both come back when it ends unfilled. Where the operator keeps the balances, its wallet is asked when the order executes. A limit that is true already executes at once. 403 while limit orders are switched off.',
  idempotency: 'required',
  body: z.strictObject(placedOrderFields).check((context) => {
    const problem = orderProblem(context.value);
    if (problem) context.issues.push({ code: 'custom', input: context.value, path: [problem.field], message: problem.expected });
    const { limit_price: limit } = context.value;
    if (limit > 0n && limit < 10_000n) return;
    context.issues.push({ code: 'custom', input: context.value, path: ['limit_price'], message: 'Expected more than 0 and less than 1' });
  }),
  status: 201,
  answer,
  refusals: PLACE_REFUSALS,
});

export const listPlayerOrders = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/orders',
  summary: 'List own limit orders',
  description: 'Newest first.',
  query: playerOrderQuery,
  answer: paged(order),
});

export const getOrder = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/orders/{order_id}',
  summary: 'Get a limit order',
  params,
  answer: single(order),
});

export const cancelOrder = endpoint({
  ...common,
  method: 'DELETE',
  path: '/api/casino/orders/{order_id}',
  summary: 'Cancel a limit order',
  description:
    'What it holds comes back at once. An order that has ended is answered as it stands: filled when the execution came first. Possible also while limit orders are switched off.',
  params,
  answer,
  refusals: ['MARKET_NOT_TRADEABLE', 'OUTCOME_UNKNOWN'],
});

export const getOrderBook = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/markets/{market_id}/orderbook',
  summary: 'Get the order book of a market',
  description:
    'Resting orders of this operator’s players by price, and where the house trades with you at once: its quantity is the most one trade of yours may take. The stream’s `orderbook` events tell changes. 403 while `ui.show_orderbook` is off.',
  params: z.strictObject({ market_id: marketId }),
  answer: single(orderBook),
});
