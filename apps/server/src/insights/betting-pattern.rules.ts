/** Patterns over many bets: how even the stakes are, whether the larger ones are right, and whether bets on related markets are right together. */
import type { Cents } from '@predictu/contract/units';

export type SettledBet = {
  marketId: bigint;
  category: string;
  /** Average price paid, result and closing line, hundredths of a cent. */
  paid: number;
  result: number;
  close: number | null;
  /** What was staked on it, cents. */
  cost: bigint;
  /** Milliseconds of its first purchase. */
  at: number;
};

const UNIT = 10_000;
const SPIKE = 5n;

/** How even stakes are: 1 / (1 + standard deviation / mean), 1 for equal ones, and how many lie above five times the median. */
export function bettingPattern(amounts: readonly Cents[]): { stakes: number; consistency: number; spikes: number } {
  const stakes = amounts.filter((amount) => amount > 0n).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const count = BigInt(stakes.length);
  if (count === 0n) return { stakes: 0, consistency: 0, spikes: 0 };
  const total = stakes.reduce((all, stake) => all + stake, 0n);
  const squares = stakes.reduce((all, stake) => all + stake * stake, 0n);
  const median = stakes[(stakes.length - 1) >> 1] ?? 0n;
  const variation = Math.sqrt(Number(count * squares - total * total)) / Number(total);
  return { stakes: stakes.length, consistency: 1 / (1 + variation), spikes: stakes.filter((stake) => stake > SPIKE * median).length };
}

/** What the settled stakes say together, each weighted by its size: surprise per information, and how much information that is. */
export function stakedPattern(settled: readonly SettledBet[]): { staked_surprise: number; staked_information: number } {
  let [gain, variance, squares] = [0n, 0n, 0n];
  for (const { cost, paid, result } of settled) {
    const spread = BigInt(paid * (UNIT - paid));
    gain += cost * BigInt(result - paid);
    variance += cost * spread;
    squares += cost * cost * spread;
  }
  if (squares === 0n) return { staked_surprise: 0, staked_information: 0 };
  return {
    staked_surprise: (Number(gain) * UNIT) / Number(variance),
    staked_information: Number(variance) ** 2 / Number(squares) / UNIT ** 2,
  };
}

export type Related = {
  /** Bets made within an hour of a bet on another market of the same category. */
  related: number;
  /** Over their pairs: product of the closing gains where both gained, less where both lost. */
  together: number;
  /** Over the same pairs: what the product would be for outcomes that are one and the same. */
  together_most: number;
};

const SITTING_MS = 3_600_000;

/** The markets of one sitting: each with what it gained against the closing line (or the result) and its variance. */
type Sitting = Map<bigint, { gain: number; variance: number }>;

/** Bets of one category, each within an hour of the one before. */
function sittingsOf(settled: readonly SettledBet[]): Sitting[] {
  const ordered = [...settled].sort(
    (a, b) =>
      (a.category < b.category ? -1 : a.category > b.category ? 1 : 0) ||
      a.at - b.at ||
      (a.marketId < b.marketId ? -1 : a.marketId > b.marketId ? 1 : a.paid - b.paid),
  );
  const sittings: Sitting[] = [];
  let before: SettledBet | undefined;
  for (const bet of ordered) {
    if (!before || before.category !== bet.category || bet.at - before.at > SITTING_MS) sittings.push(new Map());
    const sitting = sittings.at(-1) as Sitting;
    const entry = sitting.get(bet.marketId) ?? { gain: 0, variance: 0 };
    entry.gain += ((bet.close ?? bet.result) - bet.paid) / UNIT;
    entry.variance += (bet.paid / UNIT) * (1 - bet.paid / UNIT);
    sitting.set(bet.marketId, entry);
    before = bet;
  }
  return sittings.filter((sitting) => sitting.size > 1);
}

/** The sum of the products of all pairs. */
const pairs = (values: readonly number[]): number =>
  (values.reduce((all, value) => all + value, 0) ** 2 - values.reduce((all, value) => all + value * value, 0)) / 2;

/** Bets on related markets that beat the line together, less those that missed it together. Each bet counts once, in whatever company. */
export function relatedPattern(settled: readonly SettledBet[]): Related {
  const pattern = { related: 0, together: 0, together_most: 0 };
  for (const sitting of sittingsOf(settled)) {
    const entries = [...sitting.values()];
    const others = entries.length - 1;
    pattern.related += entries.length;
    pattern.together +=
      (pairs(entries.map(({ gain }) => Math.max(0, gain))) - pairs(entries.map(({ gain }) => Math.max(0, -gain)))) / others;
    pattern.together_most += pairs(entries.map(({ variance }) => Math.sqrt(variance))) / others;
  }
  return pattern;
}
