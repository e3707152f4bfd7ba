import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draws } from '../demo/demo-seed.rules.ts';
import { abstention, type Forecast, forecastRevenue, sinceFirst } from './forecast.rules.ts';
import { calibrate, intervalOfDay, intervalOfSum, pinballLoss, residualsOf } from './forecast-interval.rules.ts';
import { combined, modelWith, naiveSeasonal, weeklySeason } from './forecast-model.rules.ts';

const WEEK = [0.1, 0.2, 0.1, 0.3, -0.4, -0.3, 0];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Revenue of days in cents: a level that wanders and grows, after an opening in which the crowd comes, a week, noise. */
function made(days: number, { seed = 1, noise = 0, drift = 0, trend = 0, level = 50_000, opening = 0 } = {}): number[] {
  const random = draws(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let at = Math.log(level);
  return Array.from({ length: days }, (_, day) => {
    at += trend + drift * normal();
    return Math.round(Math.exp(at - opening * Math.exp(-day / 7) + (WEEK[day % 7] ?? 0) + noise * normal()));
  });
}
const forecastOf = (days: readonly number[], horizon: number): Forecast => {
  const forecast = forecastRevenue([{ slug: 'one', days }], horizon);
  if ('reason' in forecast) throw new Error(forecast.message);
  return forecast;
};

describe('the model', () => {
  test('finds the week it was made with', () => {
    const season = weeklySeason(made(140, { noise: 0.05 }).map((cents) => Math.log1p(cents / 100)));
    const middle = sum(WEEK) / 7;
    for (const [day, effect] of season.entries()) expect(Math.abs(effect - ((WEEK[day] ?? 0) - middle))).toBeLessThan(0.05);
    expect(Math.abs(sum(season))).toBeLessThan(1e-9);
  });

  test('continues what never changes but by the week, to within a percent', () => {
    const days = made(127);
    const { projected, series } = forecastOf(days.slice(0, 84), 30);
    expect(Math.abs(Number(projected) / sum(days.slice(85, 115)) - 1)).toBeLessThan(0.01);
    for (const { day, projected: amount } of series) expect(Math.abs(Number(amount) / (days[85 + day] ?? 1) - 1)).toBeLessThan(0.05);
  });

  test('follows growth, and says so', () => {
    const growing = forecastOf(made(120, { trend: 0.01, noise: 0.05 }), 30);
    expect(growing.growthPct).toBeGreaterThan(10);
    expect(growing.drivers.find(({ factor }) => factor === 'Trend')?.impact).toBeGreaterThan(0n);
    const shrinking = forecastOf(made(120, { trend: -0.01, noise: 0.05 }), 30);
    expect(shrinking.growthPct).toBeLessThan(-10);
  });

  const KINDS = {
    still: { noise: 0.25 },
    wandering: { noise: 0.2, drift: 0.03 },
    growing: { noise: 0.2, drift: 0.01, trend: 0.003 },
    'opened not long ago': { noise: 0.2, drift: 0.02, opening: 1.5 },
  };
  test.each(Object.entries(KINDS))(
    '%s: the combination is less wrong than the last week repeated',
    (_, kind) => {
      const losses = [0, 0];
      for (let seed = 1; seed <= 20; seed += 1) {
        const days = made(120, { ...kind, seed });
        for (const [known, ahead] of [
          [90, 7],
          [90, 14],
          [90, 28],
        ] as const) {
          const past = days.slice(0, known);
          const actual = sum(days.slice(known + 1, known + 1 + ahead));
          const forecasts = [combined, naiveSeasonal].map((forecaster) => sum(forecaster(past)(ahead + 1).slice(1)));
          for (const [index, forecast] of forecasts.entries())
            losses[index] = (losses[index] ?? 0) + pinballLoss(actual, forecast, 0.5) / ahead;
        }
      }
      expect((losses[0] ?? 0) / (losses[1] ?? 0)).toBeLessThan(0.95);
    },
    30_000,
  );

  test('days at the beginning in which it lagged behind a crowd that came are no reason to say more for ever', () => {
    const errors = Array.from({ length: 20 }, (_, index) => {
      const days = made(120, { seed: index + 1, noise: 0.15, opening: 2.5 });
      const model = modelWith({ level: 0.1, trend: 0, damping: 0 });
      return sum(model(days.slice(0, 90))(29).slice(1)) / sum(days.slice(91, 119)) - 1;
    });
    expect(Math.abs(sum(errors) / errors.length)).toBeLessThan(0.05);
  });
});

describe('the interval', () => {
  test('holds about 80 percent of what comes, over series still, wandering and growing', () => {
    const kinds = [{ noise: 0.2 }, { noise: 0.2, drift: 0.02 }, { noise: 0.3, drift: 0.05 }, { noise: 0.15, drift: 0.01, trend: 0.003 }];
    let [held, tried] = [0, 0];
    for (const kind of kinds) {
      for (let seed = 1; seed <= 30; seed += 1) {
        const days = made(121, { ...kind, seed });
        const { low, high } = forecastOf(days.slice(0, 90), 30);
        const actual = sum(days.slice(91, 121));
        tried += 1;
        if (actual >= Number(low) && actual <= Number(high)) held += 1;
      }
    }
    expect(held / tried).toBeGreaterThan(0.72);
    expect(held / tried).toBeLessThan(0.9);
  }, 60_000);

  test('never narrows as the level grows, and holds the forecast', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 50, maxLength: 90 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.integer({ min: 1, max: 90 }),
        (days, one, other, horizon) => {
          const residuals = residualsOf(days, naiveSeasonal);
          const [narrow, wide] = [Math.min(one, other), Math.max(one, other)].map((level) => calibrate(residuals, level, days.length));
          for (const interval of [intervalOfSum, intervalOfDay]) {
            const [inner, outer] = [interval(1_000, narrow as never, horizon), interval(1_000, wide as never, horizon)];
            expect(outer.low).toBeLessThanOrEqual(inner.low);
            expect(outer.high).toBeGreaterThanOrEqual(inner.high);
            expect(inner.low).toBeLessThanOrEqual(1_000);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test('knows nothing of the days it is tried on', () => {
    const seen: number[] = [];
    residualsOf(made(60), (history) => {
      seen.push(history.length);
      return naiveSeasonal(history);
    });
    const [first] = residualsOf(made(60), naiveSeasonal, [7]);
    expect(Math.max(...seen)).toBeLessThanOrEqual(58);
    expect(first?.actual).toBe(sum(made(60).slice((seen[0] ?? 0) + 1, (seen[0] ?? 0) + 8)));
  });
});

describe('parts', () => {
  const operator = fc.record({
    seed: fc.integer({ min: 1, max: 999 }),
    level: fc.integer({ min: 1, max: 90_000 }),
    begins: fc.integer({ min: 0, max: 89 }),
  });
  test('of operators, days and drivers add up to the whole to the cent', () => {
    fc.assert(
      fc.property(fc.array(operator, { minLength: 1, maxLength: 5 }), fc.constantFrom(30, 60, 90), (given, horizon) => {
        const operators = given.map(({ begins, ...how }, index) => ({
          slug: `operator-${index}`,
          days: made(90, { ...how, noise: 0.3 }).map((cents, day) => (day < begins && index > 0 ? 0 : cents)),
        }));
        const forecast = forecastRevenue(operators, horizon);
        if ('reason' in forecast) return;
        const added = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);
        expect(added(forecast.byOperator.map(({ projected }) => projected))).toBe(forecast.projected);
        expect(added(forecast.series.map(({ projected }) => projected))).toBe(forecast.projected);
        expect(added(forecast.drivers.map(({ impact }) => impact))).toBe(forecast.projected);
        expect(forecast.series.length).toBe(horizon);
        expect(forecast.byOperator.every(({ projected }) => projected >= 0n)).toBe(true);
        expect(forecast.low <= forecast.projected && forecast.projected <= forecast.high).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('an operator that began within four weeks is a driver of its own; one that earns nothing has no part', () => {
    const late = made(90, { level: 20_000 }).map((cents, day) => (day < 75 ? 0 : cents));
    const operators = [
      { slug: 'old', days: made(90) },
      { slug: 'late', days: late },
      { slug: 'silent', days: made(90).map(() => 0) },
    ];
    const forecast = forecastRevenue(operators, 30) as Forecast;
    const part = forecast.byOperator.find(({ slug }) => slug === 'late')?.projected;
    expect(forecast.drivers.find(({ factor }) => factor === 'New operator (late)')?.impact).toBe(part);
    expect(part).toBeGreaterThan(0n);
    expect(forecast.byOperator.find(({ slug }) => slug === 'silent')?.projected).toBe(0n);
  });
});

describe('abstention', () => {
  test.each([
    [0, 30, 'history_too_short'],
    [41, 30, 'history_too_short'],
    [42, 30, undefined],
    [42, 60, undefined],
    [44, 90, 'history_too_short'],
    [45, 90, undefined],
  ])('of %i days for %i: %s', (days, horizon, reason) => {
    expect(abstention(made(days), horizon)?.reason).toBe(reason);
    expect('reason' in forecastRevenue([{ slug: 'one', days: [0, 0, ...made(days)] }], horizon)).toBe(reason !== undefined);
  });

  test('when most days earn nothing', () => {
    const rare = made(90).map((cents, day) => (day % 3 === 0 ? cents : 0));
    expect(abstention(sinceFirst(rare), 30)?.reason).toBe('revenue_too_rare');
  });

  test('without operators there is no history', () => {
    expect(forecastRevenue([], 30)).toMatchObject({ reason: 'history_too_short', days: 0 });
  });
});
