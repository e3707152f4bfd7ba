/** Invoices of all operators: issued by a monthly job, reviewed and sent by a person, paid or taken back. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { listed, paged, single } from '../page.ts';
import {
  invoice,
  invoiceDetail,
  invoiceEntry,
  invoiceEntryQuery,
  invoicePeriodQuery,
  invoiceQuery,
  ofInvoice,
  pdf,
  seller,
  sellerBody,
  taxedBuyer,
  taxedBuyerBody,
} from '../shapes/invoice.ts';
import { instant, positiveUsd } from '../units.ts';

const common = { audience: 'admin', tag: 'Invoices' } as const;
const ofOperator = z.strictObject({ slug: z.string().max(100) });

export const listInvoices = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/invoices',
  summary: 'List invoices',
  description: 'By number, the latest first.',
  query: invoiceQuery,
  answer: paged(invoice),
});
export const listOperatorInvoices = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/operators/{slug}/invoices',
  summary: 'List invoices of an operator',
  description: 'The latest first, at most 200.',
  params: ofOperator,
  query: invoicePeriodQuery,
  answer: listed(invoice),
});
export const getInvoice = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/invoices/{invoice_id}',
  summary: 'Get an invoice',
  params: ofInvoice,
  answer: single(invoiceDetail),
});
export const listInvoiceEntries = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/invoices/{invoice_id}/entries',
  summary: 'List what a line of an invoice is the sum of',
  description: 'The trades of the period that have any spread, or any fee with its ledger entry; the oldest first.',
  params: ofInvoice,
  query: invoiceEntryQuery,
  answer: paged(invoiceEntry),
});
export const downloadInvoice = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/invoices/{invoice_id}/pdf',
  summary: 'Download an invoice',
  description: 'The same bytes every time, once it is sent.',
  params: ofInvoice,
  answer: pdf,
  file: 'application/pdf',
});
export const downloadCreditNote = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/invoices/{invoice_id}/credit-note/pdf',
  summary: 'Download the credit note of an invoice',
  params: ofInvoice,
  answer: pdf,
  file: 'application/pdf',
});
export const sendInvoice = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/invoices/{invoice_id}/send',
  needs: 'billing',
  summary: 'Send a draft',
  description:
    'From now on it is to be paid: 14 days after its date, or after today if that is later. An invoice over nothing is paid at once.',
  params: ofInvoice,
  answer: single(invoiceDetail),
  refusals: ['CONFLICT'],
});
export const recordInvoicePayment = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/invoices/{invoice_id}/payments',
  needs: 'billing',
  summary: 'Record a payment',
  description: 'The invoice is paid once nothing is left to pay.',
  params: ofInvoice,
  body: z.strictObject({
    method: z.string().trim().min(1).max(40).meta({ description: 'As `wire` or `card`.' }),
    reference: z.string().trim().min(1).max(200),
    amount_usd: positiveUsd.optional().meta({ description: 'All that is left, when absent.' }),
    paid_at: instant.optional().meta({ description: 'Now, when absent.' }),
  }),
  status: 201,
  idempotency: 'required',
  answer: single(invoiceDetail),
  refusals: ['CONFLICT', 'VALIDATION_ERROR', 'IDEMPOTENCY_KEY_REUSED'],
});
export const voidInvoice = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/invoices/{invoice_id}/void',
  needs: 'billing',
  summary: 'Take an invoice back',
  description: 'By a credit note over the whole of it. What was paid is then to be given back; the invoice itself stays as it was.',
  params: ofInvoice,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  status: 201,
  answer: single(invoiceDetail),
  refusals: ['CONFLICT'],
});

export const getSeller = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/billing/seller',
  summary: 'Get who bills',
  answer: single(seller),
});
export const changeSeller = endpoint({
  ...common,
  method: 'PUT',
  path: '/api/internal/billing/seller',
  needs: 'billing',
  summary: 'Set who bills',
  description: 'Name, address and bank account on invoices sent from now on.',
  body: sellerBody,
  answer: single(seller),
});
export const getBillingProfile = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/operators/{slug}/billing',
  summary: 'Get to whom an operator’s invoices are addressed',
  params: ofOperator,
  answer: single(taxedBuyer),
});
export const changeBillingProfile = endpoint({
  ...common,
  method: 'PUT',
  path: '/api/internal/operators/{slug}/billing',
  needs: 'billing',
  summary: 'Set to whom an operator’s invoices are addressed',
  description: 'The address holds for invoices sent from now on, the tax for those issued from now on.',
  params: ofOperator,
  body: taxedBuyerBody,
  answer: single(taxedBuyer),
});
