/**
 * A text for each place of a column table, and which of them hold a part. A signature of 512 bits a text, one bit for each three letters in a
 * row, leaves few texts to look into; the signatures are kept by their bits, a set of places each.
 */
import { keptOf, putPlace, roomFor } from './column-bits.ts';
import type { ColumnTest } from './column-filter.ts';

export type ColumnText = {
  set(place: number, text: string): void;
  /** Passed by the places whose text has the part in it. */
  holding(part: string): ColumnTest;
};

const BITS = 512;
const LETTERS = 3;

/** The bits of a text's signature. */
function signatureOf(text: string): Set<number> {
  const bits = new Set<number>();
  for (let i = 0; i + LETTERS <= text.length; i += 1) {
    const three = (text.charCodeAt(i) * 31 + text.charCodeAt(i + 1)) * 31 + text.charCodeAt(i + 2);
    bits.add(Math.imul(three, 0x9e3779b1) >>> 23);
  }
  return bits;
}

export function columnText(): ColumnText {
  const texts: string[] = [];
  const having: Uint32Array[] = Array.from({ length: BITS }, () => new Uint32Array(0));
  const holds = (place: number, part: string): boolean => (texts[place] ?? '').includes(part);

  return {
    set(place, text) {
      const before = texts[place];
      if (before === text) return;
      if (place >>> 5 >= (having[0] as Uint32Array).length)
        for (const [bit, places] of having.entries()) having[bit] = roomFor(places, place);
      for (const bit of before === undefined ? [] : signatureOf(before)) putPlace(having[bit] as Uint32Array, place, false);
      for (const bit of signatureOf(text)) putPlace(having[bit] as Uint32Array, place, true);
      texts[place] = text;
    },
    holding: (part) => ({
      narrow(bits) {
        for (const bit of signatureOf(part)) {
          const places = having[bit] as Uint32Array;
          for (let i = 0; i < bits.length; i += 1) bits[i] = (bits[i] as number) & (places[i] as number);
        }
        for (let i = 0; i < bits.length; i += 1) bits[i] = keptOf(bits[i] as number, i, (place) => holds(place, part));
      },
      passes: (place) => holds(place, part),
    }),
  };
}
