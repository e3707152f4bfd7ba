/** Places of a column table by who holds them and in which market. */
import type { ColumnLists } from '../platform/column-lists.ts';
import type { ColumnNames } from '../platform/column-names.ts';

type Owners = {
  byPlayer: ColumnLists;
  byMarket: ColumnLists;
  markets: Pick<ColumnNames, 'find'>;
  /** The number of the market of a place. */
  marketOf(place: number): number;
};

/** Those of a player, of a market, or of a player in a market; undefined without either. The caller's to change. */
export const placesOfOwners =
  ({ byPlayer, byMarket, markets, marketOf }: Owners) =>
  ({ playerId, marketId }: { playerId?: bigint | undefined; marketId?: bigint | undefined }): Uint32Array | undefined => {
    if (playerId === undefined) return marketId === undefined ? undefined : byMarket.of(marketId);
    const places = byPlayer.of(playerId);
    if (marketId === undefined) return places;
    const wanted = markets.find(marketId);
    return places.filter((place) => marketOf(place) === wanted);
  };
