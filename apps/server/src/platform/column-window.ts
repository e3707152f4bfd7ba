/**
 * A page of places in the order of a key, without sorting the rest: a sample says between which keys the page stands, or the keys are counted
 * into buckets, and only what the page touches is looked at closer. Equal keys stand in the order of their ids.
 */

export type Order = {
  /** The key of each place. Absent: the order of ids. */
  key: Float64Array | undefined;
  ids: BigInt64Array;
  /** Whether places are in the order of ids already. */
  ascending: boolean;
  descending: boolean;
};
export type Wanted = {
  offset: number;
  limit: number /** Continue after this row instead. */;
  after?: readonly [key: number, id: bigint] | undefined;
};

const BUCKETS = 4_096;
const SMALL = 1_024;
const MOST_ROUNDS = 8;
/** From here on a look at a sample saves more than it costs. */
const SAMPLED = 4_096;
const SAMPLE = 2_048;
const sample = new Float64Array(SAMPLE);
const counts = new Uint32Array(BUCKETS);

let idKeys = new Float64Array(0);
/** Ids as doubles: nearly in order, their last bits lost. */
function roughIds(places: Uint32Array, ids: BigInt64Array): Float64Array {
  if (idKeys.length < ids.length) idKeys = new Float64Array(ids.length);
  for (const place of places) idKeys[place] = Number(ids[place]);
  return idKeys;
}

function extent(key: Float64Array, places: Uint32Array): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < places.length; i += 1) {
    const value = key[places[i] as number] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/**
 * In one pass: keeps the places whose keys stand between two of a sample that most likely enclose ranks `from` to `to`. Undefined when they do
 * not. Three deviations of the sample's rank to either side.
 */
function enclose(key: Float64Array, places: Uint32Array, from: number, to: number): [Uint32Array, number] | undefined {
  const stride = places.length / SAMPLE;
  for (let i = 0; i < SAMPLE; i += 1) sample[i] = key[places[Math.floor(i * stride)] as number] as number;
  sample.sort();
  const margin = (rank: number): number => 3 * Math.sqrt((rank / places.length) * (1 - rank / places.length) * SAMPLE) + 3;
  const first = Math.floor(from / stride - margin(from));
  const last = Math.ceil(to / stride + margin(to));
  const low = first < 0 ? Number.NEGATIVE_INFINITY : (sample[first] as number);
  const high = last >= SAMPLE ? Number.POSITIVE_INFINITY : (sample[last] as number);
  if (enclosed.length < places.length) enclosed = new Uint32Array(places.length * 2);
  const kept = enclosed;
  let n = 0;
  let before = 0;
  for (let i = 0; i < places.length; i += 1) {
    const place = places[i] as number;
    const value = key[place] as number;
    before += Number(value < low);
    kept[n] = place;
    n += Number(value >= low) & Number(value <= high);
  }
  return before <= from && before + n >= to ? [kept.slice(0, n), before] : undefined;
}
let enclosed = new Uint32Array(0);

/** Keeps the places of the buckets that hold ranks `from` to `to`; returns how many places stand before them. */
function narrow(key: Float64Array, places: Uint32Array, from: number, to: number, low: number, high: number): [Uint32Array, number] {
  const scale = (BUCKETS - 1) / (high - low);
  counts.fill(0);
  for (let i = 0; i < places.length; i += 1) {
    const bucket = ((key[places[i] as number] as number) - low) * scale;
    counts[bucket >>> 0] = (counts[bucket >>> 0] as number) + 1;
  }
  let first = 0;
  let before = 0;
  while (before + (counts[first] as number) <= from) {
    before += counts[first] as number;
    first += 1;
  }
  let last = first;
  let through = before + (counts[first] as number);
  while (through < to) {
    last += 1;
    through += counts[last] as number;
  }
  const kept = new Uint32Array(through - before);
  let n = 0;
  for (let i = 0; i < places.length; i += 1) {
    const place = places[i] as number;
    const bucket = (((key[place] as number) - low) * scale) >>> 0;
    if (bucket >= first && bucket <= last) {
      kept[n] = place;
      n += 1;
    }
  }
  return [kept, before];
}

/** Ranks `from` to `to` of the ascending order. */
function ranks(places: Uint32Array, { key, ids, ascending }: Order, from: number, to: number): Uint32Array {
  if (key === undefined && ascending) return places.slice(from, to);
  let rest = places;
  let skipped = 0;
  let by = key ?? roughIds(places, ids);
  let byId = key === undefined;
  if (rest.length > SAMPLED) {
    const [kept, before] = enclose(by, rest, from, to) ?? [rest, 0];
    rest = kept;
    skipped = before;
  }
  for (let round = 0; rest.length > SMALL && round < MOST_ROUNDS; round += 1) {
    const [low, high] = extent(by, rest);
    if (high > low) {
      const [kept, before] = narrow(by, rest, from - skipped, to - skipped, low, high);
      rest = kept;
      skipped += before;
    } else if (ascending) return rest.slice(from - skipped, to - skipped);
    else if (byId) break;
    else {
      by = roughIds(rest, ids);
      byId = true;
    }
  }
  const compare = (a: number, b: number): number => {
    const byKey = key === undefined ? 0 : (key[a] as number) - (key[b] as number);
    return byKey || ((ids[a] as bigint) < (ids[b] as bigint) ? -1 : 1);
  };
  return Uint32Array.from([...rest].sort(compare).slice(from - skipped, to - skipped));
}

/** How many places stand before a row of this key and id in the ascending order; `through` counts the row itself too. */
function standingBefore(places: Uint32Array, { key, ids }: Order, [at, id]: readonly [number, bigint], through: boolean): number {
  let before = 0;
  for (const place of places) {
    const value = key === undefined ? at : (key[place] as number);
    const other = ids[place] as bigint;
    if (value < at || (value === at && (other < id || (through && other === id)))) before += 1;
  }
  return before;
}

/** The ids of the page. `places` are in ascending order of place. */
export function pageOfPlaces(places: Uint32Array, order: Order, { offset, limit, after }: Wanted): bigint[] {
  const total = places.length;
  let from: number;
  let to: number;
  if (order.descending) {
    to = after ? standingBefore(places, order, after, false) : total - offset;
    from = Math.max(0, to - limit);
  } else {
    from = after ? standingBefore(places, order, after, true) : offset;
    to = Math.min(total, from + limit);
  }
  if (from >= to) return [];
  const page = Array.from(ranks(places, order, from, to), (place) => order.ids[place] as bigint);
  return order.descending ? page.reverse() : page;
}
