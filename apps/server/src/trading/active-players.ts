/** How many players traded in each of some windows of time, each counted once: one pass over the columns of trades, a bit a player and bucket. */

/** Half-open; null is without an end. With buckets players are counted in each of them. */
export type ActiveWindow = { label: string; from: Date | null; to: Date | null; by?: string | undefined };
export type ActiveQuestion = {
  operatorId?: bigint | undefined;
  windows: readonly ActiveWindow[];
  granularity?: 'hour' | 'day' | 'week' | 'month' | undefined;
};
/** Of one operator; `key` is the start of the bucket in seconds, or 0. */
export type ActiveCount = { label: string; operator_id: bigint; key: number; players: bigint };

/** Filled trades: when, by the number of whom, at the number of which operator. */
export type TradesInTime = {
  at: Float64Array;
  player: Uint32Array;
  filled(place: number): boolean;
  operator(place: number): number;
  from: number;
  to: number;
  players: number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WIDTHS = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };
const A_MONDAY = Date.UTC(2000, 0, 3);

/** The bucket that holds an instant, in UTC; weeks begin on Mondays. */
function bucketAt(at: number, granularity: 'hour' | 'day' | 'week' | 'month'): [start: number, end: number] {
  if (granularity === 'month') {
    const day = new Date(at);
    return [Date.UTC(day.getUTCFullYear(), day.getUTCMonth()), Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1)];
  }
  const width = WIDTHS[granularity];
  const start = A_MONDAY + Math.floor((at - A_MONDAY) / width) * width;
  return [start, start + width];
}

type Counter = { label: string; from: number; to: number; sets: Map<number, { seen: Uint32Array; counts: number[] }>; buckets: boolean };

/** By window, operator and bucket; what has nobody has no row. `operator` is the number of the only one that counts, or undefined. */
export function countActive(
  { windows, granularity = 'day' }: ActiveQuestion,
  trades: TradesInTime,
  operator: number | undefined,
  operatorIds: readonly bigint[],
): ActiveCount[] {
  const counters: Counter[] = windows.map(({ label, from, to, by }) => ({
    label,
    from: from?.getTime() ?? Number.NEGATIVE_INFINITY,
    to: to?.getTime() ?? Number.POSITIVE_INFINITY,
    sets: new Map(),
    buckets: by === 'bucket',
  }));
  let [start, end] = [0, 0];
  for (let place = trades.from; place < trades.to; place += 1) {
    if (!trades.filled(place)) continue;
    const where = trades.operator(place);
    if (operator !== undefined && where !== operator) continue;
    const at = trades.at[place] as number;
    if (at < start || at >= end) [start, end] = bucketAt(at, granularity);
    const player = trades.player[place] as number;
    for (const { from, to, sets, buckets } of counters) {
      if (at < from || at >= to) continue;
      const key = buckets ? start : 0;
      let set = sets.get(key);
      if (!set) {
        set = { seen: new Uint32Array((trades.players >>> 5) + 1), counts: [] };
        sets.set(key, set);
      }
      const { seen, counts } = set;
      const word = player >>> 5;
      const bit = 1 << (player & 31);
      if (((seen[word] as number) & bit) !== 0) continue;
      seen[word] = (seen[word] as number) | bit;
      counts[where] = (counts[where] ?? 0) + 1;
    }
  }
  return counters.flatMap(({ label, sets }) =>
    [...sets].flatMap(([key, { counts }]) =>
      operatorIds.flatMap((id, n) =>
        counts[n] === undefined ? [] : [{ label, operator_id: id, key: key / 1_000, players: BigInt(counts[n]) }],
      ),
    ),
  );
}
