/** An operator's markets for whoever opens its embed: to look at, not to trade. */
import type { getEmbedMarket as detailEndpoint, listEmbedMarkets as listEndpoint } from '@predictu/contract/public/embed';
import type { Category } from '@predictu/contract/shapes/category';
import { readOpenCategories, requirePlatformFeature } from '../config/config.ts';
import { requireOperator } from '../operators/operators.ts';
import type { Database, Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { listOffered } from './list-player-markets.ts';
import { selectMarket } from './market-list.sql.ts';
import { historyStart, RESOLUTIONS } from './market-page.rules.ts';
import { selectHistory } from './price-history.sql.ts';
import { DAY_MS, showMarket } from './show-market.ts';

const HISTORY_DAYS = 7;

/** The operator whose embed is open. @throws NOT_FOUND without such an operator, FORBIDDEN while the embed is switched off. */
async function openedBy(db: Db, slug: string): Promise<bigint> {
  const operator = await requireOperator(db, slug);
  await requirePlatformFeature(db, 'embed_enabled');
  return operator.id;
}
const openTo = async (db: Db, slug: string): Promise<Category[]> => readOpenCategories(db, await openedBy(db, slug));

export const listEmbedMarkets =
  (database: Database): Handler<typeof listEndpoint> =>
  async ({ db, now }, { query: { operator, ...query } }) =>
    listOffered({ database, db, operatorId: await openedBy(db, operator), visitor: true }, query, now);

export const getEmbedMarket: Handler<typeof detailEndpoint> = async ({ db, now }, { params, query }) => {
  const from = new Date(now.getTime() - HISTORY_DAYS * DAY_MS);
  const [open, market, history] = await Promise.all([
    openTo(db, query.operator),
    selectMarket(db, params.market_id, null, new Date(now.getTime() - DAY_MS)),
    selectHistory(db, params.market_id, historyStart(from, now, '1h'), now, RESOLUTIONS['1h'], false),
  ]);
  if (!market || !open.includes(market.category)) throw notFound('market');
  return {
    data: {
      description: market.description,
      tradeable: false,
      untradeable_reason: null,
      prices: null,
      priced_at: market.pricedAt,
      price_history: history.map(({ at, mid }) => ({ timestamp: at, yes_price: mid })),
      resolution_source: market.resolutionSource,
      resolved_at: market.resolvedAt,
      updated_at: market.updatedAt,
      ...showMarket(market),
    },
  };
};
