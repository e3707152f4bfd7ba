/** Trades as columns: which of them a list shows, for every filter and sort of trade-choice.sql.ts, which made a position, and what was traded when. */
import { firstIdAt } from '@predictu/contract/ids';
import { bitsTest, type ColumnTest, filterPlaces, keepPlaces } from '../platform/column-filter.ts';
import type { IndexedNoun } from '../platform/column-follower.ts';
import { columnNames } from '../platform/column-names.ts';
import { columnOrder } from '../platform/column-order.ts';
import { columnTable } from '../platform/column-table.ts';
import { pageOfPlaces } from '../platform/column-window.ts';
import type { Cut } from './day-windows.ts';
import { playerTrades } from './player-trades.ts';
import type { TradeChoice, TradeFilter, TradeSort, TradeStatus } from './trade-choice.sql.ts';
import {
  endingsAfter,
  marketsOver,
  ROWS_AT_ONCE,
  SETTLEMENTS_AT_ONCE,
  type SettlementColumns,
  settlementsAfter,
  type TradeColumns,
  tradesAfter,
} from './trade-columns.sql.ts';
import type { PositionKey } from './trade-pnl.rules.ts';
import { type FilledTrade, type PeriodQuestion, tradedPeriods } from './traded-periods.ts';

/** The trades behind positions, or what was traded in windows of time. */
export type TradeMatter = { positions: readonly PositionKey[] } | { periods: PeriodQuestion };

const STATE = 3;
const SELL = 4;
const NO = 8;
/** Its market is resolved or cancelled. */
const OVER = 16;
const OPERATOR = 8;
const FILLED = 1;
const CLOCK_SLACK_MS = 3_600_000;
const BITS: Record<TradeStatus, [mask: number, bits: number]> = {
  pending: [STATE, 0],
  cancelled: [STATE, 2],
  filled: [STATE | OVER, FILLED],
  settled: [STATE | OVER, FILLED | OVER],
};
/** From here on the page is looked for among all trades in their order, not among those that passed. */
const WIDE = 60_000;

export function indexTrades(): IndexedNoun<TradeFilter, TradeSort, TradeMatter> {
  const table = columnTable({
    player: 'id',
    owner: 'word',
    market: 'word',
    facts: 'word',
    amount: 'number',
    price: 'number',
    at: 'number',
    fee: 'number',
    spread: 'number',
  });
  const operators = columnNames();
  const markets = columnNames();
  const over = new Set<number>();
  const byPlayer = playerTrades();
  const periods = tradedPeriods(tradesBetween);
  const settled = new Set<bigint>();
  const orders = { amount: columnOrder(() => table.columns.amount), price: columnOrder(() => table.columns.price) };
  let ordered = 0;
  let marks = new Uint8Array(0);

  function put(row: TradeColumns): void {
    const known = table.count;
    const place = table.place(row.id);
    const { columns } = table;
    const counted = place < known && ((columns.facts[place] as number) & STATE) === FILLED;
    if (place === known) columns.owner[place] = byPlayer.add(row.player, place);
    const market = markets.numberOf(row.market);
    columns.player[place] = row.player;
    columns.market[place] = market;
    columns.amount[place] = row.amount;
    columns.price[place] = row.price;
    columns.at[place] = row.at;
    columns.fee[place] = row.fee;
    columns.spread[place] = row.spread;
    columns.facts[place] =
      row.state +
      (row.sell ? SELL : 0) +
      (row.no ? NO : 0) +
      (over.has(market) ? OVER : 0) +
      (operators.numberOf(row.operator) << OPERATOR);
    if (row.state === FILLED && !counted) periods.add(filledAt(place));
  }
  /** Of one settlement all rows come together, for each operator it closed positions of one. */
  function settle(rows: readonly SettlementColumns[]): void {
    for (const { settlement, operator, ...at } of rows)
      if (operator !== null && !settled.has(settlement)) periods.settle({ ...at, operator: operators.numberOf(operator) });
    for (const { settlement } of rows) settled.add(settlement);
    end(rows.map(({ market }) => market));
  }
  function putOrder(): void {
    for (const order of Object.values(orders)) order.add(ordered, table.count);
    ordered = table.count;
  }
  function end(ids: readonly bigint[]): void {
    for (const id of ids) {
      const market = markets.numberOf(id);
      if (over.has(market)) continue;
      over.add(market);
      const { market: marketOf, facts } = table.columns;
      for (let place = 0; place < table.count; place += 1) if (marketOf[place] === market) facts[place] = (facts[place] as number) | OVER;
    }
  }

  /** A 1 for each of these places. An index is several times as fast as an iterator here. */
  function mark(places: Uint32Array): Uint8Array {
    if (marks.length < table.count) marks = new Uint8Array(table.count * 2);
    marks.fill(0, 0, table.count);
    for (let i = 0; i < places.length; i += 1) marks[places[i] as number] = 1;
    return marks;
  }

  /** Of whatever player. */
  function testsOf(filter: Omit<TradeFilter, 'playerId'>): ColumnTest[] {
    const { market, facts, amount, at } = table.columns;
    const tests: ColumnTest[] = [];
    if (filter.marketId !== undefined) tests.push({ kind: 'bits', column: market, mask: -1, equals: markets.find(filter.marketId) });
    tests.push(
      ...bitsTest(facts, [
        filter.status && BITS[filter.status],
        filter.side && [SELL, filter.side === 'sell' ? SELL : 0],
        filter.outcome && [NO, filter.outcome === 'no' ? NO : 0],
        filter.operatorId === undefined ? undefined : [-1 << OPERATOR, operators.find(filter.operatorId) << OPERATOR],
      ]),
    );
    const { minAmount = 0n, maxAmount, from, to } = filter;
    if (minAmount > 0n || maxAmount !== undefined) {
      tests.push({ kind: 'range', column: amount, least: Number(minAmount), below: Number(maxAmount ?? Number.MAX_VALUE) + 1 });
    }
    if (from || to)
      tests.push({ kind: 'range', column: at, least: from?.getTime() ?? 0, below: to?.getTime() ?? Number.POSITIVE_INFINITY });
    return tests;
  }

  const placesOf = ({ playerId, ...filter }: TradeFilter): Uint32Array => {
    const tests = testsOf(filter);
    return playerId === undefined ? filterPlaces(0, table.count, tests) : keepPlaces(byPlayer.of(playerId), tests);
  };

  /** The trades of the positions whose buys are among these trades and that were sold from or are over: only of them a buy has a share. */
  function behind(ids: readonly bigint[]): bigint[] {
    const { player, market, facts } = table.columns;
    const positions = new Set<string>();
    const found: bigint[] = [];
    for (const id of ids) {
      const place = table.find(id);
      const fact = facts[place] as number;
      const name = `${player[place]} ${market[place]} ${fact & NO}`;
      if ((fact & (STATE | SELL)) !== FILLED || positions.has(name)) continue;
      positions.add(name);
      const sameMarket: ColumnTest = { kind: 'bits', column: market, mask: -1, equals: market[place] as number };
      const others = keepPlaces(byPlayer.of(player[place] as bigint), [sameMarket, ...bitsTest(facts, [[NO, fact & NO]])]);
      if (others.length === 1 || !others.some((other) => ((facts[other] as number) & (SELL | OVER)) !== 0)) continue;
      for (const other of others) found.push(table.ids[other] as bigint);
    }
    return found;
  }
  const chosen = (ids: bigint[], total: bigint): TradeChoice => ({ ids, total, behind: behind(ids) });

  /** The first place whose id is not older than an instant; `otherwise` when places are not in the order of ids. */
  function firstPlace(at: Date, otherwise: number): number {
    if (!table.ascending) return otherwise;
    const first = firstIdAt(at);
    let low = 0;
    let high = table.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((table.ids[middle] as bigint) < first) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  /** The one that was told last. */
  const filled: FilledTrade = { at: 0, player: 0, operator: 0, sell: false, amount: 0, fee: 0, spread: 0 };
  function filledAt(place: number): FilledTrade {
    const { at, owner, facts, amount, fee, spread } = table.columns;
    filled.at = at[place] as number;
    filled.player = owner[place] as number;
    filled.operator = (facts[place] as number) >>> OPERATOR;
    filled.sell = ((facts[place] as number) & SELL) !== 0;
    filled.amount = amount[place] as number;
    filled.fee = fee[place] as number;
    filled.spread = spread[place] as number;
    return filled;
  }
  /** Ids run ahead of the time only when a clock was set back. */
  function tradesBetween([from, to]: Cut, operator: number | undefined, tell: (trade: FilledTrade) => void): void {
    const { at, facts } = table.columns;
    const mask = operator === undefined ? STATE : STATE | (-1 << OPERATOR);
    const wanted = (FILLED | ((operator ?? 0) << OPERATOR)) >>> 0;
    const end = firstPlace(new Date(to + CLOCK_SLACK_MS), table.count);
    for (let place = firstPlace(new Date(from), 0); place < end; place += 1) {
      const then = at[place] as number;
      if (then >= from && then < to && ((facts[place] as number) & mask) >>> 0 === wanted) tell(filledAt(place));
    }
  }

  return {
    async load(ask) {
      end(((await ask(marketsOver)) as { id: bigint }[]).map(({ id }) => id));
      for (let after: bigint | undefined = 0n; after !== undefined; ) {
        const rows = (await ask(settlementsAfter(after, SETTLEMENTS_AT_ONCE))) as SettlementColumns[];
        settle(rows);
        after = rows.at(-1)?.decision;
      }
      for (let after = 0n, got = ROWS_AT_ONCE; got === ROWS_AT_ONCE; ) {
        const rows = (await ask(tradesAfter(after, ROWS_AT_ONCE))) as TradeColumns[];
        for (const row of rows) put(row);
        got = rows.length;
        after = rows.at(-1)?.id ?? after;
      }
      putOrder();
    },
    changes: (after) => [tradesAfter(after.lastId), endingsAfter(after), settlementsAfter(after.lastId)],
    take(answers) {
      settle((answers.get('columns_settlements_all') ?? []) as SettlementColumns[]);
      for (const row of (answers.get('columns_trades_all') ?? []) as TradeColumns[]) put(row);
      putOrder();
      for (const { id, state } of (answers.get('columns_endings') ?? []) as { id: bigint; state: number }[]) {
        const place = table.find(id);
        const { facts } = table.columns;
        const known = facts[place] as number;
        if (place < 0 || (known & STATE) === state) continue;
        facts[place] = (known & ~STATE) | state;
        if (state === FILLED) periods.add(filledAt(place));
      }
    },
    consult: (matter) =>
      'periods' in matter
        ? (periods.pack(matter.periods, operators.ids()) ?? null)
        : matter.positions.flatMap((position) => Array.from(placesOf(position), (place) => table.ids[place] as bigint)),
    choose({ filter, sort: { sort, order }, slice }) {
      const descending = order === 'desc';
      const places = placesOf(filter);
      const total = BigInt(places.length);
      const { ids, ascending } = table;
      if (sort === 'created_at' || places.length < WIDE) {
        const key = sort === 'created_at' ? undefined : table.columns[sort];
        const after = slice.after && ([0, slice.after[0] as bigint] as const);
        return chosen(pageOfPlaces(places, { key, ids, ascending, descending }, { ...slice, after }), total);
      }
      const { offset, limit } = slice;
      const page = orders[sort].page({
        marks: places.length < table.count ? mark(places) : undefined,
        total: places.length,
        descending,
        offset,
        limit,
      });
      return chosen(
        Array.from(page, (place) => ids[place] as bigint),
        total,
      );
    },
  };
}
