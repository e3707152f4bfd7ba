/** A player reads its own trades. */
import type { listPlayerTrades as endpoint } from '@predictu/contract/player/trades';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { showTrade } from './show-trade.ts';
import { chooseTrades } from './trade-choice.sql.ts';
import { selectTrades } from './trade-list.sql.ts';

export const listPlayerTrades: Handler<typeof endpoint> = async ({ db, actor }, { query }) => {
  const { operatorId, playerId } = actor;
  const { market_id: marketId, side, outcome, from, to } = query;
  const filter = { operatorId, playerId, marketId, side, outcome, from, to };
  const { ids, total } = await chooseTrades(db, filter, { sort: 'created_at', order: 'desc' }, sliceOf(query, 1));
  return pageOf(query, total, await selectTrades(db, ids, 'player'), (row) => [row.id], showTrade);
};
