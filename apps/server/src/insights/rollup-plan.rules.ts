/** Which rollup answers for which part of a period: whole days, hours of the days a boundary falls into, trades of the hour it falls into. */
import { firstIdAt } from '@predictu/contract/ids';

export type Granularity = 'hour' | 'day' | 'week' | 'month';
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** An id may run ahead of its row's clock while a clock that went back catches up. */
const AHEAD_MS = 600_000;

const startOfHour = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
const startOfDay = (at: Date): Date => new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);

export type RollupPlan = {
  /** Days read hour by hour. */
  splitDays: Date[];
  /** Hours read trade by trade, with the ids their trades can have: from, below. */
  rawHours: { at: Date; firstId: bigint; endId: bigint }[];
};

const distinct = (times: readonly Date[]): Date[] =>
  [...new Set(times.map((time) => time.getTime()))].sort((a, b) => a - b).map((time) => new Date(time));

/** No cell of the plan lies on both sides of a boundary. */
export function rollupPlan(boundaries: readonly (Date | null)[]): RollupPlan {
  const given = boundaries.filter((boundary) => boundary !== null);
  const hours = given.filter((at) => startOfHour(at).getTime() !== at.getTime()).map(startOfHour);
  return {
    splitDays: distinct(given.filter((at) => startOfDay(at).getTime() !== at.getTime()).map(startOfDay)),
    rawHours: distinct(hours).map((at) => ({
      at,
      firstId: firstIdAt(at),
      endId: firstIdAt(new Date(at.getTime() + HOUR_MS + AHEAD_MS)),
    })),
  };
}

/**
 * All boundaries in order, and which of the parts between them each window spans: part 0 is before the first boundary, part n from the nth on.
 * A window that holds nothing spans no part.
 */
export function segmentsOf(windows: readonly { from: Date | null; to: Date | null }[]): {
  boundaries: Date[];
  spans: { first: number; last: number }[];
} {
  const boundaries = distinct(windows.flatMap(({ from, to }) => [from, to]).filter((at) => at !== null));
  const times = boundaries.map((at) => at.getTime());
  return {
    boundaries,
    spans: windows.map(({ from, to }) => ({
      first: from === null ? 0 : times.indexOf(from.getTime()) + 1,
      last: to === null ? times.length : times.indexOf(to.getTime()),
    })),
  };
}

/** The first moment of the bucket that holds an instant, in UTC; weeks are ISO weeks. */
export function bucketOf(at: Date, granularity: Granularity): Date {
  if (granularity === 'hour') return startOfHour(at);
  const day = startOfDay(at);
  if (granularity === 'day') return day;
  if (granularity === 'month') return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1));
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY_MS);
}

function bucketAfter(start: Date, granularity: Granularity): Date {
  if (granularity === 'month') return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
  return new Date(start.getTime() + { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS }[granularity]);
}

/** Every bucket that holds a part of [from, to), also those without a trade; at most one more than `most`. */
export function bucketsOf(from: Date, to: Date, granularity: Granularity, most: number): Date[] {
  const buckets: Date[] = [];
  for (let start = bucketOf(from, granularity); start < to && buckets.length <= most; start = bucketAfter(start, granularity))
    buckets.push(start);
  return buckets;
}

/** Whether more of this bucket lies before or after the period; without `from` it begins with its first bucket. */
export const isPartial = (start: Date, from: Date | null, to: Date, granularity: Granularity): boolean =>
  (from !== null && start < from) || bucketAfter(start, granularity) > to;

/** As answers show it: the day, or the instant an hour begins. */
export const bucketName = (start: Date, granularity: Granularity): string =>
  granularity === 'hour' ? start.toISOString().replace('.000Z', 'Z') : start.toISOString().slice(0, 10);

/** The part of a day that lies in a period, with the ids its trades can have: from, below. */
export type PeriodCut = { day: Date; from: Date; to: Date; firstId: bigint; endId: bigint };

/** The days a period holds only in part; one without an end goes on for ever. */
export function periodCut(from: Date, to: Date | null): PeriodCut[] {
  if (to !== null && to <= from) return [];
  const days = distinct([from, ...(to === null ? [] : [to])].filter((at) => startOfDay(at).getTime() !== at.getTime()).map(startOfDay));
  return days.map((day) => {
    const end = new Date(day.getTime() + DAY_MS);
    const part = { from: from > day ? from : day, to: to !== null && to < end ? to : end };
    return { day, ...part, firstId: firstIdAt(part.from), endId: firstIdAt(new Date(part.to.getTime() + AHEAD_MS)) };
  });
}
