/** Endpoint -> handler. Exhaustive by type: an endpoint of the contract without a handler does not compile. */
import { type Contract, contract } from '@predictu/contract';
import type { Logger } from 'pino';
import type { Access } from './access/access.ts';
import { getPlatformConfig } from './config/get-platform-config.ts';
import { listPlayerLedger } from './ledger/list-player-ledger.ts';
import { listPlayerMarkets } from './markets/list-player-markets.ts';
import type { Feed } from './markets/markets.ts';
import { pauseMarket, resumeMarket } from './markets/pause-market.ts';
import type { Database } from './platform/db.ts';
import type { Handler, Route } from './platform/http.ts';
import { getBalance } from './players/get-balance.ts';
import { armBreaker, disarmBreaker, resetBreaker, tripBreaker } from './risk/change-breaker.ts';
import { createBreaker } from './risk/create-breaker.ts';
import { getExposure } from './risk/get-exposure.ts';
import { getOperatorExposure } from './risk/get-operator-exposure.ts';
import { getOperatorRisk } from './risk/get-operator-risk.ts';
import { getRisk } from './risk/get-risk.ts';
import { listBreakers } from './risk/list-breakers.ts';
import { listRiskEvents } from './risk/list-risk-events.ts';
import { updatePlatformConfig } from './risk/update-platform-config.ts';
import { listOwnSettlements, listPendingSettlements, listSettlements } from './settlement/list-settlements.ts';
import { settlementHandlers } from './settlement/resolve-market.ts';
import type { Settlement } from './settlement/settlement.ts';
import { adjustBalance } from './trading/adjust-balance.ts';
import { openPlayerFeed, type PlayerFeed } from './trading/follow-players.ts';
import { getPlayerMarket } from './trading/get-player-market.ts';
import { listPlayerPositions } from './trading/list-player-positions.ts';
import { listPlayerTrades } from './trading/list-player-trades.ts';
import type { TradePayments } from './trading/pay-trade.ts';
import { placeTrade, placeTrades } from './trading/place-trade.ts';
import { requestQuote } from './trading/quote-trade.ts';
import { streamPlayer } from './trading/stream-player.ts';
import type { Trading } from './trading/trading.ts';
import type { Wallet } from './wallet/wallet.ts';

export type RouteServices = {
  database: Database;
  access: Pick<Access, 'handlers'>;
  trading: Trading;
  payments: TradePayments;
  wallet: Pick<Wallet, 'handlers'>;
  settlement: Pick<Settlement, 'wake'>;
  feed: Pick<Feed, 'onPrices'>;
  log: Pick<Logger, 'warn'>;
};
/** Health speaks of the process itself: app.ts adds it. */
type Served = Omit<Contract, 'health'>;
type Handlers = { [Operation in keyof Served]: Handler<Served[Operation]> };

const handlers = ({ database, access, trading, payments, wallet, settlement, feed }: RouteServices, playerFeed: PlayerFeed): Handlers => ({
  ...access.handlers,
  ...wallet.handlers,
  listPlayerMarkets,
  getPlayerMarket: getPlayerMarket(trading),
  requestQuote: requestQuote(trading),
  placeTrade: placeTrade(trading, playerFeed, payments),
  placeTrades: placeTrades(trading, playerFeed, payments),
  listPlayerTrades,
  getBalance,
  listPlayerPositions,
  listPlayerLedger,
  streamPlayer: streamPlayer({ database, feed: playerFeed, listenToPrices: feed.onPrices }),
  adjustBalance: adjustBalance(trading, playerFeed),
  getOperatorExposure,
  getOperatorRisk,
  getPlatformConfig,
  updatePlatformConfig,
  getExposure,
  getRisk,
  listBreakers,
  createBreaker,
  tripBreaker,
  resetBreaker,
  armBreaker,
  disarmBreaker,
  listRiskEvents,
  pauseMarket,
  resumeMarket,
  listSettlements,
  listPendingSettlements,
  listOwnSettlements,
  ...settlementHandlers(database, settlement),
});

export function routes(services: RouteServices): Route[] {
  const playerFeed = openPlayerFeed(services.database, (error) => services.log.warn({ err: error }, 'the streams of players wait'));
  const byOperation = handlers(services, playerFeed);
  return (Object.keys(byOperation) as (keyof Served)[]).map((operation) => ({
    endpoint: contract[operation],
    handler: byOperation[operation],
  }));
}
