/**
 * Positions as columns: which of them a list shows, for every filter and sort of position-choice.sql.ts, and how many there are of a market or a
 * player. Values are those of the prices now.
 */
import { bitsTest, type ColumnTest, filterPlaces } from '../platform/column-filter.ts';
import type { IndexedNoun } from '../platform/column-follower.ts';
import { columnNames } from '../platform/column-names.ts';
import { columnTable } from '../platform/column-table.ts';
import { pageOfPlaces } from '../platform/column-window.ts';
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
  ROWS_AT_ONCE,
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
const NONE = -Number.MAX_VALUE;
/** After so many all are valued anew. */
const MOST_MOVED = 50_000;

export function indexPositions(): IndexedNoun<PositionFilter, PositionSort, PositionCounting> {
  const table = columnTable({
    player: 'id',
    market: 'word',
    facts: 'word',
    quantity: 'number',
    cost: 'number',
    realized: 'number',
    opened_at: 'number',
  });
  const operators = columnNames();
  const markets = columnNames();
  const over = new Set<number>();
  const counts = positionCounts();
  /** By the number of the market; NaN without a price. */
  let mids = new Float64Array(0);
  let pricesRead: string | null | undefined;
  /** By place, cents at the prices taken up: what it is worth, and what it has made. NONE without a price. */
  const shown = { market_value: new Float64Array(0), pnl: new Float64Array(0) };
  let scratch = new Float64Array(0);
  let unpriced = false;
  /** What is to be valued anew: all of it, places, and markets by number. */
  let everything = true;
  let moved: number[] = [];
  const ended = new Set<number>();

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
    columns.player[place] = row.player;
    columns.market[place] = market;
    columns.quantity[place] = row.quantity;
    columns.cost[place] = row.cost;
    columns.realized[place] = row.realized;
    columns.opened_at[place] = row.opened;
    columns.facts[place] =
      (row.no ? NO : 0) +
      (row.quantity === 0 ? CLOSED : 0) +
      (over.has(market) ? OVER : 0) +
      (operators.numberOf(row.operator) << OPERATOR);
    if (moved.length < MOST_MOVED) moved.push(place);
    else everything = true;
  }
  function end(ids: readonly bigint[]): void {
    for (const id of ids) {
      const market = markets.numberOf(id);
      if (over.has(market)) continue;
      over.add(market);
      ended.add(market);
      const { market: marketOf, facts } = table.columns;
      for (let place = 0; place < table.count; place += 1) if (marketOf[place] === market) facts[place] = (facts[place] as number) | OVER;
    }
  }
  /** Takes up prices and values whatever they, a trade or a decision have changed since. */
  function price(text: string | null): void {
    if (mids.length < markets.count) {
      const grown = new Float64Array(markets.count * 2).fill(Number.NaN);
      grown.set(mids);
      mids = grown;
    }
    const dirty = new Uint8Array(mids.length);
    let some = ended.size > 0;
    for (const market of ended) dirty[market] = 1;
    ended.clear();
    for (const one of text === null || text === pricesRead ? [] : text.split(',')) {
      const space = one.indexOf(' ');
      const market = markets.find(BigInt(one.slice(0, space)));
      if (market < 0) continue;
      const read = Number(one.slice(space + 1));
      const mid = read < 0 ? Number.NaN : read;
      if (Object.is(mids[market], mid)) continue;
      mids[market] = mid;
      dirty[market] = 1;
      some = true;
    }
    pricesRead = text;
    revalue(some ? dirty : undefined);
  }
  function revalue(dirty: Uint8Array | undefined): void {
    if (shown.pnl.length < table.count) {
      everything = true;
      for (const sort of ['market_value', 'pnl'] as const) shown[sort] = new Float64Array(table.count * 2);
    }
    if (everything) {
      unpriced = false;
      for (let place = 0; place < table.count; place += 1) value(place);
    } else valueSome(dirty);
    everything = false;
    moved = [];
  }
  function valueSome(dirty: Uint8Array | undefined): void {
    for (const place of moved) value(place);
    if (!dirty) return;
    const { market } = table.columns;
    // An index is several times as fast as an iterator here.
    for (let place = 0; place < table.count; place += 1) if (dirty[market[place] as number] === 1) value(place);
  }
  function value(place: number): void {
    const { facts, market, quantity, cost, realized } = table.columns;
    const held = facts[place] as number;
    let worth = 0;
    let gain = 0;
    if ((held & (CLOSED | OVER)) === 0) {
      const mid = mids[market[place] as number] as number;
      worth = Math.floor(((quantity[place] as number) * ((held & NO) === 0 ? mid : FULL_PRICE - mid)) / FULL_PRICE);
      gain = worth - (cost[place] as number);
    }
    const missing = Number.isNaN(worth);
    if (missing) unpriced = true;
    shown.market_value[place] = missing ? NONE : worth;
    shown.pnl[place] = missing ? NONE : gain + (realized[place] as number);
  }
  /** The keys of a sort by value; what has no price stands last in either direction. */
  function valued(sort: 'market_value' | 'pnl', descending: boolean): Float64Array {
    const keys = shown[sort];
    if (descending || !unpriced) return keys;
    if (scratch.length < table.count) scratch = new Float64Array(table.count * 2);
    for (let place = 0; place < table.count; place += 1) {
      const key = keys[place] as number;
      scratch[place] = key === NONE ? -NONE : key;
    }
    return scratch;
  }

  function testsOf(filter: PositionFilter): ColumnTest[] {
    const { player, market, facts } = table.columns;
    const tests: ColumnTest[] = [];
    if (filter.playerId !== undefined) tests.push({ kind: 'id', column: player, equals: filter.playerId });
    if (filter.marketId !== undefined) tests.push({ kind: 'bits', column: market, mask: -1, equals: markets.find(filter.marketId) });
    tests.push(
      ...bitsTest(facts, [
        filter.status && BITS[filter.status],
        filter.outcome && [NO, filter.outcome === 'no' ? NO : 0],
        filter.operatorId === undefined ? undefined : [-1 << OPERATOR, operators.find(filter.operatorId) << OPERATOR],
      ]),
    );
    return tests;
  }

  return {
    async load(ask) {
      end(((await ask(marketsOver)) as { id: bigint }[]).map(({ id }) => id));
      for (let after = 0n, got = ROWS_AT_ONCE; got === ROWS_AT_ONCE; ) {
        const rows = (await ask(positionsAfter(after, ROWS_AT_ONCE))) as PositionColumns[];
        for (const row of rows) put(row);
        got = rows.length;
        after = rows.at(-1)?.id ?? after;
      }
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
    choose({ filter, sort: { sort, order }, slice }) {
      const descending = order === 'desc';
      const places = filterPlaces(0, table.count, testsOf(filter));
      const key = sort === 'market_value' || sort === 'pnl' ? valued(sort, descending) : table.columns[sort];
      const [at, id] = slice.after ?? [];
      const after = at === undefined || id === undefined ? undefined : ([Number(at), id] as const);
      const ids = pageOfPlaces(places, { key, ids: table.ids, ascending: table.ascending, descending }, { ...slice, after });
      return { ids, total: BigInt(places.length) };
    },
  };
}
