/** What a player who looks at a market may want to look at next. */
import type { listRelatedMarkets as endpoint } from '@predictu/contract/player/engagement';
import { readOpenCategories, requireFeature } from '../config/config.ts';
import type { Handler } from '../platform/http.ts';
import { selectMarkets } from './market-list.sql.ts';
import { likeWords } from './market-page.rules.ts';
import { requireOfferedMarket } from './markets.ts';
import { selectRelated } from './related-markets.sql.ts';
import { DAY_MS, showMarket } from './show-market.ts';
import { searchText } from './text.rules.ts';

const MOST = 6;

export const listRelatedMarkets: Handler<typeof endpoint> = async ({ db, actor, now }, { params }) => {
  await requireFeature(db, actor.operatorId, 'ui.show_related_markets');
  const market = await requireOfferedMarket(db, actor.operatorId, params.market_id);
  const categories = await readOpenCategories(db, actor.operatorId);
  const { id, category, tags } = market;
  const ids = await selectRelated(db, { id, words: likeWords(searchText(market.title)), tags, category, categories, most: MOST });
  const changeSince = new Date(now.getTime() - DAY_MS);
  const slice = { limit: MOST, offset: 0, after: undefined };
  const { rows } = await selectMarkets(db, { ids }, { sort: 'newest', order: 'desc', slice, totalsOf: null, changeSince });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const data = ids.flatMap((one) => byId.get(one) ?? []).map(showMarket);
  return { data, total: data.length };
};
