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

/** One line for each key, over all operators: each operator's lines share its revenue so that they add up. */
function linesBy(rows: readonly KeyedRow[], keys: readonly number[], operators: readonly Sharer[]): Shared[] {
  const byKey = new Map<string, Measures>(rows.map((row) => [`${row.operator_id}/${row.key}`, row]));
  const measuresOf = (operator: Sharer, key: number): Measures => byKey.get(`${operator.id}/${key}`) ?? NO_MEASURES;
  const shares = operators.map((operator) =>
    platformShares(
      keys.map((key) => figuresOf(measuresOf(operator, key)).gross),
      operator.shareBps,
    ),
  );
  return keys.map((key, index) =>
    shared(sumMeasures(operators.map((operator) => measuresOf(operator, key))), sum(shares.map((parts) => parts[index] ?? 0n))),
  );
}

const together = (lines: readonly Shared[], measures: Measures): Shared => shared(measures, sum(lines.map(({ platform }) => platform)));

/** `rows` by bucket and operator; `buckets` are all there are, also those without a fact. */
export function revenueOf(
  rows: readonly KeyedRow[],
  buckets: readonly Date[],
  granularity: Granularity,
  operators: readonly Sharer[],
): Revenue {
  const keys = buckets.map((start) => start.getTime() / 1_000);
  const byOperator = operators.map((operator) => {
    const own = rows.filter(({ operator_id: id }) => id === operator.id);
    return { slug: operator.slug, ...together(linesBy(own, keys, [operator]), sumMeasures(own)) };
  });
  const lines = linesBy(rows, keys, operators);
  return {
    totals: together(byOperator, sumMeasures(rows)),
    byOperator,
    series: lines.map((line, index) => {
      const start = buckets[index] as Date;
      return { date: bucketName(start, granularity), start, ...line };
    }),
  };
}

/** `rows` by category and operator; categories without a trade are left out. */
export const categoriesOf = (rows: readonly KeyedRow[], operators: readonly Sharer[]): (Shared & { category: Category })[] =>
  linesBy(
    rows,
    CATEGORIES.map((_, index) => index),
    operators,
  )
    .map((line, index) => ({ category: CATEGORIES[index] as Category, ...line }))
    .filter(({ trades }) => trades > 0);
