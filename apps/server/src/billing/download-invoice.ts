/** Invoices and credit notes as files. */
import type { downloadInvoice as endpoint, downloadCreditNote as noteEndpoint } from '@predictu/contract/admin/invoices';
import { decodeId, encodeId } from '@predictu/contract/ids';
import type { downloadOwnInvoice as ownEndpoint, downloadOwnCreditNote as ownNoteEndpoint } from '@predictu/contract/operator/invoices';
import type { Db } from '../platform/db.ts';
import { type FileAnswer, type Handler, notFound } from '../platform/http.ts';
import { drawPaper } from './draw-paper.ts';
import { creditNotePaper, invoicePaper, type PaperInvoice } from './invoice-document.rules.ts';
import { type InvoiceRow, selectCreditNote } from './invoice-list.sql.ts';
import { requireInvoice } from './list-invoices.ts';
import { linesOf } from './show-invoice.ts';

const onPaper = (row: InvoiceRow): PaperInvoice => ({
  number: row.number,
  period: { from: row.period_from, to: row.period_to },
  issuedAt: row.issued_at,
  dueAt: row.due_at,
  draft: row.sent_at === null,
  lines: linesOf(row),
  shareBps: row.share_bps,
  amount: row.amount_cents,
  taxBps: row.tax_bps,
  tax: row.tax_cents,
  taxNote: row.tax_note,
  total: row.total_cents,
  seller: row.seller,
  buyer: row.buyer,
});

async function invoiceFile(db: Db, id: bigint): Promise<FileAnswer> {
  const row = await requireInvoice(db, id);
  return { name: `invoice-${encodeId('invoice', row.id)}.pdf`, bytes: () => drawPaper(invoicePaper(onPaper(row))) };
}

async function creditNoteFile(db: Db, id: bigint): Promise<FileAnswer> {
  const row = await requireInvoice(db, id);
  const note = await selectCreditNote(db, row);
  if (!note) throw notFound('credit note');
  const paper = creditNotePaper(onPaper(row), { number: note.number, issuedAt: note.issued_at, reason: note.reason });
  return { name: `credit-note-${encodeId('invoice', row.id)}.pdf`, bytes: () => drawPaper(paper) };
}

export const downloadInvoice: Handler<typeof endpoint> = ({ db }, { params }) => invoiceFile(db, params.invoice_id);
export const downloadOwnInvoice: Handler<typeof ownEndpoint> = ({ db }, { params }) => invoiceFile(db, params.invoice_id);
export const downloadCreditNote: Handler<typeof noteEndpoint> = ({ db }, { params }) => creditNoteFile(db, params.invoice_id);
export const downloadOwnCreditNote: Handler<typeof ownNoteEndpoint> = ({ db }, { params }) => creditNoteFile(db, params.invoice_id);

const idOf = (reference: string): bigint => decodeId('invoice', reference) ?? 0n;
/** What goes with messages, by the names of their sources. */
export const invoiceAttachments = {
  invoice: async (db: Db, _operatorId: bigint | null, reference: string) => (await invoiceFile(db, idOf(reference))).bytes(),
  'credit-note': async (db: Db, _operatorId: bigint | null, reference: string) => (await creditNoteFile(db, idOf(reference))).bytes(),
};
