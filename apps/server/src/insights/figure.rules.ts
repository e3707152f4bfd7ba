/** What the rollups and their readers count, one definition each. Money in cents; counts are whole. */
import type { Cents } from '@predictu/contract/units';

export { platformShare, platformShares } from '../billing/share.rules.ts';

/** The measures of every rollup row, in the order of its columns. */
export const MEASURES = [
  'buys',
  'sells',
  'buy_cents',
  'sell_cents',
  'fee_cents',
  'spread_cents',
  'realized_cents',
  'settled',
  'settlement_pnl_cents',
  'settlement_fee_cents',
] as const;
/** Those that figures are made of. */
export const FIGURE_MEASURES = MEASURES.filter((name) => name !== 'realized_cents' && name !== 'settled');
export type Measures = Record<(typeof FIGURE_MEASURES)[number], bigint>;

export type Figures = {
  trades: number;
  buys: number;
  sells: number;
  /** Cost of buys and proceeds of sells, before fees. */
  volume: Cents;
  /** |execution price - mid| x quantity. */
  spread: Cents;
  fees: Cents;
  /** Spread and fees. */
  gross: Cents;
  /** What the house won by settlements; beside the revenue, never in it. */
  settlementPnl: Cents;
  settlementFees: Cents;
};

export const NO_MEASURES: Measures = Object.freeze(Object.fromEntries(FIGURE_MEASURES.map((name) => [name, 0n]))) as Measures;

export function sumMeasures(rows: readonly Measures[]): Measures {
  const sums = { ...NO_MEASURES };
  for (const row of rows) for (const name of FIGURE_MEASURES) sums[name] += row[name];
  return sums;
}

export const figuresOf = (m: Measures): Figures => ({
  trades: Number(m.buys + m.sells),
  buys: Number(m.buys),
  sells: Number(m.sells),
  volume: (m.buy_cents + m.sell_cents) as Cents,
  spread: m.spread_cents as Cents,
  fees: m.fee_cents as Cents,
  gross: (m.spread_cents + m.fee_cents) as Cents,
  settlementPnl: m.settlement_pnl_cents as Cents,
  settlementFees: m.settlement_fee_cents as Cents,
});

/** Half up, away from zero for losses. */
function divided(value: bigint, by: bigint): bigint {
  const size = value < 0n ? -value : value;
  const quotient = (2n * size + by) / (2n * by);
  return value < 0n ? -quotient : quotient;
}

/** Percent of change with one decimal, half up; null when there was nothing before. */
export function deltaPct(now: bigint, before: bigint | null): number | null {
  if (before === null || before === 0n) return null;
  const size = before < 0n ? -before : before;
  return Number(divided((now - before) * 1_000n, size)) / 10;
}

/** Money divided among a count, half up to the cent; zero among nobody. */
export const perHead = (money: bigint, count: number): Cents => (count === 0 ? 0n : divided(money, BigInt(count))) as Cents;
