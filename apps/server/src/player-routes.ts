/** The handlers of players' endpoints, and of what operators set for them. */

import type { Logger } from 'pino';
import { getProfile, updateProfile } from './engagement/change-profile.ts';
import { changeReferralTerms, getReferralTerms } from './engagement/change-referral-terms.ts';
import { openNotificationFeed } from './engagement/follow-notifications.ts';
import { getFeed, getLeaderboard } from './engagement/get-leaderboard.ts';
import { getPlayerName, hidePlayerName } from './engagement/hide-name.ts';
import { listNotifications, readNotifications } from './engagement/list-notifications.ts';
import { getReferral, redeemReferral } from './engagement/refer-players.ts';
import { createPriceAlert, deletePriceAlert, listPriceAlerts } from './engagement/set-price-alert.ts';
import { listWatchlist, unwatchMarket, watchMarket } from './engagement/watch-market.ts';
import { listPlayerLedger } from './ledger/list-player-ledger.ts';
import { getEmbedMarket, listEmbedMarkets } from './markets/browse-markets.ts';
import { listPlayerMarkets } from './markets/list-player-markets.ts';
import { listRelatedMarkets } from './markets/list-related-markets.ts';
import type { Feed } from './markets/markets.ts';
import { getEmbedConfig } from './operators/get-embed-config.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/db.ts';
import { getBalance } from './players/get-balance.ts';
import type { Balances } from './players/players.ts';
import { cancelPendingLimit, excludeSelf, setLimit } from './protection/change-limits.ts';
import { getLimits } from './protection/get-limits.ts';
import type { PlayerFeed } from './trading/follow-players.ts';
import { getOrderBook } from './trading/get-order-book.ts';
import { getPlayerMarket } from './trading/get-player-market.ts';
import { getOrder, listPlayerOrders } from './trading/list-limit-orders.ts';
import { listPlayerPositions } from './trading/list-player-positions.ts';
import { listPlayerTrades } from './trading/list-player-trades.ts';
import type { TradePayments } from './trading/pay-trade.ts';
import { cancelOrder, placeOrder } from './trading/place-limit-order.ts';
import { placeTrade, placeTrades } from './trading/place-trade.ts';
import { requestQuote } from './trading/quote-trade.ts';
import { streamPlayer } from './trading/stream-player.ts';
import type { OrderMatcher, Trading } from './trading/trading.ts';
import type { Wallet } from './wallet/wallet.ts';

type Services = {
  database: Database;
  trading: Trading;
  payments: TradePayments;
  matcher: Pick<OrderMatcher, 'match'>;
  feed: Pick<Feed, 'onPrices'>;
  balances: Balances;
  wallet: Pick<Wallet, 'refreshBalance'>;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
};

/** Of players and of whoever opens an embed. */
export function playerHandlers(
  { database, trading, payments, matcher, feed, balances, wallet, clock, log }: Services,
  playerFeed: PlayerFeed,
) {
  const waits = (error: unknown) => log.warn({ err: error }, 'the notifications of players wait');
  const notifications = openNotificationFeed(database, clock, waits);
  return {
    getEmbedConfig,
    listEmbedMarkets: listEmbedMarkets(database),
    getEmbedMarket,
    listPlayerMarkets: listPlayerMarkets(database),
    getPlayerMarket: getPlayerMarket(trading),
    requestQuote: requestQuote(trading),
    placeTrade: placeTrade(trading, playerFeed, payments),
    placeTrades: placeTrades(trading, playerFeed, payments),
    listPlayerTrades,
    placeOrder: placeOrder({ trading, matcher, balances, feed: playerFeed }),
    cancelOrder: cancelOrder({ trading, balances, feed: playerFeed }),
    listPlayerOrders,
    getOrder,
    getOrderBook: getOrderBook({ trading, database }),
    getBalance: getBalance(balances, wallet.refreshBalance),
    listPlayerPositions,
    listPlayerLedger,
    getLimits: getLimits(database),
    setLimit: setLimit(database),
    cancelPendingLimit: cancelPendingLimit(database),
    excludeSelf: excludeSelf(database),
    streamPlayer: streamPlayer({
      database,
      feed: playerFeed,
      listenToPrices: feed.onPrices,
      followNotifications: notifications.follow,
      refreshBalance: wallet.refreshBalance,
    }),
  };
}

/** What keeps players company. */
export const extraHandlers = ({ database }: Pick<Services, 'database'>) => ({
  listWatchlist,
  watchMarket,
  unwatchMarket,
  listPriceAlerts,
  createPriceAlert,
  deletePriceAlert,
  listNotifications,
  readNotifications,
  getProfile,
  updateProfile: updateProfile(database),
  getLeaderboard: getLeaderboard(database),
  listRelatedMarkets,
  getFeed: getFeed(database),
  getReferral: getReferral(database),
  redeemReferral: redeemReferral(database),
  getReferralTerms,
  changeReferralTerms,
  getPlayerName,
  getOwnPlayerName: getPlayerName,
  hidePlayerName,
  hideOwnPlayerName: hidePlayerName,
});
