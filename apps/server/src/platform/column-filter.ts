/** Which places of a column table pass some tests: one tight loop a test over what the tests before it left. */

export type ColumnTest =
  /** `(column & mask) === equals` */
  | { kind: 'bits'; column: Uint32Array; mask: number; equals: number }
  /** `least <= column < below`; a NaN passes nothing. */
  | { kind: 'range'; column: Float64Array; least: number; below: number }
  | { kind: 'id'; column: BigInt64Array; equals: bigint }
  /** Marked with a 1. */
  | { kind: 'marked'; marks: Uint8Array };

/** What some bits of a column have to be; undefined leaves them as they are. */
export type Bits = readonly [mask: number, bits: number] | undefined;

/** Several demands on the bits of one column as one test, or none. */
export function bitsTest(column: Uint32Array, demands: readonly Bits[]): ColumnTest[] {
  let mask = 0;
  let equals = 0;
  for (const demand of demands) {
    if (!demand) continue;
    mask |= demand[0];
    equals |= demand[1];
  }
  return mask === 0 ? [] : [{ kind: 'bits', column, mask, equals }];
}

// A match is added as a number, because a branch that goes either way costs more than all the rest of the loop.

/** What a test leaves of all places from `from` to `to`, written to `kept`. */
function keepOfAll(test: ColumnTest, from: number, to: number, kept: Uint32Array): number {
  let n = 0;
  if (test.kind === 'bits') {
    const { column, mask, equals } = test;
    for (let place = from; place < to; place += 1) {
      const differs = ((column[place] as number) & mask) ^ equals;
      kept[n] = place;
      n += ((differs | -differs) >>> 31) ^ 1;
    }
  } else if (test.kind === 'range') {
    const { column, least, below } = test;
    for (let place = from; place < to; place += 1) {
      const value = column[place] as number;
      kept[n] = place;
      n += Number(value >= least) & Number(value < below);
    }
  } else if (test.kind === 'marked') {
    for (let place = from; place < to; place += 1) {
      kept[n] = place;
      n += test.marks[place] ?? 0;
    }
  } else {
    const { words, low, high } = wordsOf(test);
    for (let place = from; place < to; place += 1) {
      if (words[2 * place] !== low || words[2 * place + 1] !== high) continue;
      kept[n] = place;
      n += 1;
    }
  }
  return n;
}

/** What a test leaves of the first `count` of these places, in their stead. */
function keepOf(test: ColumnTest, places: Uint32Array, count: number): number {
  let n = 0;
  if (test.kind === 'bits') {
    const { column, mask, equals } = test;
    for (let i = 0; i < count; i += 1) {
      const place = places[i] as number;
      const differs = ((column[place] as number) & mask) ^ equals;
      places[n] = place;
      n += ((differs | -differs) >>> 31) ^ 1;
    }
  } else if (test.kind === 'range') {
    const { column, least, below } = test;
    for (let i = 0; i < count; i += 1) {
      const place = places[i] as number;
      const value = column[place] as number;
      places[n] = place;
      n += Number(value >= least) & Number(value < below);
    }
  } else if (test.kind === 'marked') {
    for (let i = 0; i < count; i += 1) {
      const place = places[i] as number;
      places[n] = place;
      n += test.marks[place] ?? 0;
    }
  } else {
    const { words, low, high } = wordsOf(test);
    for (let i = 0; i < count; i += 1) {
      const place = places[i] as number;
      if (words[2 * place] !== low || words[2 * place + 1] !== high) continue;
      places[n] = place;
      n += 1;
    }
  }
  return n;
}

/** An id as two words: comparing bigints would make an object of each. */
const wordsOf = ({ column, equals }: ColumnTest & { kind: 'id' }) => ({
  words: new Int32Array(column.buffer),
  low: Number(BigInt.asIntN(32, equals)),
  high: Number(equals >> 32n),
});

let every = new Uint32Array(0);
let scratch = new Uint32Array(0);

/** The places from `from` to `to` that pass all tests, in order; valid until the next call. */
export function filterPlaces(from: number, to: number, tests: readonly ColumnTest[]): Uint32Array {
  if (every.length < to) {
    every = Uint32Array.from({ length: to * 2 }, (_, place) => place);
    scratch = new Uint32Array(to * 2);
  }
  const [first, ...others] = tests;
  if (!first) return every.subarray(from, to);
  let kept = keepOfAll(first, from, to, scratch);
  for (const test of others) kept = keepOf(test, scratch, kept);
  return scratch.subarray(0, kept);
}

/** What all tests leave of these places, in their stead. */
export function keepPlaces(places: Uint32Array, tests: readonly ColumnTest[]): Uint32Array {
  let kept = places.length;
  for (const test of tests) kept = keepOf(test, places, kept);
  return places.subarray(0, kept);
}
