/** Credits of operators and the answers they pay for. */
import type { Id } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import type { CreditMove } from '../ledger/credit-entry.rules.ts';
import { type PostedEntry, postEntries } from '../ledger/ledger.ts';
import type { Db } from '../platform/db.ts';

/** Locks the account; undefined before it is opened. The caller holds the sequencer. */
export async function lockAccount(db: Db, operatorId: bigint): Promise<Cents | undefined> {
  const [row] = await db.query<{ balance: Cents }>(
    'select balance_cents as balance from credit_accounts where operator_id = $1 for update',
    [operatorId],
    'credit_lock',
  );
  return row?.balance;
}
/** False when it was told since the last top-up. */
export async function noteLowTold(db: Db, operatorId: bigint, now: Date): Promise<boolean> {
  const rows = await db.query(
    'update credit_accounts set low_told_at = $2 where operator_id = $1 and low_told_at is null returning operator_id',
    [operatorId, now],
    'credit_low_told',
  );
  return rows.length > 0;
}
export const forgetLowTold = (db: Db, operatorId: bigint): Promise<unknown> =>
  db.query('update credit_accounts set low_told_at = null where operator_id = $1', [operatorId]);

export const insertAccount = (db: Db, operatorId: bigint, now: Date): Promise<unknown> =>
  db.query('insert into credit_accounts (operator_id, balance_cents, opened_at, updated_at) values ($1, 0, $2, $2)', [operatorId, now]);

type PostedCredit = Omit<PostedEntry, 'playerId' | 'tradeId'>;
/** The entry and the balance it leaves, together. */
export async function post(db: Db, entry: PostedCredit, now: Date): Promise<void> {
  const { text, values } = postEntries([{ ...entry, playerId: 0n, tradeId: null }], now);
  await db.query(text, values);
  await db.query('update credit_accounts set balance_cents = $2, updated_at = $3 where operator_id = $1', [
    entry.operatorId,
    entry.balanceAfter,
    now,
  ]);
}

export async function selectBalance(db: Db, operatorId: bigint): Promise<Cents | undefined> {
  const [row] = await db.query<{ balance: Cents }>('select balance_cents as balance from credit_accounts where operator_id = $1', [
    operatorId,
  ]);
  return row?.balance;
}

export type CreditRow = { id: Id<'ledger'>; type: CreditMove; from: string; amount: Cents; after: Cents; description: string; at: Date };
const SHOWN = 50;
export const selectMoves = (db: Db, operatorId: bigint): Promise<CreditRow[]> =>
  db.query<CreditRow>(
    `select id, type, from_account as "from", amount_cents as amount, balance_after_cents as after, description, created_at as at
     from ledger_entries where operator_id = $1 and player_id = 0 order by id desc limit ${SHOWN}`,
    [operatorId],
  );
/** The top-up that came with this key. */
export async function selectTopUp(db: Db, operatorId: bigint, key: string): Promise<{ bodyHash: string } | undefined> {
  const [row] = await db.query<{ bodyHash: string }>(
    `select metadata ->> 'body_hash' as "bodyHash" from ledger_entries
     where operator_id = $1 and player_id = 0 and type = 'credit_top_up' and metadata ->> 'key' = $2`,
    [operatorId, key],
  );
  return row;
}

export type AskedAnswer = {
  id: bigint;
  status: 'pending' | 'done' | 'failed';
  bodyHash: string;
  price: Cents;
  answer: unknown;
};
export async function lockAnswer(db: Db, operatorId: bigint, key: string): Promise<AskedAnswer | undefined> {
  const [row] = await db.query<AskedAnswer>(
    `select id, status, replace(body_hash::text, '-', '') as "bodyHash", price_cents as price, answer
     from copilot_answers where operator_id = $1 and key = $2 for update`,
    [operatorId, key],
    'answer_lock',
  );
  return row;
}
export type NewAnswer = {
  operatorId: bigint;
  id: bigint;
  key: string;
  bodyHash: string;
  engine: 'claude' | 'rules';
  model: string | null;
  price: Cents;
  askedBy: string;
};
/** A failed one begins anew under its key. */
export const beginAnswer = (db: Db, one: NewAnswer, now: Date): Promise<unknown> =>
  db.query(
    `insert into copilot_answers (operator_id, id, key, body_hash, status, engine, model, price_cents, asked_by, created_at)
     values ($1, $2, $3, $4::text::uuid, 'pending', $5, $6, $7, $8, $9)
     on conflict (operator_id, key) do update set status = 'pending', engine = excluded.engine, model = excluded.model, price_cents = excluded.price_cents,
       failure = null, asked_by = excluded.asked_by, created_at = excluded.created_at, ended_at = null`,
    [one.operatorId, one.id, one.key, one.bodyHash, one.engine, one.model, one.price, one.askedBy, now],
  );
/** False when it had ended already. */
export async function endAnswer(
  db: Db,
  { operatorId, id }: { operatorId: bigint; id: bigint },
  end: { answer: unknown } | { failure: string },
  now: Date,
): Promise<boolean> {
  const done = 'answer' in end;
  const rows = await db.query(
    `update copilot_answers set status = $3, answer = $4, failure = $5, ended_at = $6
     where operator_id = $1 and id = $2 and status = 'pending' returning id`,
    [operatorId, id, done ? 'done' : 'failed', done ? JSON.stringify(end.answer) : null, done ? null : end.failure, now],
  );
  return rows.length > 0;
}
export const selectAbandoned = (db: Db, before: Date): Promise<{ operatorId: bigint; id: bigint; price: Cents }[]> =>
  db.query(
    `select operator_id as "operatorId", id, price_cents as price from copilot_answers where status = 'pending' and created_at < $1 order by created_at`,
    [before],
  );
