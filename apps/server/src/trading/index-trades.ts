/** Trades as columns: which of them a list shows, for every filter and sort of trade-choice.sql.ts, which made a position, and what was traded when. */
import { firstIdAt } from '@predictu/contract/ids';
import { everyRow, ROWS_AT_ONCE } from '../platform/column-changes.ts';
import { chooseOf } from '../platform/column-choice.ts';
import { type ColumnTest, keepPlaces } from '../platform/column-filter.ts';
import { columnFlags } from '../platform/column-flags.ts';
import type { IndexedNoun } from '../platform/column-follower.ts';
import { columnLists } from '../platform/column-lists.ts';
import { columnNames } from '../platform/column-names.ts';
import { columnOrder } from '../platform/column-order.ts';
import { columnSteps } from '../platform/column-steps.ts';
import { columnTable } from '../platform/column-table.ts';
import { columnZones } from '../platform/column-zones.ts';
import type { Cut } from './day-windows.ts';
import { placesOfOwners } from './places-of-owners.ts';
import type { TradeChoice, TradeFilter, TradeSort, TradeStatus } from './trade-choice.sql.ts';
import {
  endingsAfter,
  marketsOver,
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

export function indexTrades(): IndexedNoun<TradeFilter, TradeSort, TradeMatter> {
  const table = columnTable({
    player: 'id',
    owner: 'word',
    market: 'word',
    amount: 'number',
    price: 'number',
    at: 'number',
    fee: 'number',
    spread: 'number',
  });
  const operators = columnNames();
  const markets = columnNames();
  const over = new Set<number>();
  const facts = columnFlags();
  const byPlayer = columnLists();
  const byMarket = columnLists();
  const periods = tradedPeriods(tradesBetween);
  const settled = new Set<bigint>();
  const amounts = columnSteps(() => table.columns.amount);
  const times = columnZones(() => table.columns.at);
  const orders = { amount: columnOrder(table, () => table.columns.amount), price: columnOrder(table, () => table.columns.price) };

  function put(row: TradeColumns): void {
    const known = table.count;
    const place = table.place(row.id);
    const { columns } = table;
    const counted = place < known && (facts.at(place) & STATE) === FILLED;
    if (place === known) {
      columns.owner[place] = byPlayer.add(row.player, place);
      byMarket.add(row.market, place);
    }
    const market = markets.numberOf(row.market);
    columns.player[place] = row.player;
    columns.market[place] = market;
    orders.amount.put(place, row.amount, place === known);
    orders.price.put(place, row.price, place === known);
    columns.at[place] = row.at;
    columns.fee[place] = row.fee;
    columns.spread[place] = row.spread;
    const word = row.state + (row.sell ? SELL : 0) + (row.no ? NO : 0) + (over.has(market) ? OVER : 0);
    facts.put(place, word + (operators.numberOf(row.operator) << OPERATOR));
    amounts.put(place);
    times.put(place);
    if (row.state === FILLED && !counted) periods.add(filledAt(place));
  }
  /** Of one settlement all rows come together, for each operator it closed positions of one. */
  function settle(rows: readonly SettlementColumns[]): void {
    for (const { settlement, operator, ...at } of rows)
      if (operator !== null && !settled.has(settlement)) periods.settle({ ...at, operator: operators.numberOf(operator) });
    for (const { settlement } of rows) settled.add(settlement);
    end(rows.map(({ market }) => market));
  }
  function end(ids: readonly bigint[]): void {
    for (const id of ids) {
      const market = markets.numberOf(id);
      if (over.has(market)) continue;
      over.add(market);
      for (const place of byMarket.of(id)) facts.put(place, facts.at(place) | OVER);
    }
  }

  /** Of whatever player and market. */
  function testsOf({ status, side, outcome, operatorId, minAmount = 0n, maxAmount, from, to }: TradeFilter): ColumnTest[] {
    const tests = facts.tests([
      status && BITS[status],
      side && [SELL, side === 'sell' ? SELL : 0],
      outcome && [NO, outcome === 'no' ? NO : 0],
      operatorId === undefined ? undefined : [-1 << OPERATOR, operators.find(operatorId) << OPERATOR],
    ]);
    if (from || to) tests.push(times.test(from?.getTime() ?? 0, to?.getTime() ?? Number.POSITIVE_INFINITY));
    if (minAmount > 0n || maxAmount !== undefined) tests.push(amounts.test(...amountsOf({ minAmount, maxAmount })));
    return tests;
  }
  const amountsOf = ({ minAmount = 0n, maxAmount }: TradeFilter) =>
    [
      minAmount > 0n ? Number(minAmount) : Number.NEGATIVE_INFINITY,
      maxAmount === undefined ? Number.POSITIVE_INFINITY : Number(maxAmount) + 1,
    ] as const;
  const among = placesOfOwners({ byPlayer, byMarket, markets, marketOf: (place) => table.columns.market[place] as number });

  /** The trades of the positions whose buys are among these trades and that were sold from or are over: only of them a buy has a share. */
  function behind(ids: readonly bigint[]): bigint[] {
    const { player, owner, market } = table.columns;
    const positions = new Set<string>();
    const found: bigint[] = [];
    for (const id of ids) {
      const place = table.find(id);
      const fact = facts.at(place);
      if ((fact & (STATE | SELL)) !== FILLED) continue;
      const name = `${owner[place]} ${market[place]} ${fact & NO}`;
      if (positions.has(name)) continue;
      positions.add(name);
      const others: number[] = [];
      let ended = false;
      for (const other of byPlayer.of(player[place] as bigint)) {
        if (market[other] !== market[place] || ((facts.at(other) ^ fact) & NO) !== 0) continue;
        others.push(other);
        ended ||= (facts.at(other) & (SELL | OVER)) !== 0;
      }
      if (ended && others.length > 1) for (const other of others) found.push(table.ids[other] as bigint);
    }
    return found;
  }

  /** The first place whose id is not older than an instant; `otherwise` when places are not in the order of ids. */
  function firstPlace(at: Date, otherwise: number): number {
    return table.ascending ? table.firstFrom(firstIdAt(at)) : otherwise;
  }
  /** The one that was told last. */
  const filled: FilledTrade = { at: 0, player: 0, operator: 0, sell: false, amount: 0, fee: 0, spread: 0 };
  function filledAt(place: number): FilledTrade {
    const { at, owner, amount, fee, spread } = table.columns;
    filled.at = at[place] as number;
    filled.player = owner[place] as number;
    filled.operator = facts.at(place) >>> OPERATOR;
    filled.sell = (facts.at(place) & SELL) !== 0;
    filled.amount = amount[place] as number;
    filled.fee = fee[place] as number;
    filled.spread = spread[place] as number;
    return filled;
  }
  /** Ids run ahead of the time only when a clock was set back. */
  function tradesBetween([from, to]: Cut, operator: number | undefined, tell: (trade: FilledTrade) => void): void {
    const { at } = table.columns;
    const mask = operator === undefined ? STATE : STATE | (-1 << OPERATOR);
    const wanted = (FILLED | ((operator ?? 0) << OPERATOR)) >>> 0;
    const end = firstPlace(new Date(to + CLOCK_SLACK_MS), table.count);
    for (let place = firstPlace(new Date(from), 0); place < end; place += 1) {
      const then = at[place] as number;
      if (then >= from && then < to && (facts.at(place) & mask) >>> 0 === wanted) tell(filledAt(place));
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
      await everyRow<TradeColumns>(
        ask,
        (after) => tradesAfter(after, ROWS_AT_ONCE),
        ({ id }) => id,
        put,
      );
      for (const order of Object.values(orders)) order.build(table.count);
    },
    changes: (after) => [tradesAfter(after.lastId), endingsAfter(after), settlementsAfter(after.lastId)],
    take(answers) {
      settle((answers.get('columns_settlements_all') ?? []) as SettlementColumns[]);
      for (const row of (answers.get('columns_trades_all') ?? []) as TradeColumns[]) put(row);
      for (const { id, state } of (answers.get('columns_endings') ?? []) as { id: bigint; state: number }[]) {
        const place = table.find(id);
        if (place < 0 || (facts.at(place) & STATE) === state) continue;
        facts.put(place, (facts.at(place) & ~STATE) | state);
        if (state === FILLED) periods.add(filledAt(place));
      }
    },
    consult: (matter) =>
      'periods' in matter
        ? (periods.pack(matter.periods, operators.ids()) ?? null)
        : matter.positions.flatMap((position) =>
            Array.from(keepPlaces(among(position) ?? new Uint32Array(0), testsOf(position)), (place) => table.ids[place] as bigint),
          ),
    choose({ filter, sort: { sort, order }, slice }) {
      const by = sort === 'created_at' ? { key: undefined } : { key: table.columns[sort], order: orders[sort] };
      const within = sort === 'amount' ? amountsOf(filter) : undefined;
      const after = slice.after && ([0, slice.after[0] as bigint] as const);
      const listed = { among: among(filter), tests: testsOf(filter), within, descending: order === 'desc', ...by };
      const chosen = chooseOf(table, listed, { offset: slice.offset, limit: slice.limit, after });
      return { behind: behind(chosen.ids), ...chosen } satisfies TradeChoice;
    },
  };
}
