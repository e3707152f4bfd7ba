/** How many positions are open, and how many players ever had one, kept beside the columns of positions as they come and change. */
import { columnTable } from '../platform/column-table.ts';

/** Of all markets, at one operator or all of them; or open ones of players. */
export type PositionCounting = { of: 'open' | 'traders'; operatorId: bigint | undefined } | { playerIds: readonly bigint[] };

/** Of every market there has been a position in, in no order. */
export type MarketCounts = { ids: BigInt64Array; counts: Float64Array };
export type PositionCounts = {
  /** Takes up a position that was added or has changed: how many more are open, and whether its player is new in the market. */
  add(position: { operator: bigint; market: bigint; player: bigint }, opened: number, arrived: boolean): void;
  /** Of players in the order in which they are asked about. */
  of(counting: PositionCounting): number[] | MarketCounts;
};

const table = () => columnTable({ open: 'number', traders: 'number' });
type Counts = ReturnType<typeof table>;

const openOf = (counts: Counts, id: bigint): number => {
  const place = counts.find(id);
  return place < 0 ? 0 : (counts.columns.open[place] as number);
};

export function positionCounts(): PositionCounts {
  const everywhere = table();
  const operators = new Map<bigint, Counts>();
  const players = table();

  function count(counts: Counts, id: bigint, opened: number, arrived: boolean): void {
    const place = counts.place(id);
    const { open, traders } = counts.columns;
    open[place] = (open[place] as number) + opened;
    traders[place] = (traders[place] as number) + Number(arrived);
  }

  return {
    add({ operator, market, player }, opened, arrived) {
      if (opened === 0 && !arrived) return;
      const own = operators.get(operator) ?? table();
      operators.set(operator, own);
      count(everywhere, market, opened, arrived);
      count(own, market, opened, arrived);
      count(players, player, opened, false);
    },
    of(counting) {
      if ('playerIds' in counting) return counting.playerIds.map((id) => openOf(players, id));
      const { of, operatorId } = counting;
      const counts = (operatorId === undefined ? everywhere : operators.get(operatorId)) ?? table();
      // Copies: what leaves the thread takes all of its buffer with it.
      return { ids: counts.ids.slice(0, counts.count), counts: counts.columns[of].slice(0, counts.count) };
    },
  };
}
