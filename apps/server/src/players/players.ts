/**
 * Door of players. Noun: the player, one person at one operator. What always holds: (operator, external id) names one player
 * for ever; its money columns are written by trading alone. Locks: none beyond the row.
 */
export { admitPlayer } from './admit-player.ts';
