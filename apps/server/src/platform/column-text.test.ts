/** Whatever the texts and the part looked for: the places marked are those whose text includes it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnText } from './column-text.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '1', '\n', 'é', '😀'), maxLength: 12 });

test('the marked places are those whose text has the part in it, after texts have changed too', () => {
  fc.assert(
    fc.property(
      fc.array(letters, { maxLength: 40 }),
      fc.array(fc.tuple(fc.nat(), letters), { maxLength: 10 }),
      letters,
      (given, changes, part) => {
        const texts = [...given];
        const column = columnText();
        for (const [place, text] of texts.entries()) column.set(place, text);
        for (const [n, text] of texts.length > 0 ? changes : []) {
          texts[n % texts.length] = text;
          column.set(n % texts.length, text);
        }
        const test = column.holding(part, texts.length);
        const marked = test.kind === 'marked' ? [...test.marks.subarray(0, texts.length)] : [];
        expect(marked).toEqual(texts.map((text) => Number(text.includes(part))));
      },
    ),
  );
});

test('more texts than fit at first are all found', () => {
  const column = columnText();
  for (let place = 0; place < 5_000; place += 1) column.set(place, `player-${place}\n\next-${place}`);
  const test = column.holding('er-4321', 5_000);
  expect(test.kind === 'marked' && test.marks.indexOf(1)).toBe(4_321);
});
