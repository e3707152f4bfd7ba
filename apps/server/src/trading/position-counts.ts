/** How many positions are open, and how many players ever had one, kept beside the columns of positions as they come and change. */
import { columnTable } from '../platform/column-table.ts';

/** Of markets, at one operator or all of them; or open ones of players. */
export type PositionCounting =
  | { of: 'open' | 'traders'; operatorId: bigint | undefined; marketIds: readonly bigint[] }
  | { playerIds: readonly bigint[] };

export type PositionCounts = {
  /** Takes up a position that was added or has changed: how many more are open, and whether its player is new in the market. */
  add(position: { operator: bigint; market: bigint; player: bigint }, opened: number, arrived: boolean): void;
  /** In the order of what is asked about. */
  of(counting: PositionCounting): number[];
};

const table = () => columnTable({ open: 'number', traders: 'number' });
type Counts = ReturnType<typeof table>;

const countIn = (counts: Counts | undefined, id: bigint, of: 'open' | 'traders'): number => {
  const place = counts?.find(id) ?? -1;
  return place < 0 ? 0 : (counts?.columns[of][place] as number);
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
      if ('playerIds' in counting) return counting.playerIds.map((id) => countIn(players, id, 'open'));
      const { of, operatorId, marketIds } = counting;
      const counts = operatorId === undefined ? everywhere : operators.get(operatorId);
      return marketIds.map((id) => countIn(counts, id, of));
    },
  };
}
