/** A player reads its own ledger. */
import type { listPlayerLedger as endpoint } from '@predictu/contract/player/account';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { selectEntries } from './entry-list.sql.ts';
import { shownEntry, storedTypes } from './shown-entry.rules.ts';

export const listPlayerLedger: Handler<typeof endpoint> = async ({ db, actor }, { query }) => {
  const { operatorId, playerId } = actor;
  const types = query.type && storedTypes(query.type);
  const { rows, total } = await selectEntries(db, { operatorId, playerId, types, from: query.from, to: query.to }, sliceOf(query, 1));
  return pageOf(query, total, rows, (row) => [row.id], shownEntry);
};
