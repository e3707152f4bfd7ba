/** Which places of a column table pass some tests: sets of bits where all places are asked about, place by place where few are. */
import { fillBits, wordsFor } from './column-bits.ts';

export type ColumnTest = {
  /** Takes out of a set what does not pass. */
  narrow(bits: Uint32Array): void;
  passes(place: number): boolean;
};

/** Used again and again: what is made for every question is gathered up while others wait. */
let found = new Uint32Array(0);

/** The places that are not in a set that is as long. */
const notIn = (bits: Uint32Array, others: Uint32Array): void => {
  for (let i = 0; i < bits.length; i += 1) bits[i] = (bits[i] as number) & ~(others[i] as number);
};

/** Passed by whatever does not pass all of these. */
export const exceptTest = (tests: readonly ColumnTest[]): ColumnTest => ({
  narrow(bits) {
    const all = bits.slice();
    for (const test of tests) test.narrow(all);
    notIn(bits, all);
  },
  passes: (place) => !tests.every((test) => test.passes(place)),
});

/** The places below `count` that pass all tests; valid until the next call. */
export function filterPlaces(count: number, tests: readonly ColumnTest[]): Uint32Array {
  const words = wordsFor(count);
  if (found.length < words) found = new Uint32Array(words * 2);
  const bits = found.subarray(0, words);
  fillBits(bits, count);
  for (const test of tests) test.narrow(bits);
  return bits;
}

/** What all tests leave of these places, in their stead. */
export function keepPlaces(places: Uint32Array, tests: readonly ColumnTest[]): Uint32Array {
  let count = places.length;
  for (const test of tests) {
    let kept = 0;
    for (let i = 0; i < count; i += 1) {
      const place = places[i] as number;
      places[kept] = place;
      kept += Number(test.passes(place));
    }
    count = kept;
  }
  return places.subarray(0, count);
}
