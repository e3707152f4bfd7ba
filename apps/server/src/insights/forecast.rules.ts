/** The revenue forecast: one model of the whole, its interval, and parts that add up to it to the cent. docs/forecast.md says why. */
import type { Cents } from '@predictu/contract/units';
import { apportion } from './apportion.rules.ts';
import { calibrate, GAP_DAYS, intervalOfDay, intervalOfSum, residualsOf } from './forecast-interval.rules.ts';
import { besideLastWeek, combined, continueFit, fitModel } from './forecast-model.rules.ts';

const LEAST_DAYS = 42;
export const CONFIDENCE_PCT = 80;
const MONTH = 28;

export type History = { slug: string; days: readonly number[] };
type Driver = { factor: string; impact: Cents };
type ForecastDay = { day: number; projected: Cents; low: Cents; high: Cents };
export type Forecast = {
  days: number;
  projected: Cents;
  low: Cents;
  high: Cents;
  growthPct: number | null;
  drivers: Driver[];
  byOperator: { slug: string; projected: Cents }[];
  series: ForecastDay[];
};
export type Abstention = { reason: 'history_too_short' | 'revenue_too_rare'; message: string; days: number };

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const cents = (value: number): Cents => BigInt(Math.round(value)) as Cents;
const oneDecimal = (value: number): number => Math.round(value * 10) / 10;

/** Without the days before the first revenue: a time when nobody was open says nothing about later. */
export function sinceFirst(days: readonly number[]): readonly number[] {
  const first = days.findIndex((cents) => cents > 0);
  return first < 0 ? [] : days.slice(first);
}

/** Why nothing is said about `horizon` days, if so. */
export function abstention(history: readonly number[], horizon: number): Abstention | undefined {
  const days = history.length;
  const needed = Math.max(LEAST_DAYS, Math.ceil(horizon / 2));
  if (days < needed) {
    return {
      reason: 'history_too_short',
      days,
      message: `There ${days === 1 ? 'is 1 complete day' : `are ${days} complete days`} since the first revenue; ${needed} are needed for ${horizon} days.`,
    };
  }
  const earning = history.slice(-LEAST_DAYS).filter((amount) => amount > 0).length;
  if (earning * 2 >= LEAST_DAYS) return undefined;
  return {
    reason: 'revenue_too_rare',
    days,
    message: `Only ${earning} of the last ${LEAST_DAYS} days had revenue; a weekly pattern needs half of them.`,
  };
}

/** The `horizon` days from tomorrow on; with `flat` as if the level stayed as it is. */
const project = (history: readonly number[], horizon: number, flat = false): number[] =>
  besideLastWeek(continueFit(fitModel(history), GAP_DAYS + horizon, flat), history).slice(GAP_DAYS);

/** What an operator alone would come to: its own projection, or the mean of its days while they are few. */
function weightOf({ days }: History, horizon: number): number {
  const own = sinceFirst(days);
  if (own.length === 0) return 0;
  const lately = own.slice(-MONTH);
  if (own.length < LEAST_DAYS) return (sum(lately) / lately.length) * horizon;
  return sum(project(own, horizon));
}

/** The projection taken apart: the last four weeks repeated, what the level is above them, the trend, and each operator that began since. */
function driversOf(
  projected: Cents,
  { base, flat, whole }: Record<'base' | 'flat' | 'whole', number>,
  fresh: readonly { slug: string; projected: Cents }[],
): Driver[] {
  const rest = projected - fresh.reduce((total, part) => total + part.projected, 0n);
  const scale = whole > 0 ? Number(rest) / whole : 0;
  const change = cents((flat - base) * scale);
  const trend = cents((whole - flat) * scale);
  return [
    { factor: 'Seasonal baseline', impact: (rest - change - trend) as Cents },
    { factor: 'Level of the last days against the last four weeks', impact: change },
    { factor: 'Trend', impact: trend },
    ...fresh.map(({ slug, projected: impact }) => ({ factor: `New operator (${slug})`, impact })),
  ];
}

/**
 * `operators`: gross revenue in cents of the same consecutive complete days of each, the last one yesterday. The first day projected is tomorrow.
 */
export function forecastRevenue(operators: readonly History[], horizon: number): Forecast | Abstention {
  const length = operators[0]?.days.length ?? 0;
  const history = sinceFirst(Array.from({ length }, (_, day) => sum(operators.map(({ days }) => days[day] ?? 0))));
  const refused = abstention(history, horizon);
  if (refused) return refused;
  const ahead = project(history, horizon);
  const whole = sum(ahead);
  const projected = cents(whole);
  const spread = calibrate(residualsOf(history, combined), CONFIDENCE_PCT / 100, history.length);
  const interval = intervalOfSum(whole, spread, horizon);
  const byDay = apportion(projected, ahead);
  const weights = operators.map((operator) => weightOf(operator, horizon));
  const parts = apportion(projected, weights);
  const byOperator = operators.map(({ slug }, index) => ({ slug, projected: (parts[index] ?? 0n) as Cents }));
  const began = operators.map(({ days }) => sinceFirst(days).length);
  const fresh = byOperator.filter((_, index) => (began[index] ?? 0) > 0 && (began[index] ?? 0) <= MONTH);
  const before = history.slice(-Math.min(horizon, history.length));
  const daily = sum(before) / before.length;
  const base = (sum(history.slice(-MONTH)) / MONTH) * horizon;
  return {
    days: history.length,
    projected,
    low: cents(interval.low),
    high: cents(interval.high),
    growthPct: daily > 0 ? oneDecimal((whole / horizon / daily - 1) * 100) : null,
    drivers: driversOf(projected, { base, flat: sum(project(history, horizon, true)), whole }, fresh),
    byOperator,
    series: ahead.map((amount, index) => {
      const { low, high } = intervalOfDay(amount, spread, GAP_DAYS + index + 1);
      return { day: index, projected: (byDay[index] ?? 0n) as Cents, low: cents(low), high: cents(high) };
    }),
  };
}
