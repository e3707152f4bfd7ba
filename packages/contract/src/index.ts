/** The registry: every endpoint there is, by its operation id. An endpoint that is not here does not exist. */
import { getPlatformConfig, updatePlatformConfig } from './admin/config.ts';
import { pauseMarket, resumeMarket } from './admin/markets.ts';
import {
  armBreaker,
  createBreaker,
  disarmBreaker,
  getExposure,
  getRisk,
  listBreakers,
  listRiskEvents,
  resetBreaker,
  tripBreaker,
} from './admin/risk.ts';
import {
  approveSettlement,
  changeSettlementRules,
  correctSettlement,
  getSettlementRules,
  listPendingSettlements,
  listSettlements,
  previewSettlement,
  resolveMarket,
  withdrawSettlement,
} from './admin/settlements.ts';
import { getWalletCall, handleWalletCall, listWalletCalls, replayWalletCall, replayWalletCalls } from './admin/wallet.ts';
import { adjustBalance } from './operator/players.ts';
import { getOperatorExposure, getOperatorRisk } from './operator/risk.ts';
import { listOwnSettlements } from './operator/settlements.ts';
import {
  changeWallet,
  getOwnWalletCall,
  getWallet,
  handleOwnWalletCall,
  listOwnWalletCalls,
  pingWallet,
  replayOwnWalletCall,
  replayOwnWalletCalls,
  rotateSigningKey,
  rotateWebhookSecret,
} from './operator/wallet.ts';
import { getBalance, listPlayerLedger, listPlayerPositions } from './player/account.ts';
import { getPlayerMarket, listPlayerMarkets } from './player/markets.ts';
import { streamPlayer } from './player/stream.ts';
import { listPlayerTrades, placeTrade, placeTrades, requestQuote } from './player/trades.ts';
import {
  adminLogin,
  adminTotpBegin,
  adminTotpConfirm,
  embedInit,
  operatorLogin,
  operatorTotpBegin,
  operatorTotpConfirm,
} from './public/auth.ts';
import { health } from './public/health.ts';
import { jwks } from './public/jwks.ts';

export const contract = {
  health,
  adminLogin,
  adminTotpBegin,
  adminTotpConfirm,
  operatorLogin,
  operatorTotpBegin,
  operatorTotpConfirm,
  embedInit,
  listPlayerMarkets,
  getPlayerMarket,
  requestQuote,
  placeTrade,
  placeTrades,
  listPlayerTrades,
  getBalance,
  listPlayerPositions,
  listPlayerLedger,
  streamPlayer,
  adjustBalance,
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
  previewSettlement,
  resolveMarket,
  correctSettlement,
  approveSettlement,
  withdrawSettlement,
  getSettlementRules,
  changeSettlementRules,
  listOwnSettlements,
  jwks,
  getWallet,
  changeWallet,
  rotateSigningKey,
  rotateWebhookSecret,
  pingWallet,
  listOwnWalletCalls,
  getOwnWalletCall,
  replayOwnWalletCall,
  replayOwnWalletCalls,
  handleOwnWalletCall,
  listWalletCalls,
  getWalletCall,
  replayWalletCall,
  replayWalletCalls,
  handleWalletCall,
};
export type Contract = typeof contract;
export type OperationId = keyof Contract;
