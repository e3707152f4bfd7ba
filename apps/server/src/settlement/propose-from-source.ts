/**
 * Proposes results the market source has named, where a second signal agrees; where two disagree, holds the market and says so; where there is no
 * second one, says that it waits, once.
 */
import { Failure } from '@predictu/contract/errors';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { type Change, proposeSettlement } from './propose-settlement.ts';
import { insertResultEvent, markUnsure, type Signalled, selectSignalled } from './settlement.sql.ts';
import { judgeSignals, type Verdict } from './signals.rules.ts';

const WORKER: Actor = { kind: 'worker', name: 'market-source' };

const sayUnsure = (database: Database, marketId: bigint, { result, evidence }: Extract<Verdict, { kind: 'unsure' }>, now: Date) =>
  database.as(WORKER, 'write', async (db) => {
    const id = await takeTurn(db, now);
    const message = `The source says ${result} and waits for a second signal or a person: ${evidence}`;
    await insertResultEvent(db, { id, marketId, kind: 'settlement_unsure', severity: 'warning', message, now });
    await markUnsure(db, marketId, now);
  });

/** True when a result was proposed or the market held. */
async function follow(database: Database, { marketId, mid, signals, unsureSince }: Signalled, change: Change): Promise<boolean> {
  const verdict = judgeSignals(signals, mid);
  if (verdict.kind === 'wait') return false;
  if (verdict.kind === 'unsure') {
    if (unsureSince === null) await sayUnsure(database, marketId, verdict, change.now);
    return false;
  }
  const { result: outcome, evidence } = verdict;
  const proposal = { ...change, marketId, outcome, evidence, evidenceUrl: null, held: verdict.kind === 'held' };
  try {
    await database.as(WORKER, 'write', (db) => proposeSettlement(db, proposal));
    return true;
  } catch (error) {
    // Somebody was faster: what they proposed counts.
    if (error instanceof Failure && error.code === 'CONFLICT') return false;
    throw error;
  }
}

/** Returns how many were proposed or held. */
export async function proposeFromSource(database: Database, clock: Clock, newId: () => bigint): Promise<number> {
  const signalled = await database.as(WORKER, 'read', selectSignalled);
  let count = 0;
  for (const one of signalled) if (await follow(database, one, { actor: WORKER, now: clock.now(), newId })) count += 1;
  return count;
}
