/** Random choices that a seed repeats. */
import { draws } from '../src/demo/demo-seed.rules.ts';

export type Random = {
  /** A whole number from low to high, both included. */
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
  /** True once in `n` times. */
  oneIn(n: number): boolean;
};

export function seeded(seed: number): Random {
  const next = draws(seed);
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    pick: (from) => {
      const chosen = from[between(0, from.length - 1)];
      if (chosen === undefined) throw new RangeError('Nothing to pick from');
      return chosen;
    },
    oneIn: (n) => between(1, n) === 1,
  };
}
