/** An invoice as answers show it, for both sides. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { type Cents, cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { balanceOf, creditNoteNumber, invoiceNumber, LINE_KINDS, lineDescription, percentOf, shareDescription } from './invoice.rules.ts';
import { type InvoiceRow, type LineRow, type PaymentRow, selectCreditNote, selectPayments } from './invoice-list.sql.ts';
import { showPeriod } from './invoice-period.rules.ts';

/** Where this side's files and entries are. */
type Base = '/api/internal/invoices' | '/api/operator/invoices';

type Line = { kind: LineRow['kind']; gross: Cents; amount: Cents; trades: bigint; first: Id<'trade'> | null; last: Id<'trade'> | null };
const idOf = (text: string | null): Id<'trade'> | null => (text === null ? null : (BigInt(text) as Id<'trade'>));

/** The lines in their order. */
export const linesOf = (row: InvoiceRow): Line[] =>
  LINE_KINDS.flatMap((kind) => row.lines.filter((line) => line.kind === kind)).map((line) => ({
    kind: line.kind,
    gross: cents(BigInt(line.gross_cents)),
    amount: cents(BigInt(line.amount_cents)),
    trades: BigInt(line.trade_count),
    first: idOf(line.first_trade_id),
    last: idOf(line.last_trade_id),
  }));

const urlOf = (base: Base, row: InvoiceRow): string => `${base}/${encodeId('invoice', row.id)}`;
const periodOf = (row: InvoiceRow) => ({ from: row.period_from, to: row.period_to });

/** `describe` words a line: lists and the invoice itself say it differently. */
function show(row: InvoiceRow, base: Base, describe: (line: Line) => string) {
  const lines = linesOf(row);
  const gross = (kind: Line['kind']): Cents => lines.find((line) => line.kind === kind)?.gross ?? cents(0n);
  return {
    id: row.id,
    number: invoiceNumber(row.number),
    operator_slug: row.operator_slug,
    operator_name: row.operator_name,
    period: showPeriod(periodOf(row)),
    status: row.status,
    amount_usd: row.amount_cents,
    tax_usd: row.tax_cents,
    total_usd: row.total_cents,
    balance_usd: balanceOf(row.total_cents, row.paid_cents, row.status),
    line_items: lines.map((line) => ({
      kind: line.kind,
      description: describe(line),
      gross_usd: line.gross,
      share_pct: percentOf(row.share_bps),
      amount_usd: line.amount,
      trade_count: Number(line.trades),
      first_trade_id: line.first,
      last_trade_id: line.last,
      entries_url: `${urlOf(base, row)}/entries?line=${line.kind}`,
    })),
    trade_volume_usd: row.volume_cents,
    trade_count: Number(row.trade_count),
    spread_revenue_usd: gross('spread'),
    fee_revenue_usd: gross('fee'),
    revenue_share_pct: percentOf(row.share_bps),
    issued_at: row.issued_at,
    due_at: row.due_at,
    sent_at: row.sent_at,
    paid_at: row.paid_at,
    pdf_url: `${urlOf(base, row)}/pdf`,
  };
}

export const showInvoice = (row: InvoiceRow, base: Base) => show(row, base, ({ kind }) => shareDescription(kind, row.share_bps));

const showPayment = ({ amount_cents: amount, method, reference, paid_at: paidAt }: PaymentRow) => ({
  amount_usd: amount,
  method,
  reference,
  paid_at: paidAt,
});

/** With its payments and credit note. */
export async function showInvoiceDetail(db: Db, row: InvoiceRow, base: Base) {
  const [payments, note] = await Promise.all([selectPayments(db, row), selectCreditNote(db, row)]);
  const shown = payments.map(showPayment);
  return {
    ...show(row, base, ({ kind, trades }) => lineDescription(kind, trades)),
    operator_contact_email: row.buyer.email ?? row.operator_contact_email,
    summary: {
      trade_volume_usd: row.volume_cents,
      trade_count: Number(row.trade_count),
      unique_traders: Number(row.unique_traders),
      gross_revenue_usd: row.gross_cents,
      predictu_share_usd: row.amount_cents,
      operator_share_usd: cents(row.gross_cents - row.amount_cents),
      revenue_share_pct: percentOf(row.share_bps),
    },
    tax: { pct: percentOf(row.tax_bps), amount_usd: row.tax_cents, note: row.tax_note },
    payment: shown.at(-1) ?? null,
    payments: shown,
    credit_note: note
      ? {
          number: creditNoteNumber(note.number),
          total_usd: cents(note.amount_cents + note.tax_cents),
          reason: note.reason,
          issued_at: note.issued_at,
          pdf_url: `${urlOf(base, row)}/credit-note/pdf`,
        }
      : null,
    seller: row.seller,
    buyer: row.buyer,
    created_at: row.created_at,
  };
}
