import { type LimitKind, MONEY_LIMITS, type MoneyLimit } from '@predictu/contract/shapes/own-limits';
import { cents } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterBuy,
  afterRelease,
  afterSale,
  excludedFor,
  exclusionEnd,
  exclusionRefusal,
  FOR_GOOD,
  inForce,
  type OwnLimits,
  ownLimitRefusal,
  type Protection,
  periodOf,
  UNPROTECTED,
  usedOf,
  withLimit,
  withoutRaise,
} from './protection.rules.ts';

const NOW = new Date('2026-06-03T12:00:00.000Z');
const later = (hours: number, from = NOW): Date => new Date(from.getTime() + hours * 3_600_000);
const limited = (kind: LimitKind, value: bigint): Protection => ({ ...UNPROTECTED, limits: withLimit({}, kind, value, NOW) });

describe('a limit', () => {
  test('is in force at once when it is the first or lower; higher or none waits a day', () => {
    const first = withLimit({}, 'stake_day', 5_000n, NOW);
    expect(inForce(first.stake_day, NOW)).toBe(5_000n);
    const cut = withLimit(first, 'stake_day', 2_000n, NOW);
    expect(inForce(cut.stake_day, NOW)).toBe(2_000n);
    for (const wanted of [9_000n, null]) {
      const raised = withLimit(cut, 'stake_day', wanted, NOW);
      expect(inForce(raised.stake_day, later(23.999))).toBe(2_000n);
      expect(inForce(raised.stake_day, later(24))).toBe(wanted);
    }
  });

  test('asked for again does not wait anew; another figure does; a cut forgets what waits', () => {
    const raised = withLimit(withLimit({}, 'loss_week', 100n, NOW), 'loss_week', 900n, NOW);
    expect(inForce(withLimit(raised, 'loss_week', 900n, later(20)).loss_week, later(24))).toBe(900n);
    expect(inForce(withLimit(raised, 'loss_week', 950n, later(20)).loss_week, later(24))).toBe(100n);
    expect(inForce(withLimit(raised, 'loss_week', 50n, later(1)).loss_week, later(48))).toBe(50n);
    expect(inForce(withLimit(raised, 'loss_week', 100n, later(1)).loss_week, later(48))).toBe(100n);
  });

  test('that waits can be cancelled until its time, not afterwards', () => {
    const raised = withLimit(withLimit({}, 'session', 30n, NOW), 'session', 60n, NOW);
    const kept = withoutRaise(raised, 'session', later(1)) as OwnLimits;
    expect(inForce(kept.session, later(48))).toBe(30n);
    expect(withoutRaise(raised, 'session', later(25))).toMatchObject({ refused: 'CONFLICT' });
    expect(withoutRaise({}, 'stake_day', NOW)).toMatchObject({ refused: 'CONFLICT' });
  });

  test('no way of asking raises it within a day', () => {
    const wish = fc.record({ wanted: fc.option(fc.bigInt(0n, 100n)), hours: fc.integer({ min: 0, max: 10 }), cancel: fc.boolean() });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), (wishes) => {
        let limits = withLimit({}, 'stake_day', 50n, NOW);
        let now = NOW;
        const asked: { value: bigint | null; at: Date }[] = [];
        for (const { wanted, hours, cancel } of wishes) {
          now = later(hours, now);
          const before = inForce(limits.stake_day, now);
          const next = cancel ? withoutRaise(limits, 'stake_day', now) : withLimit(limits, 'stake_day', wanted, now);
          if ('refused' in next) continue;
          limits = next as OwnLimits;
          if (!cancel) asked.push({ value: wanted, at: now });
          const after = inForce(limits.stake_day, now);
          if (after !== before) expect(after !== null && (before === null || after < before)).toBe(true);
        }
        const final = inForce(limits.stake_day, later(1_000, now));
        // Whatever is in force in the end was asked for, or was the first.
        expect([50n, ...asked.map(({ value }) => value)]).toContain(final);
      }),
    );
  });
});

describe('a period', () => {
  test.each([
    ['stake_day', '2026-06-03', '2026-06-04'],
    ['stake_week', '2026-06-01', '2026-06-08'],
    ['loss_month', '2026-06-01', '2026-07-01'],
  ] as const)('%s runs from %s to %s', (kind, from, until) => {
    expect(periodOf(kind, NOW)).toEqual({ from: new Date(from), until: new Date(until) });
  });
  test('a Sunday belongs to the week before; December ends with the year', () => {
    expect(periodOf('stake_week', new Date('2026-06-07T23:59:59Z')).from).toEqual(new Date('2026-06-01'));
    expect(periodOf('stake_month', new Date('2026-12-31T10:00:00Z')).until).toEqual(new Date('2027-01-01'));
  });
});

describe('a buy', () => {
  test('equal to the limit passes, a cent more is refused with what is used and when it ends', () => {
    const spent = afterBuy(limited('stake_week', 5_000n), 4_000n, NOW);
    expect(ownLimitRefusal(spent, 1_000n, NOW)).toBeUndefined();
    expect(ownLimitRefusal(spent, 1_001n, NOW)).toMatchObject({
      refused: 'OWN_LIMIT',
      details: { kind: 'stake_week', limit_usd: 50, used_usd: 40, required_usd: 10.01, resets_at: '2026-06-08T00:00:00.000Z' },
    });
    expect(ownLimitRefusal(spent, 5_000n, new Date('2026-06-08T00:00:00Z'))).toBeUndefined();
  });

  test('counts sales and settlements against losses, not against stakes', () => {
    const both = { ...limited('loss_day', 1_000n), credits: [{ day: '2026-06-03', amount: cents(300n) }] };
    const played = afterSale(afterBuy(both, 900n, NOW), 400n, NOW);
    expect([usedOf(played, 'loss_day', NOW), usedOf(played, 'stake_day', NOW)]).toEqual([200n, 900n]);
    expect(ownLimitRefusal(played, 800n, NOW)).toBeUndefined();
    expect(ownLimitRefusal(played, 801n, NOW)?.refused).toBe('OWN_LIMIT');
  });

  test('that is undone frees what it took, on the day it was made', () => {
    const bought = afterBuy(limited('stake_day', 1_000n), 1_000n, NOW);
    expect(usedOf(afterRelease(bought, 1_000n, NOW), 'stake_day', NOW)).toBe(0n);
    expect(usedOf(afterRelease(bought, 1_000n, later(-24)), 'stake_day', NOW)).toBe(1_000n);
  });

  test('is refused after the minutes of a session, until a break', () => {
    let playing = afterBuy(limited('session', 60n), 100n, NOW);
    playing = afterBuy(playing, 100n, later(0.4));
    playing = afterBuy(playing, 100n, later(0.8));
    expect(ownLimitRefusal(playing, 100n, later(0.99))).toBeUndefined();
    expect(ownLimitRefusal(playing, 100n, later(1))).toMatchObject({ details: { kind: 'session', limit_minutes: 60 } });
    expect(ownLimitRefusal(playing, 100n, later(1.3))).toBeUndefined();
  });

  test('never takes a period past its limit, whatever came before, by a count of its own', () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('buy' as const), amount: fc.bigInt(1n, 400n), hours: fc.integer({ min: 0, max: 30 }) }),
      fc.record({ act: fc.constant('sell' as const), amount: fc.bigInt(1n, 300n), hours: fc.integer({ min: 0, max: 30 }) }),
      fc.record({ act: fc.constant('limit' as const), amount: fc.bigInt(0n, 2_000n), hours: fc.integer({ min: 0, max: 3 }) }),
    );
    const kinds = fc.constantFrom(...MONEY_LIMITS);
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, step), { maxLength: 40 }), (steps) => {
        let protection: Protection = UNPROTECTED;
        let now = NOW;
        const moves: { at: Date; staked: bigint; returned: bigint }[] = [];
        const counted = (kind: MoneyLimit): bigint =>
          moves
            .filter(({ at }) => at >= periodOf(kind, now).from)
            .reduce((sum, { staked, returned }) => sum + staked - (kind.startsWith('loss') ? returned : 0n), 0n);
        for (const [kind, { act, amount, hours }] of steps) {
          now = later(hours, now);
          if (act === 'limit') protection = { ...protection, limits: withLimit(protection.limits, kind, amount, now) };
          else if (act === 'sell') {
            protection = afterSale(protection, amount, now);
            moves.push({ at: now, staked: 0n, returned: amount });
          } else if (!ownLimitRefusal(protection, amount, now)) {
            protection = afterBuy(protection, amount, now);
            moves.push({ at: now, staked: amount, returned: 0n });
            for (const each of MONEY_LIMITS) {
              const limit = inForce(protection.limits[each], now);
              if (limit !== null) expect(counted(each) <= limit).toBe(true);
            }
          }
          for (const each of MONEY_LIMITS) expect(usedOf(protection, each, now)).toBe(counted(each));
        }
      }),
    );
  });
});

describe('an exclusion', () => {
  test('lasts as long as was said, and is never shortened', () => {
    expect(exclusionEnd('24h', NOW)).toEqual(later(24));
    expect(exclusionEnd('6m', NOW)).toEqual(new Date('2026-12-03T12:00:00.000Z'));
    const excluded = { ...UNPROTECTED, excludedAt: NOW, excludedUntil: later(24 * 30) };
    expect(excludedFor('7d', excluded, later(1))).toMatchObject({ refused: 'CONFLICT' });
    expect(excludedFor('permanent', excluded, later(1))).toEqual(FOR_GOOD);
    expect(excludedFor('permanent', { ...excluded, excludedUntil: FOR_GOOD }, NOW)).toMatchObject({ refused: 'CONFLICT' });
    expect(excludedFor('24h', { ...excluded, excludedUntil: later(-1) }, NOW)).toEqual(later(24));
  });
  test('refuses until its end, to the millisecond', () => {
    const excluded = { ...UNPROTECTED, excludedAt: NOW, excludedUntil: later(24) };
    expect(exclusionRefusal(excluded, later(23.9999))).toMatchObject({ refused: 'SELF_EXCLUDED', details: { permanent: false } });
    expect(exclusionRefusal(excluded, later(24))).toBeUndefined();
    expect(exclusionRefusal(null, NOW)).toBeUndefined();
  });
});
