/** Decides a settlement: one transaction fixes the result of the market and what every position gets, all or none. */
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Db } from '../platform/db.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { fixResult, insertRecords, reduceExposure, type Subject, selectFeeBps } from './decide.sql.ts';
import { isUnpaid } from './pay.sql.ts';
import { lockSettlement, type Settlement, selectOfMarket } from './settlement.sql.ts';
import { writePayouts } from './write-payouts.ts';

const WORKER: Actor = { kind: 'worker', name: 'settlement' };

/** What a result of a market would be decided on: its open positions, or what earlier decisions came to. */
export async function subjectOf(db: Db, { marketId, outcome }: Pick<Settlement, 'marketId' | 'outcome'>): Promise<Subject> {
  const [all, feeBps] = await Promise.all([selectOfMarket(db, marketId), selectFeeBps(db)]);
  const decided = all.filter(({ status }) => status === 'decided');
  const [root] = decided;
  const last = decided.at(-1);
  if (!root || !last) return { marketId, outcome, feeBps, corrects: null };
  return { marketId, outcome, feeBps: root.feeBps ?? 0, corrects: { rootId: root.id, lastId: last.id } };
}

const mayBeDecided = ({ status, needsApproval, approvedBy, decideAt }: Settlement, now: Date): boolean =>
  status === 'proposed' && (!needsApproval || approvedBy !== null) && decideAt !== null && decideAt <= now;

/** False when somebody else has decided it, it is not due, or what it corrects is not paid yet. */
export function decideSettlement(database: Database, clock: Clock, id: bigint): Promise<boolean> {
  return database.as(WORKER, 'write', async (db) => {
    // Much larger than anything else a worker does; the sequencer is held only for its last statements.
    const [, settlement] = await Promise.all([db.query(`set local statement_timeout = '120s'`), lockSettlement(db, id)]);
    const now = clock.now();
    if (!settlement || !mayBeDecided(settlement, now)) return false;
    const subject = await subjectOf(db, settlement);
    if (subject.corrects && (await isUnpaid(db, subject.corrects.lastId))) return false;
    await writePayouts({ db, clock, id, subject, now });
    const closed = await insertRecords(db, id, subject, now);
    // Sent together, in this order: the sequencer is held for one answer's way less.
    const [decisionId] = await Promise.all([
      takeTurn(db, now),
      closed.length > 0 && !subject.corrects && reduceExposure(db, subject, closed),
    ]);
    await fixResult(db, settlement, { decisionId, feeBps: subject.feeBps, now });
    return true;
  });
}
