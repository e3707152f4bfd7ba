/** The job behind leaderboards and settlement notifications: follows trades, fills and settlements in the order of their commits. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { forgetNotifications } from './notification.sql.ts';
import { forgetAlerts } from './price-alert.sql.ts';
import { addResults, forgetResults, lockResults, resultsEnd, tellSettlements } from './result.sql.ts';

const WORKER = { kind: 'worker', name: 'follow-results' } as const;
/** Trades of one transaction. */
const SLICE = 20_000;
const DAY_MS = 86_400_000;
/** What was settled before is no news. */
const NEWS_MS = 2 * DAY_MS;
const BOARDS_KEPT_MS = 70 * DAY_MS;
const TOLD_KEPT_MS = 180 * DAY_MS;

type Options = { database: Database; clock: Clock; newId: NewId; slice?: number };
/** The last id a notification took; whether there may be more to tell. */
type Turn = { lastId: bigint; more: boolean };

const turn = ({ database, clock, newId, slice = SLICE }: Options, lastId: bigint): Promise<Turn> =>
  database.as(WORKER, 'write', async (db) => {
    await db.query(`set local statement_timeout = '120s'`);
    const after = await lockResults(db);
    if (after === undefined) return { lastId, more: false };
    const { through, isLast } = await resultsEnd(db, after, slice);
    if (through === after) return { lastId, more: false };
    const now = clock.now();
    await addResults(db, after, through);
    // Two turns may fall in one millisecond, of which each takes as many ids as it tells.
    const fresh = newId();
    const id = fresh > lastId ? fresh : lastId;
    const told = await tellSettlements(db, { after, through, id, notBefore: new Date(now.getTime() - NEWS_MS), now });
    return { lastId: id + told, more: !isLast };
  });

/** Adds what there is; nothing while another process is at it. What comes meanwhile is left for the next time, or it would never end. */
export async function followResults(options: Options): Promise<void> {
  for (let done: Turn = { lastId: 0n, more: true }; done.more; ) done = await turn(options, done.lastId);
}

/** Once a day: boards nobody can ask for any more, and what was told or went off long ago. */
export const forgetResultsOfOld = ({ database, clock }: Pick<Options, 'database' | 'clock'>): Promise<void> =>
  database.as({ kind: 'worker', name: 'forget-results' }, 'write', async (db) => {
    const now = clock.now().getTime();
    await forgetResults(db, new Date(now - BOARDS_KEPT_MS));
    await forgetNotifications(db, new Date(now - TOLD_KEPT_MS));
    await forgetAlerts(db, new Date(now - TOLD_KEPT_MS));
  });
