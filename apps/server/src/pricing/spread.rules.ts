/**
 * The spread: how far the prices players trade at lie from the mid. Formula and worked example: docs/pricing.md.
 * Everything inside is whole price units (hundredths of a cent); ratios are whole basis points; every part rounds up.
 */

import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import { type Cents, cents, complement, FULL_PRICE, type Price, price, type Shares } from '@predictu/contract/units';

export type SpreadSettings = {
  /** Basis points of $1, so one is one price unit: 200 is 0.0200. */
  baseBps: number;
  minBps: number;
  maxBps: number;
  /** Spread at full utilisation as a multiple of the spread at none; at least 1. */
  riskMultiplier: number;
  volumeDiscount: { thresholdCents: Cents; bps: number } | null;
};

export type PricingInputs = {
  mid: Price;
  settings: SpreadSettings;
  /** The operator's own base, in place of `settings.baseBps`. */
  spreadOverrideBps: number | null;
  /** Of the market, upstream. */
  liquidity: Cents;
  /** The worst of market, category, operator and global exposure against its limit; 10,000 is full. */
  utilisationBps: bigint;
  /** Open shares of this market, platform-wide. */
  yesShares: Shares;
  noShares: Shares;
  /** The player's score, 0 to 100; up to 50 costs nothing. */
  score: number;
  /** What the player has traded so far. */
  playerVolume: Cents;
  /** How long ago the source last confirmed the mid. */
  priceAgeMs: number;
};

/** The parts of a spread in price units: they add up to it exactly (`discount` and `bounds` may be negative). */
export type SpreadComponents = {
  base: Price;
  edge: Price;
  liquidity: Price;
  score: Price;
  age: Price;
  utilisation: Price;
  discount: Price;
  bounds: Price;
};

export type Quoted = {
  mid: Price;
  spread: Price;
  /** How far both YES prices are moved up because YES is the loaded side; negative when NO is. */
  skew: Price;
  yesBid: Price;
  yesAsk: Price;
  noBid: Price;
  noAsk: Price;
  components: SpreadComponents;
};

const WHOLE = 10_000n;
/** Within 10 cents of 0 or 1 the spread grows, by half the base at the very edge: a share at 2 cents pays fifty times its price. */
const EDGE_DISTANCE = 1_000n;
const EDGE_FULL = 5_000n;
/** Below $10,000 of upstream liquidity the spread grows, by half the base at none. */
const DEEP_LIQUIDITY = cents(1_000_000n);
const LIQUIDITY_FULL = 5_000n;
/** From a score of 50 the spread grows, by the whole base at 100. */
const NEUTRAL_SCORE = 50;
const SCORE_FULL = 10_000n;
/** A price older than this widens the spread, up to twice the base at the age where trading is suspended. */
export const STALE_WIDEN_MS = 30_000;
export const STALE_SUSPEND_MS = 120_000;
const AGE_FULL = 10_000n;
/** The loaded side carries at most three quarters of the spread. */
const SKEW_FULL = 5_000n;
/** Fewer open shares than this (1,000) count as a book of this size, so that a first small bet moves nothing much. */
const SKEW_DEPTH = 100_000n;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const within = (value: bigint, low: bigint, high: bigint): bigint => most(low, least(high, value));
/** Rounded up; neither is negative. */
const ceilDivide = (amount: bigint, by: bigint): bigint => (amount + by - 1n) / by;

/** `full` basis points of `base`, in the proportion part / whole, rounded up. */
const portion = (base: bigint, full: bigint, part: bigint, whole: bigint): Price => price(ceilDivide(base * full * part, WHOLE * whole));

/** A number between two bounds in hundredths, so that the arithmetic after it is whole. */
const hundredths = (value: number, low: number, high: number): bigint =>
  BigInt(Math.round((Math.min(high, Math.max(low, value)) - low) * 100));

function spreadComponents(inputs: PricingInputs): SpreadComponents & { spread: Price } {
  const { mid, settings } = inputs;
  const base = BigInt(inputs.spreadOverrideBps ?? settings.baseBps);
  const distance = least(mid, complement(mid));
  const edge = portion(base, EDGE_FULL, most(0n, EDGE_DISTANCE - distance), EDGE_DISTANCE);
  const liquidity = portion(base, LIQUIDITY_FULL, DEEP_LIQUIDITY - within(inputs.liquidity, 0n, DEEP_LIQUIDITY), DEEP_LIQUIDITY);
  const score = portion(base, SCORE_FULL, hundredths(inputs.score, NEUTRAL_SCORE, 100), hundredths(100, NEUTRAL_SCORE, 100));
  const age = portion(
    base,
    AGE_FULL,
    hundredths(inputs.priceAgeMs, STALE_WIDEN_MS, STALE_SUSPEND_MS),
    hundredths(STALE_SUSPEND_MS, STALE_WIDEN_MS, STALE_SUSPEND_MS),
  );
  const atRest = base + edge + liquidity + score + age;
  const growth = most(0n, BigInt(Math.round(settings.riskMultiplier * 10_000)) - WHOLE);
  const utilisation = portion(atRest, growth, within(inputs.utilisationBps, 0n, WHOLE), WHOLE);
  const { volumeDiscount } = settings;
  const discount = volumeDiscount && inputs.playerVolume >= volumeDiscount.thresholdCents ? -BigInt(volumeDiscount.bps) : 0n;
  const unbounded = atRest + utilisation + discount;
  const spread = within(unbounded, BigInt(settings.minBps), BigInt(settings.maxBps));
  return {
    base: price(base),
    edge,
    liquidity,
    score,
    age,
    utilisation,
    discount: price(discount),
    bounds: price(spread - unbounded),
    spread: price(spread),
  };
}

/** Which part of the spread, in basis points, moves to the ask: half, more when YES is the loaded side, less when NO is. */
function askShare(yesShares: bigint, noShares: bigint): bigint {
  const imbalance = yesShares - noShares;
  return WHOLE / 2n + ((SKEW_FULL / 2n) * imbalance) / most(yesShares + noShares, SKEW_DEPTH);
}

/**
 * The four prices of a market for one player, and how they came about.
 * Holds for every input: bid <= mid <= ask on both outcomes, asks add up to at least $1, every price is 1 to 9,999.
 * @throws RangeError for a mid of 0, 1 or beyond: certainty has no price (`tradeability` refuses it before).
 */
export function priceMarket(inputs: PricingInputs): Quoted {
  const { mid } = inputs;
  if (mid < 1n || mid >= FULL_PRICE) throw new RangeError(`No price for a mid of ${mid}`);
  const { spread, ...components } = spreadComponents(inputs);
  const above = ceilDivide(spread * askShare(inputs.yesShares, inputs.noShares), WHOLE);
  const yesAsk = price(least(mid + above, FULL_PRICE - 1n));
  const yesBid = price(most(mid - (spread - above), 1n));
  return {
    mid,
    spread,
    skew: price(above - ceilDivide(spread, 2n)),
    yesBid,
    yesAsk,
    noBid: complement(yesAsk),
    noAsk: complement(yesBid),
    components,
  };
}

/** The price a player trades at. */
export function executionPrice(quoted: Quoted, outcome: 'yes' | 'no', side: 'buy' | 'sell'): Price {
  if (outcome === 'yes') return side === 'buy' ? quoted.yesAsk : quoted.yesBid;
  return side === 'buy' ? quoted.noAsk : quoted.noBid;
}

/** The mid of the outcome traded. */
export const midOf = (mid: Price, outcome: 'yes' | 'no'): Price => (outcome === 'yes' ? mid : complement(mid));

/** The spread settings of the platform configuration. */
export const spreadSettings = ({ spread }: Pick<PlatformConfig, 'spread'>): SpreadSettings => ({
  baseBps: spread.base_spread_bps,
  minBps: spread.min_spread_bps,
  maxBps: spread.max_spread_bps,
  riskMultiplier: spread.risk_multiplier,
  volumeDiscount: spread.volume_discount_enabled
    ? { thresholdCents: spread.volume_discount_threshold_usd, bps: spread.volume_discount_bps }
    : null,
});
