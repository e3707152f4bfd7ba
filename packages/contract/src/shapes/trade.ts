/** A trade: one executed buy or sale of shares of one outcome. */
import { z } from 'zod';
import { cursorOnlyBy, inOrder, periodQuery, queryUsd, sortOrder } from '../filters.ts';
import { marketId, tradeId, transactionId, userId } from '../ids.ts';
import { cursorQuery, pageQuery } from '../page.ts';
import { instant, nonNegativeUsd, positiveQuantity, positiveUsd, quantity, unitPrice, usd } from '../units.ts';
import { category } from './category.ts';
import { receipt } from './receipt.ts';
import { WALLET_CALL_STATUSES } from './wallet-call.ts';

export const outcome = z.enum(['yes', 'no']).meta({ description: 'The side of the question the shares pay out on.' });
export const side = z.enum(['buy', 'sell']).meta({ description: '`buy` names dollars, `sell` names shares.' });
export const tradeStatus = z
  .enum(['pending', 'filled', 'settled', 'cancelled'])
  .meta({ description: 'pending: waiting for an outside wallet. settled: the market is resolved.' });

/** What both a quote and an order say about the trade meant; `checkOrder` ties amount and quantity to the side. */
export const orderFields = {
  market_id: marketId.meta({ description: 'The market to trade.' }),
  outcome,
  side,
  amount_usd: positiveUsd.optional().meta({ description: 'Dollars to spend before the fee; for a buy only. At most two decimals.' }),
  quantity: positiveQuantity.optional().meta({ description: 'Shares to sell; for a sale only. At most two decimals.' }),
};
export const priceFields = {
  quote: z.string().min(1).max(4_000).optional().meta({ description: 'The `quote` of a binding quote: executes at its price, once.' }),
  limit_price: unitPrice
    .optional()
    .meta({ description: 'Without a quote: the worst price per share the player accepts, 0.0000 to 1.0000.' }),
};
const tradeFields = z.strictObject({ ...orderFields, ...priceFields });
export type OrderFields = z.output<typeof tradeFields>;

type Problem = { field: string; expected: string };

/** A buy names dollars and a sale shares, and never both. */
export function orderProblem(order: Pick<OrderFields, 'side' | 'amount_usd' | 'quantity'>): Problem | undefined {
  const [needed, unwanted] = order.side === 'buy' ? (['amount_usd', 'quantity'] as const) : (['quantity', 'amount_usd'] as const);
  if (order[needed] === undefined) return { field: needed, expected: `A ${order.side} needs ${needed}` };
  if (order[unwanted] !== undefined) return { field: unwanted, expected: `Not for a ${order.side}, which takes ${needed}` };
  return undefined;
}

/** The player accepts a price: a quote's, or the worst one named. A dry run may leave it open. */
export function priceProblem(order: Pick<OrderFields, 'quote' | 'limit_price'>, optional: boolean): Problem | undefined {
  if (order.quote !== undefined && order.limit_price !== undefined) {
    return { field: 'limit_price', expected: 'Exactly one of quote and limit_price' };
  }
  if (order.quote === undefined && order.limit_price === undefined && !optional) {
    return { field: 'quote', expected: 'Exactly one of quote and limit_price' };
  }
  return undefined;
}

/** What a player gets back for an order. */
export const placedTrade = z
  .object({
    id: tradeId,
    market_id: marketId,
    outcome,
    side,
    status: tradeStatus,
    price: unitPrice.meta({ description: 'Executed price per share.' }),
    mid: unitPrice.meta({ description: 'Mid of the traded outcome at execution.' }),
    quantity,
    cost_usd: nonNegativeUsd.meta({ description: 'Cost of a buy or proceeds of a sale, before the fee.' }),
    fee_usd: nonNegativeUsd.meta({ description: 'Fee beside it: a buyer pays cost + fee, a seller receives proceeds - fee.' }),
    spread_usd: nonNegativeUsd.meta({ description: 'The part of the price that is spread: |price - mid| x quantity.' }),
    pnl_usd: usd.nullable().meta({
      description:
        'Realised profit or loss: of a sale at once, of a buy its share in what its position came to when it closed; null until then.',
    }),
    receipt,
    created_at: instant,
  })
  .meta({ id: 'PlacedTrade' });

/** A trade as lists show it. */
export const trade = z
  .object({
    ...placedTrade.omit({ receipt: true }).shape,
    market_title: z.string(),
    category: z.string(),
  })
  .meta({ id: 'Trade' });

/** A trade as its operator sees it. */
export const operatorTrade = z
  .object({
    ...trade.shape,
    category,
    user_id: userId,
    user_name: z.string().meta({ description: 'The username; the external id of a player without one.' }),
    external_user_id: z.string(),
    s2s_transaction_id: transactionId
      .nullable()
      .meta({ description: 'The BET_MAKE or BET_SELL at the operator’s wallet; null where the platform keeps the balance.' }),
    s2s_callback_status: z.enum(WALLET_CALL_STATUSES).nullable(),
  })
  .meta({ id: 'OperatorTrade' });

/** A trade as the platform sees it. */
export const adminTrade = operatorTrade
  .extend({
    operator_slug: z.string(),
    operator_name: z.string(),
    idempotency_key: z.string().nullable().meta({ description: 'The key its order came with.' }),
  })
  .meta({ id: 'AdminTrade' });

export const TRADE_SORTS = ['created_at', 'amount', 'price'] as const;
const tradeFilters = {
  ...pageQuery,
  ...cursorQuery,
  market_id: marketId.optional().meta({ description: 'Filter by market.' }),
  side: side.optional().meta({ description: 'Filter: buy or sell.' }),
  outcome: outcome.optional().meta({ description: 'Filter: yes or no.' }),
  status: tradeStatus.optional().meta({ description: 'Filter: pending, filled, settled, cancelled.' }),
  min_amount: queryUsd.optional().meta({ description: 'Minimum trade amount in USD, before the fee.' }),
  max_amount: queryUsd.optional().meta({ description: 'Maximum trade amount in USD, before the fee.' }),
  ...periodQuery,
  sort: z.enum(TRADE_SORTS).default('created_at').meta({ description: 'Sort field: created_at, amount, price.' }),
  order: sortOrder,
};
const ofUser = { user_id: userId.optional().meta({ description: 'Filter by user.' }) };
const checks = [inOrder('from', 'to'), inOrder('min_amount', 'max_amount'), cursorOnlyBy('created_at')] as const;

/** Filters of one player's trades, of one operator's, and of all. */
export const userTradeQuery = z.strictObject(tradeFilters).check(...checks);
export const operatorTradeQuery = z.strictObject({ ...tradeFilters, ...ofUser }).check(...checks);
export const adminTradeQuery = z
  .strictObject({
    ...tradeFilters,
    ...ofUser,
    operator: z.string().max(100).optional().meta({ description: 'Filter by operator: slug or id.' }),
  })
  .check(...checks);
