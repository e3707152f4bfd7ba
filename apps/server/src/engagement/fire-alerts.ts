/** Alerts go off as prices arrive, in the process that runs the feed; once each, whoever looks. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { insertNotifications } from './notification.sql.ts';
import { spansOf } from './price-alert.rules.ts';
import { fireAlerts, type Span, selectAwaited } from './price-alert.sql.ts';

type Change = Parameters<typeof spansOf>[0][number];
type AlertOptions = {
  database: Database;
  clock: Clock;
  newId: NewId;
  onPrices(listener: (changes: readonly Change[]) => void): () => void;
  onError(error: unknown): void;
};
type AlertFollower = {
  /** Looks at what has been heard so far. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

const WORKER = { kind: 'worker', name: 'price-alerts' } as const;

export function followAlerts({ database, clock, newId, onPrices, onError }: AlertOptions): AlertFollower {
  let waiting: Change[] = [];
  let running: Promise<void> | undefined;

  const fire = (spans: readonly Span[]): Promise<void> =>
    database.as(WORKER, 'write', async (db) => {
      const now = clock.now();
      const fired = await fireAlerts(db, spans, now);
      const notes = fired.map(({ operator_id: operatorId, player_id: playerId, market_id: marketId, direction, price }) => {
        const data = { direction, price: Number(price) };
        return { operatorId, playerId, id: newId(), kind: 'price_alert' as const, marketId, data };
      });
      if (notes.length > 0) await insertNotifications(db, notes, now);
    });

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const changes = waiting;
      waiting = [];
      const spans = spansOf(changes);
      if (spans.length === 0) continue;
      await fire(spans).catch((error) => {
        waiting = [...changes, ...waiting];
        throw error;
      });
    }
  }
  const flush = (): Promise<void> => {
    running ??= drain().finally(() => {
      running = undefined;
    });
    return running;
  };

  const stop = onPrices((changes) => {
    waiting.push(...changes);
    flush().catch(onError);
  });
  // What moved while nobody listened.
  running = database
    .as(WORKER, 'read', selectAwaited)
    .then((spans) => (spans.length > 0 ? fire(spans) : undefined))
    .catch(onError)
    .finally(() => {
      running = undefined;
    });
  return {
    flush: async () => {
      await running;
      await flush();
    },
    async stop() {
      stop();
      await running?.catch(onError);
    },
  };
}
