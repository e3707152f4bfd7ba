/** An operator's list of markets: those of the categories it offers. */
import type { Id } from '@predictu/contract/ids';
import type { listOwnMarkets as endpoint } from '@predictu/contract/operator/markets';
import { type Cents, complement } from '@predictu/contract/units';
import { readPlatformConfig } from '../config/config.ts';
import { type ChooseMarkets, listMarkets } from '../markets/markets.ts';
import { findOperator } from '../operators/operators.ts';
import type { Database } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { type CountInMarkets, countTraders } from './market-figures.sql.ts';
import { countOf, figuresOf, operatorSurroundings, platformFigures, spreadAt } from './read-surroundings.ts';

const CURSOR_KEYS = 2;

export const listOwnMarkets =
  (database: Database, count: CountInMarkets, choose: ChooseMarkets): Handler<typeof endpoint> =>
  async ({ db, actor, now }, { query }) => {
    const { search, category, status, sort, order } = query;
    const { operatorId } = actor;
    const slice = sliceOf(query, CURSOR_KEYS);
    const [operator, { config }, { rows, total, beside }] = await Promise.all([
      findOperator(db, { id: operatorId }),
      readPlatformConfig(db),
      listMarkets(
        db,
        { search, categories: category && [category], offeredBy: operatorId, ownedBy: operatorId, status },
        { sort, order, slice, totalsOf: operatorId, changeSince: null },
        choose,
      ),
    ]);
    if (!operator) throw notFound('operator');
    const ids = rows.map(({ id }) => id);
    const [platform, traders] = await Promise.all([
      platformFigures(database, operatorId, ids),
      countTraders(db, operatorId, ids, beside ? async () => beside : count),
    ]);
    const surroundings = operatorSurroundings(config, operator, platform.scopes, now);
    return pageOf(
      query,
      total,
      rows,
      ({ sortKey, id }) => [sortKey, id],
      (market) => {
        const everywhere = figuresOf(platform.figures, market.id);
        return {
          id: market.id as Id<'market'>,
          title: market.title,
          category: market.category,
          status: market.status,
          image_url: market.imageUrl,
          yes_price: market.mid,
          no_price: market.mid === null ? null : complement(market.mid),
          spread: spreadAt(market, everywhere, surroundings),
          global_volume_usd: everywhere.volume,
          operator_volume_usd: market.volume,
          operator_trade_count: Number(market.tradeCount),
          operator_user_count: countOf(traders, market.id),
          operator_exposure_usd: (market.yesShares + market.noShares) as Cents,
          end_date: market.endAt,
          resolution: market.resolution,
          created_at: market.createdAt,
        };
      },
    );
  };
