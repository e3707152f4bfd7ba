import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportion, percentagesOf, sharesOf } from './apportion.rules.ts';
import { averageRetention, type Cohort, cohortsOf, extremes, periodsBetween, weekName } from './cohort.rules.ts';
import { type Device, deviceOf } from './device.rules.ts';
import { lifetimeOf, lifetimeTrend, sumLifetimes } from './lifetime.rules.ts';
import { hoursOf, peakHours } from './pattern.rules.ts';
import { DAY_MS, periodCut } from './rollup-plan.rules.ts';

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 });

test('parts add up to the whole, and none is a unit away from its due', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10_000_000n }), weights, (whole, given) => {
      const parts = apportion(whole, given);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole);
      const total = given.reduce((sum, weight) => sum + weight, 0);
      if (total > 0)
        for (const [index, part] of parts.entries())
          expect(Math.abs(Number(part) - (Number(whole) * (given[index] ?? 0)) / total)).toBeLessThan(1);
    }),
  );
  expect(apportion(100n, [1, 1, 1])).toEqual([34n, 33n, 33n]);
  expect(sharesOf([1, 1, 1])).toEqual([0.334, 0.333, 0.333]);
  expect(percentagesOf([2, 1])).toEqual([66.7, 33.3]);
  expect(sharesOf([0, 0])).toEqual([0, 0]);
});

test.each([
  ['2026-03-02', '2026-W10'],
  ['2025-12-29', '2026-W01'],
  ['2024-12-30', '2025-W01'],
  ['2026-12-28', '2026-W53'],
  ['2027-01-04', '2027-W01'],
  ['2021-01-04', '2021-W01'],
])('the week of Monday %s is %s', (monday, name) => {
  expect(weekName(day(monday))).toBe(name);
});

test('periods lie between their beginnings, over years too', () => {
  expect(periodsBetween(day('2025-12-29'), day('2026-01-12'), 'week')).toBe(2);
  expect(periodsBetween(day('2025-11-01'), day('2026-02-01'), 'month')).toBe(3);
});

const cohort = (start: string, players: bigint) => ({ cohort: day(start), players, trades: 7n, revenue: 1_000n, volume: 2_001n });

test('a cohort shows its own week and later ones that have ended', () => {
  const retained = [
    { cohort: day('2026-03-02'), period: day('2026-03-02'), players: 3n },
    { cohort: day('2026-03-02'), period: day('2026-03-16'), players: 1n },
    { cohort: day('2026-03-02'), period: day('2026-03-23'), players: 2n },
    { cohort: day('2026-03-23'), period: day('2026-03-23'), players: 1n },
  ];
  const [old, fresh] = cohortsOf([cohort('2026-03-02', 4n), cohort('2026-03-23', 2n)], retained, 'week', new Date('2026-03-25T10:00:00Z'));
  expect(old).toMatchObject({
    name: '2026-W10',
    retention: { week_0: 0.75, week_1: 0, week_2: 0.25 },
    trades: 1.75,
    revenue: 250n,
    volume: 500n,
  });
  expect(Object.keys(old?.retention ?? {})).toHaveLength(3);
  expect(fresh?.retention).toEqual({ week_0: 0.5 });
});

test('averages count players, not cohorts; only the known count among the best and the worst', () => {
  const made = (name: string, start: string, signups: number, active: number[]): Cohort =>
    ({ name, startsAt: day(start), signups, active, retention: {}, trades: 0, revenue: 0n, volume: 0n }) as never;
  const cohorts = [
    made('a', '2026-03-02', 10, [9, 1]),
    made('b', '2026-03-09', 30, [30, 15]),
    made('c', '2026-03-16', 5, [5, 0]),
    made('d', '2026-03-23', 9, [9]),
  ];
  expect(averageRetention(cohorts, 1)).toBe(0.356);
  expect(averageRetention(cohorts, 4)).toBeNull();
  expect(extremes(cohorts)).toEqual({ best: 'b', worst: 'c' });
  expect(extremes([])).toEqual({ best: null, worst: null });
});

test.each<[string | null, Device | undefined]>([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
    'mobile',
  ],
  ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36', 'mobile'],
  ['Mozilla/5.0 (Linux; Android 13; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36', 'tablet'],
  [
    'Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
    'tablet',
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36', 'desktop'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15', 'desktop'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0', 'desktop'],
  ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36', 'desktop'],
  ['Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0', 'mobile'],
  ['curl/8.5.0', undefined],
  ['', undefined],
  [null, undefined],
])('%s is %s', (agent, device) => {
  expect(deviceOf(agent)).toBe(device);
});

test('the four busiest hours, earlier ones of equals, in the order of the day', () => {
  const hours = hoursOf([20, 3, 21, 5, 20, 7, 9].map((hour) => ({ hour, trades: 2 })));
  expect(hours[20]).toEqual({ hour: 20, trades: 4 });
  expect(peakHours(hours)).toEqual([3, 5, 7, 20]);
  expect(peakHours(hoursOf([]))).toEqual([]);
});

test('lifetime values divide sums, and none of nobody', () => {
  const row = {
    players: 3n,
    traders: 2n,
    mature: 2n,
    early: 301n,
    revenue: 1_000n,
    trades: 10n,
    volume: 5_000n,
    lifespan_seconds: 86_400 * 5,
  };
  expect(lifetimeOf(row)).toEqual({ players: 3, value: 333n, earlyValue: 151n, lifespanDays: 2.5, trades: 3.33, volume: 1_667n });
  expect(lifetimeOf(sumLifetimes([]))).toEqual({ players: 0, value: 0n, earlyValue: null, lifespanDays: 0, trades: 0, volume: 0n });
  expect(
    sumLifetimes([
      { label: 'a', ...row },
      { label: 'b', ...row },
    ]),
  ).toMatchObject({ players: 6n, revenue: 2_000n, lifespan_seconds: 864_000 });
});

test('the trend is cumulative and begins with the first player', () => {
  const months = ['2026-01-01', '2026-02-01', '2026-03-01'].map(day);
  const at = (month: string, amount: bigint) => ({ month: day(month), amount });
  expect(lifetimeTrend(months, [at('2026-02-01', 300n), at('2026-03-01', 300n)], [at('2026-02-01', 2n), at('2026-03-01', 1n)])).toEqual([
    { month: '2026-02', players: 2, value: 150n },
    { month: '2026-03', players: 3, value: 200n },
  ]);
});

test('the cut parts of days and the whole days between are the period', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 * DAY_MS }), fc.integer({ min: 0, max: 10 * DAY_MS }), fc.boolean(), (a, b, open) => {
      const base = day('2026-03-01').getTime();
      const [from, to] = [new Date(base + a), open ? null : new Date(base + b)];
      const cuts = periodCut(from, to);
      const cutDays = cuts.map((cut) => cut.day.getTime());
      for (let at = base - DAY_MS; at < base + 12 * DAY_MS; at += 7_919_000) {
        const start = Math.floor(at / DAY_MS) * DAY_MS;
        const whole = start >= from.getTime() && (to === null || start < to.getTime()) && !cutDays.includes(start);
        const cut = cuts.some((part) => at >= part.from.getTime() && at < part.to.getTime());
        expect(Number(whole) + Number(cut)).toBe(Number(at >= from.getTime() && (to === null || at < to.getTime())));
      }
    }),
  );
});
