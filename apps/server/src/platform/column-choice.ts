/** What a list shows of the places it is about: by sets of bits and kept orders where they are many, by looking at each where they are few. */
import { countBits, pageOfBits, placesBeyond, placesOf } from './column-bits.ts';
import { type ColumnTest, filterPlaces, keepPlaces } from './column-filter.ts';
import { type ColumnOrder, NO_KEY, type OrderedPage } from './column-order.ts';
import type { ColumnTable } from './column-table.ts';
import { pageOfPlaces, type Wanted } from './column-window.ts';
import type { Choice } from './page.ts';

export type ListedPlaces = {
  /** Those that may be shown, in ascending order and the caller's own; without them all. */
  among?: Uint32Array | undefined;
  tests: readonly ColumnTest[];
  /** Of each place, NO_KEY where it has none; without it the order is that of ids. */
  key: Float64Array | undefined;
  /** The kept order of this key, where there is one. */
  order?: ColumnOrder | undefined;
  within?: OrderedPage['within'];
  descending: boolean;
};

/** From so many steps of a walk for each place that is shown on, a look at those alone is quicker. */
const STEPS_A_PLACE = 4;
let upwards = new Float64Array(0);

/** What has no key stands last in ascending order too. */
function missingLast(key: Float64Array, places: Uint32Array): Float64Array {
  if (upwards.length < key.length) upwards = new Float64Array(key.length);
  for (let i = 0; i < places.length; i += 1) {
    const place = places[i] as number;
    const value = key[place] as number;
    upwards[place] = value === NO_KEY ? -NO_KEY : value;
  }
  return upwards;
}

type Table = Pick<ColumnTable<Record<string, never>>, 'count' | 'ids' | 'ascending' | 'firstFrom'>;

/** Of few places, or in an order that is not kept. */
function pageOfFew({ ids, ascending }: Table, places: Uint32Array, { key, descending }: ListedPlaces, wanted: Wanted): bigint[] {
  const by = key && !descending ? missingLast(key, places) : key;
  return pageOfPlaces(places, { key: by, ids, ascending, descending }, wanted);
}

/** Undefined when it is better looked for among the places that are shown alone. */
function pageOfMany(table: Table, bits: Uint32Array, total: number, listed: ListedPlaces, wanted: Wanted): Uint32Array | undefined {
  const { order, key, descending, within } = listed;
  const { offset, limit, after } = wanted;
  if (key === undefined) {
    if (!table.ascending) return undefined;
    if (!after) return pageOfBits(bits, { total, descending, offset, limit });
    return placesBeyond(bits, table.firstFrom(descending ? after[1] : after[1] + 1n), descending, limit);
  }
  const steps = ((Math.min(offset, Math.max(0, total - offset)) + limit) * table.count) / total;
  if (!order || (!after && steps > total * STEPS_A_PLACE)) return undefined;
  return order.page({ bits: total < table.count ? bits : undefined, total, descending, offset, limit, after, within });
}

/** The ids of a page and how many there are in all. */
export function chooseOf(table: Table, listed: ListedPlaces, wanted: Wanted): Choice {
  const { among, tests } = listed;
  if (among) {
    const places = keepPlaces(among, tests);
    return { ids: pageOfFew(table, places, listed, wanted), total: BigInt(places.length) };
  }
  const bits = filterPlaces(table.count, tests);
  const total = countBits(bits);
  if (total === 0) return { ids: [], total: 0n };
  const page = pageOfMany(table, bits, total, listed, wanted);
  const ids = page ? Array.from(page, (place) => table.ids[place] as bigint) : pageOfFew(table, placesOf(bits, total), listed, wanted);
  return { ids, total: BigInt(total) };
}
