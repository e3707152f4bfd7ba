/** Ranges of a column whose values mostly rise with the places: the least and the greatest of each thousand say where a look at the values is needed. */
import { keptOf } from './column-bits.ts';
import type { ColumnTest } from './column-filter.ts';

export type ColumnZones = {
  /** Takes up the value of a place. */
  put(place: number): void;
  /** `least <= value < below`. */
  test(least: number, below: number): ColumnTest;
};

/** Places of a zone, as a power of two. */
const PLACES = 10;
const WORDS = (1 << PLACES) >>> 5;

export function columnZones(valuesOf: () => Float64Array): ColumnZones {
  const least: number[] = [];
  const greatest: number[] = [];

  return {
    put(place) {
      const zone = place >>> PLACES;
      const value = valuesOf()[place] as number;
      least[zone] = Math.min(least[zone] ?? value, value);
      greatest[zone] = Math.max(greatest[zone] ?? value, value);
    },
    test(from, to) {
      const passes = (place: number): boolean => {
        const value = valuesOf()[place] as number;
        return value >= from && value < to;
      };
      return {
        narrow(bits) {
          for (let zone = 0; zone < least.length; zone += 1) {
            const [low, high] = [least[zone] as number, greatest[zone] as number];
            const first = zone * WORDS;
            const end = Math.min(first + WORDS, bits.length);
            if (low >= from && high < to) continue;
            if (high < from || low >= to) bits.fill(0, first, end);
            else for (let i = first; i < end; i += 1) bits[i] = keptOf(bits[i] as number, i, passes);
          }
        },
        passes,
      };
    },
  };
}
