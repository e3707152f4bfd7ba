/** Housekeeping: a launch token that has expired cannot be replayed, so it need not be remembered; nor how often a key was used long ago. */
import type { Db } from '../platform/db.ts';
import { forgetRequests } from './api-key-list.sql.ts';
import { deleteExpiredLaunchTokens } from './player-session.sql.ts';

const AT_ONCE = 5_000;
const MOST_BATCHES = 200;
const REQUESTS_KEPT_MS = 7 * 86_400_000;

/** Forgets launch tokens batch by batch, so that no statement runs long, and says how many went: at most a million a call. */
export async function forgetExpired(db: Db, now: Date, atOnce = AT_ONCE, mostBatches = MOST_BATCHES): Promise<number> {
  await forgetRequests(db, new Date(now.getTime() - REQUESTS_KEPT_MS));
  let forgotten = 0;
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const gone = await deleteExpiredLaunchTokens(db, now, atOnce);
    forgotten += gone;
    if (gone < atOnce) break;
  }
  return forgotten;
}
