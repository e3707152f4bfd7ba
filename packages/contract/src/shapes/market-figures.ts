/** A market with what has been traded in it: as the platform and as one operator sees it. */
import { z } from 'zod';
import { userId } from '../ids.ts';
import { instant, nonNegativeUsd, unitPrice, usd } from '../units.ts';
import { marketResolution, marketStatus, marketSummary, untradeableReason } from './market.ts';

const spread = unitPrice.nullable().meta({
  description: 'What a player nobody knows anything about would find between ask and bid, in price points; null without a price.',
});
const count = z.number().int();
const { id, title, category, tags, image_url, yes_price, no_price, end_date, created_at } = marketSummary.shape;
const head = { id, title, category, status: marketStatus, image_url };
const end = { end_date, resolution: marketResolution.nullable(), created_at };

const owner = z
  .object({ slug: z.string(), name: z.string() })
  .nullable()
  .meta({ description: 'The operator whose own market it is, offered to its players only; null for everybody’s.' });

export const adminMarket = z
  .object({
    ...head,
    polymarket_id: z.string().meta({ description: 'Its id at the market source, whichever that is.' }),
    description: z.string(),
    tradeable: z.boolean().meta({ description: 'Whether a player may buy in it now.' }),
    yes_price,
    no_price,
    spread,
    volume_usd: nonNegativeUsd,
    trade_count: count,
    position_count: count.meta({ description: 'Open positions.' }),
    exposure_usd: nonNegativeUsd,
    liquidity_score: z.number().min(0).max(1).meta({ description: 'L / (L + $10,000) of the liquidity L at the source; two decimals.' }),
    liquidity_usd: nonNegativeUsd,
    source: z.enum(['polymarket', 'recorded', 'simulated', 'operator']),
    operator: owner,
    status_reason: z.string().nullable(),
    resolved_at: instant.nullable(),
    ...end,
  })
  .meta({ id: 'AdminMarket' });

export const operatorMarket = z
  .object({
    ...head,
    yes_price,
    no_price,
    spread,
    global_volume_usd: nonNegativeUsd.meta({ description: 'Of the players of all operators.' }),
    operator_volume_usd: nonNegativeUsd,
    operator_trade_count: count,
    operator_user_count: count.meta({ description: 'Your players who have traded in it.' }),
    operator_exposure_usd: nonNegativeUsd,
    ...end,
  })
  .meta({ id: 'OperatorMarket' });

const pricing = {
  yes_price,
  no_price,
  spread,
  last_updated: instant.nullable().meta({ description: 'When the source last confirmed the price.' }),
};
const priceHistory = z
  .array(z.object({ timestamp: instant, yes_price: unitPrice, volume_usd: nonNegativeUsd }))
  .meta({ description: 'By the hour, the last seven days, oldest first; the volume is that of the trades you may see.' });
const detail = {
  ...head,
  description: z.string(),
  tags,
  price_history: priceHistory,
  resolution_source: z.string().nullable(),
  resolved_at: instant.nullable(),
  ...end,
};

export const adminMarketDetail = z
  .object({
    ...detail,
    polymarket_id: z.string(),
    operator: owner,
    tradeable: z.boolean(),
    untradeable_reason: untradeableReason.nullable(),
    status_reason: z.string().nullable(),
    pricing: z.object({
      ...pricing,
      base_spread: unitPrice.meta({ description: 'As configured, before anything widens it.' }),
      risk_adjusted_spread: spread,
    }),
    volume: z.object({
      total_usd: nonNegativeUsd,
      '24h_usd': nonNegativeUsd,
      '7d_usd': nonNegativeUsd,
      trade_count: count,
      unique_traders: count,
    }),
    exposure: z.object({
      total_usd: nonNegativeUsd,
      yes_usd: nonNegativeUsd,
      no_usd: nonNegativeUsd,
      net_usd: usd.meta({ description: 'Loss in the worst outcome.' }),
      imbalance_ratio: z.number().nullable().meta({ description: 'YES / NO, two decimals; null without any NO.' }),
      position_count: count,
    }),
    by_operator: z.array(
      z.object({
        operator_slug: z.string(),
        volume_usd: nonNegativeUsd,
        trade_count: count,
        exposure_usd: nonNegativeUsd,
        user_count: count,
      }),
    ),
    updated_at: instant,
  })
  .meta({ id: 'AdminMarketDetail' });

export const operatorMarketDetail = z
  .object({
    ...detail,
    pricing: z.object(pricing),
    global_metrics: z.object({ volume_usd: nonNegativeUsd, trade_count: count, unique_traders: count }),
    operator_metrics: z.object({
      volume_usd: nonNegativeUsd,
      trade_count: count,
      unique_traders: count,
      exposure_usd: nonNegativeUsd,
      yes_exposure_usd: nonNegativeUsd,
      no_exposure_usd: nonNegativeUsd,
      position_count: count,
      avg_trade_usd: nonNegativeUsd,
    }),
    top_traders: z
      .array(
        z.object({
          user_id: userId,
          username: z.string().nullable(),
          volume_usd: nonNegativeUsd,
          trade_count: count,
          pnl_usd: usd.meta({ description: 'Realised in this market.' }),
        }),
      )
      .meta({ description: 'Your ten players with the largest volume in it.' }),
  })
  .meta({ id: 'OperatorMarketDetail' });
