/** What both dashboards are made of. */
import { cents } from '@predictu/contract/units';
import { readPlatformConfig } from '../config/config.ts';
import type { Db } from '../platform/db.ts';
import { type ActiveRow, type CountActive, selectActive } from './active.sql.ts';
import { deltaPct, figuresOf, sumMeasures } from './figure.rules.ts';
import { type FigureRow, planOnce, selectFigures, selectTotals, type Window } from './figure.sql.ts';
import type { Named } from './operator-list.sql.ts';
import { revenueOf } from './revenue.rules.ts';
import { bucketsOf, DAY_MS, type Granularity, isPartial } from './rollup-plan.rules.ts';
import { selectSignups } from './signup.sql.ts';
import { selectStanding, selectUnsettled } from './standing.sql.ts';

export type DashboardPeriod = '1d' | '7d' | '30d' | '90d' | 'all';
const DAYS: Record<DashboardPeriod, number | null> = { '1d': 1, '7d': 7, '30d': 30, '90d': 90, all: null };
const MOST_BUCKETS = 3_000;

const ago = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);
const labelled = <R extends { label: string }>(rows: readonly R[], label: string): R[] => rows.filter((row) => row.label === label);
const players = (rows: readonly ActiveRow[], label: string): number =>
  labelled(rows, label).reduce((total, row) => total + Number(row.players), 0);

/** The period, the one before it, and the fixed windows; `active_24h` may be the period itself, and is cheap to add. */
function windowsOf(period: DashboardPeriod, now: Date): { windows: Window[]; from: Date | null } {
  const days = DAYS[period];
  const from = days === null ? null : ago(now, days);
  const windows: Window[] = [
    { label: 'chart', from, to: null, by: 'bucket' },
    { label: 'day', from: ago(now, 1), to: null },
  ];
  if (days !== null) windows.push({ label: 'before', from: ago(now, 2 * days), to: from });
  return { windows, from };
}

const bucketsFrom = (rows: readonly FigureRow[], from: Date | null, now: Date, granularity: Granularity): Date[] => {
  const first = from ?? new Date(Math.min(...labelled(rows, 'chart').map(({ key }) => key * 1_000), now.getTime()));
  return bucketsOf(first, new Date(now.getTime() + 1), granularity, MOST_BUCKETS);
};

/** Windows active players are counted in. A union of sets is dear: none twice. */
function activeWindowsOf(period: DashboardPeriod, now: Date): Window[] {
  const { windows, from } = windowsOf(period, now);
  const more: Window[] = [...windows];
  if (period !== '7d') more.push({ label: 'week', from: ago(now, 7), to: null });
  if (period !== '1d') more.push({ label: 'period', from, to: null });
  return more;
}

type DashboardOf = {
  operators: readonly Named[];
  operatorId?: bigint | undefined;
  period: DashboardPeriod;
  now: Date;
  countActive: CountActive;
};
/** The figures of a dashboard in the words of the contract; the caller adds what its side shows besides. */
export async function measureDashboard(db: Db, { operators, operatorId, period, now, countActive }: DashboardOf) {
  const { windows, from } = windowsOf(period, now);
  const granularity: Granularity = period === 'all' ? 'month' : 'day';
  planOnce(db).catch(() => {});
  const { config } = await readPlatformConfig(db);
  const askedActive = { operatorId, granularity, windows: activeWindowsOf(period, now) };
  const [all, rows, active, signups, standing, unsettled] = await Promise.all([
    selectTotals(db, operatorId),
    selectFigures(db, { operatorId, granularity, windows }),
    countActive(db, askedActive).then((known) => known ?? selectActive(db, askedActive)),
    selectSignups(db, { operatorId, since: ago(now, 7) }),
    selectStanding(db, { operatorId, marketLimit: config.risk.per_market_max_usd, now }),
    selectUnsettled(db, operatorId),
  ]);
  const total = figuresOf(sumMeasures(all));
  const day = figuresOf(sumMeasures(labelled(rows, 'day')));
  const before = from === null ? null : figuresOf(sumMeasures(labelled(rows, 'before')));
  const revenue = revenueOf(labelled(rows, 'chart'), bucketsFrom(rows, from, now, granularity), granularity, operators);
  const { totals, series } = revenue;
  const chartUsers = (start: Date): number =>
    labelled(active, 'chart').reduce((sum, row) => sum + (row.key * 1_000 === start.getTime() ? Number(row.players) : 0), 0);
  const inPeriod = players(active, period === '1d' ? 'day' : 'period');
  return {
    config,
    standing,
    totals,
    users: {
      total: signups.reduce((sum, row) => sum + Number(row.total), 0),
      active_24h: players(active, 'day'),
      active_7d: players(active, period === '7d' ? 'period' : 'week'),
      active: inPeriod,
      new_7d: signups.reduce((sum, row) => sum + Number(row.since), 0),
      delta_pct: deltaPct(BigInt(inPeriod), from === null ? null : BigInt(players(active, 'before'))),
    },
    trades: {
      total: total.trades,
      volume_usd: total.volume,
      count_24h: day.trades,
      volume_24h_usd: day.volume,
      period: totals.trades,
      period_volume_usd: totals.volume,
      delta_pct: deltaPct(BigInt(totals.trades), before === null ? null : BigInt(before.trades)),
    },
    revenue: {
      total_usd: total.gross,
      period_usd: totals.gross,
      delta_pct: deltaPct(totals.gross, before === null ? null : before.gross),
      settlement_pnl_usd: totals.settlementPnl,
    },
    settlements: {
      pending_count: Number(unsettled.pending),
      pending_usd: cents(unsettled.pending_cents),
      last_settled_at: unsettled.last_settled_at,
    },
    chart_data: series.map(({ date, start, gross: revenue_usd, trades, volume: volume_usd }) => {
      return { date, partial: isPartial(start, from, now, granularity), revenue_usd, trades, users: chartUsers(start), volume_usd };
    }),
  };
}
