/** Writes what became of a call, and with it, in the same transaction, whatever follows inside the wallet: a rollback, a debit undone, the next date. */
import type { Actor } from '../platform/actor.ts';
import type { Statement } from '../platform/arrays.ts';
import type { Database, Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import type { Attempt } from './attempt.rules.ts';
import { insertAttempts } from './attempt.sql.ts';
import { type Call, markRolledBack, rememberBalance, requestDelivery, updateCall } from './call.sql.ts';
import { insertCalls } from './call-write.sql.ts';
import { hasEnded, ROLLBACK_AFTER_MS, type Step } from './delivery.rules.ts';
import type { Outcome } from './outcome.rules.ts';
import type { EndedCall } from './trade-port.rules.ts';

const WORKER: Actor = { kind: 'worker', name: 'wallet' };
export type Recording = {
  call: Call;
  params: Record<string, unknown> | null;
  step: Step;
  /** Null when a step was taken without asking. */
  asked: { outcome: Outcome; attempt: Attempt } | null;
  now: Date;
};

/** False when another process has recorded this attempt of the call before; the request itself is logged either way. */
export async function recordAttempt(database: Database, newId: NewId, recording: Recording): Promise<boolean> {
  const { call, step, now } = recording;
  const statements = statementsOf(recording);
  if (isLast(call, step)) {
    // The end of a debit need not reach the disk before trading is told: trading's own commit brings it there, and without it nothing was told.
    const durable = call.method !== 'BET_MAKE';
    const [updated = []] = await database.exchange(WORKER, 'write', statements, { durable });
    return updated.length > 0;
  }
  return database.as(WORKER, 'write', async (db) => {
    const [updated = []] = await Promise.all(statements.map(({ text, values, name }) => db.query(text, values, name)));
    if (updated.length > 0) await follow(db, newId, call, step, now);
    return updated.length > 0;
  });
}

const answeredOf = (asked: Recording['asked']) =>
  asked && (asked.outcome.kind === 'confirmed' || asked.outcome.kind === 'refused') ? asked.outcome : null;

function statementsOf({ call, params, step, asked, now }: Recording): Statement[] {
  const answered = answeredOf(asked);
  const recorded = {
    ...step,
    params,
    answer: answered?.answer ?? null,
    balance: answered?.balance ?? null,
    settledAt: hasEnded(step.status) ? now : null,
  };
  const statements = [updateCall(call, recorded)];
  if (asked) statements.push(insertAttempts([asked.attempt]));
  if (answered && answered.balance !== null) statements.push(rememberBalance(call.operatorId, call.playerId, answered.balance, now));
  return statements;
}

/** What a step made of a debit when nothing is left of it but to tell trading; undefined of any other step. */
export function endOf({ call, params, step, asked, now }: Recording): EndedCall | undefined {
  const { status, attempts, reached, reason } = step;
  if (call.method !== 'BET_MAKE' || !isLast(call, step) || (status !== 'confirmed' && status !== 'refused')) return undefined;
  const { operatorId, id } = call;
  const answered = answeredOf(asked);
  const [answer, balance, attempt] = [answered?.answer ?? null, answered?.balance ?? null, asked?.attempt ?? null];
  return { operatorId, id, status, attemptsBefore: call.attempts, attempts, reached, reason, params, answer, balance, attempt, at: now };
}

/** Whether nothing follows from a step inside the wallet. */
const isLast = (call: Call, step: Step): boolean => !step.rollBack && step.nextAttemptAt === null && call.method !== 'BET_ROLLBACK';

async function follow(db: Db, newId: NewId, call: Call, step: Step, now: Date): Promise<void> {
  const { operatorId } = call;
  const dueAt = new Date(now.getTime() + ROLLBACK_AFTER_MS);
  if (step.rollBack) {
    const rollback = {
      ...call,
      id: newId(),
      method: 'BET_ROLLBACK',
      referenceId: call.id,
      createdAt: now,
      claimedUntil: null,
      dueAt,
    } as const;
    const { text, values, name } = insertCalls([rollback]);
    await db.query(text, values, name);
  }
  if (call.method === 'BET_ROLLBACK' && step.status === 'confirmed' && call.referenceId !== null) {
    await markRolledBack(db, operatorId, call.referenceId, now);
  }
  const due = step.rollBack ? dueAt : step.nextAttemptAt;
  if (due) await requestDelivery(db, operatorId, due);
}
