/** Runs one proof over the books, and reads the trades and positions for the proofs that need them in order. */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { Db } from '../platform/db.ts';
import type { BookCheck } from './book-check.rules.ts';
import { BILLING_CHECKS } from './books-billing.sql.ts';
import { COPILOT_CHECKS } from './books-copilot.sql.ts';
import { KEY_CHECKS } from './books-keys.sql.ts';
import { LEDGER_CHECKS } from './books-ledger.sql.ts';
import { ORDER_CHECKS } from './books-orders.sql.ts';
import { PLAYER_FIGURE_CHECKS } from './books-player-figures.sql.ts';
import { PLAYER_CHECKS } from './books-players.sql.ts';
import { REFERENCE_CHECKS } from './books-references.sql.ts';
import { RISK_CHECKS } from './books-risk.sql.ts';
import { ROLLUP_CHECKS } from './books-rollups.sql.ts';
import { IS_PAID, SETTLEMENT_CHECKS } from './books-settlement.sql.ts';
import { WALLET_CHECKS } from './books-wallet.sql.ts';
import type { BookPayout, BookPosition, BookTrade } from './trade-replay.rules.ts';

export const BOOK_CHECKS: readonly BookCheck[] = [
  ...LEDGER_CHECKS,
  ...PLAYER_CHECKS,
  ...ORDER_CHECKS,
  ...RISK_CHECKS,
  ...KEY_CHECKS,
  ...REFERENCE_CHECKS,
  ...SETTLEMENT_CHECKS,
  ...WALLET_CHECKS,
  ...ROLLUP_CHECKS,
  ...PLAYER_FIGURE_CHECKS,
  ...BILLING_CHECKS,
  ...COPILOT_CHECKS,
];

export type Difference = { subject: string; expected: string; found: string };
export type CheckedBook = { compared: bigint; found: bigint; examples: Difference[] };

/** Enough memory and time for whole-table aggregates; both end with the transaction. */
export async function prepareForWholeTables(db: Db): Promise<void> {
  await db.query(`set local work_mem = '256MB'`);
  await db.query('set local statement_timeout = 0');
}

/** Whole tables are compared: a nested loop chosen by statistics from before a large settlement would never end. */
const byHash = (db: Db, on: boolean): Promise<unknown> => db.query(`set local enable_nestloop = ${on ? 'off' : 'on'}`);

/** How often a check fails, with the first `limit` differences. */
export async function runCheck(db: Db, check: BookCheck, limit: number): Promise<CheckedBook> {
  await byHash(db, true);
  const [row] = await db.query<CheckedBook>(
    `with differing as materialized (select subject, expected, found from (${check.differences}) as every)
     select (${check.compared})::bigint as compared, (select count(*) from differing) as found,
       coalesce((select jsonb_agg(first) from (select * from differing limit ${limit}) as first), '[]') as examples`,
    check.withCategories ? [CATEGORIES] : [],
  );
  await byHash(db, false);
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
select sequence, moment, t.operator_id, t.id, t.player_id, t.market_id, m.category, t.outcome, t.side, t.price, t.mid, t.quantity, t.amount_cents, t.fee_cents,
  t.spread_cents, t.realized_pnl_cents, t.receipt
from (
  (select id as sequence, case when wallet_mode = 'seamless' and side = 'buy' then 'reserve' else 'trade' end as moment, * from trades
    where id > $1 order by id limit ${PAGE})
  union all
  (select e.id, case e.status when 'filled' then 'fill' else 'release' end, t.* from trade_events e join trades t on t.operator_id = e.operator_id and t.id = e.trade_id
    where e.id > $1 order by e.id limit ${PAGE})
) t left join markets m on m.id = t.market_id
order by sequence limit ${PAGE}`;

type BookMoment = BookTrade & { sequence: bigint };

/** Every trade, and what became of those that waited, in the order of their commits. */
export const tradesInOrder = (db: Db): AsyncGenerator<BookMoment[]> =>
  pages<BookMoment>((last) => db.query<BookMoment>(TRADES, [last?.sequence ?? -1n], 'verify-trades'));

const PAYOUTS = `
select s.decision_id, p.operator_id, p.settlement_id, p.n, p.player_id, p.market_id, m.category, p.outcome, p.quantity, p.cost_cents,
  p.payout_cents - p.earlier_payout_cents as payout_cents, s.corrects_id is not null as correction, ${IS_PAID} as paid
from settlement_payouts p join market_settlements s on s.id = p.settlement_id left join markets m on m.id = p.market_id
  join settlement_records r on r.operator_id = p.operator_id and r.settlement_id = p.settlement_id
where (s.decision_id, p.operator_id, p.n) > ($1, $2, $3) order by s.decision_id, p.operator_id, p.n limit ${PAGE}`;

/** Every payout, in the order of the decisions. */
export const payoutsInOrder = (db: Db): AsyncGenerator<BookPayout[]> =>
  pages<BookPayout>((last) =>
    db.query<BookPayout>(PAYOUTS, [last?.decision_id ?? -1n, last?.operator_id ?? -1n, last?.n ?? -1n], 'verify-payouts'),
  );

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
