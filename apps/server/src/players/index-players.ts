/** Players as columns: which of them a list shows, for every filter and sort of player-choice.sql.ts. */
import { bitsTest, type ColumnTest, filterPlaces } from '../platform/column-filter.ts';
import type { IndexedNoun } from '../platform/column-follower.ts';
import { columnNames } from '../platform/column-names.ts';
import { columnTable } from '../platform/column-table.ts';
import { columnText } from '../platform/column-text.ts';
import { pageOfPlaces } from '../platform/column-window.ts';
import type { PlayerFilter, PlayerSort } from './player-choice.sql.ts';
import { outsideWallets, type PlayerColumns, playersAfter, playersChangedAfter, ROWS_AT_ONCE, TIERS } from './player-columns.sql.ts';

const TIER = 3;
const SUSPENDED = 4;
const INACTIVE = 8;
const FLAGGED = 16;
const OPERATOR = 8;

export function indexPlayers(): IndexedNoun<PlayerFilter, PlayerSort> {
  const table = columnTable({
    facts: 'word',
    score: 'number',
    balance: 'number',
    wallet: 'number',
    trade_count: 'number',
    pnl: 'number',
    volume: 'number',
    created_at: 'number',
    active: 'number',
    win_rate: 'number',
  });
  const names = columnText();
  const operators = columnNames();
  /** Numbers of operators. */
  let outside = new Set<number>();
  let derived = new Float64Array(0);
  let marks = new Uint8Array(0);

  function put(row: PlayerColumns): void {
    const place = table.place(row.id);
    const { columns } = table;
    columns.facts[place] =
      row.tier +
      (row.suspended ? SUSPENDED : 0) +
      (row.inactive ? INACTIVE : 0) +
      (row.tier > 0 ? FLAGGED : 0) +
      (operators.numberOf(row.operator) << OPERATOR);
    columns.score[place] = row.score;
    columns.balance[place] = row.balance;
    columns.wallet[place] = row.wallet;
    columns.trade_count[place] = row.trades;
    columns.pnl[place] = row.pnl;
    columns.volume[place] = row.volume;
    columns.created_at[place] = row.created;
    columns.active[place] = row.active ?? Number.NaN;
    columns.win_rate[place] = row.closed === 0 ? Number.NaN : row.won / row.closed;
    names.set(place, row.names);
  }
  const scratch = (): Float64Array => {
    if (derived.length < table.count) derived = new Float64Array(table.count * 2);
    return derived;
  };

  /** What each player has: at the platform, or in the operator's own wallet. */
  function balances(): Float64Array {
    const { balance, wallet, facts } = table.columns;
    if (outside.size === 0) return balance;
    const shown = scratch();
    for (let place = 0; place < table.count; place += 1) {
      shown[place] = (outside.has((facts[place] as number) >>> OPERATOR) ? wallet[place] : balance[place]) as number;
    }
    return shown;
  }
  /** Those without a value come last in either direction. */
  function missingLast(column: Float64Array, descending: boolean): Float64Array {
    const shown = scratch();
    const missing = descending ? -Number.MAX_VALUE : Number.MAX_VALUE;
    for (let place = 0; place < table.count; place += 1) {
      const value = column[place] as number;
      shown[place] = Number.isNaN(value) ? missing : value;
    }
    return shown;
  }
  function keyOf(sort: PlayerSort['sort'], descending: boolean): Float64Array {
    if (sort === 'balance') return balances();
    if (sort === 'last_active') return missingLast(table.columns.active, descending);
    return sort === 'win_rate' ? missingLast(table.columns.win_rate, descending) : table.columns[sort];
  }
  /** Players that are not suspended and seem inactive, or do not. */
  function ofActivity(inactive: boolean, seenSince: number): ColumnTest {
    const { facts, active, created_at: created } = table.columns;
    if (marks.length < table.count) marks = new Uint8Array(table.count * 2);
    for (let place = 0; place < table.count; place += 1) {
      const fact = facts[place] as number;
      const seen = active[place] as number;
      const away = (fact & INACTIVE) !== 0 || (Number.isNaN(seen) ? (created[place] as number) : seen) < seenSince;
      marks[place] = Number((fact & SUSPENDED) === 0 && away === inactive);
    }
    return { kind: 'marked', marks };
  }

  /** The one player a searched id names, or those whose names have the searched text in them. */
  function ofSearch({ search, searchId }: PlayerFilter): ColumnTest[] {
    if (searchId !== undefined) return [{ kind: 'id', column: table.ids, equals: searchId }];
    return search === undefined ? [] : [names.holding(search.toLowerCase(), table.count)];
  }

  function testsOf(filter: PlayerFilter): ColumnTest[] {
    const { operatorId, flagged, tier, status, seenSince, minBalance, maxBalance } = filter;
    const { facts } = table.columns;
    const tests = bitsTest(facts, [
      flagged && [FLAGGED, FLAGGED],
      tier && [TIER, TIERS.indexOf(tier)],
      status === 'suspended' ? [SUSPENDED, SUSPENDED] : undefined,
      operatorId === undefined ? undefined : [-1 << OPERATOR, operators.find(operatorId) << OPERATOR],
    ]);
    tests.push(...ofSearch(filter));
    if (status === 'active' || status === 'inactive') tests.push(ofActivity(status === 'inactive', seenSince.getTime()));
    if (minBalance !== undefined || maxBalance !== undefined) {
      const below = Number(maxBalance ?? Number.MAX_VALUE) + 1;
      tests.push({ kind: 'range', column: balances(), least: Number(minBalance ?? 0n), below });
    }
    return tests;
  }

  return {
    async load(ask) {
      for (let after = 0n, got = ROWS_AT_ONCE; got === ROWS_AT_ONCE; ) {
        const rows = (await ask(playersAfter(after, ROWS_AT_ONCE))) as PlayerColumns[];
        for (const row of rows) put(row);
        got = rows.length;
        after = rows.at(-1)?.id ?? after;
      }
    },
    changes: (after) => [playersChangedAfter(after), outsideWallets],
    take(answers) {
      for (const row of (answers.get('columns_players_changed') ?? []) as PlayerColumns[]) put(row);
      const wallets = (answers.get('columns_outside_wallets') ?? []) as { id: bigint }[];
      outside = new Set(wallets.map(({ id }) => operators.numberOf(id)));
    },
    choose({ filter, sort: { sort, order }, slice }) {
      const descending = order === 'desc';
      const places = filterPlaces(0, table.count, testsOf(filter));
      const key = keyOf(sort, descending);
      const [at, id] = slice.after ?? [];
      const after = at === undefined || id === undefined ? undefined : ([Number(at), id] as const);
      const ids = pageOfPlaces(places, { key, ids: table.ids, ascending: table.ascending, descending }, { ...slice, after });
      return { ids, total: BigInt(places.length) };
    },
  };
}
