import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketName, bucketOf, bucketsOf, DAY_MS, type Granularity, HOUR_MS, isPartial, rollupPlan } from './rollup-plan.rules.ts';

const instant = fc.date({ min: new Date('2025-11-01T00:00:00Z'), max: new Date('2026-12-31T00:00:00Z'), noInvalidDate: true });
const granularity = fc.constantFrom<Granularity>('hour', 'day', 'week', 'month');

describe('the plan', () => {
  test('no whole day, and no hour of a split day, has a boundary inside', () => {
    fc.assert(
      fc.property(fc.array(instant, { maxLength: 6 }), (boundaries) => {
        const { splitDays, rawHours } = rollupPlan(boundaries);
        for (const boundary of boundaries) {
          const time = boundary.getTime();
          const day = Math.floor(time / DAY_MS) * DAY_MS;
          const hour = Math.floor(time / HOUR_MS) * HOUR_MS;
          expect(time === day || splitDays.some((split) => split.getTime() === day)).toBe(true);
          expect(time === hour || rawHours.some(({ at }) => at.getTime() === hour)).toBe(true);
        }
        // An hour read trade by trade is never read from its day as well.
        for (const { at } of rawHours) expect(splitDays.some((day) => at >= day && at.getTime() < day.getTime() + DAY_MS)).toBe(true);
      }),
    );
  });

  test('without boundaries, or with those of days, everything is whole days', () => {
    expect(rollupPlan([null, null])).toEqual({ splitDays: [], rawHours: [] });
    expect(rollupPlan([new Date('2026-06-01T00:00:00Z')])).toEqual({ splitDays: [], rawHours: [] });
    expect(rollupPlan([new Date('2026-06-01T05:00:00Z')])).toMatchObject({ splitDays: [new Date('2026-06-01T00:00:00Z')], rawHours: [] });
  });
});

describe('buckets', () => {
  test('follow each other without a gap and hold the whole period', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 200 * 24 }), granularity, (from, hours, size) => {
        const to = new Date(from.getTime() + hours * HOUR_MS);
        const buckets = bucketsOf(from, to, size, 10_000);
        expect(buckets[0]).toEqual(bucketOf(from, size));
        expect((buckets[0] as Date) <= from).toBe(true);
        expect(bucketOf(new Date(to.getTime() - 1), size)).toEqual(buckets.at(-1));
        const lastMoments = buckets.slice(1).map((next) => bucketOf(new Date(next.getTime() - 1), size).getTime());
        expect(lastMoments).toEqual(buckets.slice(0, -1).map((start) => start.getTime()));
      }),
    );
  });

  test('only the first and the last can be partial, and are when the period begins or ends within them', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 200 * 24 }), granularity, (from, hours, size) => {
        const to = new Date(from.getTime() + hours * HOUR_MS);
        const buckets = bucketsOf(from, to, size, 10_000);
        const partial = buckets.map((start) => isPartial(start, from, to, size));
        expect(partial.slice(1, -1)).not.toContain(true);
        expect(partial[0]).toBe(
          buckets[0]?.getTime() !== from.getTime() || (buckets.length === 1 && bucketOf(to, size).getTime() !== to.getTime()),
        );
        expect(partial.at(-1)).toBe(bucketOf(to, size).getTime() !== to.getTime() || (buckets.length === 1 && partial[0]));
        expect(buckets.length > 1 && isPartial(buckets[0] as Date, null, to, size)).toBe(false);
      }),
    );
  });

  test('weeks are ISO weeks, months begin on their first, hours name their instant', () => {
    expect(bucketName(bucketOf(new Date('2026-01-01T10:00:00Z'), 'week'), 'week')).toBe('2025-12-29');
    expect(bucketName(bucketOf(new Date('2026-01-31T23:59:59.999Z'), 'month'), 'month')).toBe('2026-01-01');
    expect(bucketName(bucketOf(new Date('2026-01-31T23:59:59.999Z'), 'hour'), 'hour')).toBe('2026-01-31T23:00:00Z');
  });

  test('stop one after the most that is allowed', () => {
    expect(bucketsOf(new Date('2026-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z'), 'hour', 10)).toHaveLength(11);
  });
});
