/**
 * What a player's bets say, in sums: everything a score is made of, and nothing else. A bet is a filled buy. Bets on one outcome of one
 * market count as one settled bet at their average price: buying twenty times before one match is one piece of evidence.
 * Prices, results and closing lines are those of the outcome bought, hundredths of a cent. The order of the bets does not matter.
 */
import type { Cents, Price, Shares } from '@predictu/contract/units';
import { bettingPattern, type Related, relatedPattern, type SettledBet, stakedPattern } from './betting-pattern.rules.ts';

export type Bet = {
  marketId: bigint;
  outcome: 'yes' | 'no';
  category: string;
  price: Price;
  quantity: Shares;
  amount: Cents;
  at: Date;
  /** What a share of it paid; null while the market is open or when it was voided. */
  result: Price | null;
  /** The last price at which betting was still possible, one for all bets on the outcome; null without a result or a price. */
  close: Price | null;
  /** Where the line moved within five minutes: 1 in favour, -1 against, 0 not far enough; null when those five minutes are not over. */
  move: 1 | -1 | 0 | null;
};

/** Sums over a player's bets. Probabilities count from 0 to 1; `information` is the sum of p x (1 - p). */
export type ScoreEvidence = {
  settled: number;
  won: number;
  /** Expected wins: the sum of the prices paid. */
  implied: number;
  /** Results less prices paid. */
  surprise: number;
  information: number;
  closed: number;
  /** Closing lines less prices paid. */
  closing_gain: number;
  closing_information: number;
  timed: number;
  before_gain: number;
  before_loss: number;
  /** Different outcomes among the timed bets. */
  timed_outcomes: number;
  stakes: number;
  /** 1 / (1 + standard deviation / mean) of the stakes: 1 when all are the same. */
  consistency: number;
  /** Stakes above five times the median one. */
  spikes: number;
  /** As surprise / information, each settled bet weighted by what was staked on it; and how much information that leaves. */
  staked_surprise: number;
  staked_information: number;
} & Related;

const UNIT = 10_000;
/** p x (1 - p) of prices in hundredths of a cent, whole: sums of it do not depend on their order. */
const varianceUnits = (paid: number): number => paid * (UNIT - paid);

type Group = { bets: Bet[]; amount: bigint; cost: bigint; quantity: bigint };

const keyOf = ({ marketId, outcome }: Bet): string => `${marketId}/${outcome}`;

function groupsOf(bets: readonly Bet[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const bet of bets) {
    const group = groups.get(keyOf(bet)) ?? { bets: [], amount: 0n, cost: 0n, quantity: 0n };
    group.bets.push(bet);
    group.amount += bet.amount;
    group.cost += bet.price * bet.quantity;
    group.quantity += bet.quantity;
    groups.set(keyOf(bet), group);
  }
  return groups;
}

/** The settled bets of the groups: those with a result. */
function settledOf(groups: Iterable<Group>): SettledBet[] {
  const settled: SettledBet[] = [];
  for (const { bets, amount, cost, quantity } of groups) {
    const [first] = bets;
    if (!first || first.result === null || quantity === 0n) continue;
    const close = bets.find((bet) => bet.close !== null)?.close ?? null;
    settled.push({
      marketId: first.marketId,
      category: first.category,
      paid: Number(cost / quantity),
      cost: amount,
      result: Number(first.result),
      close: close === null ? null : Number(close),
      at: bets.reduce((earliest, { at }) => Math.min(earliest, at.getTime()), Number.POSITIVE_INFINITY),
    });
  }
  return settled;
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((total, item) => total + of(item), 0);

/** All sums of a player's bets, in any order. */
export function scoreEvidence(bets: readonly Bet[]): ScoreEvidence {
  const settled = settledOf(groupsOf(bets).values());
  const closed = settled.flatMap(({ close, ...bet }) => (close === null ? [] : [{ ...bet, close }]));
  const timed = bets.filter(({ move }) => move !== null);
  return {
    settled: settled.length,
    won: settled.filter(({ result, paid }) => result > paid).length,
    implied: sum(settled, ({ paid }) => paid) / UNIT,
    surprise: sum(settled, ({ result, paid }) => result - paid) / UNIT,
    information: sum(settled, ({ paid }) => varianceUnits(paid)) / UNIT ** 2,
    closed: closed.length,
    closing_gain: sum(closed, ({ close, paid }) => close - paid) / UNIT,
    closing_information: sum(closed, ({ paid }) => varianceUnits(paid)) / UNIT ** 2,
    timed: timed.length,
    before_gain: timed.filter(({ move }) => move === 1).length,
    before_loss: timed.filter(({ move }) => move === -1).length,
    timed_outcomes: new Set(timed.map(keyOf)).size,
    ...bettingPattern(bets.map(({ amount }) => amount)),
    ...stakedPattern(settled),
    ...relatedPattern(settled),
  };
}
