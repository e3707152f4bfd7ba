/** Invoices: the platform's part of an operator's revenue by month; as the platform and as the operator sees them. */
import { z } from 'zod';
import { inOrder, periodQuery } from '../filters.ts';
import { invoiceId, ledgerId, marketId, tradeId, userId } from '../ids.ts';
import { cursorQuery, pageQuery } from '../page.ts';
import { instant, nonNegativeUsd, positiveUsd, quantity, unitPrice, usd } from '../units.ts';
import { outcome, side } from './trade.ts';

export const INVOICE_STATUSES = ['draft', 'sent', 'paid', 'overdue', 'void'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];
export const LINE_KINDS = ['spread', 'fee'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

export const invoiceStatus = z.enum(INVOICE_STATUSES).meta({
  description:
    'draft: issued, not sent yet. sent: to be paid. paid: in full. overdue: sent, past its day and not paid. void: taken back by a credit note.',
});
const lineKind = z.enum(LINE_KINDS);
const count = z.number().int();
const period = z
  .object({ from: z.iso.date(), to: z.iso.date() })
  .meta({ description: 'First and last day of the month, both included, in UTC.' });
const percent = z.number().meta({ description: 'The platform’s part of the revenue, percent.' });

/** Text that stands on an invoice. */
const text = (most: number) => z.string().trim().min(1).max(most);
const addressLines = z.array(text(120)).max(6).meta({ description: 'As on an envelope, without the name; at most six lines.' });
const party = {
  name: text(200).meta({ description: 'The legal name.' }),
  address: addressLines,
  tax_id: text(60).nullable(),
  email: z.email().max(200).nullable().meta({ description: 'Where invoices are asked about.' }),
};
export const bankAccount = z
  .strictObject({
    holder: text(120),
    bank: text(120),
    account: text(60).meta({ description: 'IBAN or account number.' }),
    code: text(40).meta({ description: 'BIC, SWIFT or routing number.' }),
  })
  .meta({ id: 'BankAccount' });
export const seller = z.strictObject({ ...party, bank: bankAccount.nullable() }).meta({ id: 'InvoiceSeller' });
export const buyer = z.strictObject(party).meta({ id: 'InvoiceBuyer' });
const taxFields = {
  tax_pct: z
    .number()
    .min(0)
    .max(100)
    .multipleOf(0.01)
    .meta({ description: 'Tax on the platform’s part, percent with at most two decimals.' }),
  tax_note: text(300).nullable().meta({ description: 'What the invoice says about the tax, as the reason for none.' }),
};
export const sellerBody = z.strictObject(seller.shape);
export const buyerBody = z.strictObject(buyer.shape);
export const taxedBuyerBody = z.strictObject({ ...buyer.shape, ...taxFields });
export const taxedBuyer = z.object({ ...buyer.shape, ...taxFields }).meta({ id: 'BillingProfile' });
export type Seller = z.output<typeof seller>;
export type Buyer = z.output<typeof buyer>;

const lineItem = z.object({
  kind: lineKind,
  description: z.string(),
  gross_usd: nonNegativeUsd.meta({ description: 'The whole revenue the part is of.' }),
  share_pct: percent,
  amount_usd: nonNegativeUsd,
  trade_count: count.meta({ description: 'Trades that have any of it.' }),
  first_trade_id: tradeId.nullable(),
  last_trade_id: tradeId.nullable(),
  entries_url: z.string().meta({ description: 'The trades and ledger entries the line is the sum of.' }),
});
const head = {
  id: invoiceId,
  number: z.string().meta({ description: 'Counts up without a gap, over all operators.' }),
  period,
  status: invoiceStatus,
  amount_usd: nonNegativeUsd.meta({ description: 'The platform’s part of the revenue, half up to the cent; the lines add up to it.' }),
  tax_usd: nonNegativeUsd,
  total_usd: nonNegativeUsd.meta({ description: 'What is to be paid: the amount and its tax.' }),
  balance_usd: usd.meta({ description: 'What is still to be paid; negative: to be given back.' }),
  line_items: z.array(lineItem),
  trade_volume_usd: nonNegativeUsd,
  trade_count: count,
  spread_revenue_usd: nonNegativeUsd,
  fee_revenue_usd: nonNegativeUsd,
  revenue_share_pct: percent,
  issued_at: instant,
  due_at: instant,
  sent_at: instant.nullable(),
  paid_at: instant.nullable(),
  pdf_url: z.string(),
};
export const operatorInvoice = z.object(head).meta({ id: 'OperatorInvoice' });
export const invoice = operatorInvoice.extend({ operator_slug: z.string(), operator_name: z.string() }).meta({ id: 'Invoice' });

const payment = z.object({ amount_usd: positiveUsd, method: z.string(), reference: z.string(), paid_at: instant });
const creditNote = z.object({ number: z.string(), total_usd: nonNegativeUsd, reason: z.string(), issued_at: instant, pdf_url: z.string() });
const details = {
  summary: z.object({
    trade_volume_usd: nonNegativeUsd,
    trade_count: count,
    unique_traders: count,
    gross_revenue_usd: nonNegativeUsd,
    predictu_share_usd: nonNegativeUsd,
    operator_share_usd: nonNegativeUsd,
    revenue_share_pct: percent,
  }),
  tax: z.object({ pct: z.number(), amount_usd: nonNegativeUsd, note: z.string().nullable() }),
  payment: payment.nullable().meta({ description: 'The latest payment.' }),
  payments: z.array(payment).meta({ description: 'Oldest first.' }),
  credit_note: creditNote.nullable(),
  seller,
  buyer,
  created_at: instant,
};
export const operatorInvoiceDetail = operatorInvoice.extend(details).meta({ id: 'OperatorInvoiceDetail' });
export const invoiceDetail = invoice.extend({ ...details, operator_contact_email: z.string() }).meta({ id: 'InvoiceDetail' });

/** One trade under a line. */
export const invoiceEntry = z
  .object({
    trade_id: tradeId,
    ledger_id: ledgerId.nullable().meta({ description: 'The fee’s own ledger entry; null of a line of spread.' }),
    user_id: userId,
    market_id: marketId,
    outcome,
    side,
    price: unitPrice,
    mid: unitPrice,
    quantity,
    trade_usd: nonNegativeUsd.meta({ description: 'Cost or proceeds of the trade before the fee.' }),
    gross_usd: nonNegativeUsd.meta({ description: 'What it adds to the line: its spread, or its fee.' }),
    created_at: instant,
  })
  .meta({ id: 'InvoiceEntry' });

export const ofInvoice = z.strictObject({ invoice_id: invoiceId });
const status = invoiceStatus.optional().meta({ description: 'Filter: draft, sent, paid, overdue; void for those taken back.' });
export const invoiceQuery = z.strictObject({
  ...pageQuery,
  ...cursorQuery,
  operator: z.string().max(100).optional().meta({ description: 'Filter by operator: slug or id.' }),
  status,
});
export const operatorInvoiceQuery = z.strictObject({ status });
/** By the first day of the month an invoice is for. */
export const invoicePeriodQuery = z.strictObject({ status, ...periodQuery }).check(inOrder('from', 'to'));
export const invoiceEntryQuery = z.strictObject({
  ...pageQuery,
  ...cursorQuery,
  line: lineKind.default('spread').meta({ description: 'spread or fee.' }),
});
export const pdf = z.string().meta({ description: 'A PDF file.' });
