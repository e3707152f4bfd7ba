/** Proposes results the market source has named, where a second signal agrees; where two disagree, holds the market and says so. */
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { proposeSettlement } from './propose-settlement.ts';
import { selectSignalled } from './settlement.sql.ts';
import { judgeSignals } from './signals.rules.ts';

const WORKER: Actor = { kind: 'worker', name: 'market-source' };

/** Returns how many were proposed or held. */
export async function proposeFromSource(database: Database, clock: Clock, newId: () => bigint): Promise<number> {
  const signalled = await database.as(WORKER, 'read', selectSignalled);
  let count = 0;
  for (const { marketId, mid, signals } of signalled) {
    const verdict = judgeSignals(signals, mid);
    if (verdict.kind === 'wait') continue;
    const { result: outcome, evidence } = verdict;
    const change = { actor: WORKER, now: clock.now(), newId };
    await database.as(WORKER, 'write', (db) =>
      proposeSettlement(db, { ...change, marketId, outcome, evidence, evidenceUrl: null, held: verdict.kind === 'held' }),
    );
    count += 1;
  }
  return count;
}
