/** What both dashboards are made of. */
import { cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { type ActiveRow, selectActive } from './active.sql.ts';
import { deltaPct, figuresOf, sumMeasures } from './figure.rules.ts';
import { type FigureRequest, type FigureRow, planOnce, selectFigures, selectTotals, type Window } from './figure.sql.ts';
import type { Named } from './operator-list.sql.ts';
import { revenueOf } from './revenue.rules.ts';
import { bucketsOf, DAY_MS, type Granularity, isPartial } from './rollup-plan.rules.ts';
import { selectSignups } from './signup.sql.ts';
import { selectUnsettled } from './standing.sql.ts';

export type DashboardPeriod = '1d' | '7d' | '30d' | '90d' | 'all';
const DAYS: Record<DashboardPeriod, number | null> = { '1d': 1, '7d': 7, '30d': 30, '90d': 90, all: null };
const MOST_BUCKETS = 3_000;

const ago = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);
/** What was traded and by how many players, from memory; undefined when it is to be added up here. */
export type RecallPeriods = (db: Db, request: FigureRequest) => Promise<(FigureRow & ActiveRow)[] | undefined>;

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
  operators: readonly Named[] | Promise<readonly Named[]>;
  operatorId?: bigint | undefined;
  period: DashboardPeriod;
  now: Date;
  recall: RecallPeriods;
};
type Traded = { all: readonly FigureRow[]; rows: readonly FigureRow[]; active: readonly ActiveRow[] };

const ALWAYS: Window = { label: 'total', from: null, to: null };
/** All of it as of one moment, from memory or in SQL. */
async function tradedIn(
  db: Db,
  { operatorId, period, now, recall }: Omit<DashboardOf, 'operators'>,
  granularity: Granularity,
): Promise<Traded> {
  const active = activeWindowsOf(period, now);
  const known = await recall(db, { operatorId, granularity, windows: [...active, ALWAYS] });
  if (known) return { all: labelled(known, ALWAYS.label), rows: known, active: known };
  const [all, rows, counted] = await Promise.all([
    selectTotals(db, operatorId),
    selectFigures(db, { operatorId, granularity, windows: windowsOf(period, now).windows }),
    selectActive(db, { operatorId, granularity, windows: active }),
  ]);
  return { all, rows, active: counted };
}

/** The figures of a dashboard in the words of the contract; the caller adds what its side shows besides. */
export async function measureDashboard(db: Db, { operators: asked, operatorId, period, now, recall }: DashboardOf) {
  planOnce(db).catch(() => {});
  const { from } = windowsOf(period, now);
  const granularity: Granularity = period === 'all' ? 'month' : 'day';
  const [operators, { all, rows, active }, signups, unsettled] = await Promise.all([
    asked,
    tradedIn(db, { operatorId, period, now, recall }, granularity),
    selectSignups(db, { operatorId, since: ago(now, 7) }),
    selectUnsettled(db, operatorId),
  ]);
  const total = figuresOf(sumMeasures(all));
  const day = figuresOf(sumMeasures(labelled(rows, 'day')));
  const before = from === null ? null : figuresOf(sumMeasures(labelled(rows, 'before')));
  const revenue = revenueOf(labelled(rows, 'chart'), bucketsFrom(rows, from, now, granularity), granularity, operators);
  const { totals, series } = revenue;
  const chartUsers = new Map<number, number>();
  for (const { key, players } of labelled(active, 'chart')) chartUsers.set(key, (chartUsers.get(key) ?? 0) + Number(players));
  const inPeriod = players(active, period === '1d' ? 'day' : 'period');
  return {
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
      const users = chartUsers.get(start.getTime() / 1_000) ?? 0;
      return { date, partial: isPartial(start, from, now, granularity), revenue_usd, trades, users, volume_usd };
    }),
  };
}
