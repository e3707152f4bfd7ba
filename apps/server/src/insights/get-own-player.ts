/** An operator reads one of its players, with what it did last. */
import type { getOwnPlayer as endpoint } from '@predictu/contract/operator/players';
import { listEntries, shownEntry } from '../ledger/ledger.ts';
import type { Handler } from '../platform/http.ts';
import { chooseTrades, selectTrades } from '../trading/trading.ts';
import { showPlayer } from './show-player.ts';

const RECENT = { limit: 10, offset: 0, after: undefined };

export const getOwnPlayer: Handler<typeof endpoint> = async ({ db, actor, now }, { params }) => {
  const player = await showPlayer(db, params.user_id, now);
  const own = { operatorId: actor.operatorId, playerId: params.user_id };
  const [{ ids }, entries] = await Promise.all([
    chooseTrades(db, own, { sort: 'created_at', order: 'desc' }, RECENT),
    listEntries(db, own, RECENT),
  ]);
  const trades = await selectTrades(db, ids, 'operator');
  return {
    data: {
      ...player,
      recent_trades: trades.map((trade) => ({ ...trade, cost_usd: trade.amount_cents })),
      recent_ledger: entries.rows.map(shownEntry),
    },
  };
};
