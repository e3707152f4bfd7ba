/** What routes ask the lists in memory. */
import type { RecallPeriods } from './insights/insights.ts';
import { byColumns, type ColumnIndex, consulting } from './platform/column-index.ts';
import {
  type ChoosePlayers,
  type CountOpenPositions,
  choosePlayers,
  type PlayerChoice,
  type PlayerFilter,
  type PlayerSort,
} from './players/players.ts';
import type { TradeMatter } from './trading/index-trades.ts';
import type { PositionCounting } from './trading/position-counts.ts';
import { type PackedPeriods, unpackPeriods } from './trading/traded-periods.ts';
import type { FindPositionTrades } from './trading/trading.ts';

export const periodsOf = (lists: ColumnIndex): RecallPeriods => {
  const consult = consulting<TradeMatter, PackedPeriods>(lists, 'trades');
  return (db, periods) => consult(db, { periods }).then((packed) => packed && unpackPeriods(packed, periods.windows));
};

export const positionTradesOf = (lists: ColumnIndex): FindPositionTrades => {
  const consult = consulting<TradeMatter, bigint[]>(lists, 'trades');
  return (db, positions) => consult(db, { positions });
};

export const openPositionsOf = (lists: ColumnIndex): CountOpenPositions => {
  const count = consulting<PositionCounting, number[]>(lists, 'positions');
  return (db, playerIds) => count(db, { playerIds });
};

export const playersWithPositions = (lists: ColumnIndex): ChoosePlayers =>
  byColumns<PlayerFilter, PlayerSort, PlayerChoice>(lists, 'players', choosePlayers, { noun: 'positions', by: 'playerIds' });
