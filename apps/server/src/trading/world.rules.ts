/**
 * The world of one batch: every row it locked or read, and what has been decided so far. Rules change these rows in memory;
 * the batch writes the changed ones. Pure: time and the next id are part of it.
 */
import { categoryNumber } from '@predictu/contract/shapes/category';
import { type Cents, cents, shares } from '@predictu/contract/units';
import type { Entry } from '../ledger/entry.rules.ts';
import type { Breaker } from '../risk/breakers.rules.ts';
import type { NewCall } from '../wallet/call.rules.ts';
import type { EndedCall } from '../wallet/trade-port.rules.ts';
import type { LimitOrder, Outcome, TradeResult } from './operation.rules.ts';
import type { Payout } from './payout.rules.ts';
import type {
  Audit,
  Exposure,
  KeptAnswer,
  LimitOrderChange,
  Market,
  NewEntry,
  NewKey,
  NewTradeEvent,
  Player,
  Position,
  ReservedTrade,
  RiskEvent,
  ScopeLevel,
  Scopes,
  Settings,
} from './world-rows.rules.ts';

type Changeable = Player | Position | Exposure;

export type World = {
  readonly now: Date;
  readonly settings: Settings;
  lastId: bigint;
  players: Map<string, Player>;
  markets: Map<bigint, Market>;
  exposures: Map<string, Exposure>;
  positions: Map<string, Position>;
  keys: Map<string, KeptAnswer>;
  breakers: Map<bigint, Breaker>;
  /** Trades that fills and releases name, as they stand. */
  reserved: Map<bigint, ReservedTrade>;
  /** Of players and markets, for what outside wallets are told at once. */
  externalIds: Map<bigint, string>;
  titles: Map<bigint, string>;
  /** Calls of wallets that may end with their trades. */
  openCalls: Set<bigint>;
  /** Limit orders that operations name, as they stand. */
  limitOrders: Map<bigint, LimitOrder>;
  /** How many each player who places one has open. */
  openLimitOrders: Map<string, number>;
  changedPlayers: Set<Player>;
  changedPositions: Set<Position>;
  changedExposures: Set<Exposure>;
  trades: TradeResult[];
  entries: NewEntry[];
  events: RiskEvent[];
  calls: NewCall[];
  endedCalls: EndedCall[];
  /** What outside wallets have answered their players have. */
  walletBalances: Map<Player, { balance: Cents; at: Date }>;
  /** What settlements owe the players of this batch. */
  payouts: Map<string, Payout[]>;
  earlyPayouts: { payout: Payout; absorbed: Cents }[];
  tradeEvents: NewTradeEvent[];
  newLimitOrders: LimitOrder[];
  limitOrderChanges: LimitOrderChange[];
  audits: Audit[];
  newKeys: NewKey[];
  usedKeys: Set<string>;
  journal: [row: Changeable, before: Changeable][] | undefined;
};

export const playerKey = (operatorId: bigint, playerId: bigint): string => `${operatorId}.${playerId}`;
export const positionKey = (operatorId: bigint, playerId: bigint, marketId: bigint, outcome: Outcome): string =>
  `${operatorId}.${playerId}.${marketId}.${outcome}`;
export const exposureKey = (operatorId: bigint, scope: ScopeLevel, key: bigint): string => `${operatorId}.${scope}.${key}`;
export const answerKey = (operatorId: bigint, ownerId: bigint, key: string): string => `${operatorId}.${ownerId}.${key}`;

/** A world without rows, at this instant; ids count on from `lastId`. */
export const emptyWorld = (settings: Settings, now: Date, lastId: bigint): World => ({
  now,
  settings,
  lastId,
  players: new Map(),
  markets: new Map(),
  exposures: new Map(),
  positions: new Map(),
  keys: new Map(),
  breakers: new Map(settings.breakers),
  reserved: new Map(),
  externalIds: new Map(),
  titles: new Map(),
  openCalls: new Set(),
  limitOrders: new Map(),
  openLimitOrders: new Map(),
  changedPlayers: new Set(),
  changedPositions: new Set(),
  changedExposures: new Set(),
  trades: [],
  entries: [],
  events: [],
  calls: [],
  endedCalls: [],
  walletBalances: new Map(),
  payouts: new Map(),
  earlyPayouts: [],
  tradeEvents: [],
  newLimitOrders: [],
  limitOrderChanges: [],
  audits: [],
  newKeys: [],
  usedKeys: new Set(),
  journal: undefined,
});

/** A market as the players of this operator see it: another operator's own is not there. */
export function marketFor(world: World, operatorId: bigint, marketId: bigint): Market | undefined {
  const market = world.markets.get(marketId);
  return market && (market.ownerId === null || market.ownerId === operatorId) ? market : undefined;
}

export function nextId(world: World): bigint {
  world.lastId += 1n;
  return world.lastId;
}

function remember(world: World, row: Changeable): void {
  world.journal?.push([row, { ...row }]);
}
/** Call before changing a row: it will be written, and can be put back. */
export function changePlayer(world: World, player: Player): Player {
  remember(world, player);
  world.changedPlayers.add(player);
  return player;
}
export function changePosition(world: World, position: Position): Position {
  remember(world, position);
  world.changedPositions.add(position);
  return position;
}
export function changeExposure(world: World, exposure: Exposure): Exposure {
  remember(world, exposure);
  world.changedExposures.add(exposure);
  return exposure;
}

/** Does `work`; when it says no, everything it changed is as it was before. */
export function allOrNothing<T>(world: World, work: () => T, refused: (result: T) => boolean): T {
  const { lastId, trades, entries, events, newKeys, calls, earlyPayouts } = world;
  const lengths = [trades.length, entries.length, events.length, newKeys.length, calls.length, earlyPayouts.length] as const;
  const breakers = new Map(world.breakers);
  const outer = world.journal;
  const journal: NonNullable<World['journal']> = [];
  world.journal = journal;
  const result = work();
  world.journal = outer;
  if (!refused(result)) {
    outer?.push(...journal);
    return result;
  }
  for (const [row, before] of journal.reverse()) Object.assign(row, before);
  for (const { operatorId, ownerId, key } of newKeys.slice(lengths[3])) world.usedKeys.delete(answerKey(operatorId, ownerId, key));
  [trades.length, entries.length, events.length, newKeys.length, calls.length, earlyPayouts.length] = lengths;
  world.lastId = lastId;
  world.breakers = breakers;
  return result;
}

/** Records that a key is answered; within the batch it counts as used from now on. */
export function addKey(world: World, key: NewKey): void {
  world.newKeys.push(key);
  world.usedKeys.add(answerKey(key.operatorId, key.ownerId, key.key));
}

/** Records ledger rows of a player, in order. Field by field: rows made by spreading are slow to make and to read. */
export function addEntries(
  world: World,
  entries: readonly Entry[],
  of: Pick<NewEntry, 'operatorId' | 'playerId' | 'tradeId'>,
  metadata: string | null = null,
): void {
  const { operatorId, playerId, tradeId } = of;
  for (const { type, from, to, amount, description, balanceBefore, balanceAfter } of entries) {
    const id = nextId(world);
    world.entries.push({
      type,
      from,
      to,
      amount,
      description,
      balanceBefore,
      balanceAfter,
      operatorId,
      id,
      playerId,
      tradeId,
      metadata,
    });
  }
}

/** The position of a player, whose row says which operator it belongs to; a new, empty one when there is none. */
export function positionOf(world: World, player: Player, marketId: bigint, outcome: Outcome): Position {
  const key = positionKey(player.operatorId, player.id, marketId, outcome);
  const known = world.positions.get(key);
  if (known) return known;
  const position: Position = {
    operatorId: player.operatorId,
    marketId,
    playerId: player.id,
    outcome,
    id: 0n,
    isNew: true,
    quantity: shares(0n),
    held: shares(0n),
    cost: cents(0n),
    realizedPnl: cents(0n),
    realizedAtOpen: cents(0n),
    tradeCount: 0,
    reopened: false,
  };
  world.positions.set(key, position);
  return position;
}

function exposureOf(world: World, operatorId: bigint, scope: ScopeLevel, key: bigint): Exposure {
  const name = exposureKey(operatorId, scope, key);
  const known = world.exposures.get(name);
  if (known) return known;
  const cap = capOf(world.settings, operatorId, scope, key);
  const row: Exposure = {
    operatorId,
    scope,
    key,
    cap,
    isNew: true,
    yes: shares(0n),
    no: shares(0n),
    cost: cents(0n),
    volume: cents(0n),
    tradeCount: 0,
  };
  world.exposures.set(name, row);
  return row;
}

/** The limit of a scope: what bounds it itself, or else what bounds the scope around it. A cent is a hundredth of a share. */
export function capOf(settings: Settings, operatorId: bigint, scope: ScopeLevel, key: bigint): bigint {
  const operator = settings.operators.get(operatorId);
  if (operator) return (scope === 1 ? operator.categoryLimits[Number(key)] : null) ?? operator.exposureLimit;
  if (scope === 1) return settings.categoryLimits[Number(key)] ?? settings.globalLimit;
  return scope === 2 ? settings.perMarketMax : settings.globalLimit;
}

export function scopesOf(world: World, operatorId: bigint, market: Market): Scopes {
  const known = market.scopes.get(operatorId);
  if (known) return known;
  const number = categoryNumber(market.category);
  const global = exposureOf(world, 0n, 0, 0n);
  const category = exposureOf(world, 0n, 1, number);
  const ofMarket = exposureOf(world, 0n, 2, market.id);
  const operator = exposureOf(world, operatorId, 0, 0n);
  const operatorCategory = exposureOf(world, operatorId, 1, number);
  const operatorMarket = exposureOf(world, operatorId, 2, market.id);
  const all = [global, category, ofMarket, operator, operatorCategory, operatorMarket];
  const scopes: Scopes = { global, category, market: ofMarket, operator, operatorCategory, operatorMarket, all };
  market.scopes.set(operatorId, scopes);
  return scopes;
}
