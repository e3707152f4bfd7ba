/** The Polymarket source: the catalogue from Gamma, prices from the CLOB by websocket, confirmed by HTTP, results from the CLOB. */
import type { Clock } from '../platform/clock.ts';
import { asker } from './fetch-answer.ts';
import { backoff } from './retry.rules.ts';
import type { SourceEvent } from './source.rules.ts';
import { type Carried, frameReader, type MarketSource, type SourceListener } from './source.ts';
import { marketStream } from './stream-polymarket.ts';

export type PolymarketOptions = {
  gammaUrl: string;
  clobUrl: string;
  wsUrl: string;
  clock: Clock;
  /** Markets followed at once, the most traded first. */
  mostMarkets?: number;
  /** How often the catalogue is read, and how often every price is confirmed. */
  catalogueMs?: number;
  confirmMs?: number;
  timeoutMs?: number;
  pingMs?: number;
  retryMs?: number;
};

const LISTING = 'closed=false&active=true&archived=false&order=volume24hr&ascending=false';
const PAGE = 100;
const MOST_PAGES = 50;
const BOOKS_AT_ONCE = 100;
/** Markets that left the listing are asked for one by one; this many a round. */
const CHECKS = 25;
const LONGEST_RETRY_MS = 60_000;

type Heard = { body: unknown; events: readonly SourceEvent[] };

/** Runs a round again and again; a failed round comes back sooner at first and later each time. Never two at once. */
function everySo(round: () => Promise<number | null>, everyMs: number, retryMs: number, onTrouble: (message: string) => void): () => void {
  let [failures, stopped] = [0, false];
  let timer: NodeJS.Timeout | undefined;
  const go = async (): Promise<void> => {
    const waitMs = await round().catch((error: unknown) => {
      onTrouble(String(error));
      return 0;
    });
    if (stopped) return;
    failures = waitMs === null ? 0 : failures + 1;
    timer = setTimeout(go, waitMs === null ? everyMs : Math.max(waitMs, backoff(failures, retryMs, LONGEST_RETRY_MS)));
  };
  void go();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

export function polymarketSource(options: PolymarketOptions): MarketSource {
  const {
    gammaUrl,
    clobUrl,
    wsUrl,
    clock,
    mostMarkets = 400,
    catalogueMs = 60_000,
    confirmMs = 15_000,
    timeoutMs = 10_000,
    pingMs = 10_000,
    retryMs = 1_000,
  } = options;
  const http = asker(clock, timeoutMs);
  let stops: (() => void)[] = [];

  function follow(listener: SourceListener, carried: Carried): void {
    const reader = frameReader();
    /** The YES token of each market followed, by its source id. */
    let followed = new Map<string, string>();
    const unlisted = new Set(carried.open);

    const hear = (events: readonly SourceEvent[]): void => {
      for (const event of events) {
        if (event.kind === 'resolution' || (event.kind === 'market' && event.state === 'closed')) unlisted.delete(event.sourceId);
      }
      if (events.length > 0) listener.events(events);
    };
    /** Answers null when all went well, else how long to wait at least. */
    const ask = async (url: string, body?: unknown, use = (_: SourceEvent): boolean => true): Promise<Heard | { waitMs: number }> => {
      const answer = await http.ask(url, body);
      if (!answer.ok) {
        listener.trouble(answer.trouble);
        return { waitMs: answer.waitMs ?? 0 };
      }
      const events = reader.read({ body: answer.body, at: answer.at, key: new URL(url).pathname, confirms: true }).filter(use);
      hear(events);
      return { body: answer.body, events };
    };
    const stream = marketStream({
      url: wsUrl,
      pingMs,
      retryMs,
      onTrouble: (message) => listener.trouble(message),
      onMessage: (text) => hear(reader.read({ body: text, at: clock.now(), key: 'websocket' })),
      onSubscribed: () => void confirm(),
    });

    /** Reads the listing page by page into `listed`; null when all went well, else how long to wait. */
    async function readListing(listed: Map<string, string>): Promise<number | null> {
      for (let page = 0; page < MOST_PAGES && listed.size < mostMarkets; page += 1) {
        const answer = await ask(`${gammaUrl}/events?${LISTING}&limit=${PAGE}&offset=${page * PAGE}`);
        if ('waitMs' in answer) return answer.waitMs;
        // Not a page at all: the parser has counted it, the next round asks again.
        if (!Array.isArray(answer.body)) return 0;
        const open = answer.events.flatMap((event) =>
          event.kind === 'market' && event.state === 'open' && event.details.tokens
            ? [[event.sourceId, event.details.tokens[0]] as const]
            : [],
        );
        for (const [sourceId, token] of open.slice(0, mostMarkets - listed.size)) listed.set(sourceId, token);
        if (answer.body.length < PAGE) break;
      }
      return null;
    }

    async function catalogue(): Promise<number | null> {
      const listed = new Map<string, string>();
      const waitMs = await readListing(listed);
      if (waitMs !== null) return waitMs;
      for (const id of followed.keys()) unlisted.add(id);
      for (const id of listed.keys()) unlisted.delete(id);
      followed = listed;
      stream.subscribe([...followed.values()]);
      return checkUnlisted();
    }

    /** A followed market that is listed no longer has probably ended: the exchange names its winner. */
    async function checkUnlisted(): Promise<number | null> {
      for (const id of [...unlisted].slice(0, CHECKS)) {
        // Only its end is wanted: the catalogue knows more about a market, and prices here may be old trades instead of a book.
        const answer = await ask(
          `${clobUrl}/markets/${id}`,
          undefined,
          (event) => event.kind !== 'price' && !(event.kind === 'market' && event.state !== 'closed'),
        );
        if ('waitMs' in answer && answer.waitMs > 0) return answer.waitMs;
        // Asked for: it goes to the end of the queue, unless it has turned out closed.
        if (unlisted.delete(id) && !('body' in answer && isClosed(answer.body))) unlisted.add(id);
      }
      return null;
    }

    async function confirm(): Promise<number | null> {
      const tokens = [...followed.values()];
      for (let from = 0; from < tokens.length; from += BOOKS_AT_ONCE) {
        const answer = await ask(
          `${clobUrl}/books`,
          tokens.slice(from, from + BOOKS_AT_ONCE).map((token_id) => ({ token_id })),
        );
        if ('waitMs' in answer) return answer.waitMs;
      }
      return null;
    }
    stops = [
      everySo(catalogue, catalogueMs, retryMs, (message) => listener.trouble(message)),
      everySo(confirm, confirmMs, retryMs, (message) => listener.trouble(message)),
      () => stream.stop(),
    ];
  }

  return {
    name: 'polymarket',
    async start(listener, carried) {
      follow(listener, carried);
    },
    async stop() {
      for (const end of stops) end();
      await http.close();
    },
  };
}

const isClosed = (body: unknown): boolean => typeof body === 'object' && body !== null && 'closed' in body && body.closed === true;
