/** The job that keeps the rollups: follows the facts in slices, each its own short transaction, outside of every trade. */
import type { Actor } from '../platform/actor.ts';
import type { Database, Db } from '../platform/db.ts';
import { addHoldings } from './holding.sql.ts';
import { addArrivals, addMarkets, addPlayerMoves, addSlice, clearRollups, lockState, sliceEnd } from './rollup.sql.ts';

const WORKER: Actor = { kind: 'worker', name: 'rollups' };
/** Trades of one slice: a second or two when catching up. */
const SLICE = 50_000;
/** Facts that the hours and days of markets may lack while there are many, and the most of one step. */
const MARKET_STEP = 100_000n;
/** Between two looks. What came since then a reader adds by itself: a few thousand facts at most, and the same hot cells are written half as often. */
const EVERY_MS = 1_000;
const MANY = 200n;

export type Rollups = {
  /** Adds everything there is; returns how many facts that were. Nothing while another process is at it. */
  run(): Promise<bigint>;
  /** Follows the facts until closed. Any number of processes may: one at a time does it. */
  start(): void;
  close(): Promise<void>;
};
export type RollupOptions = { database: Database; log: Record<'warn', (fields: object, message: string) => void> };

async function addNextMarkets(db: Db, after: bigint, through: bigint): Promise<void> {
  const step = await sliceEnd(db, after, 2 * Number(MARKET_STEP));
  await addMarkets(db, after, step < through ? step : through);
}

/** One slice. Undefined when another process is at it. `waiting`: facts the hours of markets lack already. */
const rollUpSlice = (database: Database, waiting: bigint): Promise<{ facts: bigint; marketsWait: boolean } | undefined> =>
  database.as(WORKER, 'write', async (db) => {
    // A settlement is one fact however many positions it closed.
    await db.query(`select set_config('statement_timeout', '120s', true), set_config('work_mem', '64MB', true)`);
    const state = await lockState(db);
    if (!state) return undefined;
    const [through] = await Promise.all([sliceEnd(db, state.lastId, SLICE), addArrivals(db), addPlayerMoves(db)]);
    const facts = through === state.lastId ? 0n : await addSlice(db, state.lastId, through);
    if (through !== state.lastId) await addHoldings(db, state.lastId, through, facts >= BigInt(SLICE));
    const marketsWait = facts >= MANY && waiting + facts < MARKET_STEP;
    if (!marketsWait && state.marketsLastId < through) await addNextMarkets(db, state.marketsLastId, through);
    return { facts, marketsWait };
  });

/** Adds what there is, once. */
export async function rollUp(database: Database): Promise<bigint> {
  let waiting = 0n;
  for (let facts = 0n; ; ) {
    const slice = await rollUpSlice(database, waiting);
    facts += slice?.facts ?? 0n;
    waiting = slice?.marketsWait ? waiting + slice.facts : 0n;
    if (!slice || slice.facts < MANY) return facts;
  }
}

/** Makes the rollups anew from the facts, in one transaction: readers see the old ones or the new ones. */
export const rebuildRollups = (database: Database): Promise<bigint> =>
  database.as(WORKER, 'write', async (db) => {
    await db.query('set local statement_timeout = 0');
    const state = await lockState(db);
    if (!state) throw new Error('Another process is rolling up; try again');
    await clearRollups(db);
    const facts = await addSlice(db, 0n, state.lastId, true);
    await addMarkets(db, 0n, state.marketsLastId);
    return facts;
  });

export function openRollups({ database, log }: RollupOptions): Rollups {
  let running: Promise<unknown> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function turn(): Promise<void> {
    try {
      await rollUp(database);
    } catch (error) {
      if (!closed) log.warn({ err: error }, 'the rollups could not be brought up to date; readers add what is missing');
    }
    if (!closed) timer = setTimeout(begin, EVERY_MS);
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
