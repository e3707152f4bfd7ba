/**
 * Single lines in an embedded font, quickly and in constant memory: every letter is laid out once, and a text is the row of its letters.
 * Small print does not miss what is lost, the kerning.
 */
import type { Pdf } from './pdf.ts';

/** What the library does not say of its fonts. */
type EmbeddedFont = {
  id: string;
  ascender: number;
  encode(text: string, features: readonly string[]): [glyphs: string[], positions: { advanceWidth: number }[]];
  ref(): object;
};
/** Its glyphs, and its width in thousandths of the size. */
type Letter = { glyphs: string; width: number };
export type Letters = {
  /** In points. */
  width(text: string): number;
  /** As much of a text as fits. */
  fitting(text: string, room: number): string;
  /** Draws a line whose top left is there, in the colour that is set. */
  draw(text: string, x: number, y: number): void;
};

/** A letter with the marks upon it. */
const LETTER = /\P{M}\p{M}*/gsu;
/** Digits of one width, because they stand below each other. */
const FEATURES = ['tnum'] as const;
const ELLIPSIS = '…';
const PER_SIZE = 1_000;
const rounded = (points: number): number => Math.round(points * 100) / 100;
const lettersOf = (text: string): readonly string[] => text.normalize('NFC').match(LETTER) ?? [];

export function openLetters(pdf: Pdf, name: string, size: number): Letters {
  const font = (pdf.font(name) as unknown as { _font: EmbeddedFont })._font;
  const known = new Map<string, Letter>();
  const letter = (text: string): Letter => {
    let found = known.get(text);
    if (!found) {
      const [glyphs, positions] = font.encode(text, FEATURES);
      found = { glyphs: glyphs.join(''), width: positions.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) };
      known.set(text, found);
    }
    return found;
  };
  const width = (text: string): number => (lettersOf(text).reduce((sum, each) => sum + letter(each).width, 0) * size) / PER_SIZE;
  return {
    width,
    fitting(text, room) {
      const line = text.replace(/\s+/g, ' ');
      if (width(line) <= room) return line;
      let cut = '';
      let left = room - width(ELLIPSIS);
      for (const each of lettersOf(line)) {
        left -= (letter(each).width * size) / PER_SIZE;
        if (left < 0) break;
        cut += each;
      }
      return cut + ELLIPSIS;
    },
    draw(text, x, y) {
      pdf.page.fonts[font.id] ??= font.ref();
      const baseline = rounded(y + (font.ascender * size) / PER_SIZE);
      const glyphs = lettersOf(text)
        .map((each) => letter(each).glyphs)
        .join('');
      // Pages of the library have their origin on top, which texts must not be turned over by.
      pdf.addContent(`BT\n1 0 0 -1 ${rounded(x)} ${baseline} Tm\n/${font.id} ${size} Tf\n[<${glyphs}>] TJ\nET`);
    },
  };
}
