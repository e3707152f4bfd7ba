/** Runs one proof over the books, and reads the trades and positions for the proofs that need them in order. */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { Db } from '../platform/db.ts';
import type { BookCheck } from './book-check.rules.ts';
import { KEY_CHECKS } from './books-keys.sql.ts';
import { LEDGER_CHECKS } from './books-ledger.sql.ts';
import { PLAYER_CHECKS } from './books-players.sql.ts';
import { REFERENCE_CHECKS } from './books-references.sql.ts';
import { RISK_CHECKS } from './books-risk.sql.ts';
import type { BookPosition, BookTrade } from './trade-replay.rules.ts';

export const BOOK_CHECKS: readonly BookCheck[] = [...LEDGER_CHECKS, ...PLAYER_CHECKS, ...RISK_CHECKS, ...KEY_CHECKS, ...REFERENCE_CHECKS];

export type Difference = { subject: string; expected: string; found: string };
export type CheckedBook = { compared: bigint; found: bigint; examples: Difference[] };

/** Enough memory and time for whole-table aggregates; both end with the transaction. */
export async function prepareForWholeTables(db: Db): Promise<void> {
  await db.query(`set local work_mem = '256MB'`);
  await db.query('set local statement_timeout = 0');
}

/** How often a check fails, with the first `limit` differences. */
export async function runCheck(db: Db, check: BookCheck, limit: number): Promise<CheckedBook> {
  const [row] = await db.query<CheckedBook>(
    `with differing as materialized (select subject, expected, found from (${check.differences}) as every)
     select (${check.compared})::bigint as compared, (select count(*) from differing) as found,
       coalesce((select jsonb_agg(first) from (select * from differing limit ${limit}) as first), '[]') as examples`,
    check.withCategories ? [CATEGORIES] : [],
  );
  if (!row) throw new Error(`The check ${check.name} has no answer`);
  return row;
}

const PAGE = 20_000;

/** Pages one after the other; the next one is on its way while this one is looked at. */
async function* pages<T>(read: (last: T | undefined) => Promise<T[]>): AsyncGenerator<T[]> {
  let coming: Promise<T[]> | undefined = read(undefined);
  while (coming) {
    const page: T[] = await coming;
    coming = page.length < PAGE ? undefined : read(page.at(-1));
    // Whoever stops early never awaits it.
    coming?.catch(() => {});
    if (page.length > 0) yield page;
  }
}

const TRADES = `
select t.operator_id, t.id, t.player_id, t.market_id, m.category, t.outcome, t.side, t.price, t.mid, t.quantity, t.amount_cents, t.fee_cents,
  t.spread_cents, t.realized_pnl_cents, t.receipt
from trades t left join markets m on m.id = t.market_id
where t.id > $1 and t.status = 'filled' order by t.id limit ${PAGE}`;

/** Every filled trade in id order, which is the order of their commits. */
export const tradesInOrder = (db: Db): AsyncGenerator<BookTrade[]> =>
  pages<BookTrade>((last) => db.query<BookTrade>(TRADES, [last?.id ?? -1n], 'verify-trades'));

const POSITIONS = `
select operator_id, market_id, player_id, outcome, id, quantity, cost_cents, realized_pnl_cents, trade_count, closed_at is not null as closed
from positions where (operator_id, market_id, player_id, outcome) > ($1, $2, $3, $4)
order by operator_id, market_id, player_id, outcome limit ${PAGE}`;

/** Every position. */
export const positionsInOrder = (db: Db): AsyncGenerator<BookPosition[]> =>
  pages<BookPosition>((last) =>
    db.query<BookPosition>(
      POSITIONS,
      [last?.operator_id ?? -1n, last?.market_id ?? -1n, last?.player_id ?? -1n, last?.outcome ?? ''],
      'verify-positions',
    ),
  );

export type BookClosings = { operator_id: bigint; id: bigint; closed_count: number; won_count: number };

const CLOSINGS = `
select operator_id, id, closed_count, won_count from players where (operator_id, id) > ($1, $2) order by operator_id, id limit ${PAGE}`;

/** Closing counters of every player. */
export const closingsInOrder = (db: Db): AsyncGenerator<BookClosings[]> =>
  pages<BookClosings>((last) => db.query<BookClosings>(CLOSINGS, [last?.operator_id ?? -1n, last?.id ?? -1n], 'verify-closings'));
