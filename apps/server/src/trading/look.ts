/** Dry runs and quotes: the decisions of the batch over a read-only snapshot, on a connection of their own, many in one look. */
import { Failure, type Refusal } from '@predictu/contract/errors';
import { price, shares } from '@predictu/contract/units';
import type { Clock } from '../platform/clock.ts';
import type { NewId } from '../platform/ids.ts';
import type { Session } from '../platform/session.ts';
import type { QuoteSigner } from '../pricing/pricing.ts';
import { quoteExpiryMs } from '../pricing/quote.rules.ts';
import type { Quoted } from '../pricing/spread.rules.ts';
import { decide } from './decide.rules.ts';
import type { Answer, Operation, Order, Quote, QuoteRequest, TradeResult } from './operation.rules.ts';
import { pricesFor } from './order.rules.ts';
import { lookAt, lookWarmUp } from './transaction.ts';
import { allOrNothing, playerKey, type Settings, type World } from './world.rules.ts';

export type Looker = {
  preview(operation: Operation): Promise<Answer>;
  quote(request: QuoteRequest): Promise<{ quote: Quote } | { refusal: Refusal }>;
  /** The prices a player would get now; undefined while the market has none. */
  prices(request: { operatorId: bigint; playerId: bigint; marketId: bigint }): Promise<Quoted | undefined>;
  close(): Promise<void>;
};
/** `see` reads its answer off the world that was looked at for the operation. */
type Item = { operation: Operation; see(world: World): void; reject(error: unknown): void };

const CAP = 256;

const unkeyed = (operatorId: bigint, playerId: bigint, order: Order): Operation =>
  ({ kind: 'trade', operatorId, playerId, key: 'look', bodyHash: '0'.repeat(32), order });

const unwritten = (trade: TradeResult): TradeResult => ({ ...trade, id: 0n });

/** The answer as it would be, with nothing to show for it: no ids. */
function withoutIds(answer: Answer): Answer {
  if ('trade' in answer) return { ...answer, trade: unwritten(answer.trade) };
  if ('trades' in answer) return { ...answer, trades: answer.trades.map(unwritten) };
  if ('adjustment' in answer) return { ...answer, adjustment: { ...answer.adjustment, ledgerEntryId: 0n } };
  return answer;
}

const pretend = (world: World, operation: Operation): Answer => withoutIds(allOrNothing(world, () => decide(world, operation), () => true));

export async function openLooker(
  { connect, clock, newId, signer }: { connect(): Promise<Session>; clock: Clock; newId: NewId; signer: QuoteSigner },
): Promise<Looker> {
  let session = await connect();
  let settings: Settings | undefined = await lookWarmUp(session, clock);
  let queue: Item[] = [];
  let running = false;

  async function run(items: readonly Item[]): Promise<void> {
    try {
      if (!session.alive()) session = await connect();
      const world = await lookAt(session, items.map(({ operation }) => operation), settings, clock);
      settings = world.settings;
      for (const { see, reject } of items) {
        try {
          see(world);
        } catch (error) {
          reject(error);
        }
      }
    } catch (error) {
      const failure = session.alive() ? error : new Failure('UNAVAILABLE', 'The database cannot be reached');
      for (const { reject } of items) reject(failure);
    }
  }

  async function loop(): Promise<void> {
    running = true;
    await null;
    for (let items = queue.splice(0, CAP); items.length > 0; items = queue.splice(0, CAP)) await run(items);
    running = false;
  }

  const look = <T>(operation: Operation, read: (world: World) => T): Promise<T> =>
    new Promise((resolve, reject) => {
      queue.push({ operation, see: (world) => resolve(read(world)), reject });
      if (!running) loop();
    });
  const preview = (operation: Operation): Promise<Answer> => look(operation, (world) => pretend(world, operation));

  return {
    preview,
    prices({ operatorId, playerId, marketId }) {
      const order = { marketId, outcome: 'yes', side: 'buy' } as const;
      return look(unkeyed(operatorId, playerId, order), (world) => {
        const operator = world.settings.operators.get(operatorId);
        const player = world.players.get(playerKey(operatorId, playerId));
        const market = world.markets.get(marketId);
        return operator && player && market?.mid != null && market.pricedAt ? pricesFor(world, operator, player, market) : undefined;
      });
    },
    async quote({ operatorId, playerId, order }) {
      const answer = await preview(unkeyed(operatorId, playerId, order));
      if (!('trade' in answer)) return { refusal: (answer as { refusal: Refusal }).refusal };
      const { trade } = answer;
      const id = newId();
      const expiresAtMs = quoteExpiryMs(clock.now());
      const token = signer.signQuote({
        id, operatorId, playerId, marketId: order.marketId, outcome: order.outcome, side: order.side, amount: order.amount ?? null,
        quantity: order.quantity ?? null, price: price(trade.price), expiresAtMs, receipt: trade.receipt,
      });
      const { mid, amount, fee, receipt } = trade;
      return { quote: { id, token, price: trade.price, mid, quantity: shares(trade.quantity), amount, fee, expiresAt: new Date(expiresAtMs), receipt } };
    },
    async close() {
      for (const { reject } of queue) reject(new Failure('UNAVAILABLE', 'The server is stopping'));
      queue = [];
      await session.close();
    },
  };
}
