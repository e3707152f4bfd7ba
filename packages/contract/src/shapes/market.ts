/** A market as players and consoles see it. */
import { z } from 'zod';
import { marketId } from '../ids.ts';
import { instant, nonNegativeUsd, priceDifference, unitPrice } from '../units.ts';
import { category } from './category.ts';

export const marketStatus = z.enum(['active', 'paused', 'resolved', 'cancelled']).meta({ description: 'cancelled: voided.' });
export const marketResolution = z.enum(['yes', 'no', 'split', 'void']);

const mid = unitPrice.nullable();

export const marketSummary = z
  .object({
    id: marketId,
    title: z.string(),
    category,
    tags: z.array(z.string()),
    image_url: z.string().nullable(),
    status: marketStatus,
    yes_price: mid.meta({ description: 'Mid of YES; null until a price has been seen. yes_price + no_price = 1.' }),
    no_price: mid.meta({ description: 'Mid of NO.' }),
    price_change_24h: priceDifference.nullable().meta({ description: 'yes_price less the one 24 hours ago; null without a price then.' }),
    global_volume_usd: nonNegativeUsd.meta({ description: 'Volume traded at the source.' }),
    liquidity_usd: nonNegativeUsd.meta({ description: 'Liquidity at the source.' }),
    end_date: instant.nullable().meta({ description: 'Trading ends here.' }),
    resolution: marketResolution.nullable(),
    result_pending: z.boolean().meta({ description: 'A result is proposed: nothing is traded until it is decided or withdrawn.' }),
    created_at: instant,
  })
  .meta({ id: 'Market' });

export const untradeableReason = z.enum([
  'paused',
  'resolved',
  'cancelled',
  'expired',
  'no_price',
  'stale',
  'out_of_bounds',
  'illiquid',
  'category',
]);

export const marketPrices = z
  .object({
    yes_bid: unitPrice.meta({ description: 'What a seller of YES receives per share.' }),
    yes_ask: unitPrice.meta({ description: 'What a buyer of YES pays per share.' }),
    no_bid: unitPrice,
    no_ask: unitPrice,
    spread: unitPrice.meta({ description: 'In price points: 0.0200 is two cents a share.' }),
  })
  .meta({ id: 'MarketPrices', description: 'Prices for this player now; a quote makes one binding.' });

export const pricePoint = z.object({ timestamp: instant, yes_price: unitPrice }).meta({ id: 'PricePoint' });

export const marketDetail = z
  .object({
    ...marketSummary.shape,
    description: z.string().meta({ description: 'The rules: what makes the market resolve YES.' }),
    tradeable: z.boolean(),
    untradeable_reason: untradeableReason.nullable(),
    prices: marketPrices.nullable().meta({ description: 'null while the market has no usable price.' }),
    priced_at: instant.nullable().meta({ description: 'When the source last confirmed the price.' }),
    price_history: z.array(pricePoint).meta({ description: 'Oldest first; the last seven days by the hour.' }),
    resolution_source: z.string().nullable(),
    resolved_at: instant.nullable(),
    updated_at: instant,
  })
  .meta({ id: 'MarketDetail' });
