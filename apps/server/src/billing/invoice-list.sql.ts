/** Invoices as people see them, one query for every list and for one alone; and the trades under a line. */
import { firstIdAt, ID_SEQUENCE_BITS, type Id } from '@predictu/contract/ids';
import type { Buyer, InvoiceStatus, LineKind, Seller } from '@predictu/contract/shapes/invoice';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import { countAll } from '../platform/choose.ts';
import { type Condition, cut, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';
import { BILLED } from './invoice.sql.ts';
import type { Period } from './invoice-period.rules.ts';

/** Its numbers as text: in JSON they would lose digits. */
export type LineRow = {
  kind: LineKind;
  gross_cents: string;
  amount_cents: string;
  trade_count: string;
  first_trade_id: string | null;
  last_trade_id: string | null;
};
export type InvoiceRow = {
  id: Id<'invoice'>;
  operator_id: bigint;
  operator_slug: string;
  operator_name: string;
  operator_contact_email: string;
  number: bigint;
  period_from: Date;
  period_to: Date;
  status: InvoiceStatus;
  trade_count: bigint;
  unique_traders: bigint;
  volume_cents: Cents;
  gross_cents: Cents;
  share_bps: number;
  amount_cents: Cents;
  tax_bps: number;
  tax_cents: Cents;
  tax_note: string | null;
  total_cents: Cents;
  paid_cents: Cents;
  seller: Seller;
  buyer: Buyer;
  issued_at: Date;
  due_at: Date;
  sent_at: Date | null;
  paid_at: Date | null;
  created_at: Date;
  /** In no order. */
  lines: LineRow[];
};
export type InvoiceFilter = {
  id?: bigint | undefined;
  operatorId?: bigint | undefined;
  status?: InvoiceStatus | undefined;
  /** The month the invoice is for begins in [from, to). */
  from?: Date | undefined;
  to?: Date | undefined;
};

const LINES = `select jsonb_agg(jsonb_build_object('kind', l.kind, 'gross_cents', l.gross_cents::text, 'amount_cents', l.amount_cents::text, 'trade_count', l.trade_count::text,
  'first_trade_id', l.first_trade_id::text, 'last_trade_id', l.last_trade_id::text)) from invoice_lines l where l.operator_id = i.operator_id and l.invoice_id = i.id`;
const COLUMNS = `i.id, i.operator_id, o.slug as operator_slug, o.name as operator_name, o.contact_email as operator_contact_email, i.number, i.period_from, i.period_to,
  i.status, i.trade_count, i.unique_traders, i.volume_cents, i.gross_cents, i.share_bps, i.amount_cents, i.tax_bps, i.tax_cents, i.tax_note, i.total_cents, i.seller, i.buyer,
  i.issued_at, i.due_at, i.sent_at, i.paid_at, i.created_at, (${LINES}) as lines,
  coalesce((select sum(p.amount_cents) from invoice_payments p where p.operator_id = i.operator_id and p.invoice_id = i.id), 0)::bigint as paid_cents`;

const conditions = ({ id, operatorId, status, from, to }: InvoiceFilter): Condition[] => [
  ['i.id = ?', id],
  ['i.operator_id = ?', operatorId],
  ['i.status = ?', status],
  ['i.period_from >= ?', from],
  ['i.period_from < ?', to],
];

/** By number, the latest first. */
export async function selectInvoices(
  db: Db,
  filter: InvoiceFilter,
  { limit, offset, after, total: known }: Slice,
): Promise<{ rows: InvoiceRow[]; total: bigint }> {
  const all = where(conditions(filter));
  const page = where([...conditions(filter), ['i.number < ?', after?.[0]]]);
  const [rows, total] = await Promise.all([
    db.query<InvoiceRow>(
      `select ${COLUMNS} from invoices i join operators o on o.id = i.operator_id ${page.text} order by i.number desc ${cut(page.values, { limit, offset })}`,
      page.values,
    ),
    known ?? countAll(db, `select count(*) as total from invoices i ${all.text}`, all.values),
  ]);
  return { rows, total };
}

export async function selectInvoice(db: Db, id: bigint): Promise<InvoiceRow | undefined> {
  const { rows } = await selectInvoices(db, { id }, { limit: 1, offset: 0, after: undefined });
  return rows[0];
}

export type PaymentRow = { amount_cents: Cents; method: string; reference: string; paid_at: Date };
export const selectPayments = (db: Db, { operator_id: operatorId, id }: Pick<InvoiceRow, 'operator_id' | 'id'>): Promise<PaymentRow[]> =>
  db.query<PaymentRow>(
    'select amount_cents, method, reference, paid_at from invoice_payments where operator_id = $1 and invoice_id = $2 order by n',
    [operatorId, id],
  );

export type CreditNoteRow = { number: bigint; amount_cents: Cents; tax_cents: Cents; reason: string; issued_at: Date };
export async function selectCreditNote(
  db: Db,
  { operator_id: operatorId, id }: Pick<InvoiceRow, 'operator_id' | 'id'>,
): Promise<CreditNoteRow | undefined> {
  const [row] = await db.query<CreditNoteRow>(
    'select number, amount_cents, tax_cents, reason, issued_at from credit_notes where operator_id = $1 and invoice_id = $2',
    [operatorId, id],
  );
  return row;
}

export type EntryRow = {
  trade_id: Id<'trade'>;
  ledger_id: Id<'ledger'> | null;
  user_id: Id<'user'>;
  market_id: Id<'market'>;
  outcome: 'yes' | 'no';
  side: 'buy' | 'sell';
  price: Price;
  mid: Price;
  quantity: Shares;
  trade_cents: Cents;
  gross_cents: Cents;
  created_at: Date;
};

/** A ledger entry has an id of the batch of its trade or fill: within a minute of it. */
const NEAR = 60_000n << ID_SEQUENCE_BITS;

/**
 * The trades a line is the sum of, the oldest first. A fee's ledger entry was written in the instant of its trade or, where a wallet was asked
 * first, of its fill.
 */
export function selectEntries(
  db: Db,
  { operatorId, kind, period: { from, to } }: { operatorId: bigint; kind: LineKind; period: Period },
  { limit, offset, after }: Slice,
): Promise<EntryRow[]> {
  return db.query<EntryRow>(
    `select t.id as trade_id, fee.id as ledger_id, t.player_id as user_id, t.market_id, t.outcome, t.side, t.price::bigint as price, t.mid::bigint as mid, t.quantity,
       t.amount_cents as trade_cents, t.${kind}_cents as gross_cents, t.created_at
     from (
       select * from trades t where t.operator_id = $1 and t.id >= $2 and t.id > $3 and t.created_at >= $4 and t.created_at < $5 and ${BILLED} and t.${kind}_cents > 0
       order by t.id limit ${limit} offset ${offset}
     ) t
     left join trade_events e on e.operator_id = t.operator_id and e.trade_id = t.id and t.wallet_mode = 'seamless'
     left join lateral (
       select l.id from ledger_entries l where $6 and l.operator_id = t.operator_id and l.player_id = t.player_id and l.trade_id = t.id and l.type = 'trade_fee'
         and l.id > coalesce(e.id, t.id) - ${NEAR} and l.id < coalesce(e.id, t.id) + ${NEAR}
     ) fee on true
     order by t.id`,
    [operatorId, firstIdAt(from), after?.[0] ?? 0n, from, to, kind === 'fee'],
  );
}
