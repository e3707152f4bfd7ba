import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIRST, type Measured, type MeasuredStretch, nextPace, nextStretch, type Pace } from './pace.rules.ts';

const measured = (given: Partial<Measured>): Measured => ({ others: true, heldMs: 0, tookMs: 0, wallMs: 0, left: 0, leftMs: 0, ...given });

/** The pace after some pieces on a machine that takes so many milliseconds a thousand payouts, half of them with the sequencer. */
function settled(perThousand: number, given: Partial<Measured>): Pace {
  let pace = FIRST;
  for (let piece = 0; piece < 20; piece += 1) {
    const tookMs = (pace.size * perThousand) / 1_000;
    pace = nextPace(pace, measured({ heldMs: tookMs / 2, tookMs, wallMs: tookMs, ...given }));
  }
  return pace;
}

test('beside others a piece holds the sequencer for about 8 ms and the players for 30; alone for 20 and 50', () => {
  expect(settled(20, { others: true }).size).toBe(800);
  expect(settled(20, { others: true, heldMs: 0 }).size).toBe(1_500);
  expect(settled(20, { others: false })).toEqual({ size: 2_000, pauseMs: 0 });
  expect(settled(1, { others: false }).size).toBe(5_000);
  expect(settled(1_000, { others: true }).size).toBe(250);
});

test('whoever begins to trade meets a short piece at once', () => {
  expect(nextPace({ size: 1_000, pauseMs: 0 }, measured({ heldMs: 20, tookMs: 20, wallMs: 21 }))).toEqual({ size: 400, pauseMs: 3 });
});

test('beside others there is time until the end, but nobody waits for nothing', () => {
  const piece = { heldMs: 8, tookMs: 30, wallMs: 20 };
  const pause = (left: number, leftMs: number): number => nextPace({ size: 500, pauseMs: 3 }, measured({ ...piece, left, leftMs })).pauseMs;
  expect(pause(50_000, 2_800)).toBe(8);
  expect(pause(50_000, 1_000)).toBe(3);
  expect(pause(50_000, -5_000)).toBe(3);
  expect(pause(1_000, 2_000)).toBe(15);
  expect(pause(0, 2_000)).toBe(15);
});

test('credits that would come too late are paid in longer pieces, and in shorter ones again when there is time', () => {
  const after = (left: number, leftMs: number): Pace =>
    nextPace({ size: 500, pauseMs: 3 }, measured({ heldMs: 8, tookMs: 20, wallMs: 20, left, leftMs }));
  expect(after(50_000, 1_000)).toEqual({ size: 750, pauseMs: 3 });
  expect(after(50_000, 2_800)).toEqual({ size: 500, pauseMs: 8 });
  expect(after(100, -100)).toEqual({ size: 500, pauseMs: 3 });
});

test('the size stays within its bounds and at most doubles', () => {
  const ms = fc.double({ min: 0, max: 10_000, noNaN: true });
  const left = fc.integer({ min: 0, max: 1_000_000 });
  const piece = fc.record({
    heldMs: ms,
    tookMs: ms,
    wallMs: ms,
    others: fc.boolean(),
    left,
    leftMs: fc.integer({ min: -10_000, max: 10_000 }),
  });
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      let pace = FIRST;
      for (const piece of pieces) {
        const next = nextPace(pace, piece);
        expect(next.size).toBeGreaterThanOrEqual(250);
        expect(next.size).toBeLessThanOrEqual(Math.min(5_000, pace.size * 2));
        expect(Number.isInteger(next.size)).toBe(true);
        if (piece.others) expect([next.pauseMs >= 3, next.pauseMs <= 15]).toEqual([true, true]);
        else expect(next.pauseMs).toBe(0);
        pace = next;
      }
    }),
  );
});

test('beside others a decision works for about 15 ms and then rests for longer; alone, or when it takes long, it does not wait', () => {
  const after = (given: Partial<MeasuredStretch>): Pace =>
    nextStretch({ size: 1_000, pauseMs: 0 }, { others: true, full: true, tookMs: 30, sinceMs: 100, ...given });
  expect(after({})).toEqual({ size: 500, pauseMs: 38 });
  expect(after({ tookMs: 10 })).toEqual({ size: 1_500, pauseMs: 25 });
  expect(after({ tookMs: 1_000 })).toEqual({ size: 250, pauseMs: 38 });
  expect(after({ full: false })).toEqual({ size: 1_000, pauseMs: 38 });
  expect(after({ others: false })).toEqual({ size: 2_000, pauseMs: 0 });
  expect(after({ sinceMs: 8_500 })).toEqual({ size: 500, pauseMs: 0 });
  expect(nextStretch({ size: 20_000, pauseMs: 0 }, { others: false, full: true, tookMs: 0, sinceMs: 0 }).size).toBe(20_000);
});
