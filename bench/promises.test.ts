import { describe, expect, test } from 'vitest';
import type { Lap, Laps } from './contest.ts';
import type { HeatName } from './heats.ts';
import { type Evidence, judge } from './promises.ts';
import { median } from './statistics.ts';
import { jiffiesOf } from './stolen.ts';
import { fastest, speedOf } from './yardstick.ts';

const lap = (perSecond: number, p50 = 1, p99 = 1, lost = 0): Lap => ({
  perSecond,
  p50,
  p95: p99,
  p99,
  longest: p99,
  answers: 1,
  filled: 1,
  refused: 0,
  replayed: 0,
  pool: 4,
  lost,
});
const books = { ok: true, trades: 1, differences: 0, complaints: [] };
const evidence = (laps: [HeatName, Lap[]][], rest: Partial<Evidence> = {}): Evidence => ({
  laps: new Map(laps) satisfies Laps,
  books,
  oracle: { agrees: true, trades: 50_000 },
  starts: [],
  settling: undefined,
  seamless: undefined,
  reads: undefined,
  speed: undefined,
  ...rest,
});
const only = (number: number, given: Evidence) => judge([number], given)[0];

test('the median is the middle one, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

describe('a ratio is taken within a round', () => {
  const laps: [HeatName, Lap[]][] = [
    ['ours 256', [lap(10_000), lap(2_000), lap(9_000)]],
    ['ours 256 two', [lap(9_600), lap(1_000), lap(9_000)]],
  ];
  test('and the median of the rounds counts', () => {
    expect(only(3, evidence(laps))).toMatchObject({ number: 3, figure: 9_000, peer: 9_000, ratio: 0.96, holds: true });
  });
});

test('a promise of several parts holds when all do, and shows the part nearest to its bound', () => {
  const laps: [HeatName, Lap[]][] = [
    ['ours 256', [lap(9_000)]],
    ['txt 256', [lap(1_000)]],
    ['fn 256', [lap(2_000)]],
    ['ours 64', [lap(6_900)]],
    ['txt 64', [lap(1_000)]],
    ['fn 64', [lap(1_000)]],
  ];
  const result = only(1, evidence(laps));
  expect(result).toMatchObject({ ratio: 6.9, peer: 1_000, holds: false });
  expect(result?.parts.map(({ holds }) => holds)).toEqual([true, true, false, true]);
});

test('of latencies the smaller is the better', () => {
  const laps: [HeatName, Lap[]][] = [
    ['ours 64', [lap(1, 1, 10)]],
    ['fn 64', [lap(1, 1, 20)]],
    ['ours 1', [lap(1, 2.1)]],
    ['fn 1', [lap(1, 1)]],
  ];
  expect(only(2, evidence(laps))?.parts.map(({ ratio, holds }) => [ratio, holds])).toEqual([
    [0.5, true],
    [2.1, false],
  ]);
});

test.each([
  [{ ok: true, differences: 0 }, { agrees: true, trades: 50_000 }, true],
  [{ ok: false, differences: 1 }, { agrees: true, trades: 50_000 }, false],
  [{ ok: true, differences: 0 }, { agrees: false, trades: 50_000 }, false],
  [{ ok: true, differences: 0 }, { agrees: true, trades: 49_999 }, false],
])('the books and the oracle are both needed: %o %o', (books, oracle, holds) => {
  expect(only(10, evidence([], { books: { trades: 1, complaints: [], ...books }, oracle }))?.holds).toBe(holds);
});

test('the first trade has three seconds', () => {
  expect(only(9, evidence([], { starts: [2_000, 9_000, 3_000] }))).toMatchObject({ figure: 3, peer: 3, ratio: 1, holds: true });
  expect(only(9, evidence([], { starts: [3_001] }))?.holds).toBe(false);
});

test('a bound of time is also told at the speed of the machine it was stated for, and judged on this one', () => {
  const slow = evidence([], { starts: [4_000], speed: 0.5 });
  expect(only(9, slow)).toMatchObject({ holds: false, parts: [{ figure: 4, holds: false, atStatedSpeed: expect.closeTo(2 / 3) }] });
  expect(only(9, { ...slow, speed: undefined })?.parts[0]).not.toHaveProperty('atStatedSpeed');
  const laps: [HeatName, Lap[]][] = [
    ['ours 256', [lap(9_000)]],
    ['ours 256 two', [lap(9_000)]],
  ];
  expect(only(3, evidence(laps, { speed: 0.5 }))?.parts[0]).not.toHaveProperty('atStatedSpeed');
});

test('a list is judged by the median of the p99 of its rounds: one stall of the machine is not the list', () => {
  const round = (worst: number) => ({ '/api/a': [...Array.from({ length: 98 }, () => 1), worst, worst], '/api/b': [2] });
  const reads = { rounds: [], lists: [round(8), round(60), round(9)], trades: 0, listsPerSecond: 0, dashboards: undefined, books };
  const result = only(7, evidence([], { reads, speed: 0.5 }));
  expect(result).toMatchObject({
    figure: 9,
    holds: true,
    parts: [{ figure: 9, ratios: [0.8, 6, 0.9], atStatedSpeed: 0.45 }, { figure: 2 }],
  });
  expect(only(7, evidence([], { reads: { ...reads, lists: [round(8), round(60), round(11)] } }))?.holds).toBe(false);
});

test('of several readings of the speed the fastest counts, and none is no speed', () => {
  expect(fastest([0.4, undefined, 0.6])).toBe(0.6);
  expect(fastest([undefined])).toBeUndefined();
});

test('the speed is the median of the rounds that nobody disturbed, or of disturbed ones the fastest', () => {
  const rounds = (lost: number): Laps => new Map([['txt 256', [lap(458.5), lap(917), lap(9, 1, 1, lost), lap(1_834), lap(5, 1, 1, lost)]]]);
  expect(speedOf(rounds(0.6))).toBe(1);
  expect(speedOf(rounds(0.5))).toBe(0.5);
  expect(speedOf(new Map([['txt 256', [lap(100, 1, 1, 2), lap(458.5, 1, 1, 9)]]]))).toBe(0.5);
  expect(speedOf(new Map())).toBeUndefined();
});

test.each([
  ['cpu  10 1 4 80 2 0 1 2 7 0\ncpu0 5 0 2 40 1 0 0 1 3 0\n', { stolen: 2, all: 100 }],
  ['cpu  10 1 4 80 2 0 1\n', undefined],
  ['intr 1 2 3 4 5 6 7 8\n', undefined],
  ['', undefined],
])('stolen time is the eighth of the first line, and guests are not counted twice: %j', (stat, expected) => {
  expect(jiffiesOf(stat)).toEqual(expected);
});
