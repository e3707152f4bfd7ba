/** A player's stream: prices and balance as they are, then everything that changes, own rows exactly once. */
import { Failure } from '@predictu/contract/errors';
import type { Id } from '@predictu/contract/ids';
import type { streamPlayer as endpoint } from '@predictu/contract/player/stream';
import { complement, type Price } from '@predictu/contract/units';
import type { Database } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import type { StreamEvent } from '../platform/server-sent-events.ts';
import type { FollowedRow, PlayerFeed } from './follow-players.ts';
import { selectPrices, selectStart } from './player-feed.sql.ts';

/** A price the market feed has just written. */
export type PriceChange = { marketId: bigint; mid: Price | null; at: Date | null };
/** Tells every price from now on; returns what ends it. */
export type ListenToPrices = (listener: (changes: readonly PriceChange[]) => void) => () => void;
/** Tells what a player is told from now on; returns what ends it. */
export type FollowNotifications = (player: { operatorId: bigint; playerId: bigint }, deliver: (told: object) => void) => () => void;
export type StreamServices = {
  database: Database;
  feed: PlayerFeed;
  listenToPrices: ListenToPrices;
  followNotifications: FollowNotifications;
  /** Has an outside wallet asked for the balance; the feed tells what it answers. */
  refreshBalance(player: { operatorId: bigint; playerId: bigint }): void;
};

/** After this the reader reconnects, with a session that is then looked at again. */
const LIFETIME_MS = 15 * 60_000;
/** A reader that far behind is cut off; it resumes where it was. */
const WAITING_ROWS_AT_MOST = 5_000;
const LONGEST_ID = 19;

function readLastEventId(text: string | undefined): bigint | undefined {
  if (text === undefined || text === '') return undefined;
  if (text.length <= LONGEST_ID && /^\d+$/.test(text)) return BigInt(text);
  const fields = [{ field: 'Last-Event-ID', received: text.slice(0, 80), expected: 'the id of an event of this stream' }];
  throw new Failure('BAD_REQUEST', 'The Last-Event-ID header is not an id of this stream', { fields });
}

const priceEvent = ({ marketId, mid, at }: PriceChange) => ({
  market_id: marketId as Id<'market'>,
  yes_price: mid,
  no_price: mid === null ? null : complement(mid),
  priced_at: at,
});

/** Not part of the sequence: not replayed, its list has it. */
type Told = { id: undefined; event: 'notification'; data: object };

/** What waits to be sent: every own row, but only the latest price of each market. */
function openOutbox() {
  let wake: () => void = () => {};
  let overflowing = false;
  const rows: (FollowedRow | Told)[] = [];
  const prices = new Map<bigint, PriceChange>();
  return {
    addRows(added: readonly FollowedRow[]): void {
      rows.push(...added);
      overflowing ||= rows.length > WAITING_ROWS_AT_MOST;
      wake();
    },
    addTold(notification: object): void {
      rows.push({ id: undefined, event: 'notification', data: notification });
      wake();
    },
    addPrice(change: PriceChange): void {
      prices.set(change.marketId, change);
      wake();
    },
    overflows: () => overflowing,
    nextRow: () => rows.shift(),
    nextPrice(): PriceChange | undefined {
      const [oldest] = prices.values();
      if (oldest) prices.delete(oldest.marketId);
      return oldest;
    },
    /** Until something waits, or the stream has ended. */
    async filled(signal: AbortSignal): Promise<void> {
      if (rows.length > 0 || prices.size > 0 || signal.aborted) return;
      await new Promise<void>((resolve) => {
        wake = () => {
          signal.removeEventListener('abort', wake);
          resolve();
        };
        signal.addEventListener('abort', wake);
      });
    },
  };
}

export const streamPlayer =
  ({ database, feed, listenToPrices, followNotifications, refreshBalance }: StreamServices): Handler<typeof endpoint> =>
  async ({ actor }, { query, lastEventId }) => {
    const { operatorId, playerId } = actor;
    const resumeAfter = readLastEventId(lastEventId);

    return async function* (closed: AbortSignal): AsyncGenerator<StreamEvent> {
      const signal = AbortSignal.any([closed, AbortSignal.timeout(LIFETIME_MS)]);
      const outbox = openOutbox();
      // Before the first look at prices: what changes meanwhile waits in the outbox.
      let offered: ReadonlySet<bigint> | undefined;
      const stopPrices = listenToPrices((changes) => {
        for (const change of changes) if (!offered || offered.has(change.marketId)) outbox.addPrice(change);
      });
      const stopTold = followNotifications(actor, outbox.addTold);
      let stopRows = () => {};
      try {
        const [prices, start] = await database.as({ kind: 'worker', name: 'player-feed' }, 'read', (db) =>
          Promise.all([selectPrices(db, operatorId, query.markets), selectStart(db, operatorId, playerId)]),
        );
        if (!start) return;
        const now = start.last_id;
        let seen = resumeAfter === undefined || resumeAfter > now ? now : resumeAfter;
        offered = new Set(prices.map(({ id }) => id));
        const event = (name: string, data: unknown): StreamEvent => ({ id: String(seen), event: name, data });
        for (const row of prices) yield event('price', priceEvent({ marketId: row.id, mid: row.mid, at: row.priced_at }));
        yield event('balance', { balance_usd: start.balance_cents, entry: null });
        stopRows = feed.follow({ operatorId, playerId, after: seen, booksAfter: now, walletAt: start.wallet_at }, outbox.addRows);
        refreshBalance(actor);
        while (!signal.aborted && !outbox.overflows()) {
          for (let row = outbox.nextRow(); row; row = outbox.nextRow()) {
            seen = row.id ?? seen;
            yield event(row.event, row.data);
          }
          const change = outbox.nextPrice();
          if (change && offered.has(change.marketId)) yield event('price', priceEvent(change));
          await outbox.filled(signal);
        }
      } finally {
        stopPrices();
        stopTold();
        stopRows();
      }
    };
  };
