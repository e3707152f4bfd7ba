/** Dry runs, binding quotes and prices: the decisions of the batch over a snapshot, nothing written. */
import type { Refusal } from '@predictu/contract/errors';
import type { Clock } from '../platform/clock.ts';
import type { NewId } from '../platform/ids.ts';
import type { QuoteSigner } from '../pricing/pricing.ts';
import { quoteExpiryMs } from '../pricing/quote.rules.ts';
import type { Quoted } from '../pricing/spread.rules.ts';
import { decide } from './decide.rules.ts';
import type { Looker } from './look.ts';
import type { Answer, Operation, Order, Quote, QuoteRequest, TradeResult } from './operation.rules.ts';
import { pricesFor } from './order-price.rules.ts';
import { allOrNothing, marketFor, playerKey, type World } from './world.rules.ts';

export type Previews = {
  preview(operation: Operation): Promise<Answer>;
  quote(request: QuoteRequest): Promise<{ quote: Quote } | { refusal: Refusal }>;
  /** The prices a player would get now; undefined while the market has none. */
  prices(request: { operatorId: bigint; playerId: bigint; marketId: bigint }): Promise<Quoted | undefined>;
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

  return {
    preview,
    quote,
    prices({ operatorId, playerId, marketId }) {
      const order = { marketId, outcome: 'yes', side: 'buy' } as const;
      return looker.look(unkeyed(operatorId, playerId, order), (world) => {
        const operator = world.settings.operators.get(operatorId);
        const player = world.players.get(playerKey(operatorId, playerId));
        const market = marketFor(world, operatorId, marketId);
        return operator && player && market ? pricesFor(world, operator, player, market) : undefined;
      });
    },
  };
}
