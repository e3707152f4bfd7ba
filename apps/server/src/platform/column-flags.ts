/** A word of 32 bits for each place of a column table, kept once more by its bits: a set of places for each that was ever set. */
import { putPlace, roomFor } from './column-bits.ts';
import type { ColumnTest } from './column-filter.ts';

export type ColumnFlags = {
  at(place: number): number;
  put(place: number, word: number): void;
  /** Several demands on the bits as one test, or none. */
  tests(demands: readonly FlagBits[]): ColumnTest[];
};
/** What some bits have to be; undefined leaves them as they are. */
export type FlagBits = readonly [mask: number, bits: number] | undefined;

const BITS = 32;

export function columnFlags(): ColumnFlags {
  let words = new Uint32Array(0);
  const slices: (Uint32Array | undefined)[] = Array.from({ length: BITS }, () => undefined);

  function narrow(bits: Uint32Array, mask: number, equals: number): void {
    for (let bit = 0; bit < BITS; bit += 1) {
      if (((mask >>> bit) & 1) === 0) continue;
      const slice = slices[bit];
      const wanted = ((equals >>> bit) & 1) === 1;
      if (!slice) {
        if (wanted) bits.fill(0);
        continue;
      }
      const flip = wanted ? 0 : -1;
      for (let i = 0; i < bits.length; i += 1) bits[i] = (bits[i] as number) & ((slice[i] as number) ^ flip);
    }
  }

  return {
    at: (place) => words[place] as number,
    put(place, word) {
      if (place >= words.length) {
        const grown = new Uint32Array(Math.max(1_024, place * 2));
        grown.set(words);
        words = grown;
        for (const [bit, slice] of slices.entries()) if (slice) slices[bit] = roomFor(slice, words.length - 1);
      }
      let changed = (words[place] as number) ^ word;
      words[place] = word;
      for (; changed !== 0; changed &= changed - 1) {
        const bit = 31 - Math.clz32(changed & -changed);
        const slice = slices[bit] ?? roomFor(new Uint32Array(0), words.length - 1);
        slices[bit] = slice;
        putPlace(slice, place, ((word >>> bit) & 1) === 1);
      }
    },
    tests(demands) {
      let mask = 0;
      let equals = 0;
      for (const demand of demands) {
        if (!demand) continue;
        mask |= demand[0];
        equals |= demand[1];
      }
      if (mask === 0) return [];
      return [{ narrow: (bits) => narrow(bits, mask, equals), passes: (place) => (((words[place] as number) & mask) ^ equals) === 0 }];
    },
  };
}
