/** The platform's list of markets. */
import type { listMarkets as endpoint } from '@predictu/contract/admin/markets';
import type { Id } from '@predictu/contract/ids';
import { CATEGORIES } from '@predictu/contract/shapes/category';
import { type Cents, complement } from '@predictu/contract/units';
import { tradingStatus } from '../markets/market-state.rules.ts';
import { type ChooseMarkets, listMarkets as readMarkets } from '../markets/markets.ts';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { tradeability, tradeableFacts } from '../pricing/tradeable.rules.ts';
import { liquidityScore } from './market-figures.rules.ts';
import { type CountInMarkets, countOpenPositions, ownerOf, selectOwners } from './market-figures.sql.ts';
import { countOf, platformSurroundings, spreadAt } from './read-surroundings.ts';

const PLATFORM = 0n;
const CURSOR_KEYS = 2;

export const listMarkets =
  (count: CountInMarkets, choose: ChooseMarkets): Handler<typeof endpoint> =>
  async ({ db, now }, { query }) => {
    const { search, category, status, tradeable, sort, order } = query;
    const filter = {
      search,
      searchIn: 'text' as const,
      categories: category && CATEGORIES.filter((name) => name === category),
      status,
      tradeable: tradeable === undefined ? undefined : { is: tradeable, ...tradeableFacts(now) },
    };
    const slice = sliceOf(query, CURSOR_KEYS);
    const [{ rows, total, beside }, surroundings] = await Promise.all([
      readMarkets(db, filter, { sort, order, slice, totalsOf: PLATFORM, changeSince: null }, choose),
      platformSurroundings(db, now),
    ]);
    const ids = rows.map(({ id }) => id);
    const [open, owners] = await Promise.all([
      countOpenPositions(db, PLATFORM, ids, beside ? async () => beside : count),
      rows.some(({ ownerId }) => ownerId !== null) ? selectOwners(db, ids) : [],
    ]);
    return pageOf(
      query,
      total,
      rows,
      ({ sortKey, id }) => [sortKey, id],
      (market) => ({
        id: market.id as Id<'market'>,
        polymarket_id: market.sourceId,
        title: market.title,
        description: market.description,
        category: market.category,
        status: market.status,
        status_reason: market.statusReason,
        tradeable: tradeability({ ...market, status: tradingStatus(market) }, { allowedCategories: CATEGORIES, now }).tradeable,
        image_url: market.imageUrl,
        yes_price: market.mid,
        no_price: market.mid === null ? null : complement(market.mid),
        spread: spreadAt(market, { yes: market.yesShares, no: market.noShares }, surroundings),
        volume_usd: market.volume,
        trade_count: Number(market.tradeCount),
        position_count: countOf(open, market.id),
        exposure_usd: (market.yesShares + market.noShares) as Cents,
        liquidity_score: liquidityScore(market.liquidity),
        liquidity_usd: market.liquidity,
        source: market.source as 'simulated',
        operator: ownerOf(owners, market.id),
        end_date: market.endAt,
        resolution: market.resolution,
        resolved_at: market.resolvedAt,
        created_at: market.createdAt,
      }),
    );
  };
