/** A player looks at the order book of a market: what rests at its casino, and what the house offers it. */
import type { getOrderBook as endpoint } from '@predictu/contract/player/orders';
import { readOperatorConfig, requireFeature } from '../config/config.ts';
import { getMarket } from '../markets/markets.ts';
import type { Database } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { bookOf } from './order-book.rules.ts';
import { selectRestingLevels } from './order-book.sql.ts';
import type { Trading } from './trading.ts';

const WORKER = { kind: 'worker', name: 'order-book' } as const;

export const getOrderBook =
  ({ trading, database }: { trading: Pick<Trading, 'houseLevels'>; database: Database }): Handler<typeof endpoint> =>
  async ({ db, actor, now }, { params }) => {
    const { operatorId, playerId } = actor;
    const { market_id: marketId } = params;
    // Before the database is asked: no transaction waits for it.
    const house = await trading.houseLevels({ operatorId, playerId, marketId });
    await requireFeature(db, operatorId, 'ui.show_orderbook');
    const [market, operator] = await Promise.all([getMarket(db, marketId, null, now), readOperatorConfig(db, operatorId)]);
    if (!operator?.offered.includes(market.category)) throw notFound('market');
    // A player may read its own orders only: the sums of all of them are the worker's to read.
    const resting = await database.as(WORKER, 'read', (tx) => selectRestingLevels(tx, operatorId, marketId));
    return { data: { market_id: marketId, yes: bookOf('yes', resting, house), no: bookOf('no', resting, house), at: now } };
  };
