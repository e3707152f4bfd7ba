/** What a trade does to the player's row, the position and the six exposure rows. Each sum of parts stays the whole. */
import { type Cents, cents, type Shares, shares } from '@predictu/contract/units';
import { costBasisOf } from '../pricing/fees.rules.ts';
import type { Outcome, Side } from './operation.rules.ts';
import { changeExposure, changePlayer, changePosition, nextId, type World } from './world.rules.ts';
import type { Player, Position, Scopes } from './world-rows.rules.ts';

export type Execution = { outcome: Outcome; side: Side; quantity: Shares; amount: Cents; fee: Cents };

/** Exposure is what positions and pending buys hold. */
function holdExposure(world: World, { all }: Scopes, outcome: Outcome, quantity: bigint, cost: bigint): void {
  for (const scope of all) {
    const row = changeExposure(world, scope);
    row[outcome] = shares(row[outcome] + quantity);
    row.cost = cents(row.cost + cost);
  }
}

/** Volume and count are of filled trades. */
function countTrade(world: World, { all }: Scopes, volume: Cents): void {
  for (const scope of all) {
    const row = changeExposure(world, scope);
    row.volume = cents(row.volume + volume);
    row.tradeCount += 1;
  }
}

function movePlayer(world: World, player: Player, { amount, fee }: Execution, quantity: bigint): Player {
  const row = changePlayer(world, player);
  row.openShares = shares(row.openShares + quantity);
  row.volume = cents(row.volume + amount);
  row.fees = cents(row.fees + fee);
  row.tradeCount += 1;
  row.traded = true;
  return row;
}

type Held = Pick<Execution, 'outcome' | 'quantity' | 'amount'>;

/** Holds the exposure of a buy that is not paid for yet. */
export const reserveBuy = (world: World, scopes: Scopes, { outcome, quantity, amount }: Held): void =>
  holdExposure(world, scopes, outcome, quantity, amount);

/** Gives back what `reserveBuy` held. */
export const releaseBuy = (world: World, scopes: Scopes, { outcome, quantity, amount }: Held): void =>
  holdExposure(world, scopes, outcome, -quantity, -amount);

/** A buy adds its cost, without the fee, to the cost basis. Its exposure is held already; the balance moves with the ledger entries. */
export function fillBuy(world: World, player: Player, position: Position, scopes: Scopes, execution: Execution): void {
  const { quantity, amount } = execution;
  const row = changePosition(world, position);
  if (row.id === 0n) row.id = nextId(world);
  if (row.quantity === 0n && row.tradeCount > 0) {
    row.reopened = true;
    row.realizedAtOpen = row.realizedPnl;
  }
  row.quantity = shares(row.quantity + quantity);
  row.cost = cents(row.cost + amount);
  row.tradeCount += 1;
  movePlayer(world, player, execution, quantity);
  countTrade(world, scopes, amount);
}

/**
 * A sale takes its share of the cost basis, rounded down, the last one what remains; realised P&L is proceeds less that.
 * A position that is sold out is closed, won when its life brought a gain.
 */
export function applySell(world: World, player: Player, position: Position, scopes: Scopes, execution: Execution): Cents {
  const { outcome, quantity, amount } = execution;
  const basis = costBasisOf(position.cost, quantity, position.quantity);
  const realized = cents(amount - basis);
  const row = changePosition(world, position);
  row.quantity = shares(row.quantity - quantity);
  row.cost = cents(row.cost - basis);
  row.realizedPnl = cents(row.realizedPnl + realized);
  row.tradeCount += 1;
  const owner = movePlayer(world, player, execution, -quantity);
  owner.realizedPnl = cents(owner.realizedPnl + realized);
  if (row.quantity === 0n) {
    owner.closedCount += 1;
    if (row.realizedPnl > row.realizedAtOpen) owner.wonCount += 1;
  }
  holdExposure(world, scopes, outcome, -quantity, -basis);
  countTrade(world, scopes, amount);
  return realized;
}
