/** What is made ahead of time is what would have been made in time, and nobody knows of it sooner. */
import { expect, test } from 'vitest';
import { openForesight } from './demo-foresight.ts';

const HOUR = 3_600_000;
const BEGIN = Date.parse('2026-01-03T00:00:00Z');
const INSTANTS = Array.from({ length: 24 }, (_, index) => BEGIN + index * 2 * HOUR + (index % 3) * 60_000);

function told(prepares: (index: number) => boolean): unknown[] {
  const foresight = openForesight(INSTANTS);
  return INSTANTS.map((_, index) => {
    const events = foresight.next();
    if (prepares(index)) foresight.prepare();
    return { events, soon: [...foresight.soon()], later: [...foresight.later()] };
  });
}

test('prepared now and then, always or never, the same is said and foreseen', () => {
  const plain = told(() => false);
  expect(plain.flatMap((one) => (one as { events: unknown[] }).events).length).toBeGreaterThan(500);
  expect(told(() => true)).toEqual(plain);
  expect(told((index) => index % 4 === 1)).toEqual(plain);
});
