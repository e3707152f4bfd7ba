/**
 * Door of players. Noun: the player, one person at one operator. What always holds: (operator, external id) names one player
 * for ever; its money columns are written by trading alone; every change of its tier leaves a row with its reason. Locks: whoever
 * changes tiers takes the sequencer first, then the players in the order of their key.
 */
export { admitPlayer } from './admit-player.ts';
export { setLimitTier as changePlayerLimitTier } from './change-standing.ts';
export { findPlayer } from './find-player.ts';
export { type Balances, openBalances } from './get-balance.ts';
export { holdTier, releaseTier } from './hold-tier.ts';
export { type ChoosePlayers, choosePlayers, type PlayerChoice, type PlayerFilter, type PlayerSort } from './player-choice.sql.ts';
export { forgetPlayerChanges, noteChangesFrom } from './player-columns.sql.ts';
export { type CountOpenPositions, selectPlayers as readPlayers } from './player-list.sql.ts';
export { readPlayer } from './read-player.ts';
export { scorePlayers } from './score-players.ts';
export { markProtected } from './standing.sql.ts';
