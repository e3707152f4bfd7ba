/** Endpoint -> handler. Exhaustive by type: an endpoint of the contract without a handler does not compile. */
import { type Contract, contract } from '@predictu/contract';
import type { Logger } from 'pino';
import type { Access } from './access/access.ts';
import { getEmbedCode } from './access/get-embed-code.ts';
import { listApiKeys } from './access/list-api-keys.ts';
import { listEmbedOrigins } from './access/list-embed-origins.ts';
import {
  changeBillingProfile,
  changeOwnBillingProfile,
  changeSeller,
  getBillingProfile,
  getOwnBillingProfile,
  getSeller,
} from './billing/change-billing-profile.ts';
import { recordInvoicePayment, sendInvoice, voidInvoice } from './billing/change-invoice.ts';
import { downloadCreditNote, downloadInvoice, downloadOwnCreditNote, downloadOwnInvoice } from './billing/download-invoice.ts';
import {
  getInvoice,
  getOwnInvoice,
  listInvoiceEntries,
  listInvoices,
  listOperatorInvoices,
  listOwnInvoiceEntries,
  listOwnInvoices,
} from './billing/list-invoices.ts';
import { getOperatorConfig } from './config/get-operator-config.ts';
import { getPlatformConfig } from './config/get-platform-config.ts';
import { listOperatorConfigChanges, listPlatformConfigChanges } from './config/list-config-changes.ts';
import { revertOperatorConfigChange, updateOperatorConfig } from './config/update-operator-config.ts';
import type { Copilot } from './copilot/copilot.ts';
import { copilotHandlers, scoreHandlers } from './copilot-routes.ts';
import { evaluatePlayerScore } from './insights/evaluate-player-score.ts';
import { getCohorts } from './insights/get-cohorts.ts';
import { getDashboard, getOwnDashboard } from './insights/get-dashboard.ts';
import { getLifetimeValue } from './insights/get-lifetime-value.ts';
import { getMarket } from './insights/get-market.ts';
import { getOwnMarket } from './insights/get-own-market.ts';
import { getOwnPlayer } from './insights/get-own-player.ts';
import { getPatterns } from './insights/get-patterns.ts';
import { getPlayer } from './insights/get-player.ts';
import { getPlayerScore } from './insights/get-player-score.ts';
import { getOperatorRevenue, getOwnRevenue, getRevenue } from './insights/get-revenue.ts';
import { getRevenueForecast } from './insights/get-revenue-forecast.ts';
import { overridePlayerTier, releasePlayerTier } from './insights/hold-player-tier.ts';
import { listActivity, listOwnActivity } from './insights/list-activity.ts';
import { listAuditLog } from './insights/list-audit-log.ts';
import { mailLogHandlers } from './insights/list-mails.ts';
import { listMarkets } from './insights/list-markets.ts';
import { getOperator, listOperators } from './insights/list-operators.ts';
import { listOwnMarkets } from './insights/list-own-markets.ts';
import { listSharpBettors } from './insights/list-sharp-bettors.ts';
import { streamActivity, streamOwnActivity } from './insights/stream-activity.ts';
import type { Intake } from './intake/intake.ts';
import { listPlayerEntries } from './ledger/list-entries.ts';
import { mailTemplates } from './mails.ts';
import type { Feed } from './markets/markets.ts';
import { pauseMarket, resumeMarket } from './markets/pause-market.ts';
import { inviteMember, listMembers, revokeInvitation } from './operators/change-members.ts';
import { changeOnboarding } from './operators/change-onboarding.ts';
import { changeTrial } from './operators/change-trial.ts';
import { getSettings } from './operators/get-settings.ts';
import { fileHandlers } from './operators/operators.ts';
import { previewBranding } from './operators/preview-branding.ts';
import { registerOperator } from './operators/register-operator.ts';
import { getOnboarding, getOwnOnboarding } from './operators/show-onboarding.ts';
import { reinstateOperator, suspendOperator } from './operators/suspend-operator.ts';
import { updateOperator } from './operators/update-operator.ts';
import type { Clock } from './platform/clock.ts';
import { byColumns, type ColumnIndex, consulting } from './platform/column-index.ts';
import type { Database } from './platform/db.ts';
import type { Files } from './platform/files.ts';
import type { Handler, Route } from './platform/http.ts';
import { extraHandlers, playerHandlers } from './player-routes.ts';
import { changePlayerLimitTier, reinstatePlayer, restrictPlayer, suspendPlayer } from './players/change-standing.ts';
import { playerLists } from './players/list-players.ts';
import { type Balances, choosePlayers } from './players/players.ts';
import { getLimitsOf } from './protection/get-limits.ts';
import { marketsByTotals, openPositionsOf, periodsOf, playersWithPositions, positionTradesOf } from './recall.ts';
import type { Reports } from './reports/reports.ts';
import { acknowledgeRiskEvents } from './risk/acknowledge-events.ts';
import { armBreaker, disarmBreaker, resetBreaker, tripBreaker } from './risk/change-breaker.ts';
import { createBreaker } from './risk/create-breaker.ts';
import { getExposure } from './risk/get-exposure.ts';
import { getExposureSeries, getOwnExposureSeries } from './risk/get-exposure-series.ts';
import { getExposureOfOperator, getOperatorExposure } from './risk/get-operator-exposure.ts';
import { getOperatorRisk } from './risk/get-operator-risk.ts';
import { getRisk } from './risk/get-risk.ts';
import { listBreakers } from './risk/list-breakers.ts';
import { listRiskEvents } from './risk/list-risk-events.ts';
import { previewBreaker } from './risk/preview-breaker.ts';
import { revertPlatformConfigChange, updatePlatformConfig } from './risk/update-platform-config.ts';
import { listOwnSettlements, listPendingSettlements, listSettlements } from './settlement/list-settlements.ts';
import { settlementHandlers } from './settlement/resolve-market.ts';
import type { Settlement } from './settlement/settlement.ts';
import { getOwnSettlement, getSettlement } from './settlement/show-settlement.ts';
import { adjustBalance, adjustPlayerBalance } from './trading/adjust-balance.ts';
import { openPlayerFeed, type PlayerFeed } from './trading/follow-players.ts';
import { listOrders, listOwnOrders } from './trading/list-limit-orders.ts';
import { positionLists } from './trading/list-positions.ts';
import { tradeLists } from './trading/list-trades.ts';
import type { TradePayments } from './trading/pay-trade.ts';
import { choosePositions, chooseTrades, type OrderMatcher, type Trading } from './trading/trading.ts';
import type { Wallet } from './wallet/wallet.ts';

export type RouteServices = {
  database: Database;
  access: Access;
  intake: Intake;
  trading: Trading;
  payments: TradePayments;
  matcher: Pick<OrderMatcher, 'match'>;
  wallet: Pick<Wallet, 'handlers' | 'checkCallbackUrl' | 'ping' | 'refreshBalance'>;
  settlement: Pick<Settlement, 'wake'>;
  feed: Pick<Feed, 'onPrices'>;
  copilot: Pick<Copilot, 'engine'>;
  lists: ColumnIndex;
  balances: Balances;
  clock: Clock;
  reports: Pick<Reports, 'handlers'>;
  files: Files;
  log: Pick<Logger, 'warn'>;
};
/** Health speaks of the process itself: app.ts adds it. */
type Served = Omit<Contract, 'health'>;
type Handlers = { [Operation in keyof Served]: Handler<Served[Operation]> };

/** Of an operator's members and key pairs. */
const operatorHandlers = ({ database, trading, lists }: RouteServices, playerFeed: PlayerFeed) => ({
  getOwnDashboard: getOwnDashboard(periodsOf(lists)),
  getOwnRevenue,
  getOwnPlayer,
  getOwnPlayerLimits: getLimitsOf(database),
  listOwnOrders,
  adjustBalance: adjustBalance(trading, playerFeed),
  restrictOwnPlayer: restrictPlayer,
  suspendOwnPlayer: suspendPlayer,
  reinstateOwnPlayer: reinstatePlayer,
  changeOwnPlayerLimitTier: changePlayerLimitTier,
  getOwnOnboarding,
  listOwnMarkets: listOwnMarkets(database, consulting(lists, 'positions'), marketsByTotals(lists, 'traders')),
  getOwnMarket: getOwnMarket(database),
  getOperatorExposure,
  getOwnExposureSeries,
  getOperatorRisk,
  listOwnActivity,
  streamOwnActivity: streamOwnActivity(database),
  listOwnSettlements,
  getOwnSettlement,
  getSettings,
  previewBranding,
  getOperatorConfig,
  updateOperatorConfig,
  listOperatorConfigChanges,
  revertOperatorConfigChange,
  listApiKeys,
  listDeveloperKeys: listApiKeys,
  listEmbedOrigins,
  getEmbedCode,
});

/** Of the platform's staff. */
const adminHandlers = ({ database, lists }: RouteServices) => ({
  getDashboard: getDashboard(periodsOf(lists)),
  getRevenue,
  getRevenueForecast,
  getCohorts,
  getLifetimeValue,
  getPatterns,
  listOperators,
  getOperator,
  getOperatorRevenue,
  getPlayer,
  getPlayerLimits: getLimitsOf(database),
  listPlayerEntries,
  getPlayerScore,
  evaluatePlayerScore,
  overridePlayerTier,
  releasePlayerTier,
  listSharpBettors: listSharpBettors(byColumns(lists, 'players', choosePlayers)),
  listOrders,
  listMarkets: listMarkets(consulting(lists, 'positions'), marketsByTotals(lists, 'open')),
  getMarket,
  pauseMarket,
  resumeMarket,
  getExposure,
  getExposureOfOperator,
  getExposureSeries,
  getRisk,
  listRiskEvents,
  acknowledgeRiskEvents,
  previewBreaker,
  listBreakers,
  createBreaker,
  tripBreaker,
  resetBreaker,
  armBreaker,
  disarmBreaker,
  listActivity,
  streamActivity: streamActivity(database),
  listSettlements,
  listPendingSettlements,
  getSettlement,
  getPlatformConfig,
  updatePlatformConfig,
  listPlatformConfigChanges,
  revertPlatformConfigChange,
  listAuditLog,
  ...mailLogHandlers(mailTemplates),
});

/** Operators and players, changed by the platform's staff. */
const decidedByAdmins = ({ database, trading, access, wallet }: RouteServices, playerFeed: PlayerFeed) => ({
  createOperator: registerOperator({ access, ...wallet }),
  updateOperator,
  suspendOperator,
  reinstateOperator,
  changeTrial,
  listMembers,
  inviteMember: inviteMember(access),
  revokeInvitation: revokeInvitation(access),
  getOnboarding,
  changeOnboarding: changeOnboarding({ database, access, ...wallet }),
  adjustPlayerBalance: adjustPlayerBalance(trading, playerFeed),
  restrictPlayer,
  suspendPlayer,
  reinstatePlayer,
  changePlayerLimitTier,
});

/** What one noun serves to several audiences. */
const sharedHandlers = ({ database, access, intake, wallet, settlement, lists, reports, files }: RouteServices) => ({
  ...reports.handlers,
  ...fileHandlers({ files, database }),
  ...access.handlers,
  ...intake.handlers,
  ...wallet.handlers,
  ...tradeLists(byColumns(lists, 'trades', chooseTrades), positionTradesOf(lists)),
  ...positionLists(byColumns(lists, 'positions', choosePositions)),
  ...playerLists(playersWithPositions(lists), openPositionsOf(lists)),
  ...settlementHandlers(database, settlement),
  listInvoices,
  listOperatorInvoices,
  getInvoice,
  listInvoiceEntries,
  downloadInvoice,
  downloadCreditNote,
  sendInvoice,
  recordInvoicePayment,
  voidInvoice,
  getSeller,
  changeSeller,
  getBillingProfile,
  changeBillingProfile,
  listOwnInvoices,
  getOwnInvoice,
  listOwnInvoiceEntries,
  downloadOwnInvoice,
  downloadOwnCreditNote,
  getOwnBillingProfile,
  changeOwnBillingProfile,
});

const handlers = (services: RouteServices, playerFeed: PlayerFeed): Handlers => ({
  ...scoreHandlers,
  ...copilotHandlers(services),
  ...sharedHandlers(services),
  ...playerHandlers(services, playerFeed),
  ...extraHandlers(services),
  ...operatorHandlers(services, playerFeed),
  ...adminHandlers(services),
  ...decidedByAdmins(services, playerFeed),
});

export function routes(services: RouteServices): Route[] {
  const playerFeed = openPlayerFeed(services.database, (error) => services.log.warn({ err: error }, 'the streams of players wait'));
  const byOperation = handlers(services, playerFeed);
  return (Object.keys(byOperation) as (keyof Served)[]).map((operation) => ({
    endpoint: contract[operation],
    handler: byOperation[operation],
  }));
}
