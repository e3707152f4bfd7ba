/** Invoices as they are written: numbers, sums of a period, states, payments, credit notes. */
import { firstIdAt, type Id } from '@predictu/contract/ids';
import type { Buyer, InvoiceStatus, LineKind, Seller } from '@predictu/contract/shapes/invoice';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { type InvoiceAmounts, LINE_KINDS, type PeriodFacts } from './invoice.rules.ts';
import type { Period } from './invoice-period.rules.ts';

type Sums = { trades: bigint; traders: bigint; volume: Cents } & Record<`${LineKind}_gross`, Cents> &
  Record<`${LineKind}_trades`, bigint> &
  Record<`${LineKind}_first` | `${LineKind}_last`, bigint | null>;
/** A filled trade `t` for money; what no wallet ever saw is not billed. */
export const BILLED = `t.status = 'filled' and t.wallet_mode <> 'shadow'`;
const LINE = LINE_KINDS.map((kind) => {
  const any = `filter (where t.${kind}_cents > 0)`;
  return `coalesce(sum(t.${kind}_cents), 0)::bigint as ${kind}_gross, count(*) ${any} as ${kind}_trades, min(t.id) ${any} as ${kind}_first, max(t.id) ${any} as ${kind}_last`;
}).join(', ');

/** The sums over an operator's trades of a period, from the trades themselves. An id is never before its trade. */
export async function selectPeriodFacts(db: Db, operatorId: bigint, { from, to }: Period): Promise<PeriodFacts> {
  const [row] = await db.query<Sums>(
    `select count(*) as trades, count(distinct t.player_id) as traders, coalesce(sum(t.amount_cents), 0)::bigint as volume, ${LINE}
     from trades t where t.operator_id = $1 and t.id >= $2 and t.created_at >= $3 and t.created_at < $4 and ${BILLED}`,
    [operatorId, firstIdAt(from), from, to],
  );
  if (!row) throw new Error('A sum has no row');
  const line = (kind: LineKind) => ({
    gross: row[`${kind}_gross`],
    trades: row[`${kind}_trades`],
    first: row[`${kind}_first`],
    last: row[`${kind}_last`],
  });
  return { trades: row.trades, traders: row.traders, volume: row.volume, spread: line('spread'), fee: line('fee') };
}

/** What is to be billed: every operator and complete month without an invoice, unless there was nothing and it is not live yet. */
export type DueInvoice = {
  operator_id: bigint;
  slug: string;
  name: string;
  contact_email: string;
  share_bps: number;
  period_from: Date;
  waiting: boolean;
};

export async function selectFirstOperator(db: Db): Promise<Date | undefined> {
  const [row] = await db.query<{ since: Date | null }>('select min(created_at) as since from operators');
  return row?.since ?? undefined;
}

/** Trades of an operator from the first id of a period on: by both columns, or Postgres may look through everybody's for one who has none. */
const FROM_FIRST = '(t.operator_id, t.id) >= (o.id, p.first_id) and (t.operator_id, t.id) < (o.id + 1, 0)';
const WITHIN = 't.created_at >= p.starts_at and t.created_at < p.ends_at';

/** Oldest first. `waiting`: a trade of the period still waits for its wallet. */
export const selectDue = (db: Db, periods: readonly Period[]): Promise<DueInvoice[]> =>
  db.query<DueInvoice>(
    `select o.id as operator_id, o.slug, o.name, o.contact_email, o.platform_share_bps as share_bps, p.starts_at as period_from,
       exists (select from trades t where ${FROM_FIRST} and ${WITHIN} and t.status = 'pending') as waiting
     from unnest($1::timestamptz[], $2::timestamptz[], $3::bigint[]) as p(starts_at, ends_at, first_id) join operators o on o.created_at < p.ends_at
     where not exists (select from invoices i where i.operator_id = o.id and i.period_from = p.starts_at)
       and (o.onboarded_at < p.ends_at
         or exists (select from trades t where ${FROM_FIRST} and ${WITHIN} and ${BILLED}))
     order by p.starts_at, o.id`,
    [periods.map(({ from }) => from), periods.map(({ to }) => to), periods.map(({ from }) => firstIdAt(from))],
  );

/** The next number of a kind; whoever has it holds the others until its transaction ends. */
async function takeNumber(db: Db, kind: 'invoice' | 'credit_note'): Promise<bigint> {
  const [row] = await db.query<{ last: bigint }>('update invoice_numbers set last = last + 1 where kind = $1 returning last', [kind]);
  if (!row) throw new Error(`No numbers of ${kind}`);
  return row.last;
}

/** Locks the numbers, so that one job at a time issues. */
export const lockNumbers = (db: Db): Promise<unknown> => db.query(`select from invoice_numbers where kind = 'invoice' for update`);

export const hasInvoice = async (db: Db, operatorId: bigint, from: Date): Promise<boolean> =>
  (await db.query('select from invoices where operator_id = $1 and period_from = $2', [operatorId, from])).length > 0;

export type NewInvoice = {
  id: bigint;
  operatorId: bigint;
  period: Period;
  facts: PeriodFacts;
  amounts: InvoiceAmounts;
  shareBps: number;
  taxBps: number;
  taxNote: string | null;
  seller: Seller;
  buyer: Buyer;
  issuedAt: Date;
  dueAt: Date;
  createdAt: Date;
};

export async function insertInvoice(db: Db, made: NewInvoice): Promise<void> {
  const { facts, amounts } = made;
  await db.query(
    `insert into invoices (operator_id, id, number, period_from, period_to, status, trade_count, unique_traders, volume_cents, gross_cents, share_bps,
       amount_cents, tax_bps, tax_cents, tax_note, total_cents, seller, buyer, issued_at, due_at, created_at)
     values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      made.operatorId,
      made.id,
      await takeNumber(db, 'invoice'),
      made.period.from,
      made.period.to,
      facts.trades,
      facts.traders,
      facts.volume,
      amounts.gross,
      made.shareBps,
      amounts.amount,
      made.taxBps,
      amounts.tax,
      made.taxNote,
      amounts.total,
      JSON.stringify(made.seller),
      JSON.stringify(made.buyer),
      made.issuedAt,
      made.dueAt,
      made.createdAt,
    ],
  );
  const { lines } = amounts;
  await db.query(
    `insert into invoice_lines (operator_id, invoice_id, kind, gross_cents, amount_cents, trade_count, first_trade_id, last_trade_id)
     select $1, $2, * from unnest($3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])`,
    [
      made.operatorId,
      made.id,
      lines.map(({ kind }) => kind),
      lines.map(({ gross }) => gross),
      lines.map(({ amount }) => amount),
      lines.map(({ trades }) => trades),
      lines.map(({ first }) => first),
      lines.map(({ last }) => last),
    ],
  );
}

/** What a change of an invoice is decided by. */
export type LockedInvoice = {
  operator_id: bigint;
  id: Id<'invoice'>;
  number: bigint;
  status: InvoiceStatus;
  amount_cents: Cents;
  tax_cents: Cents;
  total_cents: Cents;
  paid_cents: Cents;
  issued_at: Date;
  due_at: Date;
  slug: string;
  name: string;
  contact_email: string;
};

/** Locked until the transaction ends; undefined when there is none. */
export async function lockInvoice(db: Db, id: bigint): Promise<LockedInvoice | undefined> {
  const [held] = await db.query('select operator_id, id from invoices where id = $1 for no key update', [id]);
  if (!held) return undefined;
  const [row] = await db.query<LockedInvoice>(
    `select i.operator_id, i.id, i.number, i.status, i.amount_cents, i.tax_cents, i.total_cents, i.issued_at, i.due_at, o.slug, o.name, o.contact_email,
       coalesce((select sum(p.amount_cents) from invoice_payments p where p.operator_id = i.operator_id and p.invoice_id = i.id), 0)::bigint as paid_cents
     from invoices i join operators o on o.id = i.operator_id where i.id = $1`,
    [id],
  );
  return row;
}

type InvoiceKey = Pick<LockedInvoice, 'operator_id' | 'id'>;

export const markSent = (
  db: Db,
  { operator_id: operatorId, id }: InvoiceKey,
  { sentAt, dueAt, seller, buyer, paid }: { sentAt: Date; dueAt: Date; seller: Seller; buyer: Buyer; paid: boolean },
): Promise<unknown> =>
  db.query(
    `update invoices set status = case when $7 then 'paid' else 'sent' end, sent_at = $3, paid_at = case when $7 then $3::timestamptz end, due_at = $4, seller = $5, buyer = $6
     where operator_id = $1 and id = $2`,
    [operatorId, id, sentAt, dueAt, JSON.stringify(seller), JSON.stringify(buyer), paid],
  );

/** `paidAt` is when the last payment of a paid invoice came in. */
export const markStatus = (
  db: Db,
  { operator_id: operatorId, id }: InvoiceKey,
  status: InvoiceStatus,
  paidAt: Date | null,
): Promise<unknown> =>
  db.query('update invoices set status = $3, paid_at = coalesce($4, paid_at) where operator_id = $1 and id = $2', [
    operatorId,
    id,
    status,
    paidAt,
  ]);

/** Sent invoices past their day become overdue. Answers which. */
export const markOverdue = (db: Db, now: Date): Promise<InvoiceKey[]> =>
  db.query<InvoiceKey>(`update invoices set status = 'overdue' where status = 'sent' and due_at <= $1 returning operator_id, id`, [now]);

export type NewPayment = {
  amount: Cents;
  method: string;
  reference: string;
  paidAt: Date;
  by: string;
  at: Date;
  key: string;
  bodyHash: string;
};

export const insertPayment = (db: Db, { operator_id: operatorId, id }: InvoiceKey, payment: NewPayment): Promise<unknown> =>
  db.query(
    `insert into invoice_payments (operator_id, invoice_id, n, amount_cents, method, reference, paid_at, recorded_by, recorded_at, idempotency_key, body_hash)
     select $1, $2, 1 + count(*), $3, $4, $5, $6, $7, $8, $9, $10 from invoice_payments where operator_id = $1 and invoice_id = $2`,
    [
      operatorId,
      id,
      payment.amount,
      payment.method,
      payment.reference,
      payment.paidAt,
      payment.by,
      payment.at,
      payment.key,
      payment.bodyHash,
    ],
  );

/** Whether a payment came with this key, and with what body. Until the transaction ends nobody else brings the same key. */
export async function findPaymentKey(db: Db, key: string): Promise<{ bodyHash: string } | undefined> {
  await db.query('select pg_advisory_xact_lock(hashtextextended($1, 90))', [key]);
  const [row] = await db.query<{ bodyHash: string }>(
    `select replace(body_hash::text, '-', '') as "bodyHash" from invoice_payments where idempotency_key = $1`,
    [key],
  );
  return row;
}

export const insertCreditNote = async (
  db: Db,
  invoice: LockedInvoice,
  { reason, by, at }: { reason: string; by: string; at: Date },
): Promise<unknown> =>
  db.query(
    `insert into credit_notes (operator_id, invoice_id, number, amount_cents, tax_cents, reason, issued_at, issued_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [invoice.operator_id, invoice.id, await takeNumber(db, 'credit_note'), invoice.amount_cents, invoice.tax_cents, reason, at, by],
  );
