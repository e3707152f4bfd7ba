/** The platform reads a player's ledger. */
import type { listPlayerEntries as endpoint } from '@predictu/contract/admin/players';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { findPlayer } from '../players/players.ts';
import { selectEntries, selectOrigins } from './entry-list.sql.ts';
import { consoleEntry, storedTypes } from './shown-entry.rules.ts';

export const listPlayerEntries: Handler<typeof endpoint> = async ({ db }, { params, query }) => {
  const player = await findPlayer(db, params.user_id);
  const types = query.type && storedTypes(query.type);
  const { rows, total } = await selectEntries(db, { types, from: query.from, to: query.to, ...player }, sliceOf(query, 1));
  const origins = new Map(
    (
      await selectOrigins(
        db,
        player.operatorId,
        rows.map(({ id }) => id),
      )
    ).map((origin) => [origin.id, origin]),
  );
  return pageOf(
    query,
    total,
    rows,
    (row) => [row.id],
    (row) => consoleEntry(row, origins.get(row.id)),
  );
};
