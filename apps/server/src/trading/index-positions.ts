/**
 * Positions as columns: which of them a list shows, for every filter and sort of position-choice.sql.ts, and how many there are of a market or a
 * player. Values are those of the prices now.
 */
import { everyRow, ROWS_AT_ONCE } from '../platform/column-changes.ts';
import { chooseOf } from '../platform/column-choice.ts';
import type { ColumnTest } from '../platform/column-filter.ts';
import { columnFlags } from '../platform/column-flags.ts';
import type { IndexedNoun } from '../platform/column-follower.ts';
import { columnLists } from '../platform/column-lists.ts';
import { columnNames } from '../platform/column-names.ts';
import { columnOrder, NO_KEY } from '../platform/column-order.ts';
import { columnTable } from '../platform/column-table.ts';
import { placesOfOwners } from './places-of-owners.ts';
import type { PositionFilter, PositionSort } from './position-choice.sql.ts';
import { type PositionCounting, positionCounts } from './position-counts.ts';
import type { PositionStatus } from './position-value.rules.ts';
import {
  marketMids,
  marketsDecidedAfter,
  marketsOver,
  type PositionColumns,
  positionsAfter,
  positionsMovedAfter,
} from './trade-columns.sql.ts';

const NO = 1;
const CLOSED = 2;
const OVER = 4;
const OPERATOR = 8;
const BITS: Record<PositionStatus, [mask: number, bits: number]> = {
  settled: [OVER, OVER],
  closed: [OVER | CLOSED, CLOSED],
  open: [OVER | CLOSED, 0],
};
const FULL_PRICE = 10_000;
/** After so many all are valued anew. */
const MOST_MOVED = 50_000;

export function indexPositions(): IndexedNoun<PositionFilter, PositionSort, PositionCounting> {
  const table = columnTable({
    player: 'id',
    market: 'word',
    quantity: 'number',
    cost: 'number',
    realized: 'number',
    opened_at: 'number',
  });
  const operators = columnNames();
  const markets = columnNames();
  const over = new Set<number>();
  const facts = columnFlags();
  const byPlayer = columnLists();
  const byMarket = columnLists();
  const orders = {
    opened_at: columnOrder(table, () => table.columns.opened_at),
    quantity: columnOrder(table, () => table.columns.quantity),
  };
  const counts = positionCounts();
  /** By the number of the market; NaN without a price. */
  let mids = new Float64Array(0);
  let pricesRead: string | null | undefined;
  /** By place, cents at the prices taken up: what it is worth, and what it has made. NO_KEY without a price. */
  const shown = { market_value: new Float64Array(0), pnl: new Float64Array(0) };
  /** What is to be valued anew: all of it, places, and markets. */
  let everything = true;
  let moved: number[] = [];
  let repriced: bigint[] = [];

  function put(row: PositionColumns): void {
    const known = table.count;
    const place = table.place(row.id);
    const { columns } = table;
    const market = markets.numberOf(row.market);
    counts.add(
      row,
      Number(row.quantity > 0) - Number(place < known && (columns.quantity[place] as number) > 0),
      place === known && row.first,
    );
    if (place === known) {
      byPlayer.add(row.player, place);
      byMarket.add(row.market, place);
    }
    columns.player[place] = row.player;
    columns.market[place] = market;
    columns.cost[place] = row.cost;
    columns.realized[place] = row.realized;
    const isNew = place === known;
    orders.quantity.put(place, row.quantity, isNew);
    orders.opened_at.put(place, row.opened, isNew);
    const word = (row.no ? NO : 0) + (row.quantity === 0 ? CLOSED : 0) + (over.has(market) ? OVER : 0);
    facts.put(place, word + (operators.numberOf(row.operator) << OPERATOR));
    if (moved.length < MOST_MOVED) moved.push(place);
    else everything = true;
  }
  function end(ids: readonly bigint[]): void {
    for (const id of ids) {
      const market = markets.numberOf(id);
      if (over.has(market)) continue;
      over.add(market);
      repriced.push(id);
      for (const place of byMarket.of(id)) facts.put(place, facts.at(place) | OVER);
    }
  }
  /** Takes up prices and values whatever they, a trade or a decision have changed since. */
  function price(text: string | null): void {
    const told = text === null || text === pricesRead ? [] : text.split(',');
    if (mids.length < markets.count + told.length) {
      const grown = new Float64Array((markets.count + told.length) * 2).fill(Number.NaN);
      grown.set(mids);
      mids = grown;
    }
    for (const one of told) {
      const space = one.indexOf(' ');
      const id = BigInt(one.slice(0, space));
      // Also of a market that has no position yet: its price may stay as it is until it has one.
      const market = markets.numberOf(id);
      const read = Number(one.slice(space + 1));
      const mid = read < 0 ? Number.NaN : read;
      if (Object.is(mids[market], mid)) continue;
      mids[market] = mid;
      repriced.push(id);
    }
    pricesRead = text;
    revalue();
  }
  function revalue(): void {
    if (shown.pnl.length < table.count) {
      everything = true;
      for (const sort of ['market_value', 'pnl'] as const) shown[sort] = new Float64Array(table.count * 2);
    }
    if (everything) for (let place = 0; place < table.count; place += 1) value(place);
    else {
      for (const place of moved) value(place);
      for (const market of repriced) for (const place of byMarket.of(market)) value(place);
    }
    everything = false;
    moved = [];
    repriced = [];
  }
  function value(place: number): void {
    const { market, quantity, cost, realized } = table.columns;
    const held = facts.at(place);
    let worth = 0;
    let gain = 0;
    if ((held & (CLOSED | OVER)) === 0) {
      const mid = mids[market[place] as number] as number;
      worth = Math.floor(((quantity[place] as number) * ((held & NO) === 0 ? mid : FULL_PRICE - mid)) / FULL_PRICE);
      gain = worth - (cost[place] as number);
    }
    const missing = Number.isNaN(worth);
    shown.market_value[place] = missing ? NO_KEY : worth;
    shown.pnl[place] = missing ? NO_KEY : gain + (realized[place] as number);
  }
  /** Of whatever player and market. */
  const testsOf = ({ status, outcome, operatorId }: PositionFilter): ColumnTest[] =>
    facts.tests([
      status && BITS[status],
      outcome && [NO, outcome === 'no' ? NO : 0],
      operatorId === undefined ? undefined : [-1 << OPERATOR, operators.find(operatorId) << OPERATOR],
    ]);
  const among = placesOfOwners({ byPlayer, byMarket, markets, marketOf: (place) => table.columns.market[place] as number });

  return {
    async load(ask) {
      end(((await ask(marketsOver)) as { id: bigint }[]).map(({ id }) => id));
      await everyRow<PositionColumns>(
        ask,
        (after) => positionsAfter(after, ROWS_AT_ONCE),
        ({ id }) => id,
        put,
      );
      for (const kept of Object.values(orders)) kept.build(table.count);
    },
    changes: (after, sorts) => [
      positionsMovedAfter(after),
      marketsDecidedAfter(after),
      ...(sorts.has('market_value') || sorts.has('pnl') ? [marketMids] : []),
    ],
    take(answers) {
      end(((answers.get('columns_markets_decided') ?? []) as { id: bigint }[]).map(({ id }) => id));
      for (const row of (answers.get('columns_positions_moved') ?? []) as PositionColumns[]) put(row);
      const [priced] = (answers.get('columns_mids') ?? []) as { mids: string | null }[];
      if (priced) price(priced.mids);
    },
    consult: counts.of,
    choose({ filter, sort: { sort, order: direction }, slice }) {
      const by = sort === 'market_value' || sort === 'pnl' ? { key: shown[sort] } : { key: table.columns[sort], order: orders[sort] };
      const [at, id] = slice.after ?? [];
      const after = at === undefined || id === undefined ? undefined : ([Number(at), id] as const);
      const listed = { among: among(filter), tests: testsOf(filter), descending: direction === 'desc', ...by };
      return chooseOf(table, listed, { offset: slice.offset, limit: slice.limit, after });
    },
  };
}
