/** A player reads its own positions. */
import type { listPlayerPositions as endpoint } from '@predictu/contract/player/account';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { choosePositions } from './position-choice.sql.ts';
import { selectPositions } from './position-list.sql.ts';
import { positionKeys, showPosition } from './show-position.ts';

export const listPlayerPositions: Handler<typeof endpoint> = async ({ db, actor }, { query }) => {
  const { operatorId, playerId } = actor;
  const filter = { operatorId, playerId, marketId: query.market_id, status: query.status };
  const { ids, total } = await choosePositions(db, filter, { sort: 'opened_at', order: 'desc' }, sliceOf(query, 2));
  return pageOf(query, total, await selectPositions(db, ids), positionKeys, showPosition);
};
