/** A small world for tests of the trading rules: one operator, one player, one market, nothing traded yet. */
import { DEFAULT_PLATFORM_CONFIG } from '@predictu/contract/shapes/platform-config';
import { cents, price, shares } from '@predictu/contract/units';
import type { AdjustmentOperation, Order, TradeOperation, TradesOperation } from '../src/trading/operation.rules.ts';
import { settingsOf } from '../src/trading/settings.sql.ts';
import { emptyWorld, playerKey, type World } from '../src/trading/world.rules.ts';
import type { Market, Operator, Player, Settings } from '../src/trading/world-rows.rules.ts';

export const NOW = new Date('2026-06-01T12:00:00.000Z');
export const OPERATOR = 1n;
export const PLAYER = 11n;
export const MARKET = 101n;

const noLimits = [null, null, null, null, null, null];

const operator = (changes: Partial<Operator> = {}): Operator => ({
  id: OPERATOR,
  status: 'live',
  walletMode: 'internal',
  readOnly: false,
  minBet: cents(100n),
  maxBet: cents(100_000n),
  exposureLimit: cents(10_000_000n),
  categoryLimits: noLimits,
  limitTiers: { new: cents(1_000n), regular: cents(10_000n), vip: cents(100_000n) },
  spreadOverrideBps: null,
  feeBps: null,
  allowedCategories: ['sports', 'crypto'],
  batchTrading: true,
  limitOrders: true,
  ...changes,
});

export const player = (changes: Partial<Player> = {}): Player => ({
  operatorId: OPERATOR,
  id: PLAYER,
  status: 'active',
  tier: 'normal',
  limitTier: 'vip',
  score: 50,
  maxBet: null,
  allowedCategories: null,
  blockedCategories: [],
  blockedMarkets: [],
  cooldownUntil: null,
  createdAt: NOW,
  balance: cents(100_000n),
  openShares: shares(0n),
  tradeCount: 0,
  volume: cents(0n),
  fees: cents(0n),
  realizedPnl: cents(0n),
  closedCount: 0,
  wonCount: 0,
  deposited: cents(0n),
  withdrawn: cents(0n),
  traded: false,
  protection: null,
  ...changes,
});

export const market = (changes: Partial<Market> = {}): Market => ({
  id: MARKET,
  ownerId: null,
  category: 'sports',
  status: 'active',
  decided: false,
  mid: price(5_000n),
  snapshotId: 7n,
  pricedAt: NOW,
  endAt: null,
  liquidity: cents(10_000_000n),
  scopes: new Map(),
  ...changes,
});

export type Scene = { settings?: Partial<Settings>; operator?: Partial<Operator>; player?: Partial<Player>; market?: Partial<Market> };

/** The documented configuration, with changes. */
export function worldOf(scene: Scene = {}): World {
  const settings: Settings = {
    ...settingsOf(1n, [[{ document: DEFAULT_PLATFORM_CONFIG }], [], []]),
    operators: new Map([[OPERATOR, operator(scene.operator)]]),
    ...scene.settings,
  };
  const world = emptyWorld(settings, NOW, 1_000n);
  const trader = player(scene.player);
  const question = market(scene.market);
  world.players.set(playerKey(trader.operatorId, trader.id), trader);
  world.markets.set(question.id, question);
  return world;
}

export const traderOf = (world: World): Player => world.players.get(playerKey(OPERATOR, PLAYER)) as Player;

export const buyOrder = (amount: bigint, changes: Partial<Order> = {}): Order => ({
  marketId: MARKET,
  outcome: 'yes',
  side: 'buy',
  amount: cents(amount),
  ...changes,
});
export const sellOrder = (quantity: bigint, changes: Partial<Order> = {}): Order => ({
  marketId: MARKET,
  outcome: 'yes',
  side: 'sell',
  quantity: shares(quantity),
  ...changes,
});

let last = 0;
const keyed = () => {
  last += 1;
  return { operatorId: OPERATOR, playerId: PLAYER, key: `key-${last}`, bodyHash: String(last).padStart(32, '0') };
};
export const trade = (order: Order, changes: Partial<TradeOperation> = {}): TradeOperation => ({
  kind: 'trade',
  ...keyed(),
  order,
  ...changes,
});
export const trades = (...orders: Order[]): TradesOperation => ({ kind: 'trades', ...keyed(), orders });
export const adjust = (
  action: 'deposit' | 'withdraw',
  amount: bigint,
  changes: Partial<AdjustmentOperation> = {},
): AdjustmentOperation => ({
  kind: 'adjustment',
  ...keyed(),
  action,
  amount: cents(amount),
  reason: 'Cashier',
  metadata: null,
  actor: 'opu_1',
  ...changes,
});
