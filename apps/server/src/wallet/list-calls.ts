/** The callback log: a page of it, and one call with every attempt; an operator sees its own, by row level security. */
import type { listWalletCalls as list } from '@predictu/contract/admin/wallet';
import { decodeId, type Id } from '@predictu/contract/ids';
import type { listOwnWalletCalls as listOwn } from '@predictu/contract/operator/wallet';
import type { Db } from '../platform/db.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { type PageRequest, pageOf, sliceOf } from '../platform/page.ts';
import { selectAttempts } from './attempt.sql.ts';
import { type CallFilter, selectCall, selectCallPage } from './call-list.sql.ts';
import { showAttempt, showCall } from './show-call.ts';

async function pageOfCalls(db: Db, filter: CallFilter, query: PageRequest) {
  const { rows, total } = await selectCallPage(db, filter, sliceOf(query, 1));
  return pageOf(query, total, rows, (row) => [row.id], showCall);
}

export const listOwnWalletCalls: Handler<typeof listOwn> = ({ db }, { query }) => pageOfCalls(db, query, query);

export const listWalletCalls: Handler<typeof list> = ({ db }, { query: { operator, ...query } }) => {
  const operatorId = operator === undefined ? undefined : decodeId('operator', operator);
  return pageOfCalls(db, { operatorId, operatorSlug: operatorId === undefined ? operator : undefined, ...query }, query);
};

/** For both audiences. */
export const getWalletCall = async ({ db }: Pick<Context, 'db'>, { params }: { params: { call_id: Id<'transaction'> } }) => {
  const call = await selectCall(db, params.call_id);
  if (!call) throw notFound('callback');
  const attempts = await selectAttempts(db, call.operator_id, call.id);
  return { data: { ...showCall(call), attempt_log: attempts.map((attempt) => showAttempt(attempt, call)) } };
};
