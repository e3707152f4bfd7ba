/** How often questions of each kind have ended with yes: counted on recorded markets decided before June 2026 (docs/copilot.md). */
import type { KindName } from './question.rules.ts';

/** Name and version of the model; a new count is a new version. */
export const MODEL = 'kinds-1';

/** Ended with yes, out of all. A test counts them again. */
export const BASE_RATES: Readonly<Record<KindName, readonly [yes: number, all: number]>> = {
  winner: [0, 27],
  draw: [11, 55],
  handicap: [10, 22],
  over_under: [117, 239],
  both_score: [0, 0],
  exact: [0, 7],
  up_or_down: [19, 44],
  weather: [6, 17],
  range: [13, 127],
  touches: [1, 3],
  leader: [31, 752],
  award: [11, 695],
  match: [3, 6],
  head_to_head: [125, 262],
  tournament: [28, 974],
  first: [49, 605],
  qualifies: [33, 357],
  transfer: [8, 256],
  election: [22, 60],
  says: [22, 26],
  leaves: [21, 37],
  conflict: [21, 63],
  valuation: [128, 463],
  below: [8, 19],
  above: [82, 232],
  launch: [109, 190],
  rates: [4, 5],
  by_date: [107, 179],
  other: [160, 625],
};
