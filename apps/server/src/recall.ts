/** What routes ask the lists in memory. */
import type { RecallPeriods } from './insights/insights.ts';
import type { ChooseMarkets, MarketChoice } from './markets/markets.ts';
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

const EVERYWHERE = 0n;

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

/** With the number of open positions or of traders of each market that is shown. */
export const marketsByTotals =
  (lists: ColumnIndex, of: 'open' | 'traders'): ChooseMarkets =>
  async (db, filter, sort, slice) => {
    const operatorId = filter.totalsOf === EVERYWHERE ? undefined : filter.totalsOf;
    const beside = { noun: 'positions', by: 'marketIds', matter: { of, operatorId } };
    return (await lists.suits(db, 'markets')) ? lists.ask<MarketChoice>('markets', { filter, sort, slice, beside }) : undefined;
  };
