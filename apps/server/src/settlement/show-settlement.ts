/** One settlement by its id: as the platform sees it, and what it meant for one operator. */
import type { getSettlement as get } from '@predictu/contract/admin/settlements';
import type { getOwnSettlement as getOwn } from '@predictu/contract/operator/settlements';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { namesOf, showOwnSettlement, showSettlement } from './list-settlements.ts';
import { selectOwnSettlements, selectSettlements } from './settlement-list.sql.ts';

const ONE = { limit: 1, offset: 0, after: undefined } as const;

export async function settlementById(db: Db, id: bigint) {
  const [row] = (await selectSettlements(db, { id }, ONE)).rows;
  if (!row) throw notFound('settlement');
  return { data: showSettlement(row, await namesOf(db, [row])) };
}

export const getSettlement: Handler<typeof get> = ({ db }, { params }) => settlementById(db, params.settlement_id);

export const getOwnSettlement: Handler<typeof getOwn> = async ({ db }, { params }) => {
  const [row] = (await selectOwnSettlements(db, { id: params.settlement_id }, ONE)).rows;
  if (!row) throw notFound('settlement');
  return { data: showOwnSettlement(row) };
};
