/**
 * How large the next piece of a payment may be. The sequencer is held while a piece is paid, so its time is what a trade may wait: little while
 * others write, more while nobody does.
 */

/** Payouts in a piece. */
export const LEAST = 250;
const MOST = 5_000;
/** Milliseconds of the sequencer to aim at. */
const BESIDE_OTHERS_MS = 10;
const ALONE_MS = 20;
/** Between pieces, for those who wait. */
const PAUSE_MS = 3;
/** A measurement may be wrong; pieces grow slowly and shrink at once. */
const GROWTH = 2;

export type Pace = { size: number; pauseMs: number };
export const FIRST: Pace = { size: LEAST, pauseMs: 0 };

/** `others`: whether anybody else has written since the piece before. */
export function nextPace({ size }: Pace, { heldMs, others }: { heldMs: number; others: boolean }): Pace {
  const target = others ? BESIDE_OTHERS_MS : ALONE_MS;
  const fitting = Math.floor((size * target) / Math.max(heldMs, 0.1));
  return { size: Math.max(LEAST, Math.min(MOST, size * GROWTH, fitting)), pauseMs: others ? PAUSE_MS : 0 };
}
