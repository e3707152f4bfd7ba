/** Dry runs, binding quotes and prices: the decisions of the batch over a snapshot, nothing written. */
import type { Refusal } from '@predictu/contract/errors';
import { cents, shares } from '@predictu/contract/units';
import type { Clock } from '../platform/clock.ts';
import type { NewId } from '../platform/ids.ts';
import { quantityFor } from '../pricing/fees.rules.ts';
import type { QuoteSigner } from '../pricing/pricing.ts';
import { quoteExpiryMs } from '../pricing/quote.rules.ts';
import type { Quoted } from '../pricing/spread.rules.ts';
import { tradeability } from '../pricing/tradeable.rules.ts';
import { perTradeLimit } from '../risk/walls.rules.ts';
import { decide } from './decide.rules.ts';
import { watchedScopes } from './halt.rules.ts';
import type { Looker } from './look.ts';
import type { Answer, Operation, Order, Quote, QuoteRequest, TradeResult } from './operation.rules.ts';
import { type HouseLevel, houseLevels, roomAt } from './order-book.rules.ts';
import { pricesFor } from './order-price.rules.ts';
import { wallInput } from './order-walls.rules.ts';
import { restrictionOf } from './restriction.rules.ts';
import { allOrNothing, marketFor, playerKey, scopesOf, type World } from './world.rules.ts';
import type { Market, Operator, Player } from './world-rows.rules.ts';

export type Place = { operatorId: bigint; playerId: bigint; marketId: bigint };
export type Previews = {
  preview(operation: Operation): Promise<Answer>;
  quote(request: QuoteRequest): Promise<{ quote: Quote } | { refusal: Refusal }>;
  /** The prices a player would get now; undefined while the market has none. */
  prices(request: Place): Promise<Quoted | undefined>;
  /** Where the house trades with this player at once, and how much in one trade; nothing while the market cannot be traded. */
  houseLevels(request: Place): Promise<HouseLevel[]>;
};

const unkeyed = (operatorId: bigint, playerId: bigint, order: Order): Operation => {
  const bodyHash = '0'.repeat(32);
  return { kind: 'trade', operatorId, playerId, key: 'look', bodyHash, order };
};

const unwritten = (trade: TradeResult): TradeResult => ({ ...trade, id: 0n });

/** The answer as it would be, with nothing to show for it: no ids. */
function withoutIds(answer: Answer): Answer {
  if ('trade' in answer) return { ...answer, trade: unwritten(answer.trade) };
  if ('trades' in answer) return { ...answer, trades: answer.trades.map(unwritten) };
  if ('adjustment' in answer) return { ...answer, adjustment: { ...answer.adjustment, ledgerEntryId: 0n } };
  return answer;
}

/** Decides and takes everything back: the next one sees the world as it was. */
function pretend(world: World, operation: Operation): Answer {
  const decided = (): Answer => decide(world, operation);
  return withoutIds(allOrNothing(world, decided, () => true));
}

export type PreviewOptions = { looker: Looker; clock: Clock; newId: NewId; signer: QuoteSigner };

export function openPreviews({ looker, clock, newId, signer }: PreviewOptions): Previews {
  const preview = (operation: Operation): Promise<Answer> => looker.look(operation, (world) => pretend(world, operation));

  async function quote({ operatorId, playerId, order }: QuoteRequest): Promise<{ quote: Quote } | { refusal: Refusal }> {
    const answer = await preview(unkeyed(operatorId, playerId, order));
    if ('refusal' in answer) return { refusal: answer.refusal };
    if (!('trade' in answer)) throw new Error('An order was answered with something else');
    const { price, mid, quantity, amount, fee, receipt } = answer.trade;
    const { marketId, outcome, side } = order;
    const id = newId();
    const expiresAtMs = quoteExpiryMs(clock.now());
    const asked = { operatorId, playerId, marketId, outcome, side, amount: order.amount ?? null, quantity: order.quantity ?? null };
    const token = signer.signQuote({ id, ...asked, price, expiresAtMs, receipt });
    return { quote: { id, token, price, mid, quantity, amount, fee, expiresAt: new Date(expiresAtMs), receipt } };
  }

  /** Reads something off the world of one player and one market. */
  function lookAtMarket<T>({ operatorId, playerId, marketId }: Place, read: (found: Found) => T | undefined): Promise<T | undefined> {
    const order = { marketId, outcome: 'yes', side: 'buy' } as const;
    return looker.look(unkeyed(operatorId, playerId, order), (world) => {
      const operator = world.settings.operators.get(operatorId);
      const player = world.players.get(playerKey(operatorId, playerId));
      const market = marketFor(world, operatorId, marketId);
      return operator && player && market ? read({ world, operator, player, market }) : undefined;
    });
  }

  return {
    preview,
    quote,
    prices: (place) => lookAtMarket(place, ({ world, operator, player, market }) => pricesFor(world, operator, player, market)),
    houseLevels: async (place) => (await lookAtMarket(place, offeredIn)) ?? [],
  };
}

type Found = { world: World; operator: Operator; player: Player; market: Market };

/** The house's side of the book: nothing to buy where buying is closed, nothing at all where selling is. */
function offeredIn({ world, operator, player, market }: Found): HouseLevel[] {
  const quoted = pricesFor(world, operator, player, market);
  const closed = (side: 'buy' | 'sell'): boolean =>
    !tradeability(market, { allowedCategories: operator.allowedCategories, now: world.now, side }).tradeable;
  if (!quoted || closed('sell')) return [];
  const scopes = scopesOf(world, operator.id, market);
  const order = { marketId: market.id, outcome: 'yes', side: 'buy' } as const;
  const context = { world, operator, player, order, market, scopes, watched: watchedScopes(world, operator, market, scopes) };
  const input = wallInput(context, { amount: cents(0n), quantity: shares(0n) });
  const shut = closed('buy') || restrictionOf(player, market, world.now) !== undefined;
  return houseLevels(
    quoted,
    (at) => (shut ? shares(0n) : roomAt(input, at)),
    (at) => quantityFor(perTradeLimit(input.perTrade).limit, at),
  );
}
