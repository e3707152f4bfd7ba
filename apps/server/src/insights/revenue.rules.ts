/** Puts the sums of one period together: whole, by operator, by category, by bucket. Every part adds up to the whole, to the cent. */
import { CATEGORIES, type Category } from '@predictu/contract/shapes/category';
import type { Cents } from '@predictu/contract/units';
import { type Figures, figuresOf, type Measures, NO_MEASURES, platformShares, sumMeasures } from './figure.rules.ts';
import { bucketName, type Granularity } from './rollup-plan.rules.ts';

/** Sums by operator and key: the start of a bucket in seconds, or the place of a category. */
export type KeyedRow = { operator_id: bigint; key: number } & Measures;
export type Sharer = { id: bigint; slug: string; shareBps: number };
export type Shared = Figures & { platform: Cents; operator: Cents };
export type Revenue = {
  totals: Shared;
  byOperator: (Shared & { slug: string })[];
  series: (Shared & { date: string; start: Date })[];
};

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const shared = (measures: Measures, platform: bigint): Shared => {
  const figures = figuresOf(measures);
  return { ...figures, platform: platform as Cents, operator: (figures.gross - platform) as Cents };
};

type Parts = { own: readonly KeyedRow[]; byKey: readonly Measures[]; platform: readonly bigint[] };

/** What an operator has under each key, and the platform's shares of it, which add up. */
function partsOf(rows: readonly KeyedRow[], keys: readonly number[], { id, shareBps }: Sharer): Parts {
  const own = rows.filter(({ operator_id }) => operator_id === id);
  const known = new Map<number, Measures>(own.map((row) => [row.key, row]));
  const byKey = keys.map((key) => known.get(key) ?? NO_MEASURES);
  const grosses = byKey.map((measures) => measures.spread_cents + measures.fee_cents);
  return { own, byKey, platform: platformShares(grosses, shareBps) };
}
/** One line for each key, over all operators. */
const linesOf = (parts: readonly Parts[], keys: readonly number[]): Shared[] =>
  keys.map((_, index) =>
    shared(
      sumMeasures(parts.map(({ byKey }) => byKey[index] ?? NO_MEASURES)),
      parts.reduce((total, { platform }) => total + (platform[index] ?? 0n), 0n),
    ),
  );

/** `rows` by bucket and operator; `buckets` are all there are, also those without a fact. */
export function revenueOf(
  rows: readonly KeyedRow[],
  buckets: readonly Date[],
  granularity: Granularity,
  operators: readonly Sharer[],
): Revenue {
  const keys = buckets.map((start) => start.getTime() / 1_000);
  const parts = operators.map((operator) => partsOf(rows, keys, operator));
  const byOperator = parts.map(({ own, platform }, index) => ({
    slug: operators[index]?.slug ?? '',
    ...shared(sumMeasures(own), sum(platform)),
  }));
  return {
    totals: shared(sumMeasures(rows), sum(byOperator.map(({ platform }) => platform))),
    byOperator,
    series: linesOf(parts, keys).map((line, index) => {
      const start = buckets[index] as Date;
      return { date: bucketName(start, granularity), start, ...line };
    }),
  };
}

/** `rows` by category and operator; categories without a trade are left out. */
export function categoriesOf(rows: readonly KeyedRow[], operators: readonly Sharer[]): (Shared & { category: Category })[] {
  const keys = CATEGORIES.map((_, index) => index);
  const parts = operators.map((operator) => partsOf(rows, keys, operator));
  return linesOf(parts, keys)
    .map((line, index) => ({ category: CATEGORIES[index] as Category, ...line }))
    .filter(({ trades }) => trades > 0);
}
