import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MoneyMethod } from './call.rules.ts';
import {
  afterAttempt,
  beforeAttempt,
  type CallState,
  debitBoundMs,
  GIVE_UP_AFTER_MS,
  hasEnded,
  type RetryPolicy,
  replayProblem,
  type Step,
  waitAfter,
} from './delivery.rules.ts';
import type { Outcome } from './outcome.rules.ts';

const START = new Date('2026-06-01T12:00:00Z');
const policy: RetryPolicy = { retryMax: 5, backoffMs: 1_000 };
const fresh = (method: MoneyMethod, changes: Partial<CallState> = {}): CallState => ({
  method,
  status: 'pending',
  attempts: 0,
  reached: false,
  startedAt: START,
  ...changes,
});
const confirmed: Outcome = { kind: 'confirmed', duplicate: false, balance: null, answer: {} };
const refusal: Outcome = { kind: 'refused', code: 'INSUFFICIENT_FUNDS', detail: null, balance: null, answer: {} };
const unknown: Outcome = { kind: 'unknown', detail: 'HTTP 500' };
const unsent: Outcome = { kind: 'unsent', detail: 'ECONNREFUSED' };
const at = { now: START, policy, jitter: 0 };

describe('one attempt', () => {
  test('a debit refused at the first attempt is refused; after one that may have arrived it is undone', () => {
    expect(afterAttempt(fresh('BET_MAKE'), refusal, at)).toMatchObject({
      status: 'refused',
      rollBack: false,
      reason: { code: 'INSUFFICIENT_FUNDS' },
    });
    const later = fresh('BET_MAKE', { status: 'unknown', attempts: 1, reached: true });
    expect(afterAttempt(later, refusal, at)).toMatchObject({ status: 'unknown', rollBack: true, nextAttemptAt: null });
    expect(afterAttempt(later, unsent, at)).toMatchObject({ status: 'unknown', rollBack: false, reached: true });
  });

  test('a debit that never left is refused at once', () => {
    expect(afterAttempt(fresh('BET_MAKE'), unsent, at)).toMatchObject({
      status: 'refused',
      rollBack: false,
      reason: { code: 'WALLET_UNREACHABLE' },
    });
  });

  test('retries are as many and as far apart as configured', () => {
    let call = fresh('BET_WIN');
    const waits: number[] = [];
    for (let i = 0; i <= policy.retryMax; i += 1) {
      const step = afterAttempt(call, unknown, at);
      if (step.nextAttemptAt) waits.push(step.nextAttemptAt.getTime() - START.getTime());
      call = { ...call, ...step };
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
    expect(call.status).toBe('failed');
    expect(waitAfter(1, policy, 0.999_999)).toBe(1_000);
    expect(afterAttempt(fresh('BET_WIN'), unknown, { ...at, policy: { retryMax: 0, backoffMs: 1_000 } }).status).toBe('failed');
  });

  test('while nothing can be sent, credits wait and use up no attempts, buys are refused, old debits are undone', () => {
    const open = { now: START, policy, open: true };
    expect(beforeAttempt(fresh('BET_WIN'), open)).toBe('wait');
    expect(beforeAttempt(fresh('BET_MAKE'), open)).toMatchObject({ instead: { status: 'refused' } });
    expect(beforeAttempt(fresh('BET_MAKE', { reached: true }), open)).toBe('wait');
    const old = { ...open, now: new Date(START.getTime() + debitBoundMs(policy)) };
    expect(beforeAttempt(fresh('BET_MAKE'), old)).toMatchObject({ instead: { status: 'unknown', rollBack: true } });
    expect(beforeAttempt(fresh('BET_WIN'), { ...open, now: new Date(START.getTime() + GIVE_UP_AFTER_MS) })).toMatchObject({
      instead: { status: 'failed' },
    });
    expect(beforeAttempt(fresh('BET_WIN'), { ...old, open: false })).toBe('ask');
  });

  test('a debit is never asked again by a person; a credit is, until it is handled', () => {
    expect(replayProblem({ method: 'BET_MAKE', status: 'unknown' })).not.toBeNull();
    expect(replayProblem({ method: 'BET_WIN', status: 'failed' })).toBeNull();
    expect(replayProblem({ method: 'BET_WIN', status: 'handled' })).not.toBeNull();
  });
});

type Event = { outcome: Outcome; open: boolean; lateMs: number; jitter: number };
const outcomes = fc.constantFrom(confirmed, { ...confirmed, duplicate: true }, refusal, unknown, unsent);
const troubles = fc.constantFrom(unknown, unsent);
const event = (outcome: fc.Arbitrary<Outcome>): fc.Arbitrary<Event> =>
  fc.record({
    outcome,
    open: fc.boolean(),
    lateMs: fc.integer({ min: 0, max: 70_000 }),
    jitter: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });
const policies = fc.record({ retryMax: fc.integer({ min: 0, max: 50 }), backoffMs: fc.integer({ min: 10, max: 3_600_000 }) });
const REST_MS = 60_000;

/** Lives one call to its end, the last event repeating for ever. Returns the end and everything a rollback of it went through. */
function live(
  method: MoneyMethod,
  events: readonly Event[],
  using: RetryPolicy,
  begun = START,
): { steps: Step[]; ended: Date; asked: Outcome[] } {
  let call = fresh(method, { startedAt: begun });
  let now = begun;
  const steps: Step[] = [];
  const asked: Outcome[] = [];
  for (let i = 0; i < 3_000; i += 1) {
    const { outcome, open, lateMs, jitter } = events[Math.min(i, events.length - 1)] as Event;
    now = new Date(now.getTime() + lateMs);
    const verdict = beforeAttempt(call, { now, policy: using, open });
    if (verdict === 'wait') {
      now = new Date(now.getTime() + REST_MS);
      continue;
    }
    if (verdict === 'ask') asked.push(outcome);
    const step = verdict === 'ask' ? afterAttempt(call, outcome, { now, policy: using, jitter }) : verdict.instead;
    steps.push(step);
    call = { ...call, ...step };
    if (step.nextAttemptAt === null) return { steps, ended: now, asked };
    expect(step.nextAttemptAt.getTime()).toBeGreaterThan(now.getTime());
    now = step.nextAttemptAt;
  }
  throw new Error('It never ended');
}

describe('whatever happens', () => {
  const lives = fc.array(event(outcomes), { minLength: 1, maxLength: 60 });

  test('a debit ends confirmed, refused with nothing to undo, or rolled back; the rollback ends confirmed or before a person', () => {
    fc.assert(
      fc.property(lives, lives, policies, (events, rollbackEvents, using) => {
        const { steps, ended, asked } = live('BET_MAKE', events, using);
        const last = steps.at(-1) as Step;
        if (last.status === 'refused') expect(asked.slice(0, -1).every(({ kind }) => kind === 'unsent')).toBe(true);
        else if (last.status !== 'confirmed') {
          expect(last).toMatchObject({ status: 'unknown', rollBack: true });
          const undone = live('BET_ROLLBACK', rollbackEvents, using, ended);
          expect(['confirmed', 'failed']).toContain(undone.steps.at(-1)?.status);
        }
        expect(steps.filter(({ rollBack }) => rollBack).length).toBe(['confirmed', 'refused'].includes(last.status) ? 0 : 1);
      }),
    );
  });

  test('a debit that nobody answers is asked no longer than its bound and a late wake-up', () => {
    fc.assert(
      fc.property(fc.array(event(troubles), { minLength: 1, maxLength: 60 }), policies, (events, using) => {
        const { ended } = live('BET_MAKE', events, using);
        expect(ended.getTime() - START.getTime()).toBeLessThanOrEqual(debitBoundMs(using) + 300_000 + 70_000 + REST_MS);
      }),
    );
  });

  test('a credit ends confirmed or before a person: a confirmation is the last thing it hears', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<MoneyMethod>('BET_SELL', 'BET_WIN', 'BET_REFUND', 'BET_LOSE', 'BET_ROLLBACK'),
        lives,
        policies,
        (method, events, using) => {
          const { steps, asked } = live(method, events, using);
          const { status } = steps.at(-1) as Step;
          expect(status).toBe(asked.at(-1)?.kind === 'confirmed' ? 'confirmed' : 'failed');
          expect(hasEnded(status)).toBe(status === 'confirmed');
          expect(asked.slice(0, -1).every(({ kind }) => kind === 'unknown' || kind === 'unsent')).toBe(true);
        },
      ),
    );
  });

  test('a rollback is asked until a day has passed', () => {
    fc.assert(
      fc.property(fc.array(event(troubles), { minLength: 1, maxLength: 20 }), policies, (events, using) => {
        const { ended, steps } = live('BET_ROLLBACK', events, using);
        expect(steps.at(-1)?.status).toBe('failed');
        expect(ended.getTime() - START.getTime()).toBeGreaterThanOrEqual(GIVE_UP_AFTER_MS);
      }),
      { numRuns: 30 },
    );
  });
});
