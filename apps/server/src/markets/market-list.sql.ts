/** The one query behind every list and page of markets. */
import { firstIdAt } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import { countAll } from '../platform/choose.ts';
import { cut } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Choice, Slice, Sort } from '../platform/page.ts';
import { rowsByKeys, rowsOfAll } from '../platform/rows-by-keys.ts';
import type { MarketStatus, SourceState } from './changes.rules.ts';
import { type MarketSort, prefixQuery, type SortOrder } from './market-page.rules.ts';
import { searchText } from './text.rules.ts';

export type Market = {
  id: bigint;
  /** Whose own market it is; null of everybody's. */
  ownerId: bigint | null;
  source: string;
  sourceId: string;
  title: string;
  description: string;
  category: Category;
  tags: readonly string[];
  imageUrl: string | null;
  status: MarketStatus;
  statusReason: string | null;
  mid: Price | null;
  bestBid: Price | null;
  bestAsk: Price | null;
  snapshotId: bigint | null;
  pricedAt: Date | null;
  liquidity: Cents;
  sourceVolume: Cents;
  endAt: Date | null;
  /** Since when a proposed result has ended trading. */
  closedAt: Date | null;
  resolution: 'yes' | 'no' | 'split' | 'void' | null;
  resolutionSource: string | null;
  resolvedAt: Date | null;
  sourceState: SourceState;
  createdAt: Date;
  updatedAt: Date;
  /** Of whom was asked for: cost of buys and proceeds of sales, number of trades, open shares. */
  volume: Cents;
  tradeCount: bigint;
  yesShares: Shares;
  noShares: Shares;
  /** The mid at the time `changeSince`, or null when there was no price yet or it was not asked for. */
  earlierMid: Price | null;
};
/** What a list reads of it, too. */
export type ShownMarket = Omit<Market, keyof typeof OF_ONE>;
export type ListedMarket = ShownMarket & { sortKey: bigint };

/** What a market must fulfil to be bet on, in facts the caller takes from the pricing rules. */
export type TradeableFacts = { now: Date; pricedAfter: Date; lowest: Price; highest: Price; leastLiquidity: Cents };

export type MarketFilter = {
  search?: string | undefined;
  /** Search titles only, or descriptions as well. */
  searchIn?: 'title' | 'text';
  categories?: readonly Category[] | undefined;
  /** Of the categories this operator offers, whatever of those the ones above. */
  offeredBy?: bigint | undefined;
  status?: MarketStatus | undefined;
  ids?: readonly bigint[] | undefined;
  /** Whose own markets beside everybody's: an operator's, or nobody's when null. For callers that may read all of them. */
  ownedBy?: bigint | null | undefined;
  tradeable?: (TradeableFacts & { is: boolean }) | undefined;
};
export type MarketQuery = {
  sort: MarketSort;
  order: SortOrder;
  slice: Slice;
  /** Whose volume, trades and exposure: 0 is the whole platform (admins), an operator's id its own, null none (players). */
  totalsOf: bigint | null;
  /** The price at this time is stated beside the present one: 24 hours before now. Null for whoever does not show it. */
  changeSince: Date | null;
};

/** Sorted by what no index has: all that match are looked at for a page, and so are counted there. */
export type TotalSort = 'volume' | 'trade_count' | 'exposure';
const TOTAL_SORTS: readonly string[] = ['volume', 'trade_count', 'exposure'] satisfies TotalSort[];

/** What is kept in memory of markets: which there are, and their totals at each operator. */
export type MarketScope = Pick<MarketFilter, 'categories' | 'offeredBy' | 'status' | 'ownedBy'> & { totalsOf: bigint };
/** `beside`: a number of each market that the chooser adds, where it knows it. */
export type MarketChoice = Choice & { beside?: readonly number[] | undefined };
/** Which markets a list shows that is sorted by totals; undefined while that is not kept in memory. */
export type ChooseMarkets = (db: Db, scope: MarketScope, sort: Sort<TotalSort>, slice: Slice) => Promise<MarketChoice | undefined>;

/** What is read of one market alone. */
const OF_ONE = {
  bestBid: 'm.best_bid::bigint',
  bestAsk: 'm.best_ask::bigint',
  snapshotId: 'm.snapshot_id',
  resolutionSource: 'm.resolution_source',
  sourceState: 'm.source_state',
  updatedAt: 'm.updated_at',
};
const columnsOfOne = Object.entries(OF_ONE).map(([name, column]) => `${column} as "${name}"`);
const columns = (
  totals: boolean,
  since: number | null,
): string => `m.id, m.operator_id as "ownerId", m.source, m.source_id as "sourceId", m.title, m.description, m.category, m.tags,
  m.image_url as "imageUrl", m.status, m.status_reason as "statusReason", m.mid::bigint as mid, m.priced_at as "pricedAt", m.liquidity_cents as liquidity,
  m.source_volume_cents as "sourceVolume", m.end_at as "endAt", m.closed_at as "closedAt", m.resolution,
  m.resolved_at as "resolvedAt", m.created_at as "createdAt",
  ${totalOf('volume_cents', totals)} as volume, ${totalOf('trade_count', totals)} as "tradeCount",
  ${totalOf('yes_shares', totals)} as "yesShares", ${totalOf('no_shares', totals)} as "noShares", (${earlierMid(since)})::bigint as "earlierMid"`;

const totalOf = (column: string, totals: boolean): string => (totals ? `coalesce(e.${column}, 0)` : '0::bigint');
/** By the number of the parameter that says when. */
const earlierMid = (since: number | null): string =>
  since === null
    ? 'null::bigint'
    : `select t.mid from price_ticks t where t.market_id = m.id and t.id < $${since} order by t.id desc limit 1`;
const tables = (totals: boolean, operator: number): string =>
  totals ? `markets m left join exposure e on e.operator_id = $${operator} and e.scope = 2 and e.key = m.id` : 'markets m';

/** Markets without an end sort behind all others. */
const END = `coalesce(m.end_at, '9999-12-31')`;
const microseconds = (time: string): string => `(extract(epoch from ${time}) * 1000000)::bigint`;
const fromMicroseconds = (value: string): string => `timestamptz 'epoch' + ${value}::bigint * interval '1 microsecond'`;
const asIs = (text: string): string => text;

/** What each sort compares, as a column and as a whole number for cursors, and its direction when the name already says it. */
type Sorting = { by: string; key: (by: string) => string; unkey: (value: string) => string; always?: SortOrder };
function sortingOf(sort: MarketSort, totals: boolean, since: number | null): Sorting {
  const number = (by: string, always?: SortOrder): Sorting => ({
    by,
    key: asIs,
    unkey: (value) => `${value}::bigint`,
    ...(always && { always }),
  });
  const time = (by: string, always?: SortOrder): Sorting => ({ by, key: microseconds, unkey: fromMicroseconds, ...(always && { always }) });
  switch (sort) {
    case 'volume':
      return number(totalOf('volume_cents', totals));
    case 'trade_count':
      return number(totalOf('trade_count', totals));
    case 'exposure':
      return number(`(${totalOf('yes_shares', totals)} + ${totalOf('no_shares', totals)})`);
    case 'source_volume':
      return number('m.source_volume_cents');
    case 'price_change':
      return number(`coalesce(abs(m.mid - (${earlierMid(since)})), 0)::bigint`, 'desc');
    case 'created_at':
      return time('m.created_at');
    case 'end_date':
      return time(END);
    case 'newest':
      return time('m.created_at', 'desc');
    case 'closing':
      return time(END, 'asc');
  }
}

/** A condition and its values; each `?` stands for the next value. */
type Conditions = { texts: string[]; values: unknown[] };
function add(conditions: Conditions, text: string, ...values: readonly unknown[]): void {
  let next = conditions.values.length;
  conditions.values.push(...values);
  conditions.texts.push(text.replace(/\?/g, () => `$${++next}`));
}

function conditionsOf({ search, searchIn = 'title', categories, offeredBy, status, ids, ownedBy, tradeable }: MarketFilter): Conditions {
  const conditions: Conditions = { texts: ['true'], values: [] };
  if (status) add(conditions, 'm.status = ?', status);
  if (categories) add(conditions, 'm.category = any(?::text[])', categories);
  if (offeredBy !== undefined)
    add(conditions, 'm.category = any((select o.allowed_categories from operators o where o.id = ?)::text[])', offeredBy);
  if (ids) add(conditions, 'm.id = any(?::bigint[])', ids);
  if (ownedBy === null) add(conditions, 'm.operator_id is null');
  else if (ownedBy !== undefined) add(conditions, '(m.operator_id is null or m.operator_id = ?)', ownedBy);
  if (search !== undefined) addSearch(conditions, search, searchIn);
  if (tradeable) {
    const { is, now, pricedAfter, lowest, highest, leastLiquidity } = tradeable;
    // coalesce: a market without a price is not tradeable, rather than unknown.
    add(
      conditions,
      `coalesce(m.status = 'active' and m.closed_at is null and m.priced_at >= ? and m.mid between ? and ? and m.liquidity_cents >= ? and (m.end_at is null or m.end_at > ?), false) = ?`,
      pricedAfter,
      lowest,
      highest,
      leastLiquidity,
      now,
      is,
    );
  }
  return conditions;
}

function addSearch(conditions: Conditions, search: string, searchIn: 'title' | 'text'): void {
  const query = prefixQuery(searchText(search));
  if (query === '') {
    add(conditions, 'false');
    return;
  }
  const inTitle = 'm.id = any(array(select found_by_title(?)))';
  if (searchIn === 'title') add(conditions, inTitle, query);
  else add(conditions, `(${inTitle} or to_tsvector('simple', m.description) @@ to_tsquery('simple', ?))`, query, query);
}

const sortsByTotal = (sort: MarketSort): sort is TotalSort => TOTAL_SORTS.includes(sort);

/** The rows of chosen markets, in their order. */
const selectChosen = (db: Db, ids: readonly bigint[], sort: TotalSort, totalsOf: bigint): Promise<ListedMarket[]> =>
  rowsByKeys<ListedMarket>(
    db,
    `select ${columns(true, null)}, ${sortingOf(sort, true, null).by} as "sortKey"
     from unnest($1::bigint[]) with ordinality as chosen(id, n) join ${tables(true, 2)} on m.id = chosen.id order by chosen.n`,
    [ids, totalsOf],
    `markets_chosen_by_${sort}`,
  );

export type MarketPage = { rows: ListedMarket[]; total: bigint } & Pick<MarketChoice, 'beside'>;

/** The rows of a slice and the number of all that match, chosen in memory where that is possible. A row continues at its `sortKey` and id. */
export const selectMarkets = async (db: Db, filter: MarketFilter, query: MarketQuery, choose?: ChooseMarkets): Promise<MarketPage> =>
  (choose && (await selectByMemory(db, filter, query, choose))) ?? selectInSql(db, filter, query);

/** Undefined when the filter asks for more than is kept there, or it is not ready. */
async function selectByMemory(
  db: Db,
  { search, searchIn: _, ids: only, tradeable, ...scope }: MarketFilter,
  { sort, order, slice, totalsOf, changeSince }: MarketQuery,
  choose: ChooseMarkets,
): Promise<MarketPage | undefined> {
  if (!sortsByTotal(sort) || totalsOf === null || search !== undefined || only || tradeable || changeSince) return undefined;
  const choice = await choose(db, { totalsOf, ...scope }, { sort, order }, slice);
  if (!choice) return undefined;
  const { ids, total, beside } = choice;
  return { rows: ids.length === 0 ? [] : await selectChosen(db, ids, sort, totalsOf), total, beside };
}

async function selectInSql(db: Db, filter: MarketFilter, query: MarketQuery): Promise<MarketPage> {
  const { sort, slice, totalsOf, changeSince } = query;
  const matching = conditionsOf(filter);
  const all = { text: `select count(*) as total from markets m where ${matching.texts.join(' and ')}`, values: [...matching.values] };
  const countedThere = sortsByTotal(sort) && !slice.after;
  const counted = countedThere ? undefined : countAll(db, all.text, all.values);
  const totals = totalsOf !== null;
  const since = changeSince && matching.values.push(firstIdAt(changeSince));
  const operator = totals ? matching.values.push(totalsOf) : 0;
  const { by, key, unkey, always } = sortingOf(sort, totals, since);
  const order = always ?? query.order;
  if (slice.after) add(matching, `(${by}, m.id) ${order === 'asc' ? '>' : '<'} (${unkey('?')}, ?::bigint)`, ...slice.after);
  // What is shown of a market is read for those of the page only.
  const text = `select ${columns(totals, since)}, chosen.key as "sortKey", chosen.total from (
      select m.id, ${by} as by, ${key(by)} as key, ${countedThere ? 'count(*) over ()' : 'null'} as total from ${tables(totals, operator)}
      where ${matching.texts.join(' and ')} order by ${by} ${order}, m.id ${order} ${cut(matching.values, slice)}
    ) as chosen join ${tables(totals, operator)} on m.id = chosen.id order by chosen.by ${order}, chosen.id ${order}`;
  type Row = ListedMarket & { total: bigint | null };
  const read =
    countedThere && filter.search === undefined ? rowsOfAll<Row>(db, text, matching.values) : db.query<Row>(text, matching.values);
  const [rows, total] = await Promise.all([read, counted]);
  // A page behind the last one says nothing of those before it.
  return { rows, total: total ?? rows[0]?.total ?? (slice.offset > 0 ? await countAll(db, all.text, all.values) : 0n) };
}

/** One market, with totals as in a list. */
export async function selectMarket(db: Db, id: bigint, totalsOf: bigint | null, changeSince: Date): Promise<Market | undefined> {
  const totals = totalsOf !== null;
  const [market] = await db.query<Market>(`select ${columns(totals, 2)}, ${columnsOfOne} from ${tables(totals, 3)} where m.id = $1`, [
    id,
    firstIdAt(changeSince),
    ...(totals ? [totalsOf] : []),
  ]);
  return market;
}
