/**
 * How large the next piece of a payment may be, and how long to leave the others to themselves before it. Whoever trades waits while a piece holds the
 * sequencer: little while others write, more while nobody does. Who is paid waits too: all pieces are to be done in time, and no sooner beside others.
 */

/** Payouts in a piece. */
export const LEAST = 250;
const MOST = 5_000;
/** Milliseconds of the sequencer, and of the players, to aim at. */
const BESIDE_OTHERS = { heldMs: 8, tookMs: 30 };
/** Beside others, when the credits would come too late otherwise: a longer piece pays more for its commit and its trips. */
const LATE = { heldMs: 12, tookMs: 40 };
const ALONE = { heldMs: 20, tookMs: 50 };
/** Between pieces, for those who wait. */
const LEAST_PAUSE_MS = 3;
const MOST_PAUSE_MS = 15;
/** From the decision to the last credit, beside others. */
export const DUE_MS = 2_500;
/** A measurement may be wrong; pieces grow slowly and shrink at once. */
const GROWTH = 2;

export type Pace = { size: number; pauseMs: number };
export const FIRST: Pace = { size: LEAST, pauseMs: 0 };

export type Measured = {
  /** Whether anybody else has written since the piece before. */
  others: boolean;
  /** Of the sequencer, and of the players, in this piece. */
  heldMs: number;
  tookMs: number;
  /** From asking for it to its answer. */
  wallMs: number;
  /** What is still to be paid, and until when. */
  left: number;
  leftMs: number;
};

export function nextPace({ size }: Pace, { others, heldMs, tookMs, wallMs, left, leftMs }: Measured): Pace {
  const sized = (target: typeof ALONE): number => {
    const fitting = Math.floor(size * Math.min(target.heldMs / Math.max(heldMs, 0.1), target.tookMs / Math.max(tookMs, 0.1)));
    return Math.max(LEAST, Math.min(MOST, size * GROWTH, fitting));
  };
  if (!others) return { size: sized(ALONE), pauseMs: 0 };
  const next = sized(BESIDE_OTHERS);
  const each = leftMs / Math.max(left / next, 1) - wallMs;
  const late = left > next && each < LEAST_PAUSE_MS;
  return { size: late ? sized(LATE) : next, pauseMs: Math.max(LEAST_PAUSE_MS, Math.min(MOST_PAUSE_MS, Math.floor(each))) };
}

/** Positions whose payouts are written, and which are closed, in one go by a decision. */
export const FIRST_STRETCH: Pace = { size: 500, pauseMs: 0 };
const STRETCH = { least: 250, most: 20_000 };
/** Milliseconds of a stretch to aim at. */
const STRETCH_MS = { besideOthers: 15, alone: 100 };
/** A decision leaves others two and a half times as long as it has worked; one that takes longer than this goes on without: the credits come after it. */
const BREATH = 2.5;
const BREATHING_MS = 8_000;

export type MeasuredStretch = {
  /** Whether anybody has traded since the stretch before. */
  others: boolean;
  /** Whether it was as large as it might have been: otherwise it says nothing about the time one takes. */
  full: boolean;
  tookMs: number;
  /** From the beginning of the decision. */
  sinceMs: number;
};

export function nextStretch({ size }: Pace, { others, full, tookMs, sinceMs }: MeasuredStretch): Pace {
  const target = others ? STRETCH_MS.besideOthers : STRETCH_MS.alone;
  const fitting = Math.floor((size * target) / Math.max(tookMs, 1));
  const next = full ? Math.max(STRETCH.least, Math.min(STRETCH.most, size * GROWTH, fitting)) : size;
  return { size: next, pauseMs: others && sinceMs < BREATHING_MS ? Math.round(Math.min(tookMs, STRETCH_MS.besideOthers) * BREATH) : 0 };
}
