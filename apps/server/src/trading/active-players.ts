/** How many players traded in each of some windows of time, each counted once: a set of bits for each day, and the trades themselves where a window cuts one. */

/** Half-open; null is without an end. With buckets players are counted in each of them. */
type ActiveWindow = { label: string; from: Date | null; to: Date | null; by?: string | undefined };
export type ActiveQuestion = {
  operatorId?: bigint | undefined;
  windows: readonly ActiveWindow[];
  granularity?: 'hour' | 'day' | 'week' | 'month' | undefined;
};
/** Of one operator; `key` is the start of the bucket in seconds, or 0. */
export type ActiveCount = { label: string; operator_id: bigint; key: number; players: bigint };
/** Tells the number of whoever traded in an interval within one day, some more than once. */
export type TradersBetween = (from: number, to: number, tell: (player: number) => void) => void;

export type ActivePlayers = {
  /** A filled trade: when, by the number of whom, at the number of which operator. Telling it again changes nothing. */
  add(at: number, player: number, operator: number): void;
  /** By window, operator and bucket; what has nobody has no row. `operatorIds` by number. Undefined by the hour, which no set is kept for. */
  count(question: ActiveQuestion, operatorIds: readonly bigint[], between: TradersBetween): ActiveCount[] | undefined;
};

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const A_MONDAY = Date.UTC(2000, 0, 3);
const FIRST_CAPACITY = 1 << 10;
type DaySet = { bits: Uint32Array; counts: number[] };
/** Whole days by number, and intervals within one day. */
type Parts = { days: number[]; cuts: (readonly [from: number, to: number])[] };

/** The start of the bucket that holds an instant, in UTC; weeks begin on Mondays. */
function bucketOf(at: number, granularity: 'day' | 'week' | 'month'): number {
  if (granularity === 'day') return Math.floor(at / DAY_MS) * DAY_MS;
  if (granularity === 'week') return A_MONDAY + Math.floor((at - A_MONDAY) / WEEK_MS) * WEEK_MS;
  const day = new Date(at);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth());
}

export function activePlayers(): ActivePlayers {
  const known = new Map<number, DaySet>();
  /** By the number of the player. */
  let operators = new Uint32Array(FIRST_CAPACITY);

  const emptySet = (): DaySet => ({ bits: new Uint32Array((operators.length >>> 5) + 1), counts: [] });
  function addTo(set: DaySet, player: number): void {
    const word = player >>> 5;
    if (word >= set.bits.length) {
      const grown = new Uint32Array((operators.length >>> 5) + 1);
      grown.set(set.bits);
      set.bits = grown;
    }
    const bit = 1 << (player & 31);
    const before = set.bits[word] as number;
    if ((before & bit) !== 0) return;
    set.bits[word] = before | bit;
    const operator = operators[player] as number;
    set.counts[operator] = (set.counts[operator] ?? 0) + 1;
  }

  function partsOf({ from, to }: ActiveWindow): Parts {
    const start = from?.getTime() ?? Number.NEGATIVE_INFINITY;
    const end = to?.getTime() ?? Number.POSITIVE_INFINITY;
    const first = Math.ceil(start / DAY_MS);
    const last = Math.floor(end / DAY_MS);
    if (first > last) return { days: [], cuts: [[start, end]] };
    const cuts = [
      [start, first * DAY_MS],
      [last * DAY_MS, end],
    ] as const;
    return {
      days: [...known.keys()].filter((day) => day >= first && day < last),
      cuts: cuts.filter(([low, high]) => Number.isFinite(low) && Number.isFinite(high) && low < high),
    };
  }

  /** Everybody in the parts, each once, by operator. */
  function countIn({ days, cuts }: Parts, between: TradersBetween): number[] {
    const [only] = days;
    if (cuts.length === 0 && days.length === 1 && only !== undefined) return known.get(only)?.counts ?? [];
    const cut = emptySet();
    for (const [from, to] of cuts) between(from, to, (player) => addTo(cut, player));
    if (days.length === 0) return cut.counts;
    const all = cut.bits;
    for (const day of days) {
      const { bits } = known.get(day) as DaySet;
      for (let word = 0; word < bits.length; word += 1) all[word] = (all[word] as number) | (bits[word] as number);
    }
    const counts: number[] = [];
    for (let word = 0; word < all.length; word += 1) {
      for (let rest = (all[word] as number) | 0; rest !== 0; rest &= rest - 1) {
        const operator = operators[(word << 5) + 31 - Math.clz32(rest & -rest)] as number;
        counts[operator] = (counts[operator] ?? 0) + 1;
      }
    }
    return counts;
  }

  function byBucket({ days, cuts }: Parts, granularity: 'day' | 'week' | 'month'): Map<number, Parts> {
    const buckets = new Map<number, Parts>();
    const bucketAt = (at: number): Parts => {
      const key = bucketOf(at, granularity);
      const bucket = buckets.get(key) ?? { days: [], cuts: [] };
      buckets.set(key, bucket);
      return bucket;
    };
    for (const day of days) bucketAt(day * DAY_MS).days.push(day);
    for (const cut of cuts) bucketAt(cut[0]).cuts.push(cut);
    return buckets;
  }

  return {
    add(at, player, operator) {
      if (player >= operators.length) {
        const grown = new Uint32Array(Math.max(operators.length * 2, player + 1));
        grown.set(operators);
        operators = grown;
      }
      operators[player] = operator;
      const day = Math.floor(at / DAY_MS);
      const set = known.get(day) ?? emptySet();
      known.set(day, set);
      addTo(set, player);
    },
    count({ windows, granularity = 'day' }, operatorIds, between) {
      if (granularity === 'hour') return undefined;
      return windows.flatMap((window) => {
        const parts = partsOf(window);
        const buckets = window.by === 'bucket' ? byBucket(parts, granularity) : new Map([[0, parts]]);
        return [...buckets].flatMap(([key, part]) =>
          countIn(part, between).flatMap((count, n) => [
            { label: window.label, operator_id: operatorIds[n] as bigint, key: key / 1_000, players: BigInt(count) },
          ]),
        );
      });
    },
  };
}
