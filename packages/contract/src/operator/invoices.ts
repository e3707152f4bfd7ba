/** An operator's invoices from the platform. */
import { endpoint } from '../endpoint.ts';
import { listed, paged, single } from '../page.ts';
import {
  buyerBody,
  invoiceEntry,
  invoiceEntryQuery,
  ofInvoice,
  operatorInvoice,
  operatorInvoiceDetail,
  operatorInvoiceQuery,
  pdf,
  taxedBuyer,
} from '../shapes/invoice.ts';

const common = { audience: 'operator', tag: 'Invoices' } as const;

export const listOwnInvoices = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/invoices',
  summary: 'List invoices',
  description: 'The latest first, at most 200.',
  query: operatorInvoiceQuery,
  answer: listed(operatorInvoice),
});
export const getOwnInvoice = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/invoices/{invoice_id}',
  summary: 'Get an invoice',
  params: ofInvoice,
  answer: single(operatorInvoiceDetail),
});
export const listOwnInvoiceEntries = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/invoices/{invoice_id}/entries',
  summary: 'List what a line of an invoice is the sum of',
  description: 'The trades of the period that have any spread, or any fee with its ledger entry; the oldest first.',
  params: ofInvoice,
  query: invoiceEntryQuery,
  answer: paged(invoiceEntry),
});
export const downloadOwnInvoice = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/invoices/{invoice_id}/pdf',
  summary: 'Download an invoice',
  description: 'The same bytes every time, once it is sent.',
  params: ofInvoice,
  answer: pdf,
  file: 'application/pdf',
});
export const downloadOwnCreditNote = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/invoices/{invoice_id}/credit-note/pdf',
  summary: 'Download the credit note of an invoice',
  params: ofInvoice,
  answer: pdf,
  file: 'application/pdf',
});
export const getOwnBillingProfile = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/billing',
  summary: 'Get to whom your invoices are addressed',
  answer: single(taxedBuyer),
});
export const changeOwnBillingProfile = endpoint({
  ...common,
  method: 'PUT',
  path: '/api/operator/billing',
  needs: 'billing',
  summary: 'Set to whom your invoices are addressed',
  description: 'Holds for invoices sent from now on. The tax is set by the platform.',
  body: buyerBody,
  answer: single(taxedBuyer),
});
