/** Moving an operator's credits: opened with a trial grant, paid for an answer, paid back when it fails, topped up by the platform. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { type Cents, cents, ZERO_CENTS } from '@predictu/contract/units';
import { type CreditMove, creditEntry } from '../ledger/credit-entry.rules.ts';
import type { Actor } from '../platform/actor.ts';
import { auditNameOf } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Db } from '../platform/db.ts';
import { takeTurn } from '../platform/sequencer.ts';
import {
  beginAnswer,
  endAnswer,
  forgetLowTold,
  insertAccount,
  lockAccount,
  lockAnswer,
  post,
  selectAbandoned,
  selectBalance,
  selectTopUp,
} from './credit.sql.ts';
import { tellLowCredits } from './credit-mail.ts';

/** Credits, which are cents. */
const TRIAL_GRANT = cents(500n);
export const ANSWER_PRICE: Readonly<Record<'claude' | 'rules', Cents>> = { claude: cents(5n), rules: cents(1n) };

/** Below this an operator is told. */
const LOW = cents(100n);

const WORKER: Actor = { kind: 'worker', name: 'copilot-credits' };

type Move = { operatorId: bigint; type: CreditMove; amount: Cents; description: string; metadata: object | null };

/** Undefined when the credits do not cover it. The caller holds the sequencer and the account. */
async function move(
  db: Db,
  balance: Cents,
  id: bigint,
  { operatorId, type, amount, description, metadata }: Move,
  now: Date,
): Promise<Cents | undefined> {
  const entry = creditEntry(balance, type, amount, description);
  if (!entry) return undefined;
  await post(db, { ...entry, operatorId, id, metadata: metadata && JSON.stringify(metadata) }, now);
  return entry.balanceAfter;
}

/** Takes the sequencer, then the account, which is opened with the trial grant when there is none. */
async function open(db: Db, operatorId: bigint, now: Date): Promise<{ balance: Cents; nextId(): Promise<bigint> }> {
  let id: bigint | undefined = await takeTurn(db, now);
  const nextId = async (): Promise<bigint> => {
    const taken = id ?? (await takeTurn(db, now));
    id = undefined;
    return taken;
  };
  const balance = await lockAccount(db, operatorId);
  if (balance !== undefined) return { balance, nextId };
  await insertAccount(db, operatorId, now);
  const grant: Move = { operatorId, type: 'credit_grant', amount: TRIAL_GRANT, description: 'Trial grant', metadata: null };
  const granted = await move(db, ZERO_CENTS, await nextId(), grant, now);
  return { balance: granted ?? ZERO_CENTS, nextId };
}

/** What is left; the first look opens the account. */
export async function readCredits(database: Database, operatorId: bigint, now: Date): Promise<Cents> {
  const known = await database.as(WORKER, 'read', (db) => selectBalance(db, operatorId));
  return known ?? database.as(WORKER, 'write', async (db) => (await open(db, operatorId, now)).balance);
}

export type Asked = {
  operatorId: bigint;
  key: string;
  bodyHash: string;
  engine: 'claude' | 'rules';
  model: string | null;
  actor: Actor;
  newId(): bigint;
};
export type Reserved = { id: bigint; balance: Cents; price: Cents } | { replay: unknown; balance: Cents };

/** Pays for an answer, once for each key, or finds the one that was paid for. */
export function reserveAnswer(database: Database, asked: Asked, now: Date): Promise<Reserved | Refusal> {
  const { operatorId, key, bodyHash, engine } = asked;
  return database
    .as(WORKER, 'write', async (db): Promise<Reserved | Refusal> => {
      const { balance, nextId } = await open(db, operatorId, now);
      const known = await lockAnswer(db, operatorId, key);
      if (known && known.bodyHash !== bodyHash)
        return refuse('IDEMPOTENCY_KEY_REUSED', 'The idempotency key was used before with another body');
      if (known?.status === 'pending') return refuse('IN_FLIGHT', 'This is being answered');
      if (known?.status === 'done') return { replay: known.answer, balance };
      const price = ANSWER_PRICE[engine];
      const id = known?.id ?? asked.newId();
      await beginAnswer(db, { ...asked, id, price, askedBy: auditNameOf(asked.actor).join(':') }, now);
      const paid: Move = {
        operatorId,
        type: 'copilot_answer',
        amount: price,
        description: 'Answer of the copilot',
        metadata: { answer: String(id) },
      };
      const left = await move(db, balance, await nextId(), paid, now);
      if (left === undefined) throw new Uncovered(balance, price);
      if (left < LOW) await tellLowCredits({ db, now, newId: asked.newId }, { operatorId, left, prices: ANSWER_PRICE });
      return { id, balance: left, price };
    })
    .catch((error: unknown) => {
      if (error instanceof Uncovered) return error.refusal;
      throw error;
    });
}

/** Rolls the reservation back; nothing of it stays. */
class Uncovered extends Error {
  readonly refusal: Refusal;
  constructor(balance: Cents, price: Cents) {
    super('credits');
    this.refusal = refuse('INSUFFICIENT_CREDITS', 'The credits do not cover an answer', { balance: Number(balance), price: Number(price) });
  }
}

type Answered = { operatorId: bigint; id: bigint; price: Cents };

/** Keeps the answer that was paid for. False when its credits were paid back meanwhile. */
export const completeAnswer = (database: Database, answered: Answered, answer: unknown, now: Date): Promise<boolean> =>
  database.as(WORKER, 'write', (db) => endAnswer(db, answered, { answer }, now));

/** Pays an answer back that failed, once; returns the balance. */
export const refundAnswer = (database: Database, { operatorId, id, price }: Answered, failure: string, now: Date): Promise<Cents> =>
  database.as(WORKER, 'write', async (db) => {
    const { balance, nextId } = await open(db, operatorId, now);
    if (!(await endAnswer(db, { operatorId, id }, { failure }, now))) return balance;
    const back: Move = {
      operatorId,
      type: 'copilot_refund',
      amount: price,
      description: 'The answer failed',
      metadata: { answer: String(id) },
    };
    return (await move(db, balance, await nextId(), back, now)) ?? balance;
  });

/** Of processes that ended in the middle of one. Longer than any answer takes. */
const ABANDONED_AFTER_MS = 10 * 60_000;
export async function refundAbandoned(database: Database, clock: Clock): Promise<number> {
  const now = clock.now();
  const abandoned = await database.as(WORKER, 'read', (db) => selectAbandoned(db, new Date(now.getTime() - ABANDONED_AFTER_MS)));
  for (const one of abandoned) await refundAnswer(database, one, 'abandoned', now);
  return abandoned.length;
}

export type TopUp = { operatorId: bigint; amount: Cents; reason: string; key: string; bodyHash: string };
/** Once for each key. Returns the balance before and after, alike when it was done before. */
export function topUp(
  database: Database,
  { operatorId, amount, reason, key, bodyHash }: TopUp,
  audit: (db: Db, id: bigint, before: Cents, after: Cents) => Promise<unknown>,
  now: Date,
): Promise<Refusal | undefined> {
  return database.as(WORKER, 'write', async (db) => {
    const { balance, nextId } = await open(db, operatorId, now);
    const known = await selectTopUp(db, operatorId, key);
    if (known)
      return known.bodyHash === bodyHash
        ? undefined
        : refuse('IDEMPOTENCY_KEY_REUSED', 'The idempotency key was used before with another body');
    const id = await nextId();
    const metadata = { key, body_hash: bodyHash };
    const after = await move(db, balance, id, { operatorId, type: 'credit_top_up', amount, description: reason, metadata }, now);
    if (after !== undefined && after >= LOW) await forgetLowTold(db, operatorId);
    await audit(db, id, balance, after ?? balance);
    return undefined;
  });
}
