/** Lists of settlements: the platform's, what is not finished, and what an operator sees of its own. */
import type { listSettlements as list, listPendingSettlements as pending } from '@predictu/contract/admin/settlements';
import type { listOwnSettlements as listOwn } from '@predictu/contract/operator/settlements';
import { type Cents, cents } from '@predictu/contract/units';
import { selectActorNames } from '../access/access.ts';
import { operatorIdOf } from '../operators/operators.ts';
import type { Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import {
  type SettlementFigures,
  type SettlementRow,
  selectFailedCallbacks,
  selectOwnSettlements,
  selectSettlements,
} from './settlement-list.sql.ts';

const PENDING_AT_MOST = 200;
/** Of the house: a loss of players is its gain. */
const netOf = ({ loss_cents: loss, payout_cents: payout }: SettlementFigures): Cents => cents(loss - payout);

/** Names of whoever proposed and approved these. */
export const namesOf = (db: Db, rows: readonly SettlementRow[]): Promise<ReadonlyMap<string, string>> =>
  selectActorNames(
    db,
    'admin',
    rows.flatMap(({ proposed_by, approved_by }) => [proposed_by, approved_by]),
  );

/** Without names in files, which have none. */
export const showSettlement = (row: SettlementRow, names: ReadonlyMap<string, string> = new Map()) => ({
  proposed_by_name: names.get(row.proposed_by) ?? null,
  approved_by_name: row.approved_by === null ? null : (names.get(row.approved_by) ?? null),
  positions_settled: Number(row.paid),
  total_payout_usd: row.payout_cents,
  total_loss_usd: row.loss_cents,
  net_pnl_usd: netOf(row),
  s2s_callbacks_sent: Number(row.sent),
  s2s_callbacks_confirmed: Number(row.confirmed),
  s2s_callbacks_failed: Number(row.failed),
  processing_time_ms: row.settled_at === null ? null : row.settled_at.getTime() - row.resolved_at.getTime(),
  ...row,
  winners: Number(row.winners),
  losers: Number(row.losers),
});

export const showOwnSettlement = (row: SettlementFigures) => ({
  operator_positions_settled: Number(row.paid),
  operator_winners: Number(row.winners),
  operator_losers: Number(row.losers),
  operator_payout_usd: row.payout_cents,
  operator_loss_usd: row.loss_cents,
  operator_net_pnl_usd: netOf(row),
  s2s_callbacks: { sent: Number(row.sent), confirmed: Number(row.confirmed), failed: Number(row.failed) },
  ...row,
});

export const listSettlements: Handler<typeof list> = async ({ db }, { query: { operator, ...query } }) => {
  const operatorId = operator === undefined ? undefined : await operatorIdOf(db, operator);
  const { rows, total } = await selectSettlements(db, { operatorId, ...query }, sliceOf(query, 1));
  const names = await namesOf(db, rows);
  return pageOf(
    query,
    total,
    rows,
    (row) => [row.id],
    (row) => showSettlement(row, names),
  );
};

export const listPendingSettlements: Handler<typeof pending> = async ({ db }) => {
  const { rows, total } = await selectSettlements(db, { unfinished: true }, { limit: PENDING_AT_MOST, offset: 0, after: undefined });
  const failed = await selectFailedCallbacks(
    db,
    rows.map(({ id }) => id),
  );
  const data = rows.reverse().map((row) => ({
    positions_total: Number(row.positions),
    positions_settled: Number(row.paid),
    positions_remaining: Number(row.positions - row.paid),
    failed_callbacks: failed.filter(({ settlement_id: id }) => id === row.id),
    ...row,
  }));
  return { data, total: Number(total) };
};

export const listOwnSettlements: Handler<typeof listOwn> = async ({ db }, { query }) => {
  const { rows, total } = await selectOwnSettlements(db, query, sliceOf(query, 1));
  return pageOf(query, total, rows, (row) => [row.id], showOwnSettlement);
};
