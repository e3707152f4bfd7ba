/** One market as a player sees it: rules, history, and the prices this player would trade at now. */
import type { getPlayerMarket as endpoint } from '@predictu/contract/player/markets';
import { readOperatorConfig } from '../config/config.ts';
import { openCategories } from '../config/operator-config.rules.ts';
import { tradingStatus } from '../markets/market-state.rules.ts';
import { getMarket, priceHistory, showMarket } from '../markets/markets.ts';
import { type Handler, notFound } from '../platform/http.ts';
import type { Quoted } from '../pricing/spread.rules.ts';
import { tradeability } from '../pricing/tradeable.rules.ts';
import type { Trading } from './trading.ts';

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 7;

const showPrices = ({ yesBid, yesAsk, noBid, noAsk, spread }: Quoted) => ({
  yes_bid: yesBid,
  yes_ask: yesAsk,
  no_bid: noBid,
  no_ask: noAsk,
  spread,
});

export const getPlayerMarket =
  (trading: Pick<Trading, 'prices'>): Handler<typeof endpoint> =>
  async ({ db, actor, now }, { params }) => {
    const { operatorId, playerId } = actor;
    const { market_id: marketId } = params;
    // Before the database is asked: no transaction waits for it.
    const prices = await trading.prices({ operatorId, playerId, marketId });
    const yesterday = new Date(now.getTime() - DAY_MS);
    const [market, operator, history] = await Promise.all([
      getMarket(db, marketId, null, yesterday),
      readOperatorConfig(db, operatorId),
      priceHistory(db, marketId, { from: new Date(now.getTime() - HISTORY_DAYS * DAY_MS), to: now, resolution: '1h' }),
    ]);
    // What the operator has closed stays to be seen: whoever holds shares can still get out.
    if (!operator?.offered.includes(market.category)) throw notFound('market');
    const allowedCategories = openCategories(operator.offered, operator.config.categories);
    const status = tradingStatus(market);
    const state = tradeability({ ...market, status }, { allowedCategories, now });
    const open = status === 'active' || status === 'paused';
    return {
      data: {
        description: market.description,
        tradeable: state.tradeable,
        untradeable_reason: state.tradeable ? null : state.reason,
        prices: prices && open ? showPrices(prices) : null,
        priced_at: market.pricedAt,
        price_history: history.map(({ at, mid }) => ({ timestamp: at, yes_price: mid })),
        resolution_source: market.resolutionSource,
        resolved_at: market.resolvedAt,
        updated_at: market.updatedAt,
        ...showMarket(market),
      },
    };
  };
