/** Prices in a process that runs no feed: it looks at what another process has written, only while somebody listens. */
import { firstIdAt } from '@predictu/contract/ids';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { PriceListener } from './feed.ts';
import { selectPricesSince } from './market-feed.sql.ts';

const EVERY_MS = 500;
/** A price may be committed after younger ones: this far back a look still finds it. */
const OVERLAP_MS = 10_000;
const FOLLOWER = { kind: 'worker', name: 'price-follower' } as const;

export type FollowOptions = { database: Database; clock: Clock; onError(error: unknown): void };

/** The `onPrices` of a feed that runs elsewhere, half a second later. */
export function followPrices({ database, clock, onError }: FollowOptions): { onPrices(listener: PriceListener): () => void } {
  const listeners = new Set<PriceListener>();
  let seen: Map<bigint, bigint> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking = false;

  async function look(): Promise<void> {
    const since = firstIdAt(new Date(clock.now().getTime() - OVERLAP_MS));
    const prices = await database.as(FOLLOWER, 'read', (db) => selectPricesSince(db, since));
    const known = seen;
    seen = new Map(prices.map(({ marketId, id }) => [marketId, id]));
    // The first look only learns where things stand: a new listener has just read them.
    const news = known ? prices.filter(({ marketId, id }) => known.get(marketId) !== id) : [];
    if (news.length > 0) for (const tell of listeners) tell(news);
  }
  function tick(): void {
    if (looking) return;
    looking = true;
    look()
      .catch(onError)
      .finally(() => {
        looking = false;
      });
  }
  return {
    onPrices(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, EVERY_MS).unref();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        seen = undefined;
      };
    },
  };
}
