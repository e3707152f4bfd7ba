/** Whatever the texts and the part looked for: the places found are those whose text includes it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countBits, placesOf } from './column-bits.ts';
import { filterPlaces } from './column-filter.ts';
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
        const test = column.holding(part);
        const expected = [...texts.keys()].filter((place) => texts[place]?.includes(part));
        const found = filterPlaces(texts.length, [test]);
        expect([...placesOf(found, countBits(found))]).toEqual(expected);
        expect([...texts.keys()].filter((place) => test.passes(place))).toEqual(expected);
      },
    ),
  );
});

test('more texts than fit at first are all found', () => {
  const column = columnText();
  for (let place = 0; place < 5_000; place += 1) column.set(place, `player-${place}\n\next-${place}`);
  const found = filterPlaces(5_000, [column.holding('er-4321')]);
  expect([...placesOf(found, countBits(found))]).toEqual([4_321]);
});
