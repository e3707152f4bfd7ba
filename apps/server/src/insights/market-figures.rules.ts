/** What consoles show of a market beside its rows: the spread nobody in particular would get, and how deep its source is. */
import { type Category, categoryNumber } from '@predictu/contract/shapes/category';
import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import { type Cents, cents, FULL_PRICE, type Price, price, type Shares, shares } from '@predictu/contract/units';
import { priceMarket, spreadSettings } from '../pricing/spread.rules.ts';
import { utilisationBps } from '../risk/status.rules.ts';

const NEUTRAL_SCORE = 50;
const HALF_LIQUIDITY = 1_000_000n;

/** Exposure of the scopes around a market, in open shares, and what they are measured against. */
export type Surroundings = {
  config: PlatformConfig;
  /** Of the whole platform (scope 0) and its categories (scope 1). */
  platform(scope: number, key: bigint): bigint;
  /** Only for the spread at one operator. */
  operator?: { exposure: bigint; limit: Cents; spreadOverrideBps: number | null };
  now: Date;
};
export type SpreadOf = {
  status: string;
  category: Category;
  mid: Price | null;
  pricedAt: Date | null;
  liquidity: Cents;
  /** Open shares of the market, platform-wide. */
  yes: bigint;
  no: bigint;
};

const worst = (...all: readonly bigint[]): bigint => all.reduce((most, one) => (one > most ? one : most), 0n);

/**
 * Distance between ask and bid for a player of the neutral score without volume, by the formula of every quote (docs/pricing.md), in price
 * units; null without a price or once the market is over.
 */
export function shownSpread(market: SpreadOf, { config, platform, operator, now }: Surroundings): Price | null {
  const { mid, pricedAt, category } = market;
  if (mid === null || pricedAt === null || mid < 1n || mid >= FULL_PRICE || !['active', 'paused'].includes(market.status)) return null;
  const { risk } = config;
  return priceMarket({
    mid,
    settings: spreadSettings(config),
    spreadOverrideBps: operator?.spreadOverrideBps ?? null,
    liquidity: market.liquidity,
    utilisationBps: worst(
      utilisationBps(market.yes + market.no, risk.per_market_max_usd),
      utilisationBps(platform(1, categoryNumber(category)), risk.category_limits[category] ?? null),
      utilisationBps(platform(0, 0n), risk.global_exposure_limit_usd),
      operator ? utilisationBps(operator.exposure, operator.limit) : 0n,
    ),
    yesShares: shares(market.yes) as Shares,
    noShares: shares(market.no) as Shares,
    score: NEUTRAL_SCORE,
    playerVolume: cents(0n),
    priceAgeMs: Math.max(0, now.getTime() - pricedAt.getTime()),
  }).spread;
}

/** The base of the spread before anything widens it. */
export const baseSpread = ({ spread }: PlatformConfig): Price => price(BigInt(spread.base_spread_bps));

/** L / (L + $10,000), cut to two decimals: 0 for none, towards 1 the deeper the source. */
export const liquidityScore = (liquidity: Cents): number => Number((liquidity * 100n) / (liquidity + HALF_LIQUIDITY)) / 100;

/** Shares of YES for each of NO, two decimals, half up; null without any NO. */
export const imbalanceRatio = (yes: bigint, no: bigint): number | null => (no === 0n ? null : Number((yes * 200n + no) / (2n * no)) / 100);

/** Cents a trade, half up; zero without trades. */
export const averageOf = (total: Cents, count: bigint): Cents => cents(count === 0n ? 0n : (total * 2n + count) / (2n * count));
