/** What the oracle believes: flat maps of plain numbers. Money in cents, prices in hundredths of a cent, shares in hundredths, times in milliseconds. */

export type OracleOperator = {
  id: number;
  status: string;
  minBet: number;
  maxBet: number;
  exposureLimit: number;
  categoryLimits: Record<string, number>;
  limitTiers: Record<string, number>;
  spreadOverride: number | null;
  feeBps: number | null;
  allowedCategories: string[];
};
export type OraclePlayer = {
  operator: number;
  id: number;
  createdAt: number;
  status: string;
  tier: string;
  limitTier: string;
  score: number;
  maxBet: number | null;
  allowedCategories: string[] | null;
  blockedCategories: string[];
  blockedMarkets: number[];
  cooldownUntil: number | null;
  balance: number;
  openShares: number;
  trades: number;
  volume: number;
  fees: number;
  realized: number;
  closed: number;
  won: number;
  deposited: number;
  withdrawn: number;
};
export type OracleMarket = {
  id: number;
  category: string;
  status: string;
  mid: number | null;
  pricedAt: number | null;
  endAt: number | null;
  liquidity: number;
};
export type OraclePosition = {
  operator: number;
  player: number;
  market: number;
  outcome: string;
  quantity: number;
  cost: number;
  realized: number;
  atOpen: number;
  trades: number;
};
export type OracleExposure = { yes: number; no: number; cost: number; volume: number; trades: number };
export type OracleBreaker = {
  id: number;
  scope: 'global' | 'operator' | 'category' | 'market';
  of: number | string | null;
  /** Hundredths of a percent; null for one that only people trip. */
  threshold: number | null;
  status: 'armed' | 'tripped' | 'disarmed';
  cooldown: number;
  autoReset: boolean;
  trippedAt: number | null;
};
export type OraclePlatform = {
  globalLimit: number;
  perMarket: number;
  perTrade: number;
  userMaxBet: number;
  categoryLimits: Record<string, number>;
  feeBps: number;
  withdrawalFee: number;
  baseSpread: number;
  leastSpread: number;
  mostSpread: number;
  multiplier: number;
  discountFrom: number | null;
  discount: number;
};
/** A quote the engine has given: what it promised, to whom, for what. */
export type OracleQuote = {
  id: string;
  operator: number;
  player: number;
  market: number;
  outcome: string;
  side: string;
  amount: number | null;
  quantity: number | null;
  price: number;
  mid: number;
  expiresAt: number;
};

export type OracleOrder = {
  market: number;
  outcome: 'yes' | 'no';
  side: 'buy' | 'sell';
  amount?: number;
  quantity?: number;
  limitPrice?: number;
  /** 'forged' for a token that was altered. */
  quote?: OracleQuote | 'forged';
};
export type OracleOperation = { operator: number; player: number; key: string; hash: string } & (
  | { kind: 'trade'; order: OracleOrder }
  | { kind: 'trades'; orders: OracleOrder[] }
  | { kind: 'adjustment'; action: 'deposit' | 'withdraw'; amount: number }
);

export type OracleTrade = {
  market: number;
  outcome: string;
  side: string;
  price: number;
  mid: number;
  quantity: number;
  amount: number;
  fee: number;
  spread: number;
  realized: number | null;
  balance: number;
};
export type OracleRefusal = { refused: string; about?: Record<string, unknown> };
export type OracleOutcome =
  | { trades: OracleTrade[] }
  | { adjusted: { amount: number; fee: number; before: number; after: number } }
  | OracleRefusal;
export type OracleAnswer = { replayed: boolean; outcome: OracleOutcome };

export type OracleWorld = {
  now: number;
  platform: OraclePlatform;
  operators: Map<number, OracleOperator>;
  players: Map<string, OraclePlayer>;
  markets: Map<number, OracleMarket>;
  positions: Map<string, OraclePosition>;
  exposure: Map<string, OracleExposure>;
  breakers: OracleBreaker[];
  usedQuotes: Set<string>;
  /** By operator, owner and key. */
  answers: Map<string, { hash: string; outcome: OracleOutcome }>;
};

export const emptyOracle = (platform: OraclePlatform, now: number): OracleWorld => ({
  now,
  platform,
  operators: new Map(),
  players: new Map(),
  markets: new Map(),
  positions: new Map(),
  exposure: new Map(),
  breakers: [],
  usedQuotes: new Set(),
  answers: new Map(),
});

export function exposureOf(world: OracleWorld, name: string): OracleExposure {
  let row = world.exposure.get(name);
  if (!row) world.exposure.set(name, (row = { yes: 0, no: 0, cost: 0, volume: 0, trades: 0 }));
  return row;
}

export const sharesIn = (world: OracleWorld, name: string): number => {
  const row = world.exposure.get(name);
  return row ? row.yes + row.no : 0;
};

export const scopeNames = (operator: number, market: OracleMarket) => ({
  global: 'platform',
  category: `platform/${market.category}`,
  market: `platform/${market.id}`,
  operator: `${operator}`,
  operatorCategory: `${operator}/${market.category}`,
  operatorMarket: `${operator}/${market.id}`,
});
