import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extendedEnd, GRACE_DAYS, NOTICES, noticeDue, readOnlyFrom, type TrialNotice, trialPhase } from './trial.rules.ts';

const END = new Date('2026-07-01T12:00:00Z');
const at = (days: number, ms = 0): Date => new Date(END.getTime() + days * 86_400_000 + ms);
const days = fc.double({ min: -40, max: 40, noNaN: true });

describe('the phase', () => {
  test.each([
    [-14, 0, 'trial'],
    [0, -1, 'trial'],
    [0, 0, 'grace'],
    [GRACE_DAYS, -1, 'grace'],
    [GRACE_DAYS, 0, 'over'],
    [400, 0, 'over'],
  ])('%s days and %s ms from the end: %s', (day, ms, phase) => expect(trialPhase(END, at(day, ms))).toBe(phase));

  test('it is over exactly from the instant that is announced', () => {
    fc.assert(fc.property(days, (day) => (trialPhase(END, at(day)) === 'over') === at(day) >= readOnlyFrom(END)));
  });
});

describe('the notice that is due', () => {
  test.each<[number, readonly string[], TrialNotice | undefined]>([
    [-8, [], undefined],
    [-7, [], 'ends_in_7'],
    [-6.9, ['ends_in_7'], undefined],
    [-3, ['ends_in_7'], 'ends_in_3'],
    [-2, [], 'ends_in_3'],
    [0, ['ends_in_1'], 'grace'],
    [5, ['grace'], 'read_only_in_2'],
    [7, ['read_only_in_2'], 'over'],
    [300, ['over'], undefined],
  ])('%s days from the end, told %j: %s', (day, told, expected) => expect(noticeDue(END, at(day), told)).toBe(expected));

  test('looked at every hour of sixty days, each is sent once, in order', () => {
    const told: TrialNotice[] = [];
    for (let hour = -30 * 24; hour <= 30 * 24; hour += 1) {
      const due = noticeDue(END, at(hour / 24), told);
      if (due) told.push(due);
    }
    expect(told).toEqual(Object.keys(NOTICES));
  });
});

test('an extension gives at least the days that were asked for', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 365 }), (day, more) => {
      const end = extendedEnd(END, at(day), more);
      return end.getTime() - at(day).getTime() >= more * 86_400_000 - 1 && end > END;
    }),
  );
});
