/** Players as columns: which of them a list shows, for every filter and sort of player-choice.sql.ts. */
import { everyRow, ROWS_AT_ONCE } from '../platform/column-changes.ts';
import { chooseOf } from '../platform/column-choice.ts';
import { type ColumnTest, exceptTest } from '../platform/column-filter.ts';
import { columnFlags } from '../platform/column-flags.ts';
import type { IndexedNoun } from '../platform/column-follower.ts';
import { columnNames } from '../platform/column-names.ts';
import { type ColumnOrder, columnOrder, NO_KEY } from '../platform/column-order.ts';
import { columnSteps } from '../platform/column-steps.ts';
import { columnTable } from '../platform/column-table.ts';
import { columnText } from '../platform/column-text.ts';
import type { PlayerFilter, PlayerSort } from './player-choice.sql.ts';
import { outsideWallets, type PlayerColumns, playersAfter, playersChangedAfter, TIERS } from './player-columns.sql.ts';

const TIER = 3;
const SUSPENDED = 4;
const INACTIVE = 8;
const FLAGGED = 16;
const OPERATOR = 8;

/** A list is sorted by each of these. */
const SORTS = [
  'score',
  'balance',
  'trade_count',
  'pnl',
  'volume',
  'created_at',
  'last_active',
  'win_rate',
] as const satisfies PlayerSort['sort'][];

export function indexPlayers(): IndexedNoun<PlayerFilter, PlayerSort> {
  const table = columnTable({
    score: 'number',
    /** What each player has: at the platform, or in the operator's own wallet. */
    balance: 'number',
    own: 'number',
    wallet: 'number',
    trade_count: 'number',
    pnl: 'number',
    volume: 'number',
    created_at: 'number',
    last_active: 'number',
    /** When each was last active, or came. */
    seen: 'number',
    win_rate: 'number',
  });
  const facts = columnFlags();
  const names = columnText();
  const operators = columnNames();
  /** Numbers of operators. */
  let outside = new Set<number>();
  const balances = columnSteps(() => table.columns.balance);
  const sights = columnSteps(() => table.columns.seen);
  const orders = Object.fromEntries(SORTS.map((sort) => [sort, columnOrder(table, () => table.columns[sort])])) as Record<
    PlayerSort['sort'],
    ColumnOrder
  >;

  const shownBalance = (place: number): number => {
    const { own, wallet } = table.columns;
    return (outside.has(facts.at(place) >>> OPERATOR) ? wallet[place] : own[place]) as number;
  };
  function put(row: PlayerColumns): void {
    const known = table.count;
    const place = table.place(row.id);
    const isNew = place === known;
    const word = row.tier + (row.suspended ? SUSPENDED : 0) + (row.inactive ? INACTIVE : 0) + (row.tier > 0 ? FLAGGED : 0);
    facts.put(place, word + (operators.numberOf(row.operator) << OPERATOR));
    const { own, wallet, seen } = table.columns;
    own[place] = row.balance;
    wallet[place] = row.wallet;
    seen[place] = row.active ?? row.created;
    const values = {
      score: row.score,
      balance: shownBalance(place),
      trade_count: row.trades,
      pnl: row.pnl,
      volume: row.volume,
      created_at: row.created,
      last_active: row.active ?? NO_KEY,
      win_rate: row.closed === 0 ? NO_KEY : row.won / row.closed,
    };
    for (const sort of SORTS) orders[sort].put(place, values[sort], isNew);
    balances.put(place);
    sights.put(place);
    names.set(place, row.names);
  }
  /** Takes up whose players have their money elsewhere. */
  function moveOut(ids: readonly bigint[]): void {
    const now = new Set(ids.map((id) => operators.numberOf(id)));
    if (now.size === outside.size && [...now].every((one) => outside.has(one))) return;
    outside = now;
    for (let place = 0; place < table.count; place += 1) if (orders.balance.put(place, shownBalance(place), false)) balances.put(place);
  }

  /** Players that are not suspended and seem inactive, or do not. */
  function ofActivity(inactive: boolean, seenSince: number): ColumnTest[] {
    const active = [...facts.tests([[INACTIVE, 0]]), sights.test(seenSince, Number.POSITIVE_INFINITY)];
    return [...facts.tests([[SUSPENDED, 0]]), ...(inactive ? [exceptTest(active)] : active)];
  }
  function among({ searchId }: PlayerFilter): Uint32Array | undefined {
    if (searchId === undefined) return undefined;
    const place = table.find(searchId);
    return Uint32Array.from(place < 0 ? [] : [place]);
  }
  function testsOf({ operatorId, flagged, tier, status, seenSince, minBalance, maxBalance, search, searchId }: PlayerFilter): ColumnTest[] {
    const tests = facts.tests([
      flagged && [FLAGGED, FLAGGED],
      tier && [TIER, TIERS.indexOf(tier)],
      status === 'suspended' ? [SUSPENDED, SUSPENDED] : undefined,
      operatorId === undefined ? undefined : [-1 << OPERATOR, operators.find(operatorId) << OPERATOR],
    ]);
    if (status === 'active' || status === 'inactive') tests.push(...ofActivity(status === 'inactive', seenSince.getTime()));
    if (minBalance !== undefined || maxBalance !== undefined) {
      const least = minBalance === undefined ? Number.NEGATIVE_INFINITY : Number(minBalance);
      tests.push(balances.test(least, maxBalance === undefined ? Number.POSITIVE_INFINITY : Number(maxBalance) + 1));
    }
    // Last, because it looks into each name that is left.
    if (search !== undefined && searchId === undefined) tests.push(names.holding(search.toLowerCase()));
    return tests;
  }

  return {
    async load(ask) {
      await everyRow<PlayerColumns>(
        ask,
        (after) => playersAfter(after, ROWS_AT_ONCE),
        ({ id }) => id,
        put,
      );
      for (const sort of SORTS) orders[sort].build(table.count);
    },
    changes: (after) => [playersChangedAfter(after), outsideWallets],
    take(answers) {
      for (const row of (answers.get('columns_players_changed') ?? []) as PlayerColumns[]) put(row);
      moveOut(((answers.get('columns_outside_wallets') ?? []) as { id: bigint }[]).map(({ id }) => id));
    },
    choose({ filter, sort: { sort, order: direction }, slice }) {
      const [at, id] = slice.after ?? [];
      const after = at === undefined || id === undefined ? undefined : ([Number(at), id] as const);
      const by = { key: table.columns[sort], order: orders[sort], descending: direction === 'desc' };
      return chooseOf(table, { among: among(filter), tests: testsOf(filter), ...by }, { offset: slice.offset, limit: slice.limit, after });
    },
  };
}
