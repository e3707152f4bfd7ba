/**
 * All places of a column table in the order of one column that never changes once it is set, equal ones by place: pieces of a sorted list, so
 * that a new place moves only its neighbours. Only for tables whose places are in the order of ids.
 */

export type ColumnOrder = {
  /** Takes up the places from `from` to `to`, whose keys are set. */
  add(from: number, to: number): void;
  /**
   * At most `limit` of the marked places after the first `offset` of them, in order: from the end when `descending`. `total` is how many are
   * marked; without marks all are.
   */
  page(wanted: OrderedPage): Uint32Array;
};
export type OrderedPage = {
  marks: Uint8Array | undefined;
  total: number;
  descending: boolean;
  offset: number;
  limit: number;
};
type Piece = { places: Uint32Array; length: number };

const PIECE = 2_048;
/** A first load fills pieces so far. */
const FILLED = 1_400;
/** So many at once are sorted together with all others. */
const MANY = 20_000;

export function columnOrder(keyOf: () => Float64Array): ColumnOrder {
  let pieces: Piece[] = [];

  /** The first piece and index in it that do not stand before this key and place. */
  function find(key: Float64Array, at: number, place: number): [piece: number, index: number] {
    const before = (other: number): boolean => {
      const value = key[other] as number;
      return value < at || (value === at && other < place);
    };
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { places, length } = pieces[middle] as Piece;
      if (before(places[length - 1] as number)) low = middle + 1;
      else high = middle;
    }
    const piece = low;
    const { places, length } = pieces[piece] ?? { places: new Uint32Array(0), length: 0 };
    low = 0;
    high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(places[middle] as number)) low = middle + 1;
      else high = middle;
    }
    return [piece, low];
  }

  function insert(key: Float64Array, place: number): void {
    let [at, index] = find(key, key[place] as number, place);
    if (at === pieces.length) {
      at = pieces.length - 1;
      index = pieces[at]?.length ?? 0;
    }
    const piece = pieces[at] ?? { places: new Uint32Array(PIECE), length: 0 };
    if (pieces.length === 0) pieces.push(piece);
    piece.places.copyWithin(index + 1, index, piece.length);
    piece.places[index] = place;
    piece.length += 1;
    if (piece.length < PIECE) return;
    const half = PIECE >> 1;
    const upper = { places: new Uint32Array(PIECE), length: PIECE - half };
    upper.places.set(piece.places.subarray(half));
    piece.length = half;
    pieces.splice(at + 1, 0, upper);
  }

  function rebuild(count: number): void {
    const key = keyOf();
    const sorted = Uint32Array.from({ length: count }, (_, place) => place).sort(
      (a, b) => (key[a] as number) - (key[b] as number) || a - b,
    );
    pieces = [];
    for (let from = 0; from < count; from += FILLED) {
      const part = sorted.subarray(from, from + FILLED);
      const places = new Uint32Array(PIECE);
      places.set(part);
      pieces.push({ places, length: part.length });
    }
  }

  /** Ranks `from` to `to` of all places. */
  function ranks(from: number, to: number): Uint32Array {
    const taken = new Uint32Array(Math.max(0, to - from));
    let before = 0;
    let n = 0;
    for (const { places, length } of pieces) {
      const part = places.subarray(Math.max(0, from - before), Math.max(0, Math.min(length, to - before)));
      taken.set(part, n);
      n += part.length;
      before += length;
      if (before >= to) break;
    }
    return taken;
  }

  /** From one end: the marked places after the first `skip` of them. */
  function walk(fromEnd: boolean, marks: Uint8Array, skip: number, limit: number): Uint32Array {
    const taken = new Uint32Array(limit);
    let met = 0;
    for (let n = 0; n < pieces.length && met < skip + limit; n += 1) {
      const { places, length } = pieces[fromEnd ? pieces.length - 1 - n : n] as Piece;
      for (let i = 0; i < length && met < skip + limit; i += 1) {
        const place = places[fromEnd ? length - 1 - i : i] as number;
        if (marks[place] !== 1) continue;
        if (met >= skip) taken[met - skip] = place;
        met += 1;
      }
    }
    return taken;
  }

  return {
    add(from, to) {
      if (to - from > MANY) {
        rebuild(to);
        return;
      }
      const key = keyOf();
      for (let place = from; place < to; place += 1) insert(key, place);
    },
    page({ marks, total, descending, offset, limit }) {
      const most = Math.max(0, Math.min(limit, total - offset));
      const after = total - offset - most;
      if (!marks) return descending ? ranks(after, after + most).reverse() : ranks(offset, offset + most);
      // From the end that is nearer.
      return offset > after ? walk(!descending, marks, after, most).reverse() : walk(descending, marks, offset, most);
    },
  };
}
