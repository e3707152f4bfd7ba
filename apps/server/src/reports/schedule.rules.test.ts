import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextRun, periodOfRun, type Timing } from './schedule.rules.ts';

const at = (text: string): Date => new Date(`${text}Z`);
const timing = (part: Partial<Timing>): Timing => ({ frequency: 'daily', dayOfWeek: null, dayOfMonth: null, timeUtc: '08:00', ...part });

describe('the next run', () => {
  test.each([
    ['daily, later today', timing({}), '2026-03-19T07:59:59.999', '2026-03-19T08:00'],
    ['daily, at its very moment, is tomorrow', timing({}), '2026-03-19T08:00', '2026-03-20T08:00'],
    ['weekly, on Monday, seen from a Thursday', timing({ frequency: 'weekly', dayOfWeek: 1 }), '2026-03-19T12:00', '2026-03-23T08:00'],
    ['weekly, on that day before its time', timing({ frequency: 'weekly', dayOfWeek: 4 }), '2026-03-19T07:00', '2026-03-19T08:00'],
    ['weekly, on that day after its time', timing({ frequency: 'weekly', dayOfWeek: 4 }), '2026-03-19T09:00', '2026-03-26T08:00'],
    ['weekly, on Sunday', timing({ frequency: 'weekly', dayOfWeek: 0 }), '2026-03-21T23:59', '2026-03-22T08:00'],
    ['monthly, later this month', timing({ frequency: 'monthly', dayOfMonth: 28 }), '2026-02-27T00:00', '2026-02-28T08:00'],
    ['monthly, next month', timing({ frequency: 'monthly', dayOfMonth: 1 }), '2026-03-19T00:00', '2026-04-01T08:00'],
    ['monthly, next year', timing({ frequency: 'monthly', dayOfMonth: 15 }), '2026-12-15T08:00', '2027-01-15T08:00'],
    ['monthly without a day is the first', timing({ frequency: 'monthly' }), '2026-12-31T23:00', '2027-01-01T08:00'],
  ])('%s', (_, given, after, expected) => {
    expect(nextRun(given, at(after))).toEqual(at(expected));
  });

  const anyTiming = fc.record({
    frequency: fc.constantFrom('daily' as const, 'weekly' as const, 'monthly' as const),
    dayOfWeek: fc.integer({ min: 0, max: 6 }),
    dayOfMonth: fc.integer({ min: 1, max: 28 }),
    timeUtc: fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`),
  });
  const anyTime = fc.date({ min: new Date('2024-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });

  test('comes after, at its time, on its day, and never leaves one out', () => {
    fc.assert(
      fc.property(anyTiming, anyTime, (given, after) => {
        const next = nextRun(given, after);
        expect(next > after).toBe(true);
        expect(next.toISOString().slice(11, 16)).toBe(given.timeUtc);
        if (given.frequency === 'weekly') expect(next.getUTCDay()).toBe(given.dayOfWeek);
        if (given.frequency === 'monthly') expect(next.getUTCDate()).toBe(given.dayOfMonth);
        // Asked a moment before it, it is the same: nothing lies between.
        expect(nextRun(given, new Date(next.getTime() - 1))).toEqual(next);
      }),
    );
  });

  test('periods of runs that follow each other have neither gap nor overlap', () => {
    fc.assert(
      fc.property(anyTiming, anyTime, (given, after) => {
        const first = nextRun(given, after);
        const second = nextRun(given, first);
        expect(periodOfRun(given, second).from).toEqual(periodOfRun(given, first).to);
        expect(periodOfRun(given, first).to <= first).toBe(true);
      }),
    );
  });
});
