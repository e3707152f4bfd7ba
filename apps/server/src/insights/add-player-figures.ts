/** The job that keeps the figures of players: a few minutes behind the facts, which readers make up for. */
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import { addPlayerSlice, lockPlayerState } from './player-figure.sql.ts';
import { sliceEnd } from './rollup.sql.ts';

const WORKER: Actor = { kind: 'worker', name: 'add-player-figures' };
/** Trades of one transaction. */
const SLICE = 20_000;

const addNext = (database: Database): Promise<bigint | undefined> =>
  database.as(WORKER, 'write', async (db) => {
    await db.query(`set local statement_timeout = '120s'`);
    const after = await lockPlayerState(db);
    if (after === undefined) return undefined;
    const through = await sliceEnd(db, after, SLICE);
    return through === after ? undefined : addPlayerSlice(db, after, through);
  });

/** Adds what there is, in slices; nothing while another process is at it. Returns how many trades that were. */
export async function addPlayerFigures(database: Database): Promise<bigint> {
  for (let added = 0n; ; ) {
    const facts = await addNext(database);
    if (facts === undefined) return added;
    added += facts;
  }
}
