/**
 * The course of the demo's months: at which instants prices are looked at and how many moves are made at each. More in the evening,
 * at weekends and as time goes on; the last day is looked at more closely. Pure: drawn from numbers in [0, 1).
 */

/** How much of a demo there is. */
export type DemoScale = { days: number; players: number; moves: number };
export const DEMO_SCALES = {
  full: { days: 90, players: 2_000, moves: 60_000 },
  /** For tests and hurried visitors. */
  small: { days: 35, players: 250, moves: 4_000 },
} as const satisfies Record<string, DemoScale>;
export type DemoSize = keyof typeof DEMO_SCALES;

export type Moment = { at: number; moves: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY_MS = 24 * HOUR;
/** After a moment prices are looked at once more: what some knew shows. */
export const AFTERMATH_MS = 3 * MINUTE;
const BUSIEST_HOUR = 19;
/** From Sunday on. */
const WEEKDAYS = [1.2, 0.85, 0.85, 0.9, 0.95, 1.1, 1.3];
/** Below these, hours are taken together: three and two. */
const [QUIET, USUAL] = [0.5, 1.15];
/** Prices are looked at half as closely further back than this. */
const RECENT_MS = 35 * DAY_MS;
/** The last day is looked at every so often. */
const CLOSELY = HOUR / 3;

/** How busy an hour is, 1 on an average evening. */
function demandAt(at: number, start: number, end: number): number {
  const date = new Date(at);
  const hour = date.getUTCHours();
  const wave = (1 + Math.cos((2 * Math.PI * (hour - BUSIEST_HOUR)) / 24)) / 2;
  const grown = (at - start) / (end - start);
  return (0.15 + 0.85 * wave ** 1.3) * (WEEKDAYS[date.getUTCDay()] as number) * (0.55 + 0.9 * grown);
}

/** Every moment from `start` to `end` at which anybody moves, in order, with all the moves of `scale` shared out among them. */
export function momentsOf(start: number, end: number, { moves }: DemoScale, draw: () => number): Moment[] {
  const found: { at: number; weight: number }[] = [];
  for (let from = start; from < end; ) {
    const demand = demandAt(from, start, end);
    const length = end - from <= DAY_MS ? CLOSELY : demand < QUIET ? 3 * HOUR : demand < USUAL ? 2 * HOUR : HOUR;
    const until = Math.min(from + length * (end - from > RECENT_MS ? 2 : 1), end);
    const at = from + Math.floor(draw() * Math.max(0, until - from - 2 * AFTERMATH_MS));
    const weight = (demand * (until - from)) / HOUR;
    if (until - from > 2 * AFTERMATH_MS) found.push({ at, weight });
    from = until;
  }
  const all = found.reduce((sum, { weight }) => sum + weight, 0);
  return found.map(({ at, weight }) => ({ at, moves: Math.floor((moves * weight) / all + draw()) })).filter((moment) => moment.moves > 0);
}
