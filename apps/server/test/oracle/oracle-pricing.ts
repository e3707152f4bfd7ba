/**
 * The formula of docs/pricing.md once more, in plain numbers: prices in hundredths of a cent, money in cents, shares in
 * hundredths. It shares no line with the rules on purpose; every intermediate stays far below 2^53.
 */

/** Whole quotient, rounded away from zero for positive numbers. */
export const up = (dividend: number, divisor: number): number =>
  (dividend - (dividend % divisor)) / divisor + (dividend % divisor > 0 ? 1 : 0);
/** Whole quotient, the remainder dropped. */
export const down = (dividend: number, divisor: number): number => (dividend - (dividend % divisor)) / divisor;
/** Whole quotient of a positive number, half rounded up. */
export const half = (dividend: number, divisor: number): number => down(2 * dividend + divisor, 2 * divisor);

export type PricingFacts = {
  mid: number;
  base: number;
  least: number;
  most: number;
  /** Spread at full utilisation as a multiple, times 10,000. */
  multiplier: number;
  discountFrom: number | null;
  discount: number;
  liquidity: number;
  utilisation: number;
  yes: number;
  no: number;
  score: number;
  volume: number;
  age: number;
};

/** Ask and bid of both outcomes. */
export type FourPrices = { yesBid: number; yesAsk: number; noBid: number; noAsk: number };

export function pricesOf(facts: PricingFacts): FourPrices {
  const { base } = facts;
  const fromEdge = Math.min(facts.mid, 10_000 - facts.mid);
  let spread = base;
  if (fromEdge < 1_000) spread += up(base * 5_000 * (1_000 - fromEdge), 10_000 * 1_000);
  if (facts.liquidity < 1_000_000) spread += up(base * 5_000 * (1_000_000 - facts.liquidity), 10_000 * 1_000_000);
  if (facts.score > 50) spread += up(base * (Math.min(facts.score, 100) - 50), 50);
  if (facts.age > 30_000) spread += up(base * (Math.min(facts.age, 120_000) - 30_000), 90_000);
  spread += up(spread * (facts.multiplier - 10_000) * facts.utilisation, 10_000 * 10_000);
  if (facts.discountFrom !== null && facts.volume >= facts.discountFrom) spread -= facts.discount;
  spread = Math.max(facts.least, Math.min(facts.most, spread));

  const lean = (2_500 * (facts.yes - facts.no)) / Math.max(facts.yes + facts.no, 100_000);
  const above = up(spread * (5_000 + Math.trunc(lean)), 10_000);
  const yesAsk = Math.min(facts.mid + above, 9_999);
  const yesBid = Math.max(facts.mid - spread + above, 1);
  return { yesBid, yesAsk, noBid: 10_000 - yesAsk, noAsk: 10_000 - yesBid };
}

/** How full a limit is, 0 to 10,000; no limit is never full, a limit of zero always. */
export function fullness(exposure: number, limit: number | null): number {
  if (limit === null) return 0;
  return limit === 0 ? 10_000 : Math.max(0, Math.min(10_000, down(exposure * 10_000, limit)));
}
