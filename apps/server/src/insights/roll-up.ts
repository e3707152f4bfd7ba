/** The job that keeps the rollups: follows the facts in slices, each its own short transaction, outside of every trade. */
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import { addArrivals, addSlice, clearRollups, lockState, sliceEnd } from './rollup.sql.ts';

const WORKER: Actor = { kind: 'worker', name: 'rollups' };
/** Trades of one slice: a few hundred milliseconds when catching up. */
const SLICE = 20_000;
/** Between two looks: what a reader adds by itself stays small under load, and a quiet installation is left alone. */
const BUSY_MS = 250;
const QUIET_MS = 1_000;
const MANY = 200n;

export type Rollups = {
  /** Adds everything there is; returns how many facts that were. Nothing while another process is at it. */
  run(): Promise<bigint>;
  /** Follows the facts until closed. Any number of processes may: one at a time does it. */
  start(): void;
  close(): Promise<void>;
};
export type RollupOptions = { database: Database; log: Record<'warn', (fields: object, message: string) => void> };

/** One slice. Undefined when there is nothing to add or another process is at it. */
const rollUpSlice = (database: Database): Promise<{ facts: bigint; more: boolean } | undefined> =>
  database.as(WORKER, 'write', async (db) => {
    // A settlement is one fact however many positions it closed.
    await db.query(`set local statement_timeout = '120s'`);
    const after = await lockState(db);
    if (after === undefined) return undefined;
    const [through] = await Promise.all([sliceEnd(db, after, SLICE), addArrivals(db)]);
    if (through === after) return undefined;
    const facts = await addSlice(db, after, through);
    return { facts, more: facts >= BigInt(SLICE) };
  });

/** Adds what there is, once. */
export async function rollUp(database: Database): Promise<bigint> {
  for (let facts = 0n; ; ) {
    const slice = await rollUpSlice(database);
    facts += slice?.facts ?? 0n;
    if (!slice?.more) return facts;
  }
}

/** Makes the rollups anew from the facts, in one transaction: readers see the old ones or the new ones. */
export const rebuildRollups = (database: Database): Promise<bigint> =>
  database.as(WORKER, 'write', async (db) => {
    await db.query('set local statement_timeout = 0');
    const through = await lockState(db);
    if (through === undefined) throw new Error('Another process is rolling up; try again');
    await clearRollups(db);
    return addSlice(db, 0n, through, true);
  });

export function openRollups({ database, log }: RollupOptions): Rollups {
  let running: Promise<unknown> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function turn(): Promise<void> {
    let wait = QUIET_MS;
    try {
      if ((await rollUp(database)) >= MANY) wait = BUSY_MS;
    } catch (error) {
      if (!closed) log.warn({ err: error }, 'the rollups could not be brought up to date; readers add what is missing');
    }
    if (!closed) timer = setTimeout(begin, wait);
  }
  function begin(): void {
    running = turn();
  }

  return {
    run: () => rollUp(database),
    start: begin,
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
