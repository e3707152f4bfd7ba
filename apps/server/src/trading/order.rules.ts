/** One order, from price to position: price -> breakers -> walls -> balance -> positions. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { categoryNumber } from '@predictu/contract/shapes/category';
import { type Cents, cents, type Price, price, type Shares } from '@predictu/contract/units';
import { chain, tradeMovements } from '../ledger/entry.rules.ts';
import { costOf, feeOf, proceedsOf, quantityFor, spreadRevenue } from '../pricing/fees.rules.ts';
import { checkAcceptedPrice, checkQuote } from '../pricing/quote.rules.ts';
import { makeReceipt, type Receipt } from '../pricing/receipt.rules.ts';
import { executionPrice, midOf, type PricingInputs, priceMarket, type Quoted } from '../pricing/spread.rules.ts';
import { tradeability } from '../pricing/tradeable.rules.ts';
import { effectiveLimitTier, judgeWalls, type WallInput, type WallJudgement, wallRefusal } from '../risk/walls.rules.ts';
import { noteTurned, observeBreakers, openShares, utilisations, type Watched, watchedScopes, worstUtilisation } from './halt.rules.ts';
import { quoteKey, type ReadOrder, type TradeResult } from './operation.rules.ts';
import { applyBuy, applySell } from './position.rules.ts';
import { restrictionOf } from './restriction.rules.ts';
import {
  addKey, answerKey, changePlayer, type Market, nextId, type Operator, type Player, type Position, positionOf, type RiskEvent, type Scopes, scopesOf, type World,
} from './world.rules.ts';

/** A refusal and the event that remembers it, for refusals that leave one. */
export type Refused = { refusal: Refusal; event?: RiskEvent };
export type Traded = { trade: TradeResult };
export const isRefused = (result: Refused | Traded): result is Refused => 'refusal' in result;

type Context = { world: World; operator: Operator; player: Player; order: ReadOrder; market: Market; scopes: Scopes; watched: Watched[] };
type Priced = { at: Price; mid: Price; receipt: Receipt; quoteId: bigint | null };
type Sized = { quantity: Shares; amount: Cents; fee: Cents; spread: Cents };

const usd = (value: bigint): number => Number(value) / 100;
const say = (value: bigint): string => `$${usd(value).toFixed(2)}`;

/** Decides one order and, when it stands, changes the world. The trade's key is the caller's to record. */
export function decideOrder(world: World, operator: Operator, player: Player, order: ReadOrder): Refused | Traded {
  const market = world.markets.get(order.marketId);
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
  return restrictionOf(player, market, world.now);
}

/** The four prices of a market for this player now. The market has a price. */
export function pricesFor(world: World, operator: Operator, player: Player, market: Market): Quoted {
  const scopes = scopesOf(world, operator.id, market);
  return priceMarket(pricingInputs({ world, operator, player, market, scopes, watched: watchedScopes(world, operator, market, scopes) }));
}

function pricingInputs({ world, operator, player, market, scopes, watched }: Omit<Context, 'order'>): PricingInputs {
  return {
    mid: market.mid as Price,
    settings: world.settings.spread,
    spreadOverrideBps: operator.spreadOverrideBps,
    liquidity: market.liquidity,
    utilisationBps: worstUtilisation(watched),
    yesShares: scopes.market.yes,
    noShares: scopes.market.no,
    score: player.score,
    playerVolume: player.volume,
    priceAgeMs: Math.max(0, world.now.getTime() - (market.pricedAt as Date).getTime()),
  };
}

/** The quote's price when there is one, the price of the moment otherwise; never a worse one than was accepted. */
function priceOrder(context: Context): Priced | Refusal {
  const { market, order } = context;
  if (order.quote !== undefined) return quotedPrice(context);
  const inputs = pricingInputs(context);
  const quoted = priceMarket(inputs);
  const at = executionPrice(quoted, order.outcome, order.side);
  const changed = checkAcceptedPrice(order.side, at, order.limitPrice);
  if (changed) return changed;
  const receipt = makeReceipt({ snapshotId: market.snapshotId, inputs, quoted, outcome: order.outcome, side: order.side, walls: [] });
  return { at, mid: midOf(inputs.mid, order.outcome), receipt, quoteId: null };
}

function quotedPrice({ world, player, order }: Context): Priced | Refusal {
  const { claims, side, outcome, marketId } = order;
  if (!claims) return refuse('QUOTE_INVALID', 'The quote was altered or is not ours', { reason: 'signature' });
  const { operatorId, id: playerId } = player;
  const asked = { operatorId, playerId, marketId, outcome, side, amount: order.amount ?? null, quantity: order.quantity ?? null };
  const refusal = checkQuote(claims, asked, world.now);
  if (refusal) return refusal;
  const used = answerKey(operatorId, playerId, quoteKey(claims.id));
  if (world.keys.has(used) || world.usedKeys.has(used)) return refuse('QUOTE_INVALID', 'The quote has been used', { reason: 'used' });
  const changed = checkAcceptedPrice(side, claims.price, order.limitPrice);
  if (changed) return changed;
  return { at: claims.price, mid: midOf(price(BigInt(claims.receipt.mid)), outcome), receipt: claims.receipt, quoteId: claims.id };
}

function sizeBuy({ operator, order, world }: Context, { at, mid }: Priced): Sized | Refusal {
  const spent = order.amount ?? cents(0n);
  const quantity = quantityFor(spent, at);
  if (spent < operator.minBet || quantity === 0n) {
    return refuse('AMOUNT_TOO_SMALL', `The smallest bet is ${say(operator.minBet)}`, { minimum_usd: usd(operator.minBet) });
  }
  const amount = costOf(at, quantity);
  return { quantity, amount, fee: feeOf(amount, operator.feeBps ?? world.settings.tradingFeeBps), spread: spreadRevenue(at, mid, quantity) };
}

function buy(context: Context, priced: Priced): Refused | Traded {
  const { world, operator, player, market, scopes, watched, order } = context;
  const sized = sizeBuy(context, priced);
  if ('refused' in sized) return { refusal: sized };
  const halted = observeBreakers(world, watched, operator, market);
  if (halted) return { refusal: halted, event: haltEvent(context, halted) };
  const judged = judgeWalls(wallInput(context, sized));
  if (!judged.ok) return { refusal: wallRefusal(judged), event: wallEvent(context, judged) };
  const needed = sized.amount + sized.fee;
  if (player.balance < needed) {
    return {
      refusal: refuse('INSUFFICIENT_BALANCE', `The balance (${say(player.balance)}) is less than cost and fee (${say(needed)})`, {
        current_balance_usd: usd(player.balance), required_usd: usd(needed),
      }),
    };
  }
  const before = utilisations(watched);
  const id = nextId(world);
  const position = positionOf(world, player, market.id, order.outcome);
  applyBuy(world, player, position, scopes, { ...sized, outcome: order.outcome, side: 'buy' });
  const walls = judged.passed.map(({ wall, value, limit }) => ({ wall, value_cents: Number(value), limit_cents: Number(limit) }));
  const trade = book(context, { ...priced, receipt: { ...priced.receipt, walls } }, sized, id, null);
  noteTurned(world, watched, before, player, market);
  observeBreakers(world, watched, operator, market);
  return trade;
}

function sell(context: Context, priced: Priced): Refused | Traded {
  const { world, operator, player, market, scopes, order } = context;
  const quantity = order.quantity ?? (0n as Shares);
  const amount = proceedsOf(priced.at, quantity);
  const position: Position = positionOf(world, player, market.id, order.outcome);
  if (quantity > position.quantity) {
    return {
      refusal: refuse('INSUFFICIENT_SHARES', `${usd(position.quantity)} shares are held, ${usd(quantity)} were to be sold`, {
        held: usd(position.quantity), requested: usd(quantity),
      }),
    };
  }
  if (quantity === 0n || amount === 0n) return { refusal: refuse('AMOUNT_TOO_SMALL', 'The sale brings less than a cent', { minimum_usd: 0.01 }) };
  const fee = feeOf(amount, operator.feeBps ?? world.settings.tradingFeeBps);
  if (player.balance + amount < fee) {
    return { refusal: refuse('INSUFFICIENT_BALANCE', 'The fee is more than the proceeds and the balance', { current_balance_usd: usd(player.balance) }) };
  }
  const sized: Sized = { quantity, amount, fee, spread: spreadRevenue(priced.at, priced.mid, quantity) };
  const id = nextId(world);
  const realized = applySell(world, player, position, scopes, { ...sized, outcome: order.outcome, side: 'sell' });
  return book(context, priced, sized, id, realized);
}

/** Ledger rows, the trade, the used quote. */
function book(context: Context, { at, mid, receipt, quoteId }: Priced, sized: Sized, id: bigint, realizedPnl: Cents | null): Traded {
  const { world, player, order } = context;
  const { operatorId, id: playerId } = player;
  const { entries, balance } = chain(player.balance, tradeMovements({ ...sized, outcome: order.outcome, side: order.side, price: at }));
  for (const entry of entries) world.entries.push({ ...entry, operatorId, id: nextId(world), playerId, tradeId: id, metadata: null });
  changePlayer(world, player).balance = balance;
  const trade: TradeResult = {
    id, operatorId, playerId, marketId: order.marketId, outcome: order.outcome, side: order.side, status: 'filled', price: at, mid,
    ...sized, realizedPnl, balanceAfter: balance, receipt, createdAt: world.now,
  };
  world.trades.push(trade);
  if (quoteId !== null) {
    const bodyHash = quoteId.toString(16).padStart(32, '0');
    addKey(world, { operatorId, ownerId: playerId, key: quoteKey(quoteId), bodyHash, tradeId: id, answer: '{}' });
  }
  return { trade };
}

function wallInput({ world, operator, player, market, scopes, watched }: Context, { amount, quantity }: Sized): WallInput {
  const { settings, now } = world;
  const bound = (name: Watched['name']) => {
    const scope = watched.find((one) => one.name === name) as Watched;
    return { limit: scope.limit, exposure: openShares(scope.row) as Shares };
  };
  return {
    cost: amount,
    quantity,
    perTrade: {
      platform: settings.perTradeMax,
      userDefault: settings.userMaxBet,
      operator: operator.maxBet,
      player: player.maxBet,
      limitTier: effectiveLimitTier(player, now),
      limitTiers: operator.limitTiers,
      tier: player.tier,
    },
    market: bound('market'),
    category: bound('category'),
    operatorCategory: {
      limit: operator.categoryLimits[Number(categoryNumber(market.category))] ?? null,
      exposure: openShares(scopes.operatorCategory) as Shares,
    },
    operator: bound('operator'),
    global: bound('global'),
  };
}

const refusedEvent = ({ player, market }: Context, message: string): Omit<RiskEvent, 'type' | 'severity' | 'wall' | 'scope' | 'value' | 'threshold'> => ({
  // Drawn when the event is recorded: a refusal of several orders rolls the ids back first.
  id: 0n,
  operatorId: player.operatorId,
  message,
  playerId: player.id,
  marketId: market.id,
  autoResolved: false,
});

const wallEvent = (context: Context, judged: Extract<WallJudgement, { ok: false }>): RiskEvent => ({
  ...refusedEvent(context, judged.message),
  type: 'wall_violation',
  severity: judged.wall === 1 ? 'info' : 'warning',
  wall: judged.wall,
  scope: { scope: judged.name, kind: 'refused', source: judged.source, category: context.market.category },
  value: judged.value,
  threshold: judged.limit,
});

const haltEvent = (context: Context, refusal: Refusal): RiskEvent => ({
  ...refusedEvent(context, refusal.message),
  type: 'circuit_breaker',
  severity: 'info',
  wall: null,
  scope: { scope: String(refusal.details?.['scope']), kind: 'refused', category: context.market.category },
  value: null,
  threshold: null,
});
