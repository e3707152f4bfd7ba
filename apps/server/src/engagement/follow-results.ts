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

type Options = { database: Database; clock: Clock; newId: NewId };

const next = ({ database, clock, newId }: Options): Promise<boolean> =>
  database.as(WORKER, 'write', async (db) => {
    await db.query(`set local statement_timeout = '120s'`);
    const after = await lockResults(db);
    if (after === undefined) return false;
    const through = await resultsEnd(db, after, SLICE);
    if (through === after) return false;
    const now = clock.now();
    await addResults(db, after, through);
    await tellSettlements(db, after, through, newId(), new Date(now.getTime() - NEWS_MS), now);
    return true;
  });

/** Adds what there is; nothing while another process is at it. */
export async function followResults(options: Options): Promise<void> {
  while (await next(options)) {}
}

/** Once a day: boards nobody can ask for any more, and what was told or went off long ago. */
export const forgetResultsOfOld = ({ database, clock }: Pick<Options, 'database' | 'clock'>): Promise<void> =>
  database.as({ kind: 'worker', name: 'forget-results' }, 'write', async (db) => {
    const now = clock.now().getTime();
    await forgetResults(db, new Date(now - BOARDS_KEPT_MS));
    await forgetNotifications(db, new Date(now - TOLD_KEPT_MS));
    await forgetAlerts(db, new Date(now - TOLD_KEPT_MS));
  });
