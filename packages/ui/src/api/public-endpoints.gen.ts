/** Written by `npm run generate` from the contract. */
export const ENDPOINTS = {
  health: ['GET', '/api/health'],
  adminLogin: ['POST', '/api/auth/admin/login'],
  adminTotpBegin: ['POST', '/api/auth/admin/totp/begin'],
  adminTotpConfirm: ['POST', '/api/auth/admin/totp/confirm'],
  operatorLogin: ['POST', '/api/auth/operator/login'],
  operatorTotpBegin: ['POST', '/api/auth/operator/totp/begin'],
  operatorTotpConfirm: ['POST', '/api/auth/operator/totp/confirm'],
  embedInit: ['POST', '/api/auth/embed-init'],
  getEmbedConfig: ['GET', '/api/embed/config'],
  listEmbedMarkets: ['GET', '/api/embed/markets'],
  getEmbedMarket: ['GET', '/api/embed/markets/{market_id}'],
  getApplicationForm: ['GET', '/api/operators/apply'],
  applyAsOperator: ['POST', '/api/operators/apply'],
  jwks: ['GET', '/.well-known/jwks.json'],
} as const;
