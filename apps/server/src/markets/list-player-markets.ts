/** The markets a player may see: those of the categories its operator offers, in its operator's order unless another is asked for. */
import type { listPlayerMarkets as endpoint } from '@predictu/contract/player/markets';
import type { Category } from '@predictu/contract/shapes/category';
import type { OperatorConfig } from '@predictu/contract/shapes/operator-config';
import { readOperatorConfig } from '../config/config.ts';
import { openCategories } from '../config/operator-config.rules.ts';
import type { Database, Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { type PageRequest, pageOf, sliceOf } from '../platform/page.ts';
import { type MarketQuery, selectMarkets } from './market-list.sql.ts';
import { DAY_MS, showMarket } from './show-market.ts';

const CURSOR_KEYS = 2;
const WORKER = { kind: 'worker', name: 'market-list' } as const;

type Sort = 'volume' | 'trades' | 'closing' | 'newest' | 'price_change';
type Asked = Omit<PageRequest, 'limit'> & {
  limit?: number | undefined;
  search?: string | undefined;
  category?: Category | undefined;
  status: 'active' | 'paused' | 'resolved' | 'cancelled' | 'all';
  sort?: Sort | undefined;
};

/** The configuration's names of the same orders. */
const CONFIGURED: Record<OperatorConfig['ui']['default_market_sort'], Sort> = {
  volume: 'volume',
  created_at: 'newest',
  end_date: 'closing',
  trade_count: 'trades',
};
const SORTED_BY: Record<Sort, MarketQuery['sort']> = {
  volume: 'source_volume',
  trades: 'trade_count',
  closing: 'closing',
  newest: 'newest',
  price_change: 'price_change',
};

/** Whom a list is for: a player of this operator, or a visitor, who sees everybody's markets only. */
type Reader = { database: Database; db: Db; operatorId: bigint; visitor: boolean };

/** A page of the markets this operator offers. */
export async function listOffered({ database, db, operatorId, visitor }: Reader, asked: Asked, now: Date) {
  const stored = await readOperatorConfig(db, operatorId);
  const offered = stored ? openCategories(stored.offered, stored.config.categories) : [];
  const { search, category, status } = asked;
  const query = { ...asked, limit: asked.limit ?? stored?.config.ui.markets_per_page ?? 1 };
  const sort = asked.sort ?? CONFIGURED[stored?.config.ui.default_market_sort ?? 'volume'];
  const byTrades = sort === 'trades';
  const select = (tx: Db) =>
    selectMarkets(
      tx,
      {
        search,
        categories: category ? offered.filter((name) => name === category) : [...offered],
        status: status === 'all' ? undefined : status,
        ownedBy: byTrades ? (visitor ? null : operatorId) : undefined,
      },
      {
        sort: SORTED_BY[sort],
        order: 'desc',
        slice: sliceOf(query, CURSOR_KEYS),
        totalsOf: byTrades ? operatorId : null,
        changeSince: new Date(now.getTime() - DAY_MS),
      },
    );
  // How much its operator's players trade what is not a player's to read.
  const { rows, total } = byTrades ? await database.as(WORKER, 'read', select) : await select(db);
  return pageOf(query, total, rows, ({ sortKey, id }) => [sortKey, id], showMarket);
}

export const listPlayerMarkets =
  (database: Database): Handler<typeof endpoint> =>
  ({ db, actor, now }, { query }) =>
    listOffered({ database, db, operatorId: actor.operatorId, visitor: false }, query, now);
