/** The markets a player may see: those of the categories its operator offers. */
import type { listPlayerMarkets as endpoint } from '@predictu/contract/player/markets';
import { findOperator } from '../operators/operators.ts';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { selectMarkets } from './market-list.sql.ts';
import { DAY_MS, showMarket } from './show-market.ts';

const CURSOR_KEYS = 2;

export const listPlayerMarkets: Handler<typeof endpoint> = async ({ db, actor, now }, { query }) => {
  const { search, category, status, sort } = query;
  const slice = sliceOf(query, CURSOR_KEYS);
  const offered = (await findOperator(db, { id: actor.operatorId }))?.allowedCategories ?? [];
  const { rows, total } = await selectMarkets(
    db,
    { search, categories: category ? offered.filter((name) => name === category) : offered, status: status === 'all' ? undefined : status },
    {
      sort: sort === 'volume' ? 'source_volume' : sort,
      order: 'desc',
      slice,
      totalsOf: null,
      changeSince: new Date(now.getTime() - DAY_MS),
    },
  );
  return pageOf(query, total, rows, ({ sortKey, id }) => [sortKey, id], showMarket);
};
