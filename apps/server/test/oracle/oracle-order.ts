/** One order, decided and applied by the oracle: what docs/pricing.md and docs/risk.md say, one step after the other. */
import { down, fullness, half, pricesOf, up } from './oracle-pricing.ts';
import {
  exposureOf,
  type OracleBreaker,
  type OracleMarket,
  type OracleOperator,
  type OracleOrder,
  type OraclePlayer,
  type OraclePosition,
  type OracleRefusal,
  type OracleTrade,
  type OracleWorld,
  scopeNames,
  sharesIn,
} from './oracle-world.ts';

const DAY = 86_400_000;
const no = (refused: string, about?: Record<string, unknown>): OracleRefusal => (about ? { refused, about } : { refused });

function whyNotTradeable(market: OracleMarket, operator: OracleOperator, side: string, now: number): string | undefined {
  if (market.status === 'resolved' || market.status === 'cancelled') return market.status;
  if (side === 'buy' && market.status === 'paused') return 'paused';
  if (side === 'buy' && !operator.allowedCategories.includes(market.category)) return 'category';
  if (market.endAt !== null && now >= market.endAt) return 'expired';
  if (market.mid === null || market.pricedAt === null) return 'no_price';
  if (now - market.pricedAt > 120_000) return 'stale';
  const margin = side === 'buy' ? 100 : 1;
  if (market.mid < margin || market.mid > 10_000 - margin) return 'out_of_bounds';
  if (side === 'buy' && market.liquidity < 10_000) return 'illiquid';
  return undefined;
}

function whyRestricted(player: OraclePlayer, market: OracleMarket, now: number): string | undefined {
  if (player.status !== 'active') return player.status;
  if (player.tier === 'banned') return 'banned';
  if (player.cooldownUntil !== null && now < player.cooldownUntil) return 'cooldown';
  if (player.blockedMarkets.includes(market.id)) return 'market';
  if (player.blockedCategories.includes(market.category)) return 'category';
  if (player.allowedCategories && !player.allowedCategories.includes(market.category)) return 'category';
  return undefined;
}

/** Exposure and limit of the scopes that breakers and the spread look at. */
function scopeLevels(world: OracleWorld, operator: OracleOperator, market: OracleMarket) {
  const names = scopeNames(operator.id, market);
  const { platform } = world;
  return {
    market: [sharesIn(world, names.market), platform.perMarket],
    category: [sharesIn(world, names.category), platform.categoryLimits[market.category] ?? null],
    operator: [sharesIn(world, names.operator), operator.exposureLimit],
    global: [sharesIn(world, names.global), platform.globalLimit],
  } as const;
}

const watches = (breaker: OracleBreaker, operator: OracleOperator, market: OracleMarket): boolean =>
  breaker.scope === 'global' || breaker.of === { operator: operator.id, category: market.category, market: market.id }[breaker.scope];

/** Trips and resets what the exposure of the moment trips and resets; says which scope is halted then. */
function lookAtBreakers(world: OracleWorld, operator: OracleOperator, market: OracleMarket): string | undefined {
  const levels = scopeLevels(world, operator, market);
  let halted: string | undefined;
  for (const breaker of world.breakers) {
    if (!watches(breaker, operator, market)) continue;
    const [exposure, limit] = levels[breaker.scope];
    const full = breaker.threshold !== null && fullness(exposure, limit) >= breaker.threshold;
    if (breaker.status === 'armed' && full) {
      breaker.status = 'tripped';
      breaker.trippedAt = world.now;
    } else if (
      breaker.status === 'tripped' &&
      breaker.autoReset &&
      !full &&
      breaker.trippedAt !== null &&
      world.now >= breaker.trippedAt + breaker.cooldown
    ) {
      breaker.status = 'armed';
      breaker.trippedAt = null;
    }
    if (breaker.status === 'tripped') halted ??= breaker.scope;
  }
  return halted;
}

function brokenWall(
  world: OracleWorld,
  operator: OracleOperator,
  player: OraclePlayer,
  market: OracleMarket,
  cost: number,
  quantity: number,
) {
  const { platform, now } = world;
  const grown = now - player.createdAt >= 7 * DAY && player.trades >= 5;
  const tier = player.limitTier === 'new' && grown ? 'regular' : player.limitTier;
  const perTrade = Math.min(
    platform.perTrade,
    platform.userMaxBet,
    operator.maxBet,
    player.maxBet ?? Infinity,
    operator.limitTiers[tier] ?? Infinity,
    player.tier === 'restricted' ? 10_000 : Infinity,
  );
  if (cost > perTrade) return { wall: 1, limit: perTrade, value: cost };
  const levels = scopeLevels(world, operator, market);
  const with_ = (level: readonly [number, number | null]): [number, number] => [level[0] + quantity, level[1] ?? Infinity];
  const own = with_([sharesIn(world, scopeNames(operator.id, market).operatorCategory), operator.categoryLimits[market.category] ?? null]);
  const shared = with_(levels.category);
  const walls: [number, [number, number]][] = [
    [2, with_(levels.market)],
    [3, own[1] - own[0] < shared[1] - shared[0] ? own : shared],
    [4, with_(levels.operator)],
    [5, with_(levels.global)],
  ];
  for (const [wall, [value, limit]] of walls) if (value > limit) return { wall, limit, value };
  return undefined;
}

/** The price now, or the quote's; a refusal when it is worse than the one accepted. */
function priceFor(
  world: OracleWorld,
  operator: OracleOperator,
  player: OraclePlayer,
  market: OracleMarket,
  order: OracleOrder,
): { at: number; mid: number } | OracleRefusal {
  let at: number;
  let mid: number;
  if (order.quote === undefined) {
    const { platform } = world;
    const levels = Object.values(scopeLevels(world, operator, market));
    const open = exposureOf(world, scopeNames(operator.id, market).market);
    const yesMid = market.mid ?? 0;
    const prices = pricesOf({
      mid: yesMid,
      base: operator.spreadOverride ?? platform.baseSpread,
      least: platform.leastSpread,
      most: platform.mostSpread,
      multiplier: platform.multiplier,
      discountFrom: platform.discountFrom,
      discount: platform.discount,
      liquidity: market.liquidity,
      utilisation: Math.max(...levels.map(([exposure, limit]) => fullness(exposure, limit))),
      yes: open.yes,
      no: open.no,
      score: player.score,
      volume: player.volume,
      age: Math.max(0, world.now - (market.pricedAt ?? 0)),
    });
    at =
      order.outcome === 'yes' ? (order.side === 'buy' ? prices.yesAsk : prices.yesBid) : order.side === 'buy' ? prices.noAsk : prices.noBid;
    mid = order.outcome === 'yes' ? yesMid : 10_000 - yesMid;
  } else {
    if (order.quote === 'forged') return no('QUOTE_INVALID', { reason: 'signature' });
    const { quote } = order;
    const same =
      quote.operator === operator.id &&
      quote.player === player.id &&
      quote.market === order.market &&
      quote.outcome === order.outcome &&
      quote.side === order.side &&
      quote.amount === (order.amount ?? null) &&
      quote.quantity === (order.quantity ?? null);
    if (!same) return no('QUOTE_INVALID', { reason: 'mismatch' });
    if (world.now >= quote.expiresAt) return no('QUOTE_EXPIRED');
    if (world.usedQuotes.has(quote.id)) return no('QUOTE_INVALID', { reason: 'used' });
    ({ price: at, mid } = quote);
  }
  const worse = order.limitPrice !== undefined && (order.side === 'buy' ? at > order.limitPrice : at < order.limitPrice);
  return worse ? no('PRICE_CHANGED', { price: at / 10_000 }) : { at, mid };
}

function positionOf(world: OracleWorld, player: OraclePlayer, order: OracleOrder): OraclePosition {
  const name = `${player.operator}/${player.id}/${order.market}/${order.outcome}`;
  let position = world.positions.get(name);
  if (!position) {
    position = {
      operator: player.operator,
      player: player.id,
      market: order.market,
      outcome: order.outcome,
      quantity: 0,
      cost: 0,
      realized: 0,
      atOpen: 0,
      trades: 0,
    };
    world.positions.set(name, position);
  }
  return position;
}

type Sized = { at: number; mid: number; quantity: number; amount: number; fee: number };

/** Everything a trade moves. `shares` and `cost` are signed: what the position gains. */
function apply(
  world: OracleWorld,
  player: OraclePlayer,
  market: OracleMarket,
  order: OracleOrder,
  sized: Sized,
  shares: number,
  cost: number,
  realized: number | null,
): OracleTrade {
  const position = positionOf(world, player, order);
  if (position.quantity === 0) position.atOpen = position.realized;
  position.quantity += shares;
  position.cost += cost;
  position.realized += realized ?? 0;
  position.trades += 1;
  player.openShares += shares;
  player.realized += realized ?? 0;
  player.trades += 1;
  player.volume += sized.amount;
  player.fees += sized.fee;
  player.balance += (order.side === 'buy' ? -sized.amount : sized.amount) - sized.fee;
  if (position.quantity === 0) {
    player.closed += 1;
    if (position.realized > position.atOpen) player.won += 1;
  }
  for (const name of Object.values(scopeNames(player.operator, market))) {
    const row = exposureOf(world, name);
    row[order.outcome] += shares;
    row.cost += cost;
    row.volume += sized.amount;
    row.trades += 1;
  }
  if (order.quote && order.quote !== 'forged') world.usedQuotes.add(order.quote.id);
  const spread = half(Math.abs(sized.at - sized.mid) * sized.quantity, 10_000);
  return {
    market: order.market,
    outcome: order.outcome,
    side: order.side,
    price: sized.at,
    mid: sized.mid,
    quantity: sized.quantity,
    amount: sized.amount,
    fee: sized.fee,
    spread,
    realized,
    balance: player.balance,
  };
}

function buy(
  world: OracleWorld,
  operator: OracleOperator,
  player: OraclePlayer,
  market: OracleMarket,
  order: OracleOrder,
  at: number,
  mid: number,
) {
  const stake = order.amount ?? 0;
  const quantity = down(stake * 10_000, at);
  if (stake < operator.minBet || quantity === 0) return no('AMOUNT_TOO_SMALL');
  const amount = up(quantity * at, 10_000);
  const fee = half(amount * (operator.feeBps ?? world.platform.feeBps), 10_000);
  const halted = lookAtBreakers(world, operator, market);
  if (halted) return no('CIRCUIT_BREAKER', { scope: halted });
  const wall = brokenWall(world, operator, player, market, amount, quantity);
  if (wall) return no('RISK_LIMIT', { wall: wall.wall, limit_usd: wall.limit / 100, value_usd: wall.value / 100 });
  if (player.balance < amount + fee) return no('INSUFFICIENT_BALANCE');
  const trade = apply(world, player, market, order, { at, mid, quantity, amount, fee }, quantity, amount, null);
  lookAtBreakers(world, operator, market);
  return trade;
}

function sell(
  world: OracleWorld,
  operator: OracleOperator,
  player: OraclePlayer,
  market: OracleMarket,
  order: OracleOrder,
  at: number,
  mid: number,
) {
  const quantity = order.quantity ?? 0;
  const held = positionOf(world, player, order);
  if (quantity > held.quantity) return no('INSUFFICIENT_SHARES');
  const amount = down(quantity * at, 10_000);
  if (amount === 0) return no('AMOUNT_TOO_SMALL');
  const fee = half(amount * (operator.feeBps ?? world.platform.feeBps), 10_000);
  if (player.balance + amount < fee) return no('INSUFFICIENT_BALANCE');
  const leaving = down(held.cost * quantity, held.quantity);
  return apply(world, player, market, order, { at, mid, quantity, amount, fee }, -quantity, -leaving, amount - leaving);
}

export function decideOrder(
  world: OracleWorld,
  operator: OracleOperator,
  player: OraclePlayer,
  order: OracleOrder,
): OracleTrade | OracleRefusal {
  const market = world.markets.get(order.market);
  if (!market) return no('NOT_FOUND');
  const closed = whyNotTradeable(market, operator, order.side, world.now);
  if (closed) return no('MARKET_NOT_TRADEABLE', { reason: closed });
  const restricted = order.side === 'buy' ? whyRestricted(player, market, world.now) : undefined;
  if (restricted) return no('PLAYER_RESTRICTED', { reason: restricted });
  const priced = priceFor(world, operator, player, market, order);
  if ('refused' in priced) return priced;
  return (order.side === 'buy' ? buy : sell)(world, operator, player, market, order, priced.at, priced.mid);
}
