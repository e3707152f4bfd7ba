/** A limit order: it rests until the price makes its limit true, and holds its stake meanwhile. */
import { z } from 'zod';
import { inOrder, periodQuery } from '../filters.ts';
import { marketId, orderId, tradeId, userId } from '../ids.ts';
import { cursorQuery, pageQuery } from '../page.ts';
import { instant, nonNegativeUsd, positiveQuantity, quantity, unitPrice } from '../units.ts';
import { category } from './category.ts';
import { orderFields, outcome, side } from './trade.ts';

export const ORDER_STATUSES = ['open', 'pending', 'filled', 'cancelled', 'expired'] as const;
export const orderStatus = z.enum(ORDER_STATUSES).meta({ description: 'pending: executed, and its trade waits for an outside wallet.' });

export const ORDER_REASONS = [
  'player',
  'expired',
  'market_ended',
  'market_closed',
  'category_closed',
  'feature_disabled',
  'operator_suspended',
  'player_suspended',
  'player_restricted',
  'player_excluded',
  'refused',
] as const;

/** What a player says of an order it places. */
export const placedOrderFields = {
  ...orderFields,
  limit_price: unitPrice.meta({
    description: 'A buy executes at this price per share or below, a sale at this price or above; more than 0.0000, less than 1.0000.',
  }),
  expires_at: instant
    .nullable()
    .optional()
    .meta({ description: 'ISO 8601; when it ends unfilled. Without one it rests until its market ends.' }),
};

/** An order as its player sees it. */
export const order = z
  .object({
    id: orderId,
    market_id: marketId,
    market_title: z.string(),
    category,
    outcome,
    side,
    limit_price: unitPrice,
    amount_usd: nonNegativeUsd.nullable().meta({ description: 'Dollars a buy spends, before the fee; null for a sale.' }),
    quantity: quantity.nullable().meta({ description: 'Shares a sale sells; null for a buy.' }),
    held_usd: nonNegativeUsd.meta({
      description:
        'Set aside from the balance now: amount and fee while the order is open; 0 afterwards, for sales, and where the operator keeps the balances.',
    }),
    status: orderStatus,
    reason: z
      .enum(ORDER_REASONS)
      .nullable()
      .meta({ description: 'Why it ended unfilled. `refused`: a rule or the wallet refused its trade; `refusal` says which.' }),
    refusal: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .meta({ description: 'The error a trade would have been refused with.' }),
    trade_id: tradeId.nullable().meta({ description: 'The trade that filled it.' }),
    price: unitPrice.nullable().meta({ description: 'Price per share it was executed at: the limit or better.' }),
    current_price: unitPrice.nullable().meta({ description: 'Mid of the outcome now.' }),
    expires_at: instant.nullable(),
    created_at: instant,
    ended_at: instant.nullable(),
  })
  .meta({ id: 'Order' });

/** An order as its operator sees it. */
export const operatorOrder = order
  .extend({
    user_id: userId,
    user_name: z.string().meta({ description: 'The username; the external id of a player without one.' }),
    external_user_id: z.string(),
  })
  .meta({ id: 'OperatorOrder' });
/** An order as the platform sees it. */
export const adminOrder = operatorOrder.extend({ operator_slug: z.string() }).meta({ id: 'AdminOrder' });

const filters = {
  ...pageQuery,
  ...cursorQuery,
  market_id: marketId.optional().meta({ description: 'Filter by market.' }),
  status: orderStatus.optional().meta({ description: `Filter: ${ORDER_STATUSES.join(', ')}.` }),
  side: side.optional().meta({ description: 'Filter: buy or sell.' }),
  outcome: outcome.optional().meta({ description: 'Filter: yes or no.' }),
  ...periodQuery,
};
const ofUser = { user_id: userId.optional().meta({ description: 'Filter by user.' }) };
export const playerOrderQuery = z.strictObject(filters).check(inOrder('from', 'to'));
export const operatorOrderQuery = z.strictObject({ ...filters, ...ofUser }).check(inOrder('from', 'to'));
export const adminOrderQuery = z
  .strictObject({
    ...filters,
    ...ofUser,
    operator: z.string().max(100).optional().meta({ description: 'Filter by operator: slug or id.' }),
  })
  .check(inOrder('from', 'to'));

/** What there is at one price. */
export const bookLevel = z
  .object({
    price: unitPrice,
    quantity: positiveQuantity.meta({ description: 'Shares: of resting orders, and what the house takes or gives at once.' }),
    orders: z.number().int().meta({ description: 'Resting orders at this price.' }),
    house: z.boolean().meta({ description: 'true: the house trades here at once, at the price of the moment.' }),
  })
  .meta({ id: 'BookLevel' });
const bookSide = z.object({
  bids: z.array(bookLevel).meta({ description: 'What buyers offer, best (highest) first.' }),
  asks: z.array(bookLevel).meta({ description: 'What sellers ask, best (lowest) first.' }),
});
export const orderBook = z.object({ market_id: marketId, yes: bookSide, no: bookSide, at: instant }).meta({ id: 'OrderBook' });
