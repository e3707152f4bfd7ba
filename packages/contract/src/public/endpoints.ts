/** Every endpoint of whoever asks, without a session, by its operation id. */
import { applyAsOperator, getApplicationForm } from './applications.ts';
import { adminLogin, adminTotpBegin, adminTotpConfirm, embedInit, operatorLogin, operatorTotpBegin, operatorTotpConfirm } from './auth.ts';
import { getEmbedConfig, getEmbedMarket, listEmbedMarkets } from './embed.ts';
import { health } from './health.ts';
import { jwks } from './jwks.ts';
import { getScoreMetrics, scoreQuestion, sendScoreFeedback } from './scoring.ts';
import { authCallback, endSignIn, getSignIn, requestLink } from './sign-in.ts';

export const publicEndpoints = {
  health,
  adminLogin,
  adminTotpBegin,
  adminTotpConfirm,
  operatorLogin,
  operatorTotpBegin,
  operatorTotpConfirm,
  requestLink,
  authCallback,
  getSignIn,
  endSignIn,
  embedInit,
  getEmbedConfig,
  listEmbedMarkets,
  getEmbedMarket,
  getApplicationForm,
  applyAsOperator,
  jwks,
  scoreQuestion,
  sendScoreFeedback,
  getScoreMetrics,
};
