/** What a limit order sets aside and gives back, and how its end is recorded. */
import { cents, shares } from '@predictu/contract/units';
import { chain, holdMovement, type Movement, releaseMovement } from '../ledger/entry.rules.ts';
import type { LimitOrder } from './operation.rules.ts';
import { addEntries, changePlayer, changePosition, nextId, positionOf, type World } from './world.rules.ts';
import type { LimitOrderChange, Player } from './world-rows.rules.ts';

function move(world: World, player: Player, order: LimitOrder, movement: (amount: LimitOrder['held']) => Movement): void {
  if (order.held === 0n) return;
  const { entries, balance } = chain(player.balance, [movement(order.held)]);
  const of = { operatorId: player.operatorId, playerId: player.id, tradeId: null };
  addEntries(world, entries, of, JSON.stringify({ order: String(order.id) }));
  changePlayer(world, player).balance = balance;
}

function holdShares(world: World, player: Player, { marketId, outcome, quantity }: LimitOrder, sign: 1n | -1n): void {
  if (quantity === undefined) return;
  const row = changePosition(world, positionOf(world, player, marketId, outcome));
  row.held = shares(row.held + sign * quantity);
}

/** A buy holds its money, a sale its shares. */
export function holdFor(world: World, player: Player, order: LimitOrder): void {
  move(world, player, order, holdMovement);
  holdShares(world, player, order, 1n);
}

/** Gives back all that `holdFor` took. The decision of a market has let go of the shares itself. */
export function releaseFor(world: World, player: Player, order: LimitOrder): void {
  move(world, player, order, releaseMovement);
  if (!world.markets.get(order.marketId)?.decided) holdShares(world, player, order, -1n);
}

type Named = Pick<LimitOrder, 'id' | 'operatorId' | 'playerId' | 'marketId'>;
type Ending = Pick<LimitOrderChange, 'status' | 'tradeId' | 'reason' | 'refusal'>;

/** Records how an order stands from now on; what it holds is the caller's to give back. */
export function endLimitOrder(world: World, { id: orderId, operatorId, playerId, marketId }: Named, ending: Ending): void {
  const endedAt = ending.status === 'pending' ? null : world.now;
  world.limitOrderChanges.push({ id: nextId(world), orderId, operatorId, playerId, marketId, ...ending, endedAt });
  const order = world.limitOrders.get(orderId);
  if (order) world.limitOrders.set(orderId, { ...order, ...ending, endedAt });
}

/** Nothing is held for a buy that an outside wallet pays, or nobody: the wallet is asked when the order executes. */
export const heldFor = (walletMode: LimitOrder['walletMode'], amount: bigint, fee: bigint): LimitOrder['held'] =>
  cents(walletMode === 'internal' ? amount + fee : 0n);
