/** A position: what one player holds, or held, of one outcome. */
import { z } from 'zod';
import { cursorOnlyBy, sortOrder } from '../filters.ts';
import { marketId, positionId, userId } from '../ids.ts';
import { cursorQuery, pageQuery } from '../page.ts';
import { instant, nonNegativeUsd, quantity, unitPrice, usd } from '../units.ts';
import { category } from './category.ts';
import { outcome } from './trade.ts';

export const positionStatus = z
  .enum(['open', 'closed', 'settled'])
  .meta({ description: 'closed: sold out. settled: the market has resolved.' });

export const position = z
  .object({
    id: positionId,
    market_id: marketId,
    market_title: z.string(),
    category,
    outcome,
    quantity,
    avg_price: unitPrice.nullable().meta({ description: 'Average cost per share held, before fees; null when none is held.' }),
    cost_basis_usd: nonNegativeUsd.meta({ description: 'Cost of the shares held, before fees.' }),
    current_price: unitPrice.nullable().meta({ description: 'Mid of the outcome; its payout once resolved.' }),
    market_value_usd: nonNegativeUsd.nullable().meta({ description: 'Shares held at current_price.' }),
    unrealized_pnl_usd: usd.nullable().meta({ description: 'market_value_usd - cost_basis_usd.' }),
    unrealized_pnl_pct: z.number().nullable().meta({ description: 'Percent of cost_basis_usd, two decimals; null when that is zero.' }),
    realized_pnl_usd: usd,
    status: positionStatus,
    result_pending: z
      .boolean()
      .meta({ description: 'A result of the market is proposed: nothing is traded until it is decided or withdrawn.' }),
    trade_count: z.number().int(),
    opened_at: instant,
    closed_at: instant.nullable(),
    settled_at: instant.nullable(),
  })
  .meta({ id: 'Position' });

/** A position as its operator sees it. */
export const operatorPosition = position
  .extend({
    user_id: userId,
    user_name: z.string().meta({ description: 'The username; the external id of a player without one.' }),
    external_user_id: z.string(),
    pnl_usd: usd.nullable().meta({ description: 'Realised and unrealised together; null while the market has no price.' }),
  })
  .meta({ id: 'OperatorPosition' });
export const adminPosition = operatorPosition.extend({ operator_slug: z.string() }).meta({ id: 'AdminPosition' });

export const POSITION_SORTS = ['opened_at', 'market_value', 'pnl', 'quantity'] as const;
const filters = {
  ...pageQuery,
  ...cursorQuery,
  market_id: marketId.optional().meta({ description: 'Filter by market.' }),
  status: positionStatus.optional().meta({ description: 'Filter: open, closed, settled.' }),
  outcome: outcome.optional().meta({ description: 'Filter: yes or no.' }),
  sort: z
    .enum(POSITION_SORTS)
    .default('opened_at')
    .meta({ description: 'Sort: opened_at, market_value, pnl (`pnl_usd`), quantity. Positions without a value come last.' }),
  order: sortOrder,
};
const checks = [cursorOnlyBy('opened_at')] as const;
export const userPositionQuery = z.strictObject(filters).check(...checks);
export const operatorPositionQuery = z
  .strictObject({ ...filters, user_id: userId.optional().meta({ description: 'Filter by user.' }) })
  .check(...checks);
