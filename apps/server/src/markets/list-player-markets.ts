/** The markets a player may see: those of the categories its operator offers. */
import type { listPlayerMarkets as endpoint } from '@predictu/contract/player/markets';
import type { Category } from '@predictu/contract/shapes/category';
import { readOpenCategories } from '../config/config.ts';
import type { Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { type PageRequest, pageOf, sliceOf } from '../platform/page.ts';
import { type MarketQuery, selectMarkets } from './market-list.sql.ts';
import { DAY_MS, showMarket } from './show-market.ts';

const CURSOR_KEYS = 2;

type Asked = PageRequest & {
  search?: string | undefined;
  category?: Category | undefined;
  status: 'active' | 'paused' | 'resolved' | 'cancelled' | 'all';
  sort: 'volume' | Exclude<MarketQuery['sort'], 'volume'>;
};

/** A page of the markets of these categories. */
export async function listOffered(db: Db, offered: readonly Category[], query: Asked, now: Date) {
  const { search, category, status, sort } = query;
  const { rows, total } = await selectMarkets(
    db,
    {
      search,
      categories: category ? offered.filter((name) => name === category) : [...offered],
      status: status === 'all' ? undefined : status,
    },
    {
      sort: sort === 'volume' ? 'source_volume' : sort,
      order: 'desc',
      slice: sliceOf(query, CURSOR_KEYS),
      totalsOf: null,
      changeSince: new Date(now.getTime() - DAY_MS),
    },
  );
  return pageOf(query, total, rows, ({ sortKey, id }) => [sortKey, id], showMarket);
}

export const listPlayerMarkets: Handler<typeof endpoint> = async ({ db, actor, now }, { query }) =>
  listOffered(db, await readOpenCategories(db, actor.operatorId), query, now);
