/**
 * A text for each place of a column table, and which of them hold a part. A signature of 128 bits a text, one bit for each three letters in a
 * row, leaves few texts to look into.
 */
import type { ColumnTest } from './column-filter.ts';

export type ColumnText = {
  set(place: number, text: string): void;
  /** The places below `count` whose text has the part in it. */
  holding(part: string, count: number): ColumnTest;
};

const WORDS = 4;
const LETTERS = 3;
const FIRST_CAPACITY = 1 << 10;

/** Sets the bits of a text in `words` from `at` on. */
function sign(text: string, words: Uint32Array, at: number): void {
  for (let i = 0; i + LETTERS <= text.length; i += 1) {
    const three = (text.charCodeAt(i) * 31 + text.charCodeAt(i + 1)) * 31 + text.charCodeAt(i + 2);
    const bit = Math.imul(three, 0x9e3779b1) >>> 25;
    const word = at + (bit >>> 5);
    words[word] = (words[word] as number) | (1 << (bit & 31));
  }
}

export function columnText(): ColumnText {
  const texts: string[] = [];
  let signatures = new Uint32Array(FIRST_CAPACITY * WORDS);
  let marks = new Uint8Array(0);

  return {
    set(place, text) {
      if (texts[place] === text) return;
      if ((place + 1) * WORDS > signatures.length) {
        const grown = new Uint32Array(Math.max(signatures.length * 2, (place + 1) * WORDS));
        grown.set(signatures);
        signatures = grown;
      }
      signatures.fill(0, place * WORDS, (place + 1) * WORDS);
      sign(text, signatures, place * WORDS);
      texts[place] = text;
    },
    holding(part, count) {
      if (marks.length < count) marks = new Uint8Array(count * 2);
      const wanted = new Uint32Array(WORDS);
      sign(part, wanted, 0);
      const [a, b, c, d] = wanted as unknown as [number, number, number, number];
      for (let place = 0, at = 0; place < count; place += 1, at += WORDS) {
        const may =
          ((signatures[at] as number) & a) >>> 0 === a &&
          ((signatures[at + 1] as number) & b) >>> 0 === b &&
          ((signatures[at + 2] as number) & c) >>> 0 === c &&
          ((signatures[at + 3] as number) & d) >>> 0 === d;
        marks[place] = may && (texts[place] as string).includes(part) ? 1 : 0;
      }
      return { kind: 'marked', marks };
    },
  };
}
