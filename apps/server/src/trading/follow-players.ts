/**
 * What happened to the players who are listening, one question for all of them: asked several times a second while anybody
 * listens, and at once after a trade of this process. Rows come in the order they were committed, none twice.
 */

import type { Id } from '@predictu/contract/ids';
import { entriesAfter, type ShownEntry, shownEntry } from '../ledger/ledger.ts';
import type { Database, Db } from '../platform/db.ts';
import { type FollowedPlayer, type MergedRow, mergeRows } from './followed-rows.rules.ts';
import { type LimitOrderRowAt, selectLimitOrdersAfter } from './limit-order-list.sql.ts';
import { type ChangedBook, selectChangedBooks } from './order-book.sql.ts';
import { selectLastId, selectWalletBalances, type WalletBalance } from './player-feed.sql.ts';
import { showLimitOrder } from './show-limit-order.ts';
import { showTrade } from './show-trade.ts';
import { selectTradesAfter, type TradeRowAt } from './trade-list.sql.ts';

export type FollowedRow =
  | { id: bigint; event: 'trade'; data: ReturnType<typeof showTrade> }
  | { id: bigint; event: 'order'; data: ReturnType<typeof showLimitOrder> }
  | { id: bigint; event: 'orderbook'; data: { market_id: Id<'market'> } }
  | { id: bigint; event: 'balance'; data: { balance_usd: ShownEntry['balance_after_usd']; entry: ShownEntry | null } };
export type PlayerFeed = {
  /** Hands over every row after `after`, oldest first; returns what ends it. */
  follow(player: FollowedPlayer, deliver: (rows: FollowedRow[]) => void): () => void;
  /** Something of this player was written just now: look at once if anybody listens. */
  kick(playerId: bigint): void;
};

type Follower = FollowedPlayer & { deliver: (rows: FollowedRow[]) => void };
type Place = Pick<FollowedPlayer, 'operatorId' | 'playerId' | 'after'>;

const POLL_MS = 250;
const ROWS_AT_ONCE = 200;
const WORKER = { kind: 'worker', name: 'player-feed' } as const;

/** The earliest place any listener of an operator waits at for changed books. */
function bookPlaces(followers: Iterable<Follower>): Map<bigint, bigint> {
  const earliest = new Map<bigint, bigint>();
  for (const { operatorId, booksAfter } of followers) {
    const known = earliest.get(operatorId);
    if (known === undefined || booksAfter < known) earliest.set(operatorId, booksAfter);
  }
  return earliest;
}

/** Each player once, from the earliest place any of its listeners waits at. */
function players(followers: Iterable<Follower>): Place[] {
  const earliest = new Map<bigint, Place>();
  for (const { operatorId, playerId, after } of followers) {
    const known = earliest.get(playerId);
    if (!known || after < known.after) earliest.set(playerId, { operatorId, playerId, after });
  }
  return [...earliest.values()];
}

type Numbered = { id: bigint; player_id: bigint };
const numbered = <R extends { sequence: bigint; player_id: bigint }>(row: R): Numbered & { row: Omit<R, 'sequence'> } => {
  const { sequence, ...rest } = row;
  return { id: sequence, player_id: row.player_id, row: rest };
};
type News = {
  trades: (Numbered & { row: Omit<TradeRowAt, 'sequence'> })[];
  orders: (Numbered & { row: Omit<LimitOrderRowAt, 'sequence'> })[];
  entries: Awaited<ReturnType<typeof entriesAfter>>;
};

async function selectNews(db: Db, asked: Parameters<typeof selectTradesAfter>[1]): Promise<News> {
  if (asked.length === 0) return { trades: [], orders: [], entries: [] };
  const [trades, orders, entries] = await Promise.all([
    selectTradesAfter(db, asked, ROWS_AT_ONCE),
    selectLimitOrdersAfter(db, asked, ROWS_AT_ONCE),
    entriesAfter(db, asked, ROWS_AT_ONCE),
  ]);
  return { trades: trades.map(numbered), orders: orders.map(numbered), entries };
}

function followedRow(row: MergedRow<News['trades'][number], News['entries'][number], News['orders'][number]>): FollowedRow {
  if (row.trade) return { id: row.id, event: 'trade', data: showTrade(row.trade.row) };
  if (row.order) return { id: row.id, event: 'order', data: showLimitOrder(row.order.row) };
  const entry = shownEntry(row.entry);
  return { id: row.id, event: 'balance', data: { balance_usd: row.entry.wallet_balance_cents ?? entry.balance_after_usd, entry } };
}

export function openPlayerFeed(database: Database, onError: (error: unknown) => void): PlayerFeed {
  const followers = new Set<Follower>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let wanted = false;

  /** Delivers what is new; true when there was more than fits one look. */
  async function look(): Promise<boolean> {
    const { upTo, waiting, readers, news, balances, books } = await database.as(WORKER, 'read', async (db) => {
      const last = await selectLastId(db);
      const late = [...followers].filter(({ after }) => after < last);
      const behind = [...followers].filter(({ booksAfter }) => booksAfter < last);
      const changed = behind.length > 0 ? await selectChangedBooks(db, bookPlaces(behind), last) : [];
      const found = await selectNews(db, players(late));
      const newBalances = await selectWalletBalances(db, players(followers));
      return { upTo: last, waiting: late, readers: behind, news: found, balances: newBalances, books: changed };
    });
    let more = false;
    for (const follower of waiting) {
      const { end, rows } = mergeRows(follower.playerId, news, upTo, ROWS_AT_ONCE);
      const fresh = rows.filter(({ id }) => id > follower.after);
      follower.after = end;
      more ||= end < upTo;
      if (fresh.length > 0 && followers.has(follower)) follower.deliver(fresh.map(followedRow));
    }
    tellBooks(readers, books, upTo);
    tellBalances(balances);
    return more;
  }

  /** Whoever shows the book asks for it again: what the house offers is another to every player. */
  function tellBooks(readers: readonly Follower[], books: readonly ChangedBook[], upTo: bigint): void {
    for (const reader of readers) {
      for (const { operator_id: operatorId, market_id: marketId, id } of books) {
        if (reader.operatorId !== operatorId || id <= reader.booksAfter || !followers.has(reader)) continue;
        reader.deliver([{ id: reader.after, event: 'orderbook', data: { market_id: marketId as Id<'market'> } }]);
      }
      reader.booksAfter = upTo;
    }
  }

  /** After the rows, so that the newest answer of the wallet is the last. */
  function tellBalances(balances: readonly WalletBalance[]): void {
    const known = new Map(balances.map((balance) => [balance.player_id, balance]));
    for (const follower of followers) {
      const balance = known.get(follower.playerId);
      if (!balance || (follower.walletAt !== null && balance.at <= follower.walletAt)) continue;
      follower.walletAt = balance.at;
      follower.deliver([{ id: follower.after, event: 'balance', data: { balance_usd: balance.balance_cents, entry: null } }]);
    }
  }

  async function run(): Promise<void> {
    wanted = true;
    if (looking) return;
    looking = true;
    clearTimeout(timer);
    try {
      while (wanted && followers.size > 0) {
        wanted = false;
        wanted = (await look()) || wanted;
      }
    } catch (error) {
      onError(error);
    } finally {
      looking = false;
      if (followers.size > 0) timer = setTimeout(run, POLL_MS).unref();
    }
  }

  return {
    follow(player, deliver) {
      const follower = { ...player, deliver };
      followers.add(follower);
      void run();
      return () => {
        followers.delete(follower);
      };
    },
    kick(playerId) {
      for (const follower of followers) {
        if (follower.playerId !== playerId) continue;
        void run();
        return;
      }
    },
  };
}
