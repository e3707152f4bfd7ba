/**
 * Door of protection. Nouns: own limit, spending, play session, self-exclusion.
 * Invariants: a cut is in force with the next trade, a raise after a day; an exclusion is never shortened; the batch that buys decides by
 * the totals it writes itself, so no two buys pass a limit together (docs/decisions/0020-player-protection.md).
 * Lock order: sequencer, then the player's row: whoever changes limits takes the turn of a batch.
 */
export {
  type ProtectedPlayer,
  protectionBounds,
  protectionColumn,
  protectionOf,
  writeSessions,
  writeSpending,
} from './protection.sql.ts';
