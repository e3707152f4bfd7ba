/** Windows of time as whole days and what they cut of a day, in UTC. */

/** Half-open; null is without an end. By bucket it is told apart by the days, weeks or months in it. */
export type DayWindow = { label: string; from: Date | null; to: Date | null; by?: string | undefined };
export type Bucket = 'day' | 'week' | 'month';
export type Cut = readonly [from: number, to: number];
/** Whole days by number from `first` to before `last`, and intervals that each lie within one day. */
export type DayParts = { first: number; last: number; cuts: Cut[] };
/** The days something is known of. */
export type Known = { oldest: number; newest: number };

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const A_MONDAY = Date.UTC(2000, 0, 3);

export const dayOf = (at: number): number => Math.floor(at / DAY_MS);

/** The start of the bucket that holds an instant; weeks begin on Mondays. */
function bucketOf(at: number, bucket: Bucket): number {
  if (bucket === 'day') return dayOf(at) * DAY_MS;
  if (bucket === 'week') return A_MONDAY + Math.floor((at - A_MONDAY) / WEEK_MS) * WEEK_MS;
  const day = new Date(at);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth());
}

function partsOf({ from, to }: DayWindow, { oldest, newest }: Known): DayParts {
  const start = from?.getTime() ?? Number.NEGATIVE_INFINITY;
  const end = to?.getTime() ?? Number.POSITIVE_INFINITY;
  const none = { first: 0, last: 0 };
  if (start >= end) return { ...none, cuts: [] };
  const first = Math.ceil(start / DAY_MS);
  const last = Math.floor(end / DAY_MS);
  if (first > last) return { ...none, cuts: [[start, end]] };
  const edges: Cut[] = [
    [start, first * DAY_MS],
    [last * DAY_MS, end],
  ];
  const cuts = edges.filter(([low, high]) => Number.isFinite(low) && Number.isFinite(high) && low < high);
  const days = { first: Math.max(first, oldest), last: Math.min(last, newest + 1) };
  return { ...(days.first < days.last ? days : none), cuts };
}

function byBucket({ first, last, cuts }: DayParts, bucket: Bucket): Map<number, DayParts> {
  const buckets = new Map<number, DayParts>();
  for (let day = first; day < last; day += 1) {
    const key = bucketOf(day * DAY_MS, bucket);
    const known = buckets.get(key);
    if (known) known.last = day + 1;
    else buckets.set(key, { first: day, last: day + 1, cuts: [] });
  }
  for (const cut of cuts) {
    const key = bucketOf(cut[0], bucket);
    const known = buckets.get(key);
    if (known) known.cuts.push(cut);
    else buckets.set(key, { first: 0, last: 0, cuts: [cut] });
  }
  return buckets;
}

/** The parts of a window by the start of its bucket in milliseconds, or all of them under 0. */
export function bucketsOf(window: DayWindow, bucket: Bucket, known: Known): Map<number, DayParts> {
  const parts = partsOf(window, known);
  return window.by === 'bucket' ? byBucket(parts, bucket) : new Map([[0, parts]]);
}
