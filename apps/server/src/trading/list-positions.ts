/** Positions as operators and the platform list them: an operator's, and one player's. */
import type { listPositionsOfPlayer as ofPlayer } from '@predictu/contract/admin/players';
import type { Id } from '@predictu/contract/ids';
import type { listOwnPositions as own } from '@predictu/contract/operator/trades';
import type { Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { type PageRequest, pageOf, sliceOf } from '../platform/page.ts';
import { findPlayer } from '../players/players.ts';
import type { ChoosePositions, PositionFilter, PositionSort } from './position-choice.sql.ts';
import { selectConsolePositions } from './position-list.sql.ts';
import { positionKeys, showConsolePosition } from './show-position.ts';

type Query = PageRequest &
  PositionSort &
  Pick<PositionFilter, 'status' | 'outcome'> & { market_id?: Id<'market'> | undefined; user_id?: Id<'user'> | undefined };

/** The handlers, choosing by SQL or by an index that answers the same. */
export function positionLists(choosePositions: ChoosePositions) {
  async function list(db: Db, query: Query, scope: Pick<PositionFilter, 'operatorId' | 'playerId'>) {
    const filter = { playerId: query.user_id, marketId: query.market_id, status: query.status, outcome: query.outcome, ...scope };
    const { ids, total } = await choosePositions(db, filter, query, sliceOf(query, 2));
    return pageOf(
      query,
      total,
      await selectConsolePositions(db, ids),
      query.sort === 'opened_at' ? positionKeys : null,
      showConsolePosition,
    );
  }
  const listPositionsOfPlayer: Handler<typeof ofPlayer> = async ({ db }, { params, query }) =>
    list(db, query, await findPlayer(db, params.user_id));
  const listOwnPositions: Handler<typeof own> = ({ db, actor }, { query }) => list(db, query, { operatorId: actor.operatorId });
  return { listPositionsOfPlayer, listOwnPositions };
}
