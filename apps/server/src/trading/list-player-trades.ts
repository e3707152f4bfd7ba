/** A player reads its own trades. */
import type { listPlayerTrades as endpoint } from '@predictu/contract/player/trades';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { showTrade } from './show-trade.ts';
import { selectTrades } from './trade-list.sql.ts';

export const listPlayerTrades: Handler<typeof endpoint> = async ({ db, actor }, { query }) => {
  const { operatorId, playerId } = actor;
  const { market_id: marketId, side, outcome, from, to } = query;
  const { rows, total } = await selectTrades(db, { operatorId, playerId, marketId, side, outcome, from, to }, sliceOf(query, 1));
  return pageOf(query, total, rows, (row) => [row.id], showTrade);
};
