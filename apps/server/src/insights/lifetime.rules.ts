/** Lifetime value: revenue of all time for each player. docs/glossary.md. */
import type { Cents } from '@predictu/contract/units';
import { perHead } from './figure.rules.ts';

export type Segment = 'operator' | 'tier' | 'category';
export type LifetimeRow = {
  label: string;
  players: bigint;
  traders: bigint;
  /** Players who came at least 30 days ago, and the revenue of their first 30 days. */
  mature: bigint;
  early: bigint;
  revenue: bigint;
  trades: bigint;
  volume: bigint;
  lifespan_seconds: number;
};
export type Lifetime = {
  players: number;
  value: Cents;
  earlyValue: Cents | null;
  lifespanDays: number;
  trades: number;
  volume: Cents;
};

const DAY_SECONDS = 86_400;
/** Rounded half up to so many decimals; zero among nobody. */
export function averageOf(total: number, count: number, decimals: number): number {
  const scale = 10 ** decimals;
  return count === 0 ? 0 : Math.round((total / count) * scale) / scale;
}

export const lifetimeOf = (row: Omit<LifetimeRow, 'label'>): Lifetime => ({
  players: Number(row.players),
  value: perHead(row.revenue, Number(row.players)),
  earlyValue: row.mature === 0n ? null : perHead(row.early, Number(row.mature)),
  lifespanDays: averageOf(row.lifespan_seconds / DAY_SECONDS, Number(row.traders), 1),
  trades: averageOf(Number(row.trades), Number(row.players), 2),
  volume: perHead(row.volume, Number(row.players)),
});

export const sumLifetimes = (rows: readonly LifetimeRow[]): Omit<LifetimeRow, 'label'> => {
  const total = { players: 0n, traders: 0n, mature: 0n, early: 0n, revenue: 0n, trades: 0n, volume: 0n, lifespan_seconds: 0 };
  for (const row of rows) {
    for (const name of ['players', 'traders', 'mature', 'early', 'revenue', 'trades', 'volume'] as const) total[name] += row[name];
    total.lifespan_seconds += row.lifespan_seconds;
  }
  return total;
};

type Monthly = { month: Date; amount: bigint };
/** Lifetime value as it stood when each month ended: revenue / players until then. Months before the first player have none. */
export function lifetimeTrend(
  months: readonly Date[],
  revenue: readonly Monthly[],
  signups: readonly Monthly[],
): { month: string; value: Cents; players: number }[] {
  const until = (rows: readonly Monthly[], month: Date): bigint =>
    rows.filter((row) => row.month <= month).reduce((sum, { amount }) => sum + amount, 0n);
  return months
    .map((month) => ({ month: month.toISOString().slice(0, 7), players: Number(until(signups, month)), revenue: until(revenue, month) }))
    .filter(({ players }) => players > 0)
    .map(({ month, players, revenue: earned }) => ({ month, players, value: perHead(earned, players) }));
}
