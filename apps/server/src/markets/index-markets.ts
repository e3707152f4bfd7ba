/** Markets as columns: which of them a list sorted by totals shows. Their other sorts have an index. */
import { everyRow } from '../platform/column-changes.ts';
import { chooseOf } from '../platform/column-choice.ts';
import type { IndexedNoun } from '../platform/column-follower.ts';
import { columnNames } from '../platform/column-names.ts';
import { columnTable } from '../platform/column-table.ts';
import type { Sort } from '../platform/page.ts';
import {
  type MarketColumns,
  type MarketTotals,
  marketsAfter,
  marketsChangedAfter,
  offers,
  totalsAfter,
  totalsMovedAfter,
} from './market-columns.sql.ts';
import type { MarketScope, TotalSort } from './market-list.sql.ts';

type Offer = { id: bigint; categories: readonly string[] };

/** Everybody's markets. */
const NOBODY = 0n;
const PLATFORM = 0n;

export function indexMarkets(): IndexedNoun<MarketScope, Sort<TotalSort>> {
  const table = columnTable({ owner: 'id' });
  const kinds: { category: string; status: string }[] = [];
  const operators = columnNames();
  /** By the number of the operator, and then by place; zero where nobody has traded. */
  const totals: Record<TotalSort, Float64Array>[] = [];
  let offered = new Map<bigint, readonly string[]>();

  function put({ id, owner, category, status }: MarketColumns): void {
    const place = table.place(id);
    table.columns.owner[place] = owner ?? NOBODY;
    kinds[place] = { category, status };
  }
  /** Of an operator, with room for every market. */
  function totalsOf(operatorId: bigint): Record<TotalSort, Float64Array> {
    const operator = operators.numberOf(operatorId);
    const known = totals[operator];
    if (known && known.volume.length >= table.count) return known;
    const roomier = (column?: Float64Array): Float64Array => {
      const grown = new Float64Array(table.count * 2);
      if (column) grown.set(column);
      return grown;
    };
    const made = { volume: roomier(known?.volume), trade_count: roomier(known?.trade_count), exposure: roomier(known?.exposure) };
    totals[operator] = made;
    return made;
  }
  function total({ operator, market, volume, trades, shares }: MarketTotals): void {
    const place = table.find(market);
    if (place < 0) return;
    const of = totalsOf(operator);
    of.volume[place] = volume;
    of.trade_count[place] = trades;
    of.exposure[place] = shares;
  }
  function offer(rows: readonly Offer[]): void {
    offered = new Map(rows.map(({ id, categories }) => [id, categories]));
  }

  function shownPlaces({ status, categories, offeredBy, ownedBy }: MarketScope): Uint32Array {
    const ofOperator = offeredBy === undefined ? undefined : (offered.get(offeredBy) ?? []);
    const { owner } = table.columns;
    const places = new Uint32Array(table.count);
    let count = 0;
    for (let place = 0; place < table.count; place += 1) {
      const kind = kinds[place] as (typeof kinds)[number];
      if (status !== undefined && kind.status !== status) continue;
      if (categories && !(categories as readonly string[]).includes(kind.category)) continue;
      if (ofOperator && !ofOperator.includes(kind.category)) continue;
      if (ownedBy !== undefined && owner[place] !== NOBODY && owner[place] !== ownedBy) continue;
      places[count] = place;
      count += 1;
    }
    return places.subarray(0, count);
  }

  return {
    async load(ask) {
      await everyRow<MarketColumns>(ask, marketsAfter, ({ id }) => id, put);
      offer((await ask(offers)) as Offer[]);
      for (const operatorId of [PLATFORM, ...offered.keys()])
        await everyRow<MarketTotals>(
          ask,
          (after) => totalsAfter(operatorId, after),
          ({ market }) => market,
          total,
        );
    },
    changes: (after) => [marketsChangedAfter(after), offers, totalsMovedAfter(after)],
    take(answers) {
      for (const row of (answers.get('columns_markets_changed') ?? []) as MarketColumns[]) put(row);
      offer((answers.get('columns_offers') ?? []) as Offer[]);
      for (const row of (answers.get('columns_market_totals_moved') ?? []) as MarketTotals[]) total(row);
    },
    choose({ filter, sort: { sort, order }, slice }) {
      const [at, id] = slice.after ?? [];
      const after = at === undefined || id === undefined ? undefined : ([Number(at), id] as const);
      const listed = { among: shownPlaces(filter), tests: [], key: totalsOf(filter.totalsOf)[sort], descending: order === 'desc' };
      return chooseOf(table, listed, { offset: slice.offset, limit: slice.limit, after });
    },
  };
}
