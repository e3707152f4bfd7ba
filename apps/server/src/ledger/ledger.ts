/**
 * Door of the ledger: the one way money moves. Nouns: account, movement, entry.
 * Invariants: every entry moves a positive amount between two different accounts of one operator; entries of a player chain
 * (before = the last one's after); a balance is never negative. Rows are never changed: the database refuses it.
 * Lock order: whoever posts holds the sequencer and the player's row.
 */

export { type PostedEntry, postEntries, postEntriesFrom } from './entry.sql.ts';
export {
  selectEntries as listEntries,
  selectEntriesAfter as entriesAfter,
  selectOperatorEntries as operatorEntries,
} from './entry-list.sql.ts';
export { keyOfTrade } from './operation-key.sql.ts';
export { type ShownEntry, shownEntry } from './shown-entry.rules.ts';
