/** Runs a source: collects its events, applies them in batches, tells listeners about prices, and notices silence. */
import type { Database } from '../platform/db.ts';
import { type ApplyContext, applySourceEvents, FEED_WORKER } from './apply-source-events.ts';
import type { Tick } from './changes.rules.ts';
import { noteError, noteSilence, raiseAnomalies, readFeeds, readOpenMarkets, resolveSilence } from './feed-state.sql.ts';
import type { SourceEvent } from './source.rules.ts';
import type { MarketSource, SourceListener } from './source.ts';

export type FeedLog = { info(detail: object, message: string): void; warn(detail: object, message: string): void };
export type FeedOptions = Omit<ApplyContext, 'source'> & {
  source: MarketSource;
  log: FeedLog;
  /** How often events are applied, in milliseconds. */
  everyMs?: number;
  /** Without a usable event for this long the feed counts as silent. */
  silentAfterMs?: number;
};
export type PriceListener = (prices: readonly Tick[]) => void;
export type Feed = {
  start(): Promise<void>;
  /** Applies what has been heard so far and looks for silence; the timer does it too. */
  flush(): Promise<void>;
  /** Called after the commit, in this process; answers how to stop listening. */
  onPrices(listener: PriceListener): () => void;
  stop(): Promise<void>;
};

const EVERY_MS = 250;
const SILENT_AFTER_MS = 30_000;
/** Events of one transaction: more would hold the sequencer for too long. */
const BATCH = 500;
/** Events kept while the database is away; beyond it only the last price of each market is worth keeping. */
const MOST_WAITING = 20_000;
const MOST_CARRIED = 5_000;

/** Drops prices that a later one of the same market makes pointless. */
function lastPricesOnly(events: readonly SourceEvent[]): SourceEvent[] {
  const last = new Map<string, SourceEvent>();
  for (const event of events) if (event.kind === 'price') last.set(event.sourceId, event);
  return events.filter((event) => event.kind !== 'price' || last.get(event.sourceId) === event).slice(-MOST_WAITING);
}

export function marketFeed({ source, log, everyMs = EVERY_MS, silentAfterMs = SILENT_AFTER_MS, ...context }: FeedOptions): Feed {
  const { database, clock } = context;
  const listeners = new Set<PriceListener>();
  let waiting: SourceEvent[] = [];
  let trouble: string | undefined;
  let notedTrouble = '';
  let troubleAt = clock.now();
  let heardAt = clock.now();
  let silent = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const listener: SourceListener = {
    events(events) {
      if (events.some(({ kind }) => kind !== 'set_aside')) heardAt = clock.now();
      waiting = waiting.concat(events);
      if (waiting.length > MOST_WAITING) waiting = lastPricesOnly(waiting);
    },
    trouble(message) {
      trouble = message;
      troubleAt = clock.now();
    },
  };

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      try {
        const { ticks } = await applySourceEvents({ ...context, source: source.name }, batch);
        if (ticks.length > 0) for (const tell of listeners) tell(ticks);
      } catch (error) {
        waiting = batch.concat(waiting);
        throw error;
      }
    }
  }

  async function forgetTrouble(): Promise<void> {
    await database.as(FEED_WORKER, 'write', (db) => noteError(db, source.name, null));
    [trouble, notedTrouble] = [undefined, ''];
  }

  async function watch(): Promise<void> {
    const now = clock.now();
    if (trouble !== undefined && trouble !== notedTrouble) {
      await database.as(FEED_WORKER, 'write', (db) => noteError(db, source.name, trouble ?? null));
      log.warn({ source: source.name, trouble }, 'market source in trouble');
      notedTrouble = trouble;
    }
    if (notedTrouble !== '' && now.getTime() - troubleAt.getTime() > silentAfterMs) await forgetTrouble();
    const overdue = now.getTime() - heardAt.getTime() > silentAfterMs;
    if (overdue === silent) return;
    await (overdue ? reportSilence(database, source, heardAt, now) : reportRecovery(database, source, now));
    silent = overdue;
    log.warn({ source: source.name, silent }, overdue ? 'market feed silent' : 'market feed speaks again');
  }

  const flush = (): Promise<void> => {
    running ??= drain()
      .then(watch)
      .finally(() => {
        running = undefined;
      });
    return running;
  };

  return {
    flush,
    async start() {
      const [feeds, open] = await database.as(FEED_WORKER, 'read', (db) =>
        Promise.all([readFeeds(db), readOpenMarkets(db, source.name, MOST_CARRIED)]),
      );
      const known = feeds.find((feed) => feed.source === source.name);
      silent = known?.silentSince != null;
      heardAt = clock.now();
      await source.start(listener, { lastHeard: known?.lastEventAt ?? null, open: open.map(({ sourceId }) => sourceId) });
      timer = setInterval(() => {
        flush().catch((error: unknown) => log.warn({ err: error, source: source.name }, 'market events not applied, trying again'));
      }, everyMs);
      log.info({ source: source.name }, 'market feed started');
    },
    onPrices(tell) {
      listeners.add(tell);
      return () => {
        listeners.delete(tell);
      };
    },
    async stop() {
      clearInterval(timer);
      await source.stop();
      await flush().catch((error: unknown) => log.warn({ err: error }, 'last market events not applied'));
    },
  };
}

function reportSilence(database: Database, source: MarketSource, since: Date, now: Date): Promise<void> {
  return database.as(FEED_WORKER, 'write', async (db) => {
    const seconds = Math.round((now.getTime() - since.getTime()) / 1_000);
    await raiseAnomalies(
      db,
      [
        {
          severity: 'critical',
          message: `Market feed silent: nothing usable from ${source.name} for ${seconds} seconds`,
          scope: { kind: 'feed_silent', feed: source.name, since: since.toISOString() },
        },
      ],
      now,
    );
    await noteSilence(db, source.name, since);
  });
}

function reportRecovery(database: Database, source: MarketSource, now: Date): Promise<void> {
  return database.as(FEED_WORKER, 'write', async (db) => {
    await raiseAnomalies(
      db,
      [{ severity: 'info', message: `Market feed speaks again: ${source.name}`, scope: { kind: 'feed_back', feed: source.name } }],
      now,
    );
    await resolveSilence(db, source.name, now);
    await noteSilence(db, source.name, null);
  });
}
