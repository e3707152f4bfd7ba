/** The figures of one period, for both sides: what the platform sees is the sum of what its operators see. */
import { Failure } from '@predictu/contract/errors';
import type { Db } from '../platform/db.ts';
import { selectActive } from './active.sql.ts';
import { perHead } from './figure.rules.ts';
import { selectFigures, type Window } from './figure.sql.ts';
import { type Named, selectNamed } from './operator-list.sql.ts';
import { categoriesOf, type Revenue, revenueOf, type Shared } from './revenue.rules.ts';
import { bucketsOf, DAY_MS, type Granularity, isPartial } from './rollup-plan.rules.ts';

export type PeriodQuery = { from?: Date | undefined; to?: Date | undefined; granularity: Granularity };
export type PeriodFigures = Omit<Revenue, 'series'> & {
  period: { from: Date; to: Date };
  byCategory: ReturnType<typeof categoriesOf>;
  series: (Revenue['series'][number] & { users: number; partial: boolean })[];
  users: number;
};

const MOST_BUCKETS = 3_000;
const DEFAULT_DAYS = 30;

/** The operators a question is about: all, or the one of this slug. @throws NOT_FOUND */
export async function operatorsInScope(db: Db, slug?: string): Promise<Named[]> {
  const operators = await selectNamed(db);
  const wanted = slug === undefined ? operators : operators.filter((operator) => operator.slug === slug);
  if (slug !== undefined && wanted.length === 0) throw new Failure('NOT_FOUND', 'No such operator');
  return wanted;
}

const sum = (rows: readonly { players: bigint }[]): number => rows.reduce((total, { players }) => total + Number(players), 0);

/** Everything about [from, to). Without `to` the period ends now, and what was committed a moment ago is in it. @throws BAD_REQUEST */
export async function measurePeriod(
  db: Db,
  { operators, query, now, operatorId }: { operators: readonly Named[]; query: PeriodQuery; now: Date; operatorId?: bigint | undefined },
): Promise<PeriodFigures> {
  const { granularity } = query;
  const to = query.to ?? now;
  const from = query.from ?? new Date(to.getTime() - DEFAULT_DAYS * DAY_MS);
  const buckets = from < to ? bucketsOf(from, to, granularity, MOST_BUCKETS) : [];
  if (buckets.length > MOST_BUCKETS) {
    const fields = [
      { field: 'granularity', received: granularity, expected: `one that makes at most ${MOST_BUCKETS} parts of the period` },
    ];
    throw new Failure('BAD_REQUEST', 'The period is too long for this granularity', { fields });
  }
  const end = query.to ?? null;
  const series: Window = { label: 'series', from, to: end, by: 'bucket' };
  const [figures, active] = await Promise.all([
    selectFigures(db, { operatorId, granularity, windows: [series, { label: 'category', from, to: end, by: 'category' }] }),
    selectActive(db, { operatorId, granularity, windows: [series, { label: 'whole', from, to: end }] }),
  ]);
  const labelled = <R extends { label: string }>(rows: readonly R[], label: string): R[] => rows.filter((row) => row.label === label);
  const users = labelled(active, 'series');
  const revenue = revenueOf(labelled(figures, 'series'), buckets, granularity, operators);
  return {
    ...revenue,
    period: { from, to },
    byCategory: categoriesOf(labelled(figures, 'category'), operators),
    users: sum(labelled(active, 'whole')),
    series: revenue.series.map((line) => ({
      ...line,
      partial: isPartial(line.start, from, to, granularity),
      users: sum(users.filter(({ key }) => key * 1_000 === line.start.getTime())),
    })),
  };
}

/** The totals as both revenue pages show them. */
export const showTotals = (totals: Shared, users: number) => ({
  spread_revenue_usd: totals.spread,
  fee_revenue_usd: totals.fees,
  predictu_share_usd: totals.platform,
  operator_share_usd: totals.operator,
  settlement_pnl_usd: totals.settlementPnl,
  settlement_fees_usd: totals.settlementFees,
  trade_volume_usd: totals.volume,
  trade_count: totals.trades,
  unique_traders: users,
  revenue_per_trade_usd: perHead(totals.gross, totals.trades),
});

export const showCategories = ({ byCategory }: PeriodFigures) =>
  byCategory.map(({ category, gross, operator, trades, volume }) => ({
    category,
    gross_usd: gross,
    operator_share_usd: operator,
    trade_count: trades,
    volume_usd: volume,
  }));
