/** The activity feed: which entries stand in a page or came since. Trades are read from their own table, by ids that are in commit order. */
import type { ACTIVITY_TYPES } from '@predictu/contract/shapes/activity';
import { type Condition, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import { type Moment, oldestRunning, type Place, tradesBelow } from './activity-position.rules.ts';

export type ActivityType = (typeof ACTIVITY_TYPES)[number];
export type ActivityFilter = { operatorId?: bigint | undefined; type?: ActivityType | undefined };
export type EntryRow = Place & {
  operator_id: bigint | null;
  type: ActivityType;
  source: 'trade' | 'audit' | 'player' | 'risk_event' | 'settlement' | 'settlement_record';
  source_id: bigint;
  created_at: Date;
};

const OPERATOR = 'operator_id = ?';

/** What there is now. One statement, so the snapshot and the last trade are of one moment. */
export async function selectMoment(db: Db, { operatorId }: ActivityFilter): Promise<Moment> {
  const { text, values } = where([[OPERATOR, operatorId]]);
  const [row] = await db.query<{ snapshot: string; last_trade: bigint }>(
    `select pg_current_snapshot()::text as snapshot, greatest(
       (select id from trades ${text} order by id desc limit 1), (select id from trade_events ${text} order by id desc limit 1), 0) as last_trade`,
    values,
  );
  if (!row) throw new Error('The database has no snapshot');
  return { snapshot: row.snapshot, lastTrade: row.last_trade };
}

function selectEvents(db: Db, { operatorId, type }: ActivityFilter, conditions: readonly Condition[], rest: string): Promise<EntryRow[]> {
  if (type === 'trade') return Promise.resolve([]);
  const { text, values } = where([[OPERATOR, operatorId], ['type = ?', type], ...conditions]);
  return db.query<EntryRow>(
    `select id, number, operator_id, type, source, source_id, created_at from activity_events ${text} order by ${rest}`,
    values,
  );
}

/** Trades by the row that filled them: their own, or what ended their waiting for a wallet. */
function selectTrades(db: Db, { operatorId, type }: ActivityFilter, conditions: readonly Condition[], rest: string): Promise<EntryRow[]> {
  if (type !== undefined && type !== 'trade') return Promise.resolve([]);
  const { text, values } = where([['status = ?', 'filled'], [OPERATOR, operatorId], ...conditions]);
  const columns = (id: string): string =>
    `id, 0::bigint as number, operator_id, 'trade' as type, 'trade' as source, ${id} as source_id, created_at`;
  return db.query<EntryRow>(
    `(select ${columns('id')} from trades ${text} and (wallet_mode <> 'seamless' or side = 'sell') order by ${rest})
     union all (select ${columns('trade_id')} from trade_events ${text} order by ${rest}) order by ${rest}`,
    values,
  );
}

/** The newest entries of what there was at a moment, below a place when one is given: trades and others each up to `limit`. */
export async function selectPage(db: Db, filter: ActivityFilter, at: Moment, after: Place | undefined, limit: number): Promise<EntryRow[]> {
  const end = at.lastTrade + 1n;
  const below = after !== undefined && tradesBelow(after) < end ? tradesBelow(after) : end;
  const [events, trades] = await Promise.all([
    selectEvents(
      db,
      filter,
      [
        ['pg_visible_in_snapshot(written_by, ?::pg_snapshot)', at.snapshot],
        ['(id, number) < ((?::bigint[])[1], (?::bigint[])[2])', after && [after.id, after.number]],
      ],
      `id desc, number desc limit ${limit}`,
    ),
    selectTrades(db, filter, [['id < ?', below]], `id desc limit ${limit}`),
  ]);
  return [...events, ...trades];
}

export type Since = { from: Moment; to: Moment; after?: Place | undefined };

/** What came after one moment until another, above a place when one is given: trades and others each up to `limit`, oldest first. */
export async function selectSince(db: Db, filter: ActivityFilter, { from, to, after }: Since, limit: number): Promise<EntryRow[]> {
  const above = after !== undefined && after.id > from.lastTrade ? after.id : from.lastTrade;
  const [events, trades] = await Promise.all([
    selectEvents(
      db,
      filter,
      [
        ['written_by >= ?::xid8', oldestRunning(from)],
        ['not pg_visible_in_snapshot(written_by, ?::pg_snapshot)', from.snapshot],
        ['pg_visible_in_snapshot(written_by, ?::pg_snapshot)', to.snapshot],
        ['(id, number) > ((?::bigint[])[1], (?::bigint[])[2])', after && [after.id, after.number]],
      ],
      `id, number limit ${limit}`,
    ),
    selectTrades(
      db,
      filter,
      [
        ['id > ?', above],
        ['id <= ?', to.lastTrade],
      ],
      `id limit ${limit}`,
    ),
  ]);
  return [...events, ...trades];
}

/**
 * In a database restored elsewhere rows name transactions that have not been here yet, and no snapshot would show them: from now on they
 * count as written long ago. No transaction of this database can be meant: what it has not begun it has not written.
 */
export const adoptRestoredActivity = (db: Db): Promise<unknown> =>
  db.query(`update activity_events set written_by = '3' where written_by >= pg_snapshot_xmax(pg_current_snapshot())`);
