/** The kinds `fill` and `release`: what becomes of a trade that waited for its wallet. Decided by its status alone, once. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { type Cents, cents } from '@predictu/contract/units';
import { chain, tradeMovements } from '../ledger/entry.rules.ts';
import { afterRelease } from '../protection/protection.rules.ts';
import type { EndedCall } from '../wallet/trade-port.rules.ts';
import type { FinishingKind } from './kind.rules.ts';
import type { Answer, FillOperation, ReleaseOperation, Reserved, TradeResult } from './operation.rules.ts';
import { fillBuy, releaseBuy } from './position.rules.ts';
import { endLimitOrder } from './resting-order.rules.ts';
import { addEntries, changePlayer, nextId, playerKey, positionOf, scopesOf, type World } from './world.rules.ts';
import type { Market, Player, ReservedTrade } from './world-rows.rules.ts';

const OVER: readonly string[] = ['resolved', 'cancelled'];
const CLOSED = refuse('MARKET_NOT_TRADEABLE', 'The market closed before the wallet had answered; the bet is void', { reason: 'resolved' });

/** What a buyer pays. */
export const stakeOf = ({ amount, fee }: Pick<TradeResult, 'amount' | 'fee'>): Cents => cents(amount + fee);

function end(world: World, trade: ReservedTrade, status: 'filled' | 'cancelled', refusal: Refusal | null): TradeResult {
  const { orderId, ...result } = trade;
  const ended = { ...result, status };
  world.tradeEvents.push({ id: nextId(world), trade: ended, refusal });
  world.reserved.set(trade.id, { ...ended, orderId });
  if (orderId !== null) {
    const { operatorId, playerId, marketId, id: tradeId } = trade;
    endLimitOrder(world, { id: orderId, operatorId, playerId, marketId }, { status, tradeId, reason: refusal && 'refused', refusal });
  }
  return ended;
}

type Found = { trade: ReservedTrade; market: Market; player: Player };

function release(world: World, { player, trade, market }: Found, refusal: Refusal): TradeResult {
  releaseBuy(world, scopesOf(world, trade.operatorId, market), trade);
  if (player.protection) changePlayer(world, player).protection = afterRelease(player.protection, stakeOf(trade), trade.createdAt);
  return end(world, trade, 'cancelled', refusal);
}

function fill(world: World, player: Player, trade: ReservedTrade, market: Market): TradeResult {
  const { operatorId, id: tradeId, outcome, price } = trade;
  const position = positionOf(world, player, market.id, outcome);
  fillBuy(world, player, position, scopesOf(world, operatorId, market), { ...trade, side: 'buy' });
  const { entries } = chain(player.balance, tradeMovements({ ...trade, side: 'buy', price }, 'wallet'));
  addEntries(world, entries, { operatorId, playerId: player.id, tradeId });
  return end(world, trade, 'filled', null);
}

/** The wallet has paid after the market was closed: the bet is void, and the wallet is told to give the money back. */
function giveBack(world: World, found: Found): TradeResult {
  const { trade } = found;
  const ended = release(world, found, CLOSED);
  const { operatorId, playerId, marketId, id } = trade;
  world.calls.push({
    id: nextId(world),
    operatorId,
    method: 'BET_ROLLBACK',
    playerId,
    marketId,
    tradeId: id,
    positionId: null,
    settlementId: null,
    referenceId: id,
    amount: stakeOf(trade),
    createdAt: world.now,
    claimedUntil: null,
  });
  return ended;
}

function find(world: World, { operatorId, playerId, tradeId, marketId }: Reserved): Found | undefined {
  const trade = world.reserved.get(tradeId);
  const market = world.markets.get(marketId);
  const player = world.players.get(playerKey(operatorId, playerId));
  if (!trade || !market || !player || trade.marketId !== marketId || trade.playerId !== playerId) return undefined;
  return { trade, market, player };
}

const withoutOrder = ({ orderId: _, ...trade }: ReservedTrade): TradeResult => trade;

const MISSING = { replayed: false, refusal: refuse('NOT_FOUND', 'There is no such trade') } as const;
const NOT_OPEN = { replayed: false, refusal: refuse('CONFLICT', 'Somebody else has recorded an attempt of this callback') } as const;

/** The end of the debit goes with the trade, whatever becomes of that. */
function endCall(world: World, player: Player, ended: EndedCall): void {
  const { balance, at } = ended;
  world.endedCalls.push(ended);
  const known = world.walletBalances.get(player);
  if (balance !== null && (!known || known.at <= at)) world.walletBalances.set(changePlayer(world, player), { balance, at });
}

function finish(world: World, operation: Reserved, decide: (found: Found) => TradeResult): Answer {
  const found = find(world, operation);
  if (!found) return MISSING;
  const { ended } = operation;
  if (ended && !world.openCalls.delete(ended.id)) return NOT_OPEN;
  if (ended) endCall(world, found.player, ended);
  const { trade } = found;
  return trade.status === 'pending' ? { replayed: false, trade: decide(found) } : { replayed: true, trade: withoutOrder(trade) };
}
const about = ({ tradeId, marketId, outcome }: Reserved) => ({ tradeId, marketId, outcome });

export const fillKind: FinishingKind<FillOperation> = {
  about,
  finish: (world, operation) =>
    finish(world, operation, (found) => {
      const { trade, market, player } = found;
      return OVER.includes(market.status) ? giveBack(world, found) : fill(world, player, trade, market);
    }),
};

export const releaseKind: FinishingKind<ReleaseOperation> = {
  about,
  finish: (world, operation) => finish(world, operation, (found) => release(world, found, operation.refusal)),
};
