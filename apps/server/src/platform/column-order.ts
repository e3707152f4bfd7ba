/**
 * All places of a column table in the order of one column, equal ones by id: pieces of a sorted list, so that a place that comes or changes moves
 * only its neighbours.
 */
import { hasPlace } from './column-bits.ts';

export type ColumnOrder = {
  /** Takes up all places below `count` anew, whose keys are set. */
  build(count: number): void;
  /** Sets the key of a place, a new one or one that has a key. Before the first build only that. Answers whether it is another than before. */
  put(place: number, key: number, isNew: boolean): boolean;
  page(wanted: OrderedPage): Uint32Array;
};
export type OrderedPage = {
  /** Those that are shown, `total` of them; without it all are. */
  bits: Uint32Array | undefined;
  total: number;
  descending: boolean;
  offset: number;
  limit: number;
  /** Continue after this row instead. */
  after?: readonly [key: number, id: bigint] | undefined;
  /** Those that are shown have keys between: from the first, below the second. */
  within?: readonly [least: number, below: number] | undefined;
};
/** The key of a place that has none: it stands last in either direction. */
export const NO_KEY = -Number.MAX_VALUE;
/** Every other is greater. */
const LEAST_KEY = -1e300;

type Table = { readonly ids: BigInt64Array; readonly ascending: boolean };
type Piece = { places: Uint32Array; length: number };
/** Before the place that stands there. */
type Position = { piece: number; index: number };
const NO_PIECE: Piece = { places: new Uint32Array(0), length: 0 };
type Span = { from: Position; to: Position };

const PIECE = 2_048;
/** A build fills pieces so far. */
const FILLED = 1_400;

export function columnOrder(table: Table, keyOf: () => Float64Array): ColumnOrder {
  let pieces: Piece[] = [];
  let built = false;
  const start: Position = { piece: 0, index: 0 };
  const end = (): Position => ({ piece: pieces.length, index: 0 });

  /** Before all that stand at or behind a key and id; without an id, before the first of its key. */
  function find(at: number, id = 0n): Position {
    const key = keyOf();
    // As words, because comparing bigints would make an object of each.
    const words = new Uint32Array(table.ids.buffer);
    const low32 = Number(BigInt.asUintN(32, id));
    const high32 = Number(id >> 32n);
    const before = (place: number): boolean => {
      const value = key[place] as number;
      if (value !== at) return value < at;
      const high = words[2 * place + 1] as number;
      return high === high32 ? (words[2 * place] as number) < low32 : high < high32;
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
    low = 0;
    high = pieces[piece]?.length ?? 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before((pieces[piece] as Piece).places[middle] as number)) low = middle + 1;
      else high = middle;
    }
    return { piece, index: low };
  }
  const where = (place: number): Position => find(keyOf()[place] as number, table.ids[place] as bigint);

  function enter(place: number): void {
    let { piece: at, index } = where(place);
    if (at === pieces.length && at > 0) {
      at -= 1;
      index = (pieces[at] as Piece).length;
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

  function leave(place: number): void {
    const { piece: at, index } = where(place);
    const piece = pieces[at] as Piece;
    if (piece.places[index] !== place) throw new Error('A place is not where its key says');
    piece.places.copyWithin(index, index + 1, piece.length);
    piece.length -= 1;
    if (piece.length === 0) pieces.splice(at, 1);
  }

  /** Where the wanted places stand: in ascending order those without a key behind the others. */
  function spansOf({ descending, after, within }: OrderedPage): Span[] {
    if (after) return [descending ? { from: start, to: find(...after) } : { from: find(after[0], after[1] + 1n), to: end() }];
    if (within) return [{ from: find(within[0]), to: find(within[1]) }];
    if (descending) return [{ from: start, to: end() }];
    const first = find(LEAST_KEY);
    return [
      { from: first, to: end() },
      { from: start, to: first },
    ];
  }

  /** At most `limit` of the shown places after the first `skip` of them. */
  function walk(spans: readonly Span[], backwards: boolean, bits: Uint32Array | undefined, skip: number, limit: number): Uint32Array {
    const taken = new Uint32Array(limit);
    const enough = skip + limit;
    let met = 0;
    function meet(places: Uint32Array, low: number, high: number): void {
      for (let n = low; n < high && met < enough; n += 1) {
        const place = places[backwards ? low + high - 1 - n : n] as number;
        if (bits && !hasPlace(bits, place)) continue;
        if (met >= skip) taken[met - skip] = place;
        met += 1;
      }
    }
    for (const { from, to } of spans) {
      for (let n = from.piece; n <= to.piece && met < enough; n += 1) {
        const at = backwards ? to.piece + from.piece - n : n;
        const { places, length } = pieces[at] ?? NO_PIECE;
        const low = at === from.piece ? from.index : 0;
        const high = at === to.piece ? to.index : length;
        if (!bits && met + high - low <= skip) met += high - low;
        else meet(places, low, high);
      }
    }
    return taken.subarray(0, Math.max(0, met - skip));
  }

  return {
    build(count) {
      const key = keyOf();
      const { ids, ascending } = table;
      const byId = (a: number, b: number): number => (ascending ? a - b : (ids[a] as bigint) < (ids[b] as bigint) ? -1 : 1);
      const sorted = Uint32Array.from({ length: count }, (_, place) => place).sort(
        (a, b) => (key[a] as number) - (key[b] as number) || byId(a, b),
      );
      built = true;
      pieces = [];
      for (let from = 0; from < count; from += FILLED) {
        const part = sorted.subarray(from, from + FILLED);
        const places = new Uint32Array(PIECE);
        places.set(part);
        pieces.push({ places, length: part.length });
      }
    },
    put(place, key, isNew) {
      const keys = keyOf();
      if (!isNew && keys[place] === key) return false;
      if (built && !isNew) leave(place);
      keys[place] = key;
      if (built) enter(place);
      return true;
    },
    page(wanted) {
      const { bits, total, descending, offset, limit, after } = wanted;
      const spans = spansOf(wanted);
      if (after) return walk(spans, descending, bits, 0, limit);
      const most = Math.max(0, Math.min(limit, total - offset));
      const beyond = total - offset - most;
      // From the end that is nearer.
      if (offset > beyond) return walk(spans.reverse(), !descending, bits, beyond, most).reverse();
      return walk(spans, descending, bits, offset, most);
    },
  };
}
