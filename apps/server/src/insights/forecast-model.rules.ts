/**
 * Daily revenue as a damped level and trend with a weekly season, on logarithms: docs/forecast.md has formula and source. Amounts are estimates
 * in cents as floating-point numbers; only what is shown is money.
 */

const WEEK = 7;
const CENTS = 100;
/** Weight of "no season at all" against the weeks seen, in weeks. */
const SEASON_PRIOR = 1;
const LEAST_CORRECTION = 0.5;
const MOST_CORRECTION = 2;

export type Smoothing = { level: number; trend: number; damping: number };
/** Continues a history by `count` days, in cents. */
export type Continuation = (count: number) => number[];
export type Forecaster = (history: readonly number[]) => Continuation;

export const SMOOTHINGS: readonly Smoothing[] = [0.05, 0.1, 0.2, 0.4].flatMap((level) => [
  { level, trend: 0, damping: 0 },
  ...[0.02, 0.1].flatMap((trend) => [0.9, 0.99].map((damping) => ({ level, trend, damping }))),
]);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);
const stabilised = (cents: number): number => Math.log1p(cents / CENTS);
const restored = (value: number): number => Math.max(0, Math.expm1(value)) * CENTS;

/** Effect of each day of the week on the logarithm, by place in the history modulo 7: mean distance from the centred weekly mean, shrunk, summing to zero. */
export function weeklySeason(logs: readonly number[]): number[] {
  const distances: number[][] = Array.from({ length: WEEK }, () => []);
  for (let day = 3; day + 3 < logs.length; day += 1) {
    distances[day % WEEK]?.push((logs[day] ?? 0) - mean(logs.slice(day - 3, day + 4)));
  }
  const effects = distances.map((found) => sum(found) / (found.length + SEASON_PRIOR));
  const middle = mean(effects);
  return effects.map((effect) => effect - middle);
}

type State = { level: number; trend: number; fitted: number[] };

function smoothed(values: readonly number[], { level: alpha, trend: beta, damping }: Smoothing): State {
  let level = mean(values.slice(0, WEEK));
  let trend = 0;
  const fitted: number[] = [];
  for (const value of values) {
    const expected = level + damping * trend;
    fitted.push(expected);
    const next = expected + alpha * (value - expected);
    trend = beta * (next - level) + (1 - beta) * damping * trend;
    level = next;
  }
  return { level, trend, fitted };
}

export type Fit = { level: number; trend: number; damping: number; season: readonly number[]; correction: number; days: number };

/** `history`: revenue of consecutive days in cents, at least a week of them. */
export function fitModel(
  history: readonly number[],
  smoothing: Smoothing,
  season: readonly number[] = weeklySeason(history.map(stabilised)),
): Fit {
  const seasonOf = (day: number): number => season[day % WEEK] ?? 0;
  const { level, trend, fitted } = smoothed(
    history.map((cents, day) => stabilised(cents) - seasonOf(day)),
    smoothing,
  );
  // What a mean of logarithms leaves out of a mean of amounts (Duan 1983), by sums so that single odd days weigh little.
  const expected = sum(fitted.slice(WEEK).map((value, index) => restored(value + seasonOf(index + WEEK))));
  const ratio = expected > 0 ? sum(history.slice(WEEK)) / expected : 1;
  const correction = Math.min(MOST_CORRECTION, Math.max(LEAST_CORRECTION, ratio));
  return { level, trend, damping: smoothing.damping, season, correction, days: history.length };
}

/** The next `count` days, in cents; with `flat` as if the level stayed as it is. */
export function continueFit({ level, trend, damping, season, correction, days }: Fit, count: number, flat = false): number[] {
  let at = level;
  let step = trend;
  return Array.from({ length: count }, (_, index) => {
    step *= damping;
    if (!flat) at += step;
    return restored(at + (season[(days + index) % WEEK] ?? 0)) * correction;
  });
}

/** `seasons`: kept by length of the history, for several models of beginnings of the same one. */
export const modelWith =
  (smoothing: Smoothing, seasons = new Map<number, readonly number[]>()): Forecaster =>
  (history) => {
    const season = seasons.get(history.length) ?? weeklySeason(history.map(stabilised));
    seasons.set(history.length, season);
    const fit = fitModel(history, smoothing, season);
    return (count) => continueFit(fit, count);
  };

/** The last week again and again: what a forecast has to beat. */
export const naiveSeasonal: Forecaster = (history) => {
  const week = history.slice(-WEEK);
  return (count) => Array.from({ length: count }, (_, index) => week[index % WEEK] ?? 0);
};
