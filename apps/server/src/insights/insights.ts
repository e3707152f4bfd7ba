/**
 * Door of insights. Nouns: score (how sharp a player bets, with its evidence and history). Reads anything, writes only its own tables;
 * what a score does to a player is written by the players' door. Invariant: the score of a player recomputes from its stored evidence.
 * Locks: when tiers change the sequencer, then the players of one chunk; otherwise only those players.
 *
 * `evaluateScores(database, now, { playersSince })` evaluates everybody with a bet on a market settled at or after `playersSince`
 * (null or absent: everybody who ever traded), at the instant `now`, in chunks of one short transaction each.
 */

/** Entries of the activity feed whose transactions another database counted. */
export { adoptRestoredActivity } from './activity.sql.ts';
/** Adds what was traded since to the figures of players; safe to run at any time and twice. */
export { addPlayerFigures } from './add-player-figures.ts';
export { evaluateScores, evaluateSettled } from './evaluate-scores.ts';
export type { RecallPeriods } from './measure-dashboard.ts';
export { measurePeriod, operatorsInScope } from './measure-period.ts';
/** `openRollups(...).run()` adds to the rollups what they lack: a past that is being made calls it at the end of each day, so that tiers are those of the day. */
export { openRollups, type Rollups } from './roll-up.ts';
