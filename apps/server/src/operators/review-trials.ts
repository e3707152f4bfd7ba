/** The hourly look at trials: tells what is due, and ends what is over. What it tells commits with what it does. */
import type { Actor } from '../platform/actor.ts';
import { type AuditRow, auditNameOf, auditStatement } from '../platform/audit.ts';
import type { Database, Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { queueMails } from '../platform/queue-mail.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { noticeDue, readOnlyFrom, trialPhase } from './trial.rules.ts';
import { type DueTrial, endTrials, lockTrials, type Notice, noteNotices, selectTrials } from './trial.sql.ts';
import { trialMail } from './trial-mails.ts';

const WORKER: Actor = { kind: 'worker', name: 'review-trials' };
const DAY_MS = 86_400_000;
const FIRST_NOTICE_DAYS = 7;
const AT_ONCE = 200;
type At = { now: Date; newId: NewId };

const isOver = ({ readOnlySince, trialEndsAt }: Pick<DueTrial, 'readOnlySince' | 'trialEndsAt'>, now: Date): boolean =>
  readOnlySince === null && trialPhase(trialEndsAt, now) === 'over';

const auditOf = (trial: DueTrial, { now, newId }: At): AuditRow => ({
  id: newId(),
  operatorId: trial.id,
  actor: auditNameOf(WORKER),
  action: 'operator.read_only',
  subject: `operator:${trial.slug}`,
  before: { read_only_since: null },
  after: { read_only_since: now.toISOString() },
  reason: `The trial ended on ${trial.trialEndsAt.toISOString().slice(0, 10)}`,
  requestId: null,
});

async function end(db: Db, trials: readonly DueTrial[], at: At): Promise<void> {
  const over = trials.filter((trial) => isOver(trial, at.now));
  if (over.length === 0) return;
  const ids = over.map(({ id }) => id);
  await endTrials(db, ids, at.now);
  const audits = over.map((trial) => auditOf(trial, at));
  const { text, values } = auditStatement(audits, at.now.toISOString());
  await db.query(text, values);
}

async function tell(db: Db, trials: readonly DueTrial[], { now, newId }: At): Promise<void> {
  const due = trials.flatMap((trial): Notice[] => {
    const notice = noticeDue(trial.trialEndsAt, now, trial.told);
    return notice ? [{ trial, notice }] : [];
  });
  if (due.length === 0) return;
  const fresh = await noteNotices(db, due, now);
  const messages = fresh.map(({ trial: { id, name, trialEndsAt, recipients }, notice }) => ({
    operatorId: id,
    to: recipients,
    data: { name, notice, ends_at: trialEndsAt.toISOString(), read_only_from: readOnlyFrom(trialEndsAt).toISOString() },
    key: `trial:${notice}:${trialEndsAt.getTime()}`,
  }));
  await queueMails({ db, now, newId }, trialMail, messages);
}

/** Answers how many trials it looked at. */
export async function reviewTrials(database: Database, now: Date, newId: NewId): Promise<number> {
  const until = new Date(now.getTime() + FIRST_NOTICE_DAYS * DAY_MS);
  let looked = 0;
  for (let after = 0n; ; ) {
    const found = await database.as(WORKER, 'read', (db) => selectTrials(db, until, after, AT_ONCE));
    const last = found.at(-1);
    if (!last) return looked;
    await database.as(WORKER, 'write', async (db) => {
      // Batches keep operators in memory.
      const ends = found.some((trial) => isOver(trial, now));
      if (ends) await takeTurn(db, now);
      const ids = found.map(({ id }) => id);
      const trials = await lockTrials(db, ids, until);
      if (ends) await end(db, trials, { now, newId });
      await tell(db, trials, { now, newId });
    });
    looked += found.length;
    after = last.id;
  }
}
