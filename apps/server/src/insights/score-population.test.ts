/** A population whose skill is known: sharps are told from the rest, lucky casual players are left alone, and a second computation agrees. */
import { cents, type Price, price, shares } from '@predictu/contract/units';
import { describe, expect, test } from 'vitest';
import { areaUnderCurve, type Bettor, MINUTES, makeBettors, makeWorld, type PopulationMarket } from '../../test/betting-population.ts';
import { scoreOracle } from '../../test/oracle/oracle-score.ts';
import { COMPONENTS, MAXIMA, measure, SCALES, scorePlayer, standing } from './score.rules.ts';
import { LINE_BOUNDS, MOVE, moveAfter, ofOutcome, resultOf } from './score-bet.rules.ts';
import { type Bet, type ScoreEvidence, scoreEvidence } from './score-evidence.rules.ts';

const world = makeWorld(7, 400);
const MINUTE_MS = 60_000;
const LATER = new Date(world.start + 2 * MINUTES * MINUTE_MS);

/** The line in price units, each minute. */
const lines = world.markets.map(({ quoted }) => Int16Array.from(quoted, (chance) => Math.round(chance * 10_000)));
const yes = (units: number | undefined): Price | null => (units === undefined ? null : price(BigInt(units)));
const closes = lines.map((line) => yes(line.findLast((mid) => mid >= LINE_BOUNDS.low && mid <= LINE_BOUNDS.high)));

function betsOf({ purchases }: Bettor): Bet[] {
  return purchases.map((purchase) => {
    const { id, category, result } = world.markets[purchase.market] as PopulationMarket;
    const line = lines[purchase.market] as Int16Array;
    const { outcome, minute } = purchase;
    const [at, mid, close] = [new Date(world.start + minute * MINUTE_MS), line[minute] as number, closes[purchase.market] ?? null];
    const movedTo = line.subarray(minute + 1, minute + 6).find((later) => Math.abs(later - mid) >= MOVE);
    return {
      marketId: id,
      outcome,
      category,
      price: price(BigInt(purchase.price)),
      quantity: shares(BigInt(purchase.quantity)),
      amount: cents(BigInt(purchase.amount)),
      at,
      result: resultOf(result, outcome),
      close: close === null ? null : ofOutcome(close, outcome),
      move: moveAfter({ outcome, mid: price(BigInt(mid)), movedTo: yes(movedTo), at }, LATER),
    };
  });
}

const evidenceOf = (bettors: readonly Bettor[]): ScoreEvidence[] => bettors.map((bettor) => scoreEvidence(betsOf(bettor)));
const scores = (bettors: readonly Bettor[]): number[] => evidenceOf(bettors).map((evidence) => scorePlayer(evidence).score);
const share = (values: readonly number[], least: number): number => values.filter((value) => value >= least).length / values.length;
const mean = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0) / values.length;

const TRADES = 200;
const oracle = scoreOracle(world);
const casual = makeBettors(world, 11, 'casual', 250, TRADES);
const regular = makeBettors(world, 12, 'regular', 120, TRADES);
const early = makeBettors(world, 13, 'early', 60, TRADES);
const model = makeBettors(world, 14, 'model', 60, TRADES);

describe('at 200 settled trades', () => {
  const recreational = [...scores(casual), ...scores(regular)];
  const sharps = [...scores(early), ...scores(model)];

  test('true sharps are told from the rest: AUC at least 0.95, each kind by itself', () => {
    expect(areaUnderCurve(sharps, recreational)).toBeGreaterThanOrEqual(0.95);
    expect(areaUnderCurve(scores(early), recreational)).toBeGreaterThanOrEqual(0.95);
    expect(areaUnderCurve(scores(model), recreational)).toBeGreaterThanOrEqual(0.95);
  });

  test('most sharps make the tier, hardly any recreational player does, none is restricted', () => {
    expect(share(sharps, 60)).toBeGreaterThan(0.7);
    expect(share(recreational, 60)).toBeLessThanOrEqual(0.02);
    expect(share(recreational, 80)).toBe(0);
  });

  test('the more of its bets a sharp is informed about, the higher it stands', () => {
    const means = [0, 0.25, 0.5, 0.75, 1].map((skill) => mean(scores(makeBettors(world, 15, 'model', 40, TRADES, skill))));
    expect(means).toEqual([...means].sort((a, b) => a - b));
  });
});

describe('lucky casual players', () => {
  /** The luckiest fifth by what they won beyond the prices they paid. */
  const lucky = (trades: number): number[] =>
    evidenceOf(makeBettors(world, 20 + trades, 'casual', 500, trades))
      .sort((a, b) => b.surprise - a.surprise)
      .slice(0, 100)
      .map((evidence) => scorePlayer(evidence).score);

  test.each([3, 10, 30, 60])('after %i bets at most one in a hundred is restricted', (trades) => {
    expect(share(lucky(trades), 80)).toBeLessThanOrEqual(0.01);
  });

  test('after ten bets even the luckiest are seldom called sharp', () => {
    expect(share(lucky(10), 60)).toBeLessThanOrEqual(0.25);
  });
});

test('a second computation finds the same parts for everybody of the population', () => {
  for (const bettor of [...casual, ...regular, ...early, ...model]) {
    const evidence = scoreEvidence(betsOf(bettor));
    const points = COMPONENTS.map((name) => MAXIMA[name] * standing(measure(name, evidence), SCALES[name]));
    const second = oracle(bettor);
    for (const [index, value] of second.entries()) expect(points[index]).toBeCloseTo(value, 6);
    expect(Math.abs(scorePlayer(evidence).score - second.reduce((all, value) => all + value, 0))).toBeLessThanOrEqual(0.5 + 1e-6);
  }
}, 120_000);
