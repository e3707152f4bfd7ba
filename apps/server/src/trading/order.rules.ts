/** One order, from price to position: price -> breakers -> walls -> balance -> positions. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { type Cents, cents, type Shares } from '@predictu/contract/units';
import { chain, tradeMovements } from '../ledger/entry.rules.ts';
import { costOf, feeOf, proceedsOf, quantityFor, spreadRevenue } from '../pricing/fees.rules.ts';
import { tradeability } from '../pricing/tradeable.rules.ts';
import { afterBuy, afterSale, exclusionRefusal, ownLimitRefusal } from '../protection/protection.rules.ts';
import { judgeWalls, wallRefusal } from '../risk/walls.rules.ts';
import { dollars, usd } from './dollars.rules.ts';
import { stakeOf } from './finish-trade.rules.ts';
import { noteTurned, observeBreakers, utilisations, watchedScopes } from './halt.rules.ts';
import { quoteKey, type ReadOrder, type TradeResult } from './operation.rules.ts';
import { type Context, type Priced, priceOrder } from './order-price.rules.ts';
import { haltEvent, wallEvent, wallInput } from './order-walls.rules.ts';
import { applySell, type Execution, fillBuy, reserveBuy } from './position.rules.ts';
import { readOnlyRefusal } from './read-only.rules.ts';
import { releaseFor } from './resting-order.rules.ts';
import { restrictionOf } from './restriction.rules.ts';
import { addEntries, addKey, changePlayer, marketFor, nextId, positionOf, scopesOf, type World } from './world.rules.ts';
import type { Operator, Player, Position, RiskEvent } from './world-rows.rules.ts';

/** Operators whose players trade. */
export const TRADING_STATUSES: readonly string[] = ['live', 'testing'];

/** A refusal and the event that remembers it, for refusals that leave one. */
export type Refused = { refusal: Refusal; event?: RiskEvent };
export type Traded = { trade: TradeResult };
export const isRefused = (result: Refused | Traded): result is Refused => 'refusal' in result;

type Sized = { quantity: Shares; amount: Cents; fee: Cents; spread: Cents };
/** Field by field, like all that every trade makes: objects made by spreading are slow to make and to read. */
const executionOf = ({ outcome, side }: ReadOrder, { quantity, amount, fee }: Sized): Execution => ({
  outcome,
  side,
  quantity,
  amount,
  fee,
});

/** Decides one order and, when it stands, changes the world. The trade's key is the caller's to record. */
export function decideOrder(world: World, operator: Operator, player: Player, order: ReadOrder): Refused | Traded {
  const market = marketFor(world, operator.id, order.marketId);
  if (!market) return { refusal: refuse('NOT_FOUND', 'There is no such market') };
  const scopes = scopesOf(world, operator.id, market);
  const context: Context = { world, operator, player, order, market, scopes, watched: watchedScopes(world, operator, market, scopes) };
  const refusal = mayTrade(context);
  if (refusal) return { refusal };
  const priced = priceOrder(context);
  if ('refused' in priced) return { refusal: priced };
  return order.side === 'buy' ? buy(context, priced) : sell(context, priced);
}

function mayTrade({ world, operator, player, order, market }: Context): Refusal | undefined {
  const state = tradeability(market, { allowedCategories: operator.allowedCategories, now: world.now, side: order.side });
  if (!state.tradeable) return refuse('MARKET_NOT_TRADEABLE', `The market cannot be traded: ${state.reason}`, { reason: state.reason });
  if (order.side === 'sell') return undefined;
  return readOnlyRefusal(operator) ?? exclusionRefusal(player.protection, world.now) ?? restrictionOf(player, market, world.now);
}

/** A limit order pays what was agreed when it was placed: what it holds covers it. */
const feeBpsOf = ({ operator, order, world }: Context): number => order.resting?.feeBps ?? operator.feeBps ?? world.settings.tradingFeeBps;

function sizeBuy(context: Context, { at, mid }: Priced): Sized | Refusal {
  const { operator, order } = context;
  const spent = order.amount ?? cents(0n);
  const quantity = quantityFor(spent, at);
  if (spent < operator.minBet || quantity === 0n) {
    return refuse('AMOUNT_TOO_SMALL', `The smallest bet is ${dollars(operator.minBet)}`, { minimum_usd: usd(operator.minBet) });
  }
  const amount = costOf(at, quantity);
  return {
    quantity,
    amount,
    fee: feeOf(amount, feeBpsOf(context)),
    spread: spreadRevenue(at, mid, quantity),
  };
}

function buy(context: Context, priced: Priced): Refused | Traded {
  const { world, operator, player, market, scopes, watched, order } = context;
  const sized = sizeBuy(context, priced);
  if ('refused' in sized) return { refusal: sized };
  const needed = sized.amount + sized.fee;
  const ownLimit = ownLimitRefusal(player.protection, needed, world.now);
  if (ownLimit) return { refusal: ownLimit };
  const halted = observeBreakers(world, watched, operator, market);
  if (halted) return { refusal: halted, event: haltEvent(context, halted) };
  const judged = judgeWalls(wallInput(context, sized));
  if (!judged.ok) return { refusal: wallRefusal(judged), event: wallEvent(context, judged) };
  if (operator.walletMode === 'internal' && player.balance + (order.resting?.held ?? 0n) < needed) {
    return {
      refusal: refuse('INSUFFICIENT_BALANCE', `The balance (${dollars(player.balance)}) is less than cost and fee (${dollars(needed)})`, {
        current_balance_usd: usd(player.balance),
        required_usd: usd(needed),
      }),
    };
  }
  const before = utilisations(watched);
  if (order.resting) releaseFor(world, player, order.resting);
  const id = nextId(world);
  const execution = executionOf(order, sized);
  reserveBuy(world, scopes, execution);
  if (operator.walletMode !== 'seamless') fillBuy(world, player, positionOf(world, player, market.id, order.outcome), scopes, execution);
  const walls = judged.passed.map(({ wall, value, limit }) => ({ wall, value_cents: Number(value), limit_cents: Number(limit) }));
  if (player.protection) changePlayer(world, player).protection = afterBuy(player.protection, needed, world.now);
  const { at, mid, receipt, quoteId } = priced;
  const trade = book(context, { at, mid, receipt: { ...receipt, walls }, quoteId }, sized, id, null);
  noteTurned(world, watched, before, player, market);
  observeBreakers(world, watched, operator, market);
  return trade;
}

function sell(context: Context, priced: Priced): Refused | Traded {
  const { world, operator, player, market, scopes, order } = context;
  const quantity = order.quantity ?? (0n as Shares);
  const amount = proceedsOf(priced.at, quantity);
  const position: Position = positionOf(world, player, market.id, order.outcome);
  const inOrders = position.held - (order.resting?.quantity ?? 0n);
  if (quantity > position.quantity - inOrders) {
    return {
      refusal: refuse('INSUFFICIENT_SHARES', `${usd(position.quantity)} shares are held, ${usd(quantity)} were to be sold`, {
        held: usd(position.quantity),
        requested: usd(quantity),
        ...(inOrders > 0n && { in_orders: usd(cents(inOrders)) }),
      }),
    };
  }
  if (quantity === 0n || amount === 0n)
    return { refusal: refuse('AMOUNT_TOO_SMALL', 'The sale brings less than a cent', { minimum_usd: 0.01 }) };
  const fee = feeOf(amount, feeBpsOf(context));
  if (operator.walletMode === 'seamless' && amount <= fee) {
    return { refusal: refuse('AMOUNT_TOO_SMALL', 'The fee takes all of the proceeds', { minimum_usd: usd(cents(fee + 1n)) }) };
  }
  if (operator.walletMode === 'internal' && player.balance + amount < fee) {
    return {
      refusal: refuse('INSUFFICIENT_BALANCE', 'The fee is more than the proceeds and the balance', {
        current_balance_usd: usd(player.balance),
      }),
    };
  }
  const sized: Sized = { quantity, amount, fee, spread: spreadRevenue(priced.at, priced.mid, quantity) };
  if (order.resting) releaseFor(world, player, order.resting);
  const id = nextId(world);
  const realized = applySell(world, player, position, scopes, executionOf(order, sized));
  if (player.protection) changePlayer(world, player).protection = afterSale(player.protection, amount - fee, world.now);
  return book(context, priced, sized, id, realized);
}

/** Until then whoever asked for the trade tells the wallet; afterwards the queue does. */
const DELIVERED_WITHIN_MS = 25_000;

/** What the wallet is told: a buy's debit, or what a seller receives. */
function callWallet(world: World, trade: TradeResult): void {
  const { id, operatorId, playerId, marketId, side, amount, fee } = trade;
  world.calls.push({
    id,
    operatorId,
    method: side === 'buy' ? 'BET_MAKE' : 'BET_SELL',
    playerId,
    marketId,
    tradeId: id,
    positionId: null,
    settlementId: null,
    referenceId: null,
    amount: side === 'buy' ? stakeOf(trade) : cents(amount - fee),
    createdAt: world.now,
    claimedUntil: new Date(world.now.getTime() + DELIVERED_WITHIN_MS),
  });
}

/** Ledger rows, the trade, the used quote. */
function book(context: Context, { at, mid, receipt, quoteId }: Priced, sized: Sized, id: bigint, realizedPnl: Cents | null): Traded {
  const { world, player, order, operator } = context;
  const { operatorId, id: playerId } = player;
  const { walletMode } = operator;
  const pending = walletMode === 'seamless' && order.side === 'buy';
  if (!pending && walletMode !== 'shadow') {
    const holder = walletMode === 'seamless' ? 'wallet' : 'player';
    const { quantity, amount, fee } = sized;
    const amounts = { outcome: order.outcome, side: order.side, price: at, quantity, amount, fee };
    const { entries, balance } = chain(player.balance, tradeMovements(amounts, holder));
    addEntries(world, entries, { operatorId, playerId, tradeId: id });
    changePlayer(world, player).balance = balance;
  }
  const trade: TradeResult = {
    id,
    operatorId,
    playerId,
    marketId: order.marketId,
    outcome: order.outcome,
    side: order.side,
    status: pending ? 'pending' : 'filled',
    walletMode,
    price: at,
    mid,
    quantity: sized.quantity,
    amount: sized.amount,
    fee: sized.fee,
    spread: sized.spread,
    realizedPnl,
    balanceAfter: player.balance,
    receipt,
    createdAt: world.now,
  };
  world.trades.push(trade);
  if (walletMode === 'seamless') callWallet(world, trade);
  if (quoteId !== null) {
    const bodyHash = quoteId.toString(16).padStart(32, '0');
    addKey(world, { operatorId, ownerId: playerId, key: quoteKey(quoteId), bodyHash, tradeId: id, answer: '{}' });
  }
  return { trade };
}
