/** The rows a batch works on, as the world holds them, and those it adds. Money is cents, shares hundredths, prices hundredths of a cent. */
import type { Refusal } from '@predictu/contract/errors';
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import type { Entry } from '../ledger/entry.rules.ts';
import type { SpreadSettings } from '../pricing/spread.rules.ts';
import type { MarketStatus } from '../pricing/tradeable.rules.ts';
import type { Protection } from '../protection/protection.rules.ts';
import type { Breaker } from '../risk/breakers.rules.ts';
import type { LimitTier, RiskTier } from '../risk/walls.rules.ts';
import type { LimitOrder, Outcome, TradeResult, WalletMode } from './operation.rules.ts';

/** Limits by category number; null does not bound. */
export type CategoryLimits = readonly (Cents | null)[];

/** What changes rarely and is kept between batches, as long as `sequencer.version` stands still. */
export type Settings = {
  version: bigint;
  globalLimit: Cents;
  categoryLimits: CategoryLimits;
  perTradeMax: Cents;
  perMarketMax: Cents;
  userMaxBet: Cents;
  tradingFeeBps: number;
  withdrawalFee: Cents;
  spread: SpreadSettings;
  /** Whether a settlement still owes players whose balances we keep. */
  paying: boolean;
  operators: ReadonlyMap<bigint, Operator>;
  breakers: ReadonlyMap<bigint, Breaker>;
};
export type Operator = {
  id: bigint;
  status: string;
  walletMode: WalletMode;
  minBet: Cents;
  maxBet: Cents;
  exposureLimit: Cents;
  categoryLimits: CategoryLimits;
  limitTiers: Readonly<Record<LimitTier, Cents>>;
  spreadOverrideBps: number | null;
  feeBps: number | null;
  /** Offered by the platform, enabled by the operator and not hidden. */
  allowedCategories: readonly string[];
  /** Whether several orders may come as one. */
  batchTrading: boolean;
  limitOrders: boolean;
  /** Its trial is over: buys and deposits are refused. */
  readOnly: boolean;
};

export type Player = {
  readonly operatorId: bigint;
  readonly id: bigint;
  readonly status: string;
  readonly tier: RiskTier;
  readonly limitTier: LimitTier;
  readonly score: number;
  readonly maxBet: Cents | null;
  readonly allowedCategories: readonly string[] | null;
  readonly blockedCategories: readonly string[];
  readonly blockedMarkets: readonly bigint[];
  readonly cooldownUntil: Date | null;
  readonly createdAt: Date;
  balance: Cents;
  openShares: Shares;
  tradeCount: number;
  volume: Cents;
  fees: Cents;
  realizedPnl: Cents;
  closedCount: number;
  wonCount: number;
  deposited: Cents;
  withdrawn: Cents;
  traded: boolean;
  /** What the player has set for itself; null when nothing ever was. Replaced as a whole, never changed in place. */
  protection: Protection | null;
};

export type Market = {
  readonly id: bigint;
  /** The one operator whose players may trade it; null for everybody's. */
  readonly ownerId: bigint | null;
  readonly category: Category;
  readonly status: MarketStatus;
  /** Its positions are settled; a closed market that is not decided yet has the status `resolved`, too. */
  readonly decided: boolean;
  readonly mid: Price | null;
  readonly snapshotId: bigint | null;
  readonly pricedAt: Date | null;
  readonly endAt: Date | null;
  readonly liquidity: Cents;
  /** The six exposure rows a trade of an operator moves, once looked up. */
  readonly scopes: Map<bigint, Scopes>;
};

export type Position = {
  readonly operatorId: bigint;
  readonly marketId: bigint;
  readonly playerId: bigint;
  readonly outcome: Outcome;
  id: bigint;
  isNew: boolean;
  quantity: Shares;
  /** Of them, what open limit orders want to sell. */
  held: Shares;
  cost: Cents;
  realizedPnl: Cents;
  /** What `realizedPnl` was when the position was last opened: a position may close and open again. */
  realizedAtOpen: Cents;
  tradeCount: number;
  reopened: boolean;
};

/** 0 the whole, 1 a category, 2 a market. */
export type ScopeLevel = 0 | 1 | 2;
export type Exposure = {
  readonly operatorId: bigint;
  readonly scope: ScopeLevel;
  readonly key: bigint;
  /** The backstop in the database, hundredths of a share: the limit in force. */
  readonly cap: bigint;
  isNew: boolean;
  yes: Shares;
  no: Shares;
  cost: Cents;
  volume: Cents;
  tradeCount: number;
};
export type Scopes = {
  global: Exposure;
  category: Exposure;
  market: Exposure;
  operator: Exposure;
  operatorCategory: Exposure;
  operatorMarket: Exposure;
  /** Each of them once. */
  all: readonly Exposure[];
};

/** An answer given before, as its row and the trades it names tell it. */
export type KeptAnswer = { bodyHash: string; answer: Record<string, unknown>; trades: TradeResult[] };
export type NewKey = { operatorId: bigint; ownerId: bigint; key: string; bodyHash: string; tradeId: bigint | null; answer: string };

export type RiskEvent = {
  id: bigint;
  operatorId: bigint | null;
  type: 'wall_violation' | 'circuit_breaker';
  severity: 'info' | 'warning' | 'critical';
  wall: number | null;
  message: string;
  scope: Record<string, unknown>;
  value: Cents | null;
  threshold: Cents | null;
  playerId: bigint | null;
  marketId: bigint | null;
  autoResolved: boolean;
};
/** A trade that waits for its wallet, and the limit order it executes, if it is one's. */
export type ReservedTrade = TradeResult & { orderId: bigint | null };
/** A change of a limit order; the id is that of its event. */
export type LimitOrderChange = Pick<
  LimitOrder,
  'operatorId' | 'playerId' | 'marketId' | 'status' | 'tradeId' | 'reason' | 'refusal' | 'endedAt'
> & {
  id: bigint;
  orderId: bigint;
};
/** What became of a pending trade. */
export type NewTradeEvent = { id: bigint; trade: TradeResult; refusal: Refusal | null };
export type NewEntry = Entry & { operatorId: bigint; id: bigint; playerId: bigint; tradeId: bigint | null; metadata: string | null };

/** A row of the audit log, committed with the adjustment it speaks of. */
export type Audit = {
  id: bigint;
  operatorId: bigint;
  actor: readonly [kind: string, id: string];
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
  reason: string;
  requestId: string;
};
