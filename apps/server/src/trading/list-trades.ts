/** Trades as operators and the platform list them: all, of one operator, of one player. */
import type { listTradesOfPlayer as ofPlayer } from '@predictu/contract/admin/players';
import type { listTrades as all, listOperatorTrades as ofOperator } from '@predictu/contract/admin/trades';
import type { Id } from '@predictu/contract/ids';
import type { listOwnTrades as own } from '@predictu/contract/operator/trades';
import { operatorIdOf, requireOperator } from '../operators/operators.ts';
import type { Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { type PageRequest, pageOf, sliceOf } from '../platform/page.ts';
import { findPlayer } from '../players/players.ts';
import { showConsoleTrade } from './show-trade.ts';
import type { ChooseTrades, TradeFilter, TradeSort } from './trade-choice.sql.ts';
import { type ConsoleTradeRow, type FindPositionTrades, selectTrades } from './trade-list.sql.ts';

type Query = PageRequest &
  TradeSort &
  Pick<TradeFilter, 'side' | 'outcome' | 'status' | 'from' | 'to'> & {
    market_id?: Id<'market'> | undefined;
    user_id?: Id<'user'> | undefined;
    min_amount?: bigint | undefined;
    max_amount?: bigint | undefined;
  };

/** The handlers, choosing by SQL or by an index that answers the same. */
export function tradeLists(chooseTrades: ChooseTrades, findPositionTrades: FindPositionTrades) {
  async function list(db: Db, query: Query, scope: Pick<TradeFilter, 'operatorId' | 'playerId'>, view: 'operator' | 'admin') {
    const filter = {
      playerId: query.user_id,
      marketId: query.market_id,
      side: query.side,
      outcome: query.outcome,
      status: query.status,
      minAmount: query.min_amount,
      maxAmount: query.max_amount,
      from: query.from,
      to: query.to,
      ...scope,
    };
    const { ids, total, behind } = await chooseTrades(db, filter, query, sliceOf(query, 1));
    const rows: ConsoleTradeRow[] = await selectTrades(db, ids, view, findPositionTrades, behind);
    return pageOf(query, total, rows, query.sort === 'created_at' ? (row) => [row.id] : null, showConsoleTrade);
  }
  const listTrades: Handler<typeof all> = async ({ db }, { query }) => {
    if (query.operator === undefined) return list(db, query, {}, 'admin');
    return list(db, query, { operatorId: await operatorIdOf(db, query.operator) }, 'admin');
  };
  const listOperatorTrades: Handler<typeof ofOperator> = async ({ db }, { params, query }) =>
    list(db, query, { operatorId: (await requireOperator(db, params.slug)).id }, 'admin');
  const listTradesOfPlayer: Handler<typeof ofPlayer> = async ({ db }, { params, query }) =>
    list(db, query, await findPlayer(db, params.user_id), 'admin');
  const listOwnTrades: Handler<typeof own> = ({ db, actor }, { query }) => list(db, query, { operatorId: actor.operatorId }, 'operator');
  return { listTrades, listOperatorTrades, listTradesOfPlayer, listOwnTrades };
}
