/** A player keeps an eye on markets. */
import { refuse } from '@predictu/contract/errors';
import type {
  listWatchlist as listEndpoint,
  unwatchMarket as unwatchEndpoint,
  watchMarket as watchEndpoint,
} from '@predictu/contract/player/engagement';
import { WATCHED_AT_MOST } from '@predictu/contract/shapes/engagement';
import { requireFeature } from '../config/config.ts';
import { listMarkets, requireOfferedMarket, showMarket } from '../markets/markets.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { deleteWatched, insertWatched, selectWatched, takePlayersTurn } from './watchlist.sql.ts';

const FEATURE = 'features.watchlist';
const DAY_MS = 86_400_000;

export const listWatchlist: Handler<typeof listEndpoint> = async ({ db, actor, now }) => {
  await requireFeature(db, actor.operatorId, FEATURE);
  const ids = await selectWatched(db, actor);
  const slice = { limit: ids.length, offset: 0, after: undefined };
  const changeSince = new Date(now.getTime() - DAY_MS);
  const { rows } = await listMarkets(db, { ids }, { sort: 'newest', order: 'desc', slice, totalsOf: null, changeSince });
  const byId = new Map(rows.map((market) => [market.id, market]));
  const data = ids.flatMap((id) => byId.get(id) ?? []).map(showMarket);
  return { data, total: data.length };
};

export const watchMarket: Handler<typeof watchEndpoint> = async ({ db, actor, now }, { params }) => {
  await requireFeature(db, actor.operatorId, FEATURE);
  await requireOfferedMarket(db, actor.operatorId, params.market_id);
  await takePlayersTurn(db, actor);
  const watched = await selectWatched(db, actor);
  if (watched.length >= WATCHED_AT_MOST && !watched.includes(params.market_id)) {
    return refuse('CONFLICT', `${WATCHED_AT_MOST} markets are watched already`, { reason: 'too_many', most: WATCHED_AT_MOST });
  }
  await insertWatched(db, actor, params.market_id, now);
  return { data: { market_id: params.market_id, watched: true } };
};

export const unwatchMarket: Handler<typeof unwatchEndpoint> = async ({ db, actor }, { params }) => {
  await requireFeature(db, actor.operatorId, FEATURE);
  if (!(await deleteWatched(db, actor, params.market_id))) throw notFound('watched market');
  return { data: { market_id: params.market_id, watched: false } };
};
