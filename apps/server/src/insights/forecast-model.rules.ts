/**
 * Daily revenue as a damped level and trend with a weekly season, on logarithms, and the last week beside it: docs/forecast.md has formula and
 * source. Amounts are estimates in cents as floating-point numbers; only what is shown is money.
 */

const WEEK = 7;
const CENTS = 100;
/** Weight of "no season at all" against the weeks seen, in weeks. */
const SEASON_PRIOR = 1;
/** Days to either side over which the model's lag behind growth and decline is not taken for noise. */
const LAG_DAYS = 14;
const LEAST_CORRECTION = 0.5;
const MOST_CORRECTION = 2;

export type Smoothing = { level: number; trend: number; damping: number };
/** Continues a history by `count` days, in cents. */
export type Continuation = (count: number) => number[];
export type Forecaster = (history: readonly number[]) => Continuation;

/** One for every history: settings chosen by the errors of a few weeks were worse than any of them kept (docs/forecast.md). */
export const SMOOTHING: Smoothing = { level: 0.2, trend: 0.02, damping: 0.9 };

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

/**
 * What a mean of logarithms leaves out of a mean of amounts: the smearing estimate (Duan 1983) of the surprises around their own mean of four
 * weeks, so that a model which lags behind a level is not corrected for the lag for ever.
 */
function correctionOf(surprises: readonly number[]): number {
  const noise = surprises.map((surprise, day) => surprise - mean(surprises.slice(Math.max(0, day - LAG_DAYS), day + LAG_DAYS + 1)));
  return Math.min(MOST_CORRECTION, Math.max(LEAST_CORRECTION, noise.length > 0 ? mean(noise.map(Math.exp)) : 1));
}

export type Fit = { level: number; trend: number; damping: number; season: readonly number[]; correction: number; days: number };

/** `history`: revenue of consecutive days in cents, at least a week of them. */
export function fitModel(history: readonly number[], smoothing: Smoothing = SMOOTHING): Fit {
  const season = weeklySeason(history.map(stabilised));
  const seasonOf = (day: number): number => season[day % WEEK] ?? 0;
  const values = history.map((cents, day) => stabilised(cents) - seasonOf(day));
  const { level, trend, fitted } = smoothed(values, smoothing);
  const correction = correctionOf(values.slice(WEEK).map((value, index) => value - (fitted[index + WEEK] ?? 0)));
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

export const modelWith =
  (smoothing: Smoothing): Forecaster =>
  (history) => {
    const fit = fitModel(history, smoothing);
    return (count) => continueFit(fit, count);
  };

/** The last week again and again: what a forecast has to beat, and half of ours. */
export const naiveSeasonal: Forecaster = (history) => {
  const week = history.slice(-WEEK);
  return (count) => Array.from({ length: count }, (_, index) => week[index % WEEK] ?? 0);
};

/** Day by day the mean of the two: their errors have little to do with each other (Bates and Granger 1969). */
export const besideLastWeek = (ahead: readonly number[], history: readonly number[]): number[] => {
  const week = naiveSeasonal(history)(ahead.length);
  return ahead.map((cents, day) => (cents + (week[day] ?? 0)) / 2);
};

/** What is projected: the model and the last week, half and half. */
export const combined: Forecaster = (history) => {
  const continuation = modelWith(SMOOTHING)(history);
  return (count) => besideLastWeek(continuation(count), history);
};
