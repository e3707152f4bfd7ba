/** A position: what one player holds, or held, of one outcome. */
import { z } from 'zod';
import { marketId, positionId } from '../ids.ts';
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
    trade_count: z.number().int(),
    opened_at: instant,
    closed_at: instant.nullable(),
    settled_at: instant.nullable(),
  })
  .meta({ id: 'Position' });
