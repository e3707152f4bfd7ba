/** The places of each owner in a column table, each behind the one before it. */
import { columnTable } from './column-table.ts';

export type ColumnLists = {
  /** Takes up a new place, the highest so far. Answers the number of its owner: 0, 1, 2 and so on, in the order in which they came. */
  add(owner: bigint, place: number): number;
  /** In ascending order; the caller's to change. */
  of(owner: bigint): Uint32Array;
};

export function columnLists(): ColumnLists {
  /** The newest place of each owner, and how many it has. */
  const owners = columnTable({ newest: 'word', count: 'word' });
  let before = new Uint32Array(1 << 10);

  return {
    add(owner, place) {
      if (place >= before.length) {
        const grown = new Uint32Array(place * 2);
        grown.set(before);
        before = grown;
      }
      const at = owners.place(owner);
      const { newest, count } = owners.columns;
      before[place] = newest[at] as number;
      newest[at] = place;
      count[at] = (count[at] as number) + 1;
      return at;
    },
    of(owner) {
      const at = owners.find(owner);
      if (at < 0) return new Uint32Array(0);
      const places = new Uint32Array(owners.columns.count[at] as number);
      let place = owners.columns.newest[at] as number;
      for (let n = places.length - 1; n >= 0; n -= 1) {
        places[n] = place;
        place = before[place] as number;
      }
      return places;
    },
  };
}
