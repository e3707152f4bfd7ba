import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIRST, nextPace, type Pace } from './pace.rules.ts';

/** The pace after some pieces on a machine that takes so many milliseconds a thousand payouts. */
function settled(perThousand: number, others: boolean): Pace {
  let pace = FIRST;
  for (let piece = 0; piece < 20; piece += 1) pace = nextPace(pace, { heldMs: (pace.size * perThousand) / 1_000, others });
  return pace;
}

test('beside others a piece takes about 10 ms and leaves them a moment; alone 20 and none', () => {
  expect(settled(20, true)).toEqual({ size: 500, pauseMs: 3 });
  expect(settled(20, false)).toEqual({ size: 1_000, pauseMs: 0 });
  expect(settled(1, false).size).toBe(5_000);
  expect(settled(1_000, true).size).toBe(250);
});

test('whoever begins to trade meets a short piece at once', () => {
  const large = settled(20, false);
  expect(nextPace(large, { heldMs: 20, others: true })).toEqual({ size: 500, pauseMs: 3 });
});

test('the size stays within its bounds and at most doubles', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ heldMs: fc.double({ min: 0, max: 10_000, noNaN: true }), others: fc.boolean() })), (pieces) => {
      let pace = FIRST;
      for (const piece of pieces) {
        const next = nextPace(pace, piece);
        expect(next.size).toBeGreaterThanOrEqual(250);
        expect(next.size).toBeLessThanOrEqual(Math.min(5_000, pace.size * 2));
        expect(Number.isInteger(next.size)).toBe(true);
        pace = next;
      }
    }),
  );
});
