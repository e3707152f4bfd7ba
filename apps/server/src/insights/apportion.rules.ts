/** Wholes divided into parts that add up to them, by largest remainders; of equal ones the first. */

/** `whole` in proportion to `weights`, none negative; all to the first when every weight is zero. */
export function apportion(whole: bigint, weights: readonly number[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ideal = weights.map((weight, index) => (Number(whole) * (total > 0 ? weight : index === 0 ? 1 : 0)) / (total || 1));
  const parts = ideal.map((amount) => BigInt(Math.floor(amount)));
  const order = ideal
    .map((amount, index) => ({ index, rest: amount - Math.floor(amount) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  const left = Number(whole - parts.reduce((sum, part) => sum + part, 0n));
  for (const { index } of order.slice(0, Math.max(0, left))) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}

const THOUSANDTHS = 1_000n;

/** Counts as shares of 1 with three decimals, which add up to 1; all zero when nothing was counted. */
export const sharesOf = (counts: readonly number[]): number[] =>
  counts.every((count) => count === 0) ? counts.map(() => 0) : apportion(THOUSANDTHS, counts).map((part) => Number(part) / 1_000);
/** The same as percentages with one decimal, which add up to 100. */
export const percentagesOf = (counts: readonly number[]): number[] =>
  counts.every((count) => count === 0) ? counts.map(() => 0) : apportion(THOUSANDTHS, counts).map((part) => Number(part) / 10);
