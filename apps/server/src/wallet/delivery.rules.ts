/**
 * The life of a call: what an attempt makes of it, when the next one is due, when a debit is rolled back, when a person must look.
 * Every sequence of outcomes ends; money owed to a player ends confirmed or failed, never nowhere (docs/decisions/0008-wallets.md).
 */
import type { CallStatus, MoneyMethod } from './call.rules.ts';
import type { Outcome, Refused } from './outcome.rules.ts';

/** Waits double up to this; a rollback's and, with a long schedule, a credit's. */
const LONGEST_WAIT_MS = 300_000;
const MINUTE_MS = 60_000;
/** Open for longer, a call is an alarm. */
export const ALARM_AFTER_MS = 5 * MINUTE_MS;
/** A rollback, and a call that could not be sent at all, go to a person after this. */
export const GIVE_UP_AFTER_MS = 24 * 60 * MINUTE_MS;

/** A rollback leaves the debit it undoes this long to arrive: a wallet that meets them the other way round may take both. */
export const ROLLBACK_AFTER_MS = 2_000;

/** From the configuration: attempts after the first, and the first wait in milliseconds. */
export type RetryPolicy = { retryMax: number; backoffMs: number };
export type CallState = {
  method: MoneyMethod;
  status: CallStatus;
  /** Attempts of this round so far. */
  attempts: number;
  reached: boolean;
  /** When this round began. */
  startedAt: Date;
};
export type ReasonCode = Refused | 'WALLET_UNREACHABLE' | 'WALLET_TIMEOUT';
export type Reason = { code: ReasonCode; message: string };
export type Step = {
  status: CallStatus;
  attempts: number;
  reached: boolean;
  /** Null: not again by itself. */
  nextAttemptAt: Date | null;
  reason: Reason | null;
  /** A BET_ROLLBACK of this BET_MAKE is to be written with this step. */
  rollBack: boolean;
};

/** Milliseconds between attempt number `attempt` and the next: doubling, the latter half of it times `jitter` in [0, 1). */
export function waitAfter(attempt: number, { backoffMs }: RetryPolicy, jitter: number): number {
  const full = Math.min(LONGEST_WAIT_MS, backoffMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full / 2 + (full / 2) * jitter);
}

/** From its beginning, how long a debit may be asked for: all its waits and a minute for the attempts themselves. */
export function debitBoundMs(policy: RetryPolicy): number {
  let sum = MINUTE_MS;
  for (let attempt = 1; attempt <= policy.retryMax; attempt += 1) sum += waitAfter(attempt, policy, 1);
  return sum;
}

const after = (now: Date, milliseconds: number): Date => new Date(now.getTime() + milliseconds);
const age = ({ startedAt }: CallState, now: Date): number => now.getTime() - startedAt.getTime();

const TIMED_OUT: Reason = { code: 'WALLET_TIMEOUT', message: 'The wallet gave no usable answer; the debit is undone' };

/** What one attempt makes of a call. `jitter` is in [0, 1). */
export function afterAttempt(
  call: CallState,
  outcome: Outcome,
  { now, policy, jitter }: { now: Date; policy: RetryPolicy; jitter: number },
): Step {
  const attempts = call.attempts + 1;
  const reached = call.reached || outcome.kind !== 'unsent';
  const end = (status: CallStatus, reason: Reason | null, rollBack = false): Step => ({
    status,
    attempts,
    reached,
    nextAttemptAt: null,
    reason,
    rollBack,
  });
  if (outcome.kind === 'confirmed') return end('confirmed', null);
  if (outcome.kind === 'refused') {
    const reason: Reason = { code: outcome.code, message: outcome.detail ?? `The wallet answered ${outcome.code}` };
    if (call.method !== 'BET_MAKE') return end('failed', reason);
    // An earlier attempt may still have been carried out: undoing is right either way.
    return call.reached ? end('unknown', reason, true) : end('refused', reason);
  }
  const status = reached ? 'unknown' : 'pending';
  const again = (): Step => ({
    status,
    attempts,
    reached,
    nextAttemptAt: after(now, waitAfter(attempts, policy, jitter)),
    reason: { code: reached ? 'WALLET_TIMEOUT' : 'WALLET_UNREACHABLE', message: outcome.detail },
    rollBack: false,
  });
  if (call.method === 'BET_MAKE') {
    if (!reached) return end('refused', { code: 'WALLET_UNREACHABLE', message: outcome.detail });
    return attempts <= policy.retryMax && age(call, now) < debitBoundMs(policy) ? again() : end('unknown', TIMED_OUT, true);
  }
  if (call.method === 'BET_ROLLBACK') {
    return age(call, now) < GIVE_UP_AFTER_MS ? again() : end('failed', { code: 'WALLET_TIMEOUT', message: outcome.detail });
  }
  return attempts <= policy.retryMax ? again() : end('failed', { code: 'WALLET_TIMEOUT', message: outcome.detail });
}

/** Before a due attempt: ask now, wait for the circuit, or what to do instead of asking. */
export function beforeAttempt(
  call: CallState,
  { now, policy, open }: { now: Date; policy: RetryPolicy; open: boolean },
): 'ask' | 'wait' | { instead: Step } {
  const instead = (status: CallStatus, reason: Reason, rollBack: boolean): { instead: Step } => ({
    instead: { status, attempts: call.attempts, reached: call.reached, nextAttemptAt: null, reason, rollBack },
  });
  if (call.method === 'BET_MAKE' && age(call, now) >= debitBoundMs(policy)) {
    // A process that died after asking has left no trace of it: what was due to be asked counts as asked.
    return instead('unknown', TIMED_OUT, true);
  }
  if (!open) return 'ask';
  if (call.method === 'BET_MAKE' && !call.reached) {
    return instead('refused', { code: 'WALLET_UNREACHABLE', message: 'The wallet cannot be reached at the moment' }, false);
  }
  if (age(call, now) >= GIVE_UP_AFTER_MS) {
    return instead('failed', { code: 'WALLET_UNREACHABLE', message: 'The wallet could not be reached for a day' }, false);
  }
  return 'wait';
}

const ENDED: ReadonlySet<CallStatus> = new Set(['confirmed', 'refused', 'rolled_back', 'handled']);
/** Whether nothing more can become of it. */
export const hasEnded = (status: CallStatus): boolean => ENDED.has(status);

/** Whether a person may have it asked again, or why not. The wallet knows the request by its id and answers the first time's answer. */
export function replayProblem({ method, status }: Pick<CallState, 'method' | 'status'>): string | null {
  // Asked again beside an attempt under way, a debit could be released that is being made.
  if (method === 'BET_MAKE') return 'a debit is decided by its own attempts and its rollback';
  return status === 'pending' || status === 'unknown' || status === 'failed' || status === 'confirmed' ? null : `it is ${status}`;
}
