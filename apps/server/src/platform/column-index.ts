/**
 * Wide lists chosen from columns in memory, in a thread of its own (docs/decisions/0010-reads.md). The thread starts with the first question and
 * ends after ten minutes without one; as long as it has no answer, whoever asks takes another way.
 */
import { Worker } from 'node:worker_threads';
import type { Answered, Asked, Beside, ListQuestion } from './column-follower.ts';
import type { Db } from './db.ts';
import type { Choice, Slice, Sort } from './page.ts';

export type ColumnIndex = {
  /** Whether the table of this name has so many rows that it is worth it, as of its last analysis. */
  suits(db: Db, noun: string): Promise<boolean>;
  /** Undefined while it cannot say. */
  ask<C extends Choice>(noun: string, question: ListQuestion<unknown>): Promise<C | undefined>;
  /** What else a noun knows of its rows; undefined while it cannot say. */
  consult<R>(noun: string, matter: unknown): Promise<R | undefined>;
  close(): Promise<void>;
};
export type ColumnIndexOptions = {
  /** Of the thread's file, which calls `startFollowing`; it is handed the URL of the database. */
  thread: URL;
  appUrl: string;
  log: { warn(fields: object, message: string): void };
};

const IDLE_MS = 600_000;
/** Rows below which every list is a matter of milliseconds in SQL; a page of markets by their totals looks at all of them. */
const WIDE_FROM = 50_000;
const WIDE_FROM_OF: Record<string, number> = { markets: 1_000 };
const SIZE_HOLDS_MS = 60_000;
/** A thread that broke is not begun anew for so long. */
const REST_MS = 30_000;
/** A thread has no loader of the sources of its own. */
const LOADER = import.meta.resolve('tsx/esm/api');
const begin = (thread: URL): string => `import('${LOADER}').then(({ register }) => { register(); return import('${thread.href}'); });`;

export function openColumnIndex({ thread, appUrl, log }: ColumnIndexOptions): ColumnIndex {
  const open = new Map<number, (reply: unknown) => void>();
  const sizes = new Map<string, { wide: boolean; until: number }>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let asked = 0;
  let closed = false;
  let restedAt = 0;

  function forget(gone: Worker): void {
    if (worker !== gone) return;
    worker = undefined;
    for (const answer of open.values()) answer(undefined);
    open.clear();
  }

  function start(): Worker {
    const started = new Worker(begin(thread), { eval: true, workerData: appUrl });
    started.unref();
    started.on('message', ({ n, reply, error }: Answered) => {
      if (error !== undefined) log.warn({ err: error }, 'a list in memory cannot follow the database');
      open.get(n)?.(reply ?? undefined);
      open.delete(n);
    });
    started.on('error', (error) => {
      log.warn({ err: error }, 'the lists in memory are gone; they begin anew later');
      restedAt = performance.now() + REST_MS;
      forget(started);
    });
    started.on('exit', () => forget(started));
    return started;
  }

  async function stop(): Promise<void> {
    clearTimeout(idle);
    idle = undefined;
    const stopping = worker;
    if (stopping) forget(stopping);
    await stopping?.terminate();
  }

  function tell<R>(what: { noun: string } & ({ question: ListQuestion<unknown> } | { matter: unknown })): Promise<R | undefined> {
    if (closed || performance.now() < restedAt) return Promise.resolve(undefined);
    worker ??= start();
    if (idle) idle.refresh();
    else idle = setTimeout(stop, IDLE_MS).unref();
    asked += 1;
    const n = asked;
    return new Promise((resolve) => {
      open.set(n, resolve as (reply: unknown) => void);
      worker?.postMessage({ n, ...what } satisfies Asked);
    });
  }

  return {
    async suits(db, noun) {
      const known = sizes.get(noun);
      if (known && (known.wide || performance.now() < known.until)) return known.wide;
      const [row] = await db.query<{ rows: number }>('select reltuples as rows from pg_class where oid = $1::regclass', [noun]);
      const wide = (row?.rows ?? 0) >= (WIDE_FROM_OF[noun] ?? WIDE_FROM);
      sizes.set(noun, { wide, until: performance.now() + SIZE_HOLDS_MS });
      return wide;
    },
    ask: (noun, question) => tell({ noun, question }),
    consult: (noun, matter) => tell({ noun, matter }),
    async close() {
      closed = true;
      await stop();
    },
  };
}

type Choose<F, S, C extends Choice> = (db: Db, filter: F, sort: S, slice: Slice) => Promise<C>;

/** The same choice by the index of the table of this name, as soon as it can say; in SQL until then, and then with nothing beside it. */
export const byColumns =
  <F, S extends Sort<string>, C extends Choice>(
    index: ColumnIndex,
    noun: string,
    inSql: Choose<F, S, C>,
    beside?: Beside,
  ): Choose<F, S, C> =>
  async (db, filter, { sort, order }, slice) => {
    const choice = (await index.suits(db, noun)) ? await index.ask<C>(noun, { filter, sort: { sort, order }, slice, beside }) : undefined;
    return choice ?? inSql(db, filter, { sort, order } as S, slice);
  };

/** Asks the index of the table of this name; undefined as long as it cannot say. */
export const consulting =
  <M, R>(index: ColumnIndex, noun: string) =>
  async (db: Db, matter: M): Promise<R | undefined> =>
    (await index.suits(db, noun)) ? index.consult<R>(noun, matter) : undefined;
