/** A trade: one executed buy or sale of shares of one outcome. */
import { z } from 'zod';
import { marketId, tradeId } from '../ids.ts';
import { instant, nonNegativeUsd, positiveQuantity, positiveUsd, quantity, unitPrice, usd } from '../units.ts';
import { receipt } from './receipt.ts';

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
    pnl_usd: usd.nullable().meta({ description: 'Realised profit or loss of a sale; null for a buy.' }),
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
