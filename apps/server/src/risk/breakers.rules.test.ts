import { isRefusal } from '@predictu/contract/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textTable } from '../../test/text-table.ts';
import {
  type Breaker,
  type BreakerStatus,
  breakerRefusal,
  breakersFor,
  changeBreaker,
  judgeBreakers,
  observe,
  resetsAt,
} from './breakers.rules.ts';

const NOW = new Date('2026-03-19T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const ARMED: Breaker = {
  id: 1n,
  scope: 'global',
  operatorId: null,
  category: null,
  marketId: null,
  triggerType: 'exposure_pct',
  triggerThreshold: 90,
  status: 'armed',
  cooldownMinutes: 60,
  autoReset: true,
  trippedAt: null,
  resetAt: null,
  tripReason: null,
};
const inState = (status: BreakerStatus, more: Partial<Breaker> = {}): Breaker => ({
  ...ARMED,
  status,
  ...(status === 'tripped' && { trippedAt: minutesAgo(10), tripReason: 'before' }),
  ...more,
});

describe('every transition made by a person', () => {
  it.each(
    textTable(`
      state    | action | becomes  | event    | severity
      armed    | trip   | tripped  | tripped  | critical
      armed    | reset  | CONFLICT |          |
      armed    | arm    | CONFLICT |          |
      armed    | disarm | disarmed | disarmed | warning
      tripped  | trip   | CONFLICT |          |
      tripped  | reset  | armed    | reset    | info
      tripped  | arm    | CONFLICT |          |
      tripped  | disarm | disarmed | disarmed | warning
      disarmed | trip   | CONFLICT |          |
      disarmed | reset  | CONFLICT |          |
      disarmed | arm    | armed    | armed    | info
      disarmed | disarm | CONFLICT |          |
    `),
  )('$state, $action: $becomes', ({ state, action, becomes, event, severity }) => {
    const before = inState(state as BreakerStatus);
    const change = changeBreaker(
      before,
      action === 'trip' ? { kind: 'trip', reason: 'by hand' } : { kind: action as 'reset' | 'arm' | 'disarm' },
      NOW,
    );
    if (becomes === 'CONFLICT') {
      expect(change).toEqual({
        refused: 'CONFLICT',
        message: `A breaker that is ${state} cannot be changed by: ${action}`,
        details: { status: state, action },
      });
      return;
    }
    if (isRefusal(change)) throw new Error('expected a change');
    expect(change.breaker).toEqual({
      ...before,
      status: becomes,
      trippedAt: becomes === 'tripped' ? NOW : null,
      tripReason: becomes === 'tripped' ? 'by hand' : null,
      resetAt: event === 'reset' ? NOW : null,
    });
    const says = { tripped: 'tripped: by hand', reset: 'reset by hand', armed: 'armed', disarmed: 'disarmed' }[event ?? ''];
    expect(change.event).toEqual({
      kind: event,
      breakerId: 1n,
      severity,
      message: `Circuit breaker (global) ${says}`,
      autoResolved: false,
    });
  });

  it('a trip forgets the reset before it', () => {
    const change = changeBreaker(inState('armed', { resetAt: minutesAgo(500) }), { kind: 'trip', reason: 'x' }, NOW);
    expect(!isRefusal(change) && change.breaker.resetAt).toBeNull();
  });
});

describe('every transition made by itself', () => {
  // Threshold 90%, cool-down 60 minutes.
  it.each(
    textTable(`
      state    | trigger      | auto | tripped min ago | full at % | becomes
      armed    | exposure_pct | yes  |                 | 0         | -
      armed    | exposure_pct | yes  |                 | 89.99     | -
      armed    | exposure_pct | yes  |                 | 90        | tripped
      armed    | exposure_pct | no   |                 | 100       | tripped
      armed    | manual       | yes  |                 | 100       | -
      tripped  | exposure_pct | yes  | 0               | 0         | -
      tripped  | exposure_pct | yes  | 59.99           | 0         | -
      tripped  | exposure_pct | yes  | 60              | 89.99     | armed
      tripped  | exposure_pct | yes  | 61              | 0         | armed
      tripped  | exposure_pct | yes  | 60              | 90        | -
      tripped  | exposure_pct | yes  | 6000            | 95        | -
      tripped  | exposure_pct | no   | 6000            | 0         | -
      tripped  | manual       | yes  | 60              | 100       | armed
      tripped  | manual       | no   | 6000            | 0         | -
      disarmed | exposure_pct | yes  |                 | 100       | -
      disarmed | manual       | yes  |                 | 0         | -
    `),
  )('$state ($trigger, auto reset $auto), $tripped min ago min, at $full at %: $becomes', (row) => {
    const manual = row['trigger'] === 'manual';
    const before = inState(row['state'] as BreakerStatus, {
      autoReset: row['auto'] === 'yes',
      triggerType: manual ? 'manual' : 'exposure_pct',
      triggerThreshold: manual ? null : 90,
      ...(row['tripped min ago'] && { trippedAt: minutesAgo(Number(row['tripped min ago'])) }),
    });
    const change = observe(before, BigInt(Math.round(Number(row['full at %']) * 100)), NOW);
    expect(change?.breaker.status ?? '-').toBe(row['becomes']);
    if (row['becomes'] === 'armed') {
      expect(change).toEqual({
        breaker: { ...before, status: 'armed', trippedAt: null, resetAt: NOW, tripReason: null },
        event: {
          kind: 'reset',
          breakerId: 1n,
          severity: 'info',
          message: 'Circuit breaker (global) reset by itself after its cool-down',
          autoResolved: true,
        },
      });
    }
  });

  it('a trip says at what exposure, to a tenth of a percent', () => {
    const breaker = inState('armed', { triggerThreshold: 56.8, scope: 'category', category: 'sports' });
    expect(observe(breaker, 5_679n, NOW)).toBeUndefined();
    const reason = 'exposure at 57.1% of its limit, threshold 56.8%';
    expect(observe(breaker, 5_719n, NOW)).toEqual({
      breaker: { ...breaker, status: 'tripped', trippedAt: NOW, tripReason: reason },
      event: {
        kind: 'tripped',
        breakerId: 1n,
        severity: 'critical',
        message: `Circuit breaker (category) tripped: ${reason}`,
        autoResolved: false,
      },
    });
    expect(observe(breaker, 5_680n, NOW)?.breaker.tripReason).toBe('exposure at 56.8% of its limit, threshold 56.8%');
  });
});

describe('the breakers of a trade', () => {
  const all: Breaker[] = [
    ARMED,
    { ...ARMED, id: 2n, scope: 'operator', operatorId: 10n },
    { ...ARMED, id: 3n, scope: 'operator', operatorId: 11n },
    { ...ARMED, id: 4n, scope: 'category', category: 'sports' },
    { ...ARMED, id: 5n, scope: 'category', category: 'crypto' },
    { ...ARMED, id: 6n, scope: 'market', marketId: 20n },
    { ...ARMED, id: 7n, scope: 'market', marketId: 21n },
  ];
  it.each([
    [{ operatorId: 10n, category: 'sports', marketId: 20n }, [1n, 2n, 4n, 6n]],
    [{ operatorId: 11n, category: 'crypto', marketId: 21n }, [1n, 3n, 5n, 7n]],
    [{ operatorId: 12n, category: 'other', marketId: 22n }, [1n]],
    // A number that is another scope's key matches nothing.
    [{ operatorId: 20n, category: 'other', marketId: 10n }, [1n]],
  ])('%o', (trade, ids) => {
    expect(breakersFor(all, trade).map(({ id }) => id)).toEqual(ids);
  });

  it('none tripped: nothing blocks and nothing changes', () => {
    expect(judgeBreakers(all, () => 8_999n, NOW)).toEqual({ blockedBy: null, changes: [] });
    expect(judgeBreakers([], () => 10_000n, NOW)).toEqual({ blockedBy: null, changes: [] });
  });

  it('one that reaches its threshold trips and blocks at once; the first of several is named; each sees its own scope', () => {
    const judged = judgeBreakers(all, ({ id }) => (id === 4n || id === 6n ? 9_000n : 0n), NOW);
    expect(judged.blockedBy?.id).toBe(4n);
    expect(judged.blockedBy?.status).toBe('tripped');
    expect(judged.changes.map(({ breaker }) => breaker.id)).toEqual([4n, 6n]);
  });

  it('one that is tripped goes on blocking without an event, and stops when its cool-down is over', () => {
    const cooling = inState('tripped', { trippedAt: minutesAgo(59) });
    const cooled = inState('tripped', { trippedAt: minutesAgo(60) });
    expect(judgeBreakers([cooling], () => 0n, NOW)).toEqual({ blockedBy: cooling, changes: [] });
    const judged = judgeBreakers([cooled], () => 0n, NOW);
    expect([judged.blockedBy, judged.changes.length]).toEqual([null, 1]);
  });

  it('one disarmed blocks nothing', () => {
    expect(judgeBreakers([inState('disarmed')], () => 10_000n, NOW)).toEqual({ blockedBy: null, changes: [] });
  });
});

describe('a refused buyer reads', () => {
  it('which scope, since when, until when', () => {
    const tripped = inState('tripped');
    expect(resetsAt(tripped)).toEqual(new Date('2026-03-19T12:50:00Z'));
    expect(breakerRefusal(tripped)).toEqual({
      refused: 'CIRCUIT_BREAKER',
      message: 'Buying is halted by a circuit breaker (global)',
      details: { scope: 'global', tripped_at: '2026-03-19T11:50:00.000Z', resets_at: '2026-03-19T12:50:00.000Z' },
    });
  });
  it('no end when only a person can reset it', () => {
    expect(breakerRefusal(inState('tripped', { autoReset: false })).details).toMatchObject({ resets_at: null });
    expect(breakerRefusal(inState('tripped', { trippedAt: null })).details).toMatchObject({ tripped_at: null, resets_at: null });
    expect(resetsAt(inState('armed', { trippedAt: minutesAgo(1) }))).toBeNull();
  });
});

describe('for every history', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('observe' as const),
      utilisation: fc.bigInt({ min: 0n, max: 10_000n }),
      minutes: fc.integer({ min: 0, max: 90 }),
    }),
    fc.record({
      kind: fc.constantFrom('trip' as const, 'reset' as const, 'arm' as const, 'disarm' as const),
      minutes: fc.integer({ min: 0, max: 90 }),
    }),
  );
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
  /** One step; a breaker that may not be changed so stays as it was. */
  function next(breaker: Breaker, action: Step, now: Date): Breaker {
    if (action.kind !== 'observe') {
      const change = changeBreaker(breaker, action.kind === 'trip' ? { kind: 'trip', reason: 'x' } : { kind: action.kind }, now);
      return isRefusal(change) ? breaker : change.breaker;
    }
    const { blockedBy, changes } = judgeBreakers([breaker], () => action.utilisation, now);
    const after = changes[0]?.breaker ?? breaker;
    expect(blockedBy !== null).toBe(after.status === 'tripped');
    if (after.status === 'armed') expect(action.utilisation).toBeLessThan(BigInt(Math.round((after.triggerThreshold ?? 0) * 100)));
    return after;
  }

  it('tripped means a time and a reason, anything else neither; only a tripped breaker blocks; never above its threshold while armed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), fc.integer({ min: 1, max: 1_000 }), (steps, autoReset, tenths) => {
        let breaker: Breaker = { ...ARMED, autoReset, triggerThreshold: tenths / 10 };
        let now = NOW;
        for (const action of steps) {
          now = new Date(now.getTime() + action.minutes * 60_000);
          breaker = next(breaker, action, now);
          const tripped = breaker.status === 'tripped';
          expect([breaker.trippedAt !== null, breaker.tripReason !== null]).toEqual([tripped, tripped]);
        }
      }),
    );
  });
});
