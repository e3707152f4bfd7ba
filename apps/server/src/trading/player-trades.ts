/** The places of each player's trades, each behind the one before it. */
import { columnTable } from '../platform/column-table.ts';

export type PlayerTrades = {
  /** Takes up a new place, the highest so far. Answers the number of its player: 0, 1, 2 and so on, in the order in which they came. */
  add(player: bigint, place: number): number;
  /** In ascending order; the caller's to change. */
  of(player: bigint): Uint32Array;
};

export function playerTrades(): PlayerTrades {
  /** The newest place of each player, and how many it has. */
  const players = columnTable({ newest: 'word', count: 'word' });
  let before = new Uint32Array(1 << 10);

  return {
    add(player, place) {
      if (place >= before.length) {
        const grown = new Uint32Array(place * 2);
        grown.set(before);
        before = grown;
      }
      const at = players.place(player);
      const { newest, count } = players.columns;
      before[place] = newest[at] as number;
      newest[at] = place;
      count[at] = (count[at] as number) + 1;
      return at;
    },
    of(player) {
      const at = players.find(player);
      if (at < 0) return new Uint32Array(0);
      const places = new Uint32Array(players.columns.count[at] as number);
      let place = players.columns.newest[at] as number;
      for (let n = places.length - 1; n >= 0; n -= 1) {
        places[n] = place;
        place = before[place] as number;
      }
      return places;
    },
  };
}
