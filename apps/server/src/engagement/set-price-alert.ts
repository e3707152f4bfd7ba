/** A player asks to be told of a price. */
import { refuse } from '@predictu/contract/errors';
import type { Id } from '@predictu/contract/ids';
import type {
  createPriceAlert as createEndpoint,
  deletePriceAlert as deleteEndpoint,
  listPriceAlerts as listEndpoint,
} from '@predictu/contract/player/engagement';
import { ALERTS_AT_MOST } from '@predictu/contract/shapes/engagement';
import { requireFeature } from '../config/config.ts';
import { requireOfferedMarket } from '../markets/markets.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { isReached } from './price-alert.rules.ts';
import { countWaiting, deleteAlert, insertAlert, selectAlert, selectAlerts } from './price-alert.sql.ts';
import { takePlayersTurn } from './watchlist.sql.ts';

const FEATURE = 'features.price_alerts';
const SHOWN_MS = 30 * 86_400_000;

export const listPriceAlerts: Handler<typeof listEndpoint> = async ({ db, actor, now }) => {
  await requireFeature(db, actor.operatorId, FEATURE);
  const data = await selectAlerts(db, actor, new Date(now.getTime() - SHOWN_MS));
  return { data, total: data.length };
};

export const createPriceAlert: Handler<typeof createEndpoint> = async ({ db, actor, now, newId }, { body }) => {
  await requireFeature(db, actor.operatorId, FEATURE);
  await requireFeature(db, actor.operatorId, 'notifications.price_alert_enabled');
  const { market_id: marketId, direction, price } = body;
  const market = await requireOfferedMarket(db, actor.operatorId, marketId);
  if (market.status === 'resolved' || market.status === 'cancelled') return refuse('CONFLICT', 'The market is over', { reason: 'over' });
  if (isReached(body, market.mid)) return refuse('CONFLICT', 'The price is there already', { reason: 'reached' });
  await takePlayersTurn(db, actor);
  if ((await countWaiting(db, actor)) >= ALERTS_AT_MOST) {
    return refuse('CONFLICT', `${ALERTS_AT_MOST} alerts wait already`, { reason: 'too_many', most: ALERTS_AT_MOST });
  }
  const { operatorId, playerId } = actor;
  const id = newId() as Id<'alert'>;
  await insertAlert(db, { operatorId, playerId, id, marketId, direction, price }, now);
  const made = await selectAlert(db, actor, id);
  if (!made) throw notFound('alert');
  return { data: made };
};

export const deletePriceAlert: Handler<typeof deleteEndpoint> = async ({ db, actor }, { params }) => {
  await requireFeature(db, actor.operatorId, FEATURE);
  if (!(await deleteAlert(db, actor, params.alert_id))) throw notFound('alert');
  return { data: { id: params.alert_id } };
};
