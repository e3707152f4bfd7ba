/**
 * Rows as columns of numbers in typed arrays, one place a row and found by id: what a wide list is chosen from. Twelve to fifty bytes a row.
 * Not shared between threads; columns are replaced when the table grows, so take them anew for every question.
 */

/** `word` is an unsigned integer of 32 bits, `number` a double, `id` a bigint of 64 bits. */
export type ColumnKind = 'word' | 'number' | 'id';
type Arrays = { word: Uint32Array; number: Float64Array; id: BigInt64Array };
export type Columns<S extends Record<string, ColumnKind>> = { [C in keyof S]: Arrays[S[C]] };

export type ColumnTable<S extends Record<string, ColumnKind>> = {
  readonly count: number;
  /** Ids by place. */
  readonly ids: BigInt64Array;
  readonly columns: Columns<S>;
  /** True while every id was greater than the one before it: places are in the order of ids. */
  readonly ascending: boolean;
  /** The place of an id; a new one at the end when it has none. */
  place(id: bigint): number;
  /** The place of an id, or -1. */
  find(id: bigint): number;
  /** Where places are in the order of ids: the first whose id is not below this one. */
  firstFrom(id: bigint): number;
  /** Bytes held. */
  bytes(): number;
};

const FIRST_CAPACITY = 1 << 10;
const MAKE = {
  word: (length: number) => new Uint32Array(length),
  number: (length: number) => new Float64Array(length),
  id: (length: number) => new BigInt64Array(length),
};

function grown<A extends Uint32Array | Float64Array | BigInt64Array>(kind: ColumnKind, old: A | undefined, length: number): A {
  const made = MAKE[kind](length) as A;
  if (old) (made as Uint32Array).set(old as Uint32Array);
  return made;
}

/** Spreads ids that differ in few bits over the slots. */
const slotOf = (low: number, high: number, mask: number): number => {
  const mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) & mask;
};

export function columnTable<S extends Record<string, ColumnKind>>(schema: S): ColumnTable<S> {
  let capacity = 0;
  let count = 0;
  let ascending = true;
  let ids = new BigInt64Array(0);
  let words = new Int32Array(0);
  /** Open addressing, at most half full: place + 1, or 0. */
  let slots = new Uint32Array(0);
  const columns: Record<string, Uint32Array | Float64Array | BigInt64Array> = {};
  for (const [name, kind] of Object.entries(schema)) columns[name] = MAKE[kind](0);

  function grow(): void {
    capacity = Math.max(FIRST_CAPACITY, capacity * 2);
    ids = grown('id', ids, capacity);
    words = new Int32Array(ids.buffer);
    for (const [name, kind] of Object.entries(schema)) columns[name] = grown(kind, columns[name], capacity);
    slots = new Uint32Array(capacity * 2);
    const mask = slots.length - 1;
    for (let place = 0; place < count; place += 1) {
      let slot = slotOf(words[2 * place] as number, words[2 * place + 1] as number, mask);
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = place + 1;
    }
  }

  /** The slot that holds the id, or the free one where it belongs. */
  function slotFor(id: bigint): number {
    const mask = slots.length - 1;
    let slot = slotOf(Number(BigInt.asIntN(32, id)), Number(id >> 32n), mask);
    for (;;) {
      const place = slots[slot] as number;
      if (place === 0 || ids[place - 1] === id) return slot;
      slot = (slot + 1) & mask;
    }
  }
  const find = (id: bigint): number => (count === 0 ? -1 : (slots[slotFor(id)] as number) - 1);

  return {
    get count() {
      return count;
    },
    get ids() {
      return ids;
    },
    get columns() {
      return columns as Columns<S>;
    },
    get ascending() {
      return ascending;
    },
    find,
    place(id) {
      const known = find(id);
      if (known >= 0) return known;
      if (count === capacity) grow();
      if (count > 0 && id < (ids[count - 1] as bigint)) ascending = false;
      slots[slotFor(id)] = count + 1;
      ids[count] = id;
      count += 1;
      return count - 1;
    },
    firstFrom(id) {
      let low = 0;
      let high = count;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((ids[middle] as bigint) < id) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    bytes: () => ids.byteLength + slots.byteLength + Object.values(columns).reduce((sum, { byteLength }) => sum + byteLength, 0),
  };
}
