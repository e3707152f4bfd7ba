/** The documented platform configuration: decoded, its `_usd` values are cents; `_bps` are hundredths of a percent. */
import { z } from 'zod';
import { nonNegativeUsd } from '../units.ts';
import { CATEGORIES } from './category.ts';

const bps = z.number().int().min(0).max(10_000);
const percent = z.number().min(0).max(100);
const categoryLimits = z.strictObject(
  Object.fromEntries(CATEGORIES.map((name) => [name, nonNegativeUsd.optional()])) as {
    [K in (typeof CATEGORIES)[number]]: z.ZodOptional<typeof nonNegativeUsd>;
  },
);

export const platformConfig = z.strictObject({
  risk: z.strictObject({
    global_exposure_limit_usd: nonNegativeUsd,
    /** A category without a limit is bounded by the global limit alone. */
    category_limits: categoryLimits,
    per_trade_max_usd: nonNegativeUsd,
    per_market_max_usd: nonNegativeUsd,
    circuit_breaker_threshold_pct: percent,
    sharp_score_threshold: percent,
    restricted_score_threshold: percent,
  }),
  spread: z.strictObject({
    base_spread_bps: bps,
    min_spread_bps: bps,
    max_spread_bps: bps,
    /** Spread at full utilisation as a multiple of the spread at none. */
    risk_multiplier: z.number().min(1).max(10),
    volume_discount_enabled: z.boolean(),
    volume_discount_threshold_usd: nonNegativeUsd,
    volume_discount_bps: bps,
  }),
  fees: z.strictObject({ trading_fee_bps: bps, settlement_fee_bps: bps, withdrawal_fee_usd: nonNegativeUsd }),
  features: z.strictObject({
    s2s_enabled: z.boolean(),
    embed_enabled: z.boolean(),
    auto_settlement: z.boolean(),
    sharp_detection: z.boolean(),
    revenue_forecast: z.boolean(),
    cohort_analytics: z.boolean(),
  }),
  defaults: z.strictObject({
    operator_revenue_share_pct: percent,
    user_max_bet_usd: nonNegativeUsd,
    session_timeout_hours: z.number().int().min(1).max(168),
    s2s_retry_max: z.number().int().min(0).max(50),
    s2s_retry_backoff_ms: z.number().int().min(10).max(3_600_000),
  }),
});
export type PlatformConfig = z.output<typeof platformConfig>;
export type PlatformConfigDocument = z.input<typeof platformConfig>;

/** What a new installation starts with: the documented example. */
export const DEFAULT_PLATFORM_CONFIG: PlatformConfigDocument = {
  risk: {
    global_exposure_limit_usd: 500_000,
    category_limits: { sports: 200_000, crypto: 150_000, politics: 100_000, entertainment: 50_000, economics: 100_000, other: 50_000 },
    per_trade_max_usd: 5_000,
    per_market_max_usd: 50_000,
    circuit_breaker_threshold_pct: 90,
    sharp_score_threshold: 60,
    restricted_score_threshold: 80,
  },
  spread: {
    base_spread_bps: 200,
    min_spread_bps: 100,
    max_spread_bps: 800,
    risk_multiplier: 1.5,
    volume_discount_enabled: true,
    volume_discount_threshold_usd: 10_000,
    volume_discount_bps: 25,
  },
  fees: { trading_fee_bps: 50, settlement_fee_bps: 0, withdrawal_fee_usd: 0 },
  features: {
    s2s_enabled: true,
    embed_enabled: true,
    auto_settlement: true,
    sharp_detection: true,
    revenue_forecast: true,
    cohort_analytics: true,
  },
  defaults: {
    operator_revenue_share_pct: 70,
    user_max_bet_usd: 1_000,
    session_timeout_hours: 8,
    s2s_retry_max: 5,
    s2s_retry_backoff_ms: 1_000,
  },
};
