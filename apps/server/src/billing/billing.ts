/**
 * Door of billing. Nouns: invoice (the platform's part of one operator's revenue in one month), line, payment, credit note, seller, billing profile.
 * Invariants: one invoice for each operator and month; its amounts are the sums of that month's trades and never change; numbers have no gap;
 * money comes in by payments only and an invoice is taken back by a credit note only.
 * Lock order: an invoice, then the numbers.
 */

export { invoiceMails } from './announce-invoice.ts';
export { pay as payInvoice, send as sendInvoiceNow, takeBack as takeBackInvoice } from './change-invoice.ts';
export { invoiceAttachments } from './download-invoice.ts';
export { selectInvoices as findInvoices } from './invoice-list.sql.ts';
export { issueInvoices, noteOverdueInvoices } from './issue-invoices.ts';
export { upsertBuyer as setBuyer, upsertSeller as setSeller } from './party.sql.ts';
export { showInvoice } from './show-invoice.ts';
