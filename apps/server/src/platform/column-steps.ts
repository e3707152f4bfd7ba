/**
 * Ranges of a column: for some steps between its values the set of places that stand below, so that only what stands between two steps is looked
 * at itself. Steps are chosen anew when as much has come or changed as there was.
 */
import { putPlace, roomFor, wordsFor } from './column-bits.ts';
import type { ColumnTest } from './column-filter.ts';

export type ColumnSteps = {
  /** Takes up the value of a place, new or changed. */
  put(place: number): void;
  /** `least <= value < below`. */
  test(least: number, below: number): ColumnTest;
};

const STEPS = 256;
const SAMPLE = 8_192;
const FEWEST = 1_024;

/** `valuesOf` is the column, in which nothing is missing. */
export function columnSteps(valuesOf: () => Float64Array): ColumnSteps {
  let steps = new Float64Array(0);
  /** By step: the places whose values stand below. */
  let below: Uint32Array[] = [];
  /** By place: how many steps its value has reached. */
  let reached = new Uint16Array(0);
  let count = 0;
  let chosenFor = 0;
  let changes = 0;

  /** How many steps a value has reached. */
  function stepsUpTo(value: number): number {
    let low = 0;
    let high = steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((steps[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function choose(): void {
    const values = valuesOf();
    const size = Math.min(count, SAMPLE);
    const sample = Float64Array.from({ length: size }, (_, n) => values[Math.floor((n * count) / size)] as number).sort();
    steps = Float64Array.from(new Set(Array.from({ length: STEPS }, (_, n) => sample[Math.floor((n * size) / STEPS)] as number)));
    below = Array.from(steps, () => new Uint32Array(wordsFor(reached.length)));
    for (let place = 0; place < count; place += 1) {
      const step = stepsUpTo(values[place] as number);
      reached[place] = step;
      const first = below[step];
      if (first) putPlace(first, place, true);
    }
    for (let step = 1; step < below.length; step += 1) {
      const [lower, upper] = [below[step - 1], below[step]] as [Uint32Array, Uint32Array];
      for (let i = 0; i < upper.length; i += 1) upper[i] = (upper[i] as number) | (lower[i] as number);
    }
    chosenFor = count;
    changes = 0;
  }

  function ready(): void {
    if (changes > Math.max(FEWEST, chosenFor)) choose();
  }

  /** Leaves what stands below a value, or what does not. */
  function narrow(bits: Uint32Array, value: number, isBelow: boolean): void {
    const values = valuesOf();
    const step = stepsUpTo(value);
    const lower = below[step - 1];
    const upper = steps[step - 1] === value ? lower : below[step];
    for (let i = 0; i < bits.length; i += 1) {
      const all = bits[i] as number;
      const surely = lower === undefined ? 0 : all & (lower[i] as number);
      let unsure = (upper === undefined ? all : all & (upper[i] as number)) & ~surely;
      let found = surely;
      for (; unsure !== 0; unsure &= unsure - 1) {
        const bit = unsure & -unsure;
        if ((values[(i << 5) + 31 - Math.clz32(bit)] as number) < value) found |= bit;
      }
      bits[i] = isBelow ? found : all & ~found;
    }
  }

  return {
    put(place) {
      if (place >= reached.length) {
        const grown = new Uint16Array(Math.max(FEWEST, place * 2));
        grown.set(reached);
        reached = grown;
        below = below.map((bits) => roomFor(bits, grown.length - 1));
      }
      changes += 1;
      const isNew = place >= count;
      count = Math.max(count, place + 1);
      const before = isNew ? below.length : (reached[place] as number);
      const now = stepsUpTo(valuesOf()[place] as number);
      reached[place] = now;
      for (let step = before; step < now; step += 1) putPlace(below[step] as Uint32Array, place, false);
      for (let step = now; step < before; step += 1) putPlace(below[step] as Uint32Array, place, true);
    },
    test: (least, end) => ({
      narrow(bits) {
        ready();
        if (least > Number.NEGATIVE_INFINITY) narrow(bits, least, false);
        if (end < Number.POSITIVE_INFINITY) narrow(bits, end, true);
      },
      passes(place) {
        const value = valuesOf()[place] as number;
        return value >= least && value < end;
      },
    }),
  };
}
