/** One market with the figures of an operator's own players. */
import type { getOwnMarket as endpoint } from '@predictu/contract/operator/markets';
import { type Cents, cents } from '@predictu/contract/units';
import { readPlatformConfig } from '../config/config.ts';
import { getMarket } from '../markets/markets.ts';
import { findOperator } from '../operators/operators.ts';
import type { Database } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { shownHead, shownHistory, shownPricing } from './get-market.ts';
import { averageOf } from './market-figures.rules.ts';
import { countOpenPositions, countTraders, selectFigures, selectTopTraders } from './market-figures.sql.ts';
import { countOf, figuresOf, operatorSurroundings, platformFigures, platformTraders, spreadAt } from './read-surroundings.ts';

const TRADERS = 10;

export const getOwnMarket =
  (database: Database): Handler<typeof endpoint> =>
  async ({ db, actor, now }, { params }) => {
    const { market_id: marketId } = params;
    const { operatorId } = actor;
    const [market, operator, { config }] = await Promise.all([
      getMarket(db, marketId, operatorId, now),
      findOperator(db, { id: operatorId }),
      readPlatformConfig(db),
    ]);
    if (!operator?.allowedCategories.includes(market.category)) throw notFound('market');
    const [platform, everybody, figures, traders, open, top, history] = await Promise.all([
      platformFigures(database, operatorId, [marketId]),
      platformTraders(database, marketId),
      selectFigures(db, operatorId, [marketId]),
      countTraders(db, operatorId, [marketId]),
      countOpenPositions(db, operatorId, [marketId]),
      selectTopTraders(db, operatorId, marketId, TRADERS),
      shownHistory(db, marketId, now),
    ]);
    const surroundings = operatorSurroundings(config, operator, platform.scopes, now);
    const everywhere = figuresOf(platform.figures, marketId);
    const own = figuresOf(figures, marketId);
    return {
      data: {
        ...shownHead(market),
        pricing: shownPricing(market, spreadAt(market, everywhere, surroundings)),
        global_metrics: {
          volume_usd: everywhere.volume,
          trade_count: Number(everywhere.tradeCount),
          unique_traders: everybody,
        },
        operator_metrics: {
          volume_usd: own.volume,
          trade_count: Number(own.tradeCount),
          unique_traders: countOf(traders, marketId),
          exposure_usd: cents(own.yes + own.no),
          yes_exposure_usd: own.yes as Cents,
          no_exposure_usd: own.no as Cents,
          position_count: countOf(open, marketId),
          avg_trade_usd: averageOf(own.volume, own.tradeCount),
        },
        top_traders: top.map((row) => ({ ...row, trade_count: Number(row.trade_count) })),
        price_history: history,
      },
    };
  };
