/** Every endpoint of players, by its operation id. */
import { getBalance, listPlayerLedger, listPlayerPositions } from './account.ts';
import {
  createPriceAlert,
  deletePriceAlert,
  getFeed,
  getLeaderboard,
  getProfile,
  getReferral,
  listNotifications,
  listPriceAlerts,
  listRelatedMarkets,
  listWatchlist,
  readNotifications,
  redeemReferral,
  unwatchMarket,
  updateProfile,
  watchMarket,
} from './engagement.ts';
import { cancelPendingLimit, excludeSelf, getLimits, setLimit } from './limits.ts';
import { getPlayerMarket, listPlayerMarkets } from './markets.ts';
import { cancelOrder, getOrder, getOrderBook, listPlayerOrders, placeOrder } from './orders.ts';
import { streamPlayer } from './stream.ts';
import { listPlayerTrades, placeTrade, placeTrades, requestQuote } from './trades.ts';

export const playerEndpoints = {
  listPlayerMarkets,
  getPlayerMarket,
  requestQuote,
  placeTrade,
  placeTrades,
  listPlayerTrades,
  placeOrder,
  listPlayerOrders,
  getOrder,
  cancelOrder,
  getOrderBook,
  getBalance,
  listPlayerPositions,
  listPlayerLedger,
  streamPlayer,
  getLimits,
  setLimit,
  cancelPendingLimit,
  excludeSelf,
  listWatchlist,
  watchMarket,
  unwatchMarket,
  listPriceAlerts,
  createPriceAlert,
  deletePriceAlert,
  listNotifications,
  readNotifications,
  getProfile,
  updateProfile,
  getLeaderboard,
  listRelatedMarkets,
  getFeed,
  getReferral,
  redeemReferral,
};
