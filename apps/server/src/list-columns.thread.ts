/** The thread of the lists in memory. */
import { workerData } from 'node:worker_threads';
import { indexMarkets } from './markets/index-markets.ts';
import { startFollowing } from './platform/column-follower.ts';
import { indexPlayers } from './players/index-players.ts';
import { indexPositions } from './trading/index-positions.ts';
import { indexTrades } from './trading/index-trades.ts';

startFollowing(workerData as string, {
  trades: indexTrades(),
  positions: indexPositions(),
  players: indexPlayers(),
  markets: indexMarkets(),
});
