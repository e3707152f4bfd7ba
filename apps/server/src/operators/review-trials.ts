/** The hourly look at trials: tells what is due, and ends what is over. What it tells commits with what it does. */
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Database, Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { queueMail } from '../platform/queue-mail.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { noticeDue, readOnlyFrom, trialPhase } from './trial.rules.ts';
import { type DueTrial, noteNotice, selectAddresses, selectTrials, updateTrial } from './trial.sql.ts';
import { trialMail } from './trial-mails.ts';

const WORKER: Actor = { kind: 'worker', name: 'review-trials' };
const DAY_MS = 86_400_000;
const FIRST_NOTICE_DAYS = 7;
type At = { now: Date; newId: NewId };

async function endTrial(db: Db, trial: DueTrial, { now, newId }: At): Promise<void> {
  // Batches keep operators in memory.
  await takeTurn(db, now);
  await updateTrial(db, trial.id, { ...trial, readOnlySince: now }, now);
  await recordAudit(db, WORKER, newId(), now, {
    action: 'operator.read_only',
    subject: `operator:${trial.slug}`,
    operatorId: trial.id,
    before: { read_only_since: null },
    after: { read_only_since: now.toISOString() },
    reason: `The trial ended on ${trial.trialEndsAt.toISOString().slice(0, 10)}`,
  });
}

async function tell(db: Db, trial: DueTrial, { now, newId }: At): Promise<void> {
  const { id, name, trialEndsAt, told } = trial;
  const notice = noticeDue(trialEndsAt, now, told);
  if (!notice || !(await noteNotice(db, id, notice, trialEndsAt, now))) return;
  const data = { name, notice, ends_at: trialEndsAt.toISOString(), read_only_from: readOnlyFrom(trialEndsAt).toISOString() };
  const key = `trial:${notice}:${trialEndsAt.getTime()}`;
  await queueMail({ db, now, newId }, trialMail, { operatorId: id, to: await selectAddresses(db, id), data, key });
}

/** Answers how many trials it looked at. */
export async function reviewTrials(database: Database, now: Date, newId: NewId): Promise<number> {
  const until = new Date(now.getTime() + FIRST_NOTICE_DAYS * DAY_MS);
  const trials = await database.as(WORKER, 'read', (db) => selectTrials(db, until));
  for (const trial of trials) {
    await database.as(WORKER, 'write', async (db) => {
      if (trial.readOnlySince === null && trialPhase(trial.trialEndsAt, now) === 'over') await endTrial(db, trial, { now, newId });
      await tell(db, trial, { now, newId });
    });
  }
  return trials.length;
}
