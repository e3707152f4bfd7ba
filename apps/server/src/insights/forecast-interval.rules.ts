/** How wrong a forecaster was about the past, and the interval that follows: docs/forecast.md. */
import type { Forecaster } from './forecast-model.rules.ts';

/** Days between the last complete day and the first one forecast: today is not over. */
export const GAP_DAYS = 1;
/** A forecaster is tried on the past from this many days on. */
const LEAST_TRAINING_DAYS = 28;
const MOST_ORIGINS = 40;
const LEADS = [1, 3, 7, 14, 21, 28, 42, 56, 70, 90];
const ONE_CENT = 1;
/** Sums of so many days hardly share anything: how often drift was really seen. */
const PERIOD_DAYS = 21;
const UNSEEN = 5;
const DRIFT_FLOOR_DAYS = 7;

export type Residual = { days: number; forecast: number; actual: number; log: number };

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Days after which the forecaster is tried: evenly spread, the latest included. */
function originsOf(days: number, shortest: number): number[] {
  const last = days - GAP_DAYS - shortest;
  const step = Math.max(1, Math.ceil((last - LEAST_TRAINING_DAYS + 1) / MOST_ORIGINS));
  const origins: number[] = [];
  for (let origin = last; origin >= LEAST_TRAINING_DAYS; origin -= step) origins.push(origin);
  return origins.reverse();
}

/** Logarithms of actual / forecast of the next `leads` days together, from every origin of the past; the future never leaks in. */
export function residualsOf(history: readonly number[], forecaster: Forecaster, leads: readonly number[] = LEADS): Residual[] {
  const shortest = leads[0] ?? 1;
  return originsOf(history.length, shortest).flatMap((origin) => {
    const room = history.length - origin - GAP_DAYS;
    const ahead = forecaster(history.slice(0, origin))(GAP_DAYS + room).slice(GAP_DAYS);
    return leads
      .filter((days) => days <= room)
      .map((days) => {
        const forecast = sum(ahead.slice(0, days));
        const actual = sum(history.slice(origin + GAP_DAYS, origin + GAP_DAYS + days));
        return { days, forecast, actual, log: Math.log((actual + ONE_CENT) / (forecast + ONE_CENT)) };
      });
  });
}

/** Variance of the logarithm of a sum of h days: `noise` / h + `drift` x h. */
export type Spread = { noise: number; drift: number; quantile: number };

/** Least squares of mean squares on 1 / h and h, neither negative, weighted by how many residuals speak. */
function fitVariance(residuals: readonly Residual[]): { noise: number; drift: number } {
  let [xx, xy, yy, xv, yv] = [0, 0, 0, 0, 0];
  for (const { days, log } of residuals) {
    const [x, y, v] = [1 / days, days, log * log];
    // Long sums have larger squares: each counts by its own size.
    const weight = 1 / (x + y / 100) ** 2;
    xx += weight * x * x;
    xy += weight * x * y;
    yy += weight * y * y;
    xv += weight * x * v;
    yv += weight * y * v;
  }
  const determinant = xx * yy - xy * xy;
  const noise = determinant > 0 ? (xv * yy - yv * xy) / determinant : 0;
  const drift = determinant > 0 ? (yv * xx - xv * xy) / determinant : 0;
  if (noise < 0) return { noise: 0, drift: yy > 0 ? yv / yy : 0 };
  if (drift < 0) return { noise: xx > 0 ? xv / xx : 0, drift: 0 };
  return { noise, drift };
}

/** Standard deviation of the logarithm of the sum of `days` days. */
const deviationOf = ({ noise, drift }: Omit<Spread, 'quantile'>, days: number): number => Math.sqrt(noise / days + drift * days);

/**
 * The spread whose interval held the share `level` of the past: a conformal quantile (Vovk, Gammerman and Shafer 2005) of residuals in units of
 * their deviation. A larger level never gives a narrower interval.
 */
export function calibrate(residuals: readonly Residual[], level: number, days: number): Spread {
  const fitted = fitVariance(residuals);
  const periods = Math.max(1, (days - LEAST_TRAINING_DAYS) / PERIOD_DAYS);
  const floor = fitted.noise / (days * DRIFT_FLOOR_DAYS);
  const variance = { noise: fitted.noise, drift: Math.max(fitted.drift, floor) * (1 + UNSEEN / periods) };
  const scores = residuals.map(({ days, log }) => Math.abs(log) / (deviationOf(variance, days) || 1)).sort((a, b) => a - b);
  const rank = Math.min(scores.length, Math.ceil((scores.length + 1) * level));
  return { ...variance, quantile: scores[rank - 1] ?? 0 };
}

export type Interval = { low: number; high: number };

/** Of the sum of `days` days, in the unit of `forecast`. */
export function intervalOfSum(forecast: number, spread: Spread, days: number): Interval {
  const width = Math.exp(spread.quantile * deviationOf(spread, days));
  return { low: forecast / width, high: forecast * width };
}

/** Of one day, `lead` days ahead: the mean of a random walk over h days has a third of the variance of its end. */
export function intervalOfDay(forecast: number, { noise, drift, quantile }: Spread, lead: number): Interval {
  const width = Math.exp(quantile * Math.sqrt(noise + 3 * drift * lead));
  return { low: forecast / width, high: forecast * width };
}

/** How good a quantile was: the asymmetric loss that only the true quantile makes smallest (Koenker and Bassett 1978). */
export const pinballLoss = (actual: number, forecast: number, quantile: number): number =>
  Math.max(quantile * (actual - forecast), (quantile - 1) * (actual - forecast));
