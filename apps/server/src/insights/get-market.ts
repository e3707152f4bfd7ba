/** One market as the platform sees it: prices, volumes, exposure, operators. */
import type { getMarket as endpoint } from '@predictu/contract/admin/markets';
import { firstIdAt, type Id } from '@predictu/contract/ids';
import { CATEGORIES } from '@predictu/contract/shapes/category';
import { type Cents, cents, complement } from '@predictu/contract/units';
import { tradingStatus } from '../markets/market-state.rules.ts';
import { type Market, priceHistory, getMarket as readMarket } from '../markets/markets.ts';
import type { Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { tradeability } from '../pricing/tradeable.rules.ts';
import { worstLoss } from '../risk/exposure.rules.ts';
import { baseSpread, imbalanceRatio } from './market-figures.rules.ts';
import { countOpenPositions, ownerOf, selectByOperator, selectFigures, selectOwners, sumVolumes } from './market-figures.sql.ts';
import { countOf, figuresOf, platformSurroundings, spreadAt } from './read-surroundings.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const PLATFORM = 0n;

/** The last seven days by the hour, with the volume of the trades the caller may see. */
export async function shownHistory(db: Db, marketId: bigint, now: Date) {
  const points = await priceHistory(db, marketId, {
    from: new Date(now.getTime() - WEEK_MS),
    to: now,
    resolution: '1h',
    withVolume: true,
  });
  return points.map(({ at, mid, volume }) => ({ timestamp: at, yes_price: mid, volume_usd: volume }));
}

/** What every console's page of a market begins with. */
export const shownHead = (market: Market) => ({
  id: market.id as Id<'market'>,
  title: market.title,
  description: market.description,
  category: market.category,
  tags: [...market.tags],
  status: market.status,
  image_url: market.imageUrl,
  end_date: market.endAt,
  resolution: market.resolution,
  resolution_source: market.resolutionSource,
  resolved_at: market.resolvedAt,
  created_at: market.createdAt,
});
export const shownPricing = (market: Market, spread: ReturnType<typeof spreadAt>) => ({
  yes_price: market.mid,
  no_price: market.mid === null ? null : complement(market.mid),
  spread,
  last_updated: market.pricedAt,
});

export const getMarket: Handler<typeof endpoint> = async ({ db, now }, { params }) => {
  const { market_id: marketId } = params;
  const before = (milliseconds: number): bigint => firstIdAt(new Date(now.getTime() - milliseconds));
  const [market, surroundings, figures, volumes, operators, open, history, owners] = await Promise.all([
    readMarket(db, marketId, PLATFORM, now),
    platformSurroundings(db, now),
    selectFigures(db, PLATFORM, [marketId]),
    sumVolumes(db, marketId, before(DAY_MS), before(WEEK_MS)),
    selectByOperator(db, marketId),
    countOpenPositions(db, PLATFORM, [marketId]),
    shownHistory(db, marketId, now),
    selectOwners(db, [marketId]),
  ]);
  const { volume, tradeCount, yes, no, cost } = figuresOf(figures, marketId);
  const spread = spreadAt(market, { yes, no }, surroundings);
  const state = tradeability({ ...market, status: tradingStatus(market) }, { allowedCategories: CATEGORIES, now });
  const byOperator = operators.map((row) => ({ ...row, trade_count: Number(row.trade_count), user_count: Number(row.user_count) }));
  return {
    data: {
      ...shownHead(market),
      polymarket_id: market.sourceId,
      operator: ownerOf(owners, marketId),
      tradeable: state.tradeable,
      untradeable_reason: state.tradeable ? null : state.reason,
      status_reason: market.statusReason,
      pricing: { ...shownPricing(market, spread), base_spread: baseSpread(surroundings.config), risk_adjusted_spread: spread },
      volume: {
        total_usd: volume,
        '24h_usd': volumes.day,
        '7d_usd': volumes.week,
        trade_count: Number(tradeCount),
        unique_traders: byOperator.reduce((total, { user_count: users }) => total + users, 0),
      },
      exposure: {
        total_usd: cents(yes + no),
        yes_usd: yes as Cents,
        no_usd: no as Cents,
        net_usd: worstLoss(yes, no, cost),
        imbalance_ratio: imbalanceRatio(yes, no),
        position_count: countOf(open, marketId),
      },
      by_operator: byOperator,
      price_history: history,
      updated_at: market.updatedAt,
    },
  };
};
