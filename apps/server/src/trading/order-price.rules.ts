/** The price of an order: its quote's, or that of the moment; never a worse one than was accepted. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { FULL_PRICE, type Price, price } from '@predictu/contract/units';
import { checkAcceptedPrice, checkQuote } from '../pricing/quote.rules.ts';
import { makeReceipt, type Receipt } from '../pricing/receipt.rules.ts';
import { executionPrice, midOf, type PricingInputs, priceMarket, type Quoted } from '../pricing/spread.rules.ts';
import { type Watched, watchedScopes, worstUtilisation } from './halt.rules.ts';
import { quoteKey, type ReadOrder } from './operation.rules.ts';
import { answerKey, scopesOf, type World } from './world.rules.ts';
import type { Market, Operator, Player, Scopes } from './world-rows.rules.ts';

/** Everything one order is decided on. */
export type Context = {
  world: World;
  operator: Operator;
  player: Player;
  order: ReadOrder;
  market: Market;
  scopes: Scopes;
  watched: Watched[];
};
/** `quoteId` is null for a price of the moment. */
export type Priced = { at: Price; mid: Price; receipt: Receipt; quoteId: bigint | null };

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

/** The four prices of a market for this player now; undefined while it has no price, or a certain one. */
export function pricesFor(world: World, operator: Operator, player: Player, market: Market): Quoted | undefined {
  const { mid, pricedAt } = market;
  if (mid === null || pricedAt === null || mid < 1n || mid >= FULL_PRICE) return undefined;
  const scopes = scopesOf(world, operator.id, market);
  return priceMarket(pricingInputs({ world, operator, player, market, scopes, watched: watchedScopes(world, operator, market, scopes) }));
}

/** The market must be tradeable. */
export function priceOrder(context: Context): Priced | Refusal {
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
