/** What stands on the paper: every text of an invoice or credit note, in order, from what was fixed when it was issued. */
import type { Buyer, LineKind, Seller } from '@predictu/contract/shapes/invoice';
import { type Cents, cents } from '@predictu/contract/units';
import { creditNoteNumber, invoiceNumber, lineDescription, percentOf } from './invoice.rules.ts';
import { type Period, showPeriod } from './invoice-period.rules.ts';

export type PaperInvoice = {
  number: bigint;
  period: Period;
  issuedAt: Date;
  dueAt: Date;
  draft: boolean;
  lines: readonly { kind: LineKind; gross: Cents; amount: Cents; trades: bigint }[];
  shareBps: number;
  amount: Cents;
  taxBps: number;
  tax: Cents;
  taxNote: string | null;
  total: Cents;
  seller: Seller;
  buyer: Buyer;
};
export type PaperCreditNote = { number: bigint; issuedAt: Date; reason: string };

type Labelled = readonly [label: string, text: string];
export type Paper = {
  kind: 'Invoice' | 'Credit note';
  number: string;
  title: string;
  /** Stands across the head of what is not binding yet. */
  mark: string | null;
  /** The date of the paper. */
  at: Date;
  seller: readonly string[];
  buyer: readonly string[];
  facts: readonly Labelled[];
  columns: readonly [string, string, string, string];
  rows: readonly (readonly [string, string, string, string])[];
  totals: readonly Labelled[];
  notes: readonly string[];
  bank: readonly Labelled[];
  foot: string;
};

const day = (at: Date): string => at.toISOString().slice(0, 10);
const CURRENCY = 'USD';

/** Dollars with two decimals and thousands apart. */
export function money(amount: bigint): string {
  const size = amount < 0n ? -amount : amount;
  const whole = String(size / 100n).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount < 0n ? '-' : ''}$${whole}.${String(size % 100n).padStart(2, '0')}`;
}

const partyLines = ({ name, address, tax_id: taxId, email }: Buyer): string[] => [
  name,
  ...address,
  ...(taxId === null ? [] : [`Tax number ${taxId}`]),
  ...(email === null ? [] : [email]),
];
const footOf = ({ name, tax_id: taxId, email }: Seller): string =>
  [name, taxId && `Tax number ${taxId}`, email].filter(Boolean).join(' · ');

const COLUMNS = ['Description', 'Revenue', 'Share', 'Amount'] as const;

function body(invoice: PaperInvoice, sign: 1n | -1n): Pick<Paper, 'seller' | 'buyer' | 'columns' | 'rows' | 'foot'> & { sums: Labelled[] } {
  const share = `${percentOf(invoice.shareBps)}%`;
  return {
    seller: partyLines(invoice.seller),
    buyer: partyLines(invoice.buyer),
    columns: COLUMNS,
    rows: invoice.lines.map(({ kind, gross, amount, trades }) => [
      lineDescription(kind, trades),
      money(gross),
      share,
      money(cents(sign * amount)),
    ]),
    sums: [
      ['Subtotal', money(sign * invoice.amount)],
      [`Tax ${percentOf(invoice.taxBps)}%`, money(sign * invoice.tax)],
    ],
    foot: footOf(invoice.seller),
  };
}

const periodText = ({ from, to }: Period): string => {
  const shown = showPeriod({ from, to });
  return `${shown.from} to ${shown.to}`;
};

export function invoicePaper(invoice: PaperInvoice): Paper {
  const number = invoiceNumber(invoice.number);
  const { sums, ...rest } = body(invoice, 1n);
  const { bank } = invoice.seller;
  return {
    ...rest,
    kind: 'Invoice',
    number,
    title: `Invoice ${number}`,
    mark: invoice.draft ? 'Draft' : null,
    at: invoice.issuedAt,
    facts: [
      ['Invoice number', number],
      ['Invoice date', day(invoice.issuedAt)],
      ['Billing period', periodText(invoice.period)],
      ['Due', day(invoice.dueAt)],
      ['Currency', CURRENCY],
    ],
    totals: [...sums, ['Total due', `${CURRENCY} ${money(invoice.total)}`]],
    notes: invoice.taxNote === null ? [] : [invoice.taxNote],
    bank: bank
      ? [
          ['Account holder', bank.holder],
          ['Bank', bank.bank],
          ['Account', bank.account],
          ['Bank code', bank.code],
          ['Reference', number],
        ]
      : [],
  };
}

export function creditNotePaper(invoice: PaperInvoice, note: PaperCreditNote): Paper {
  const number = creditNoteNumber(note.number);
  const { sums, ...rest } = body(invoice, -1n);
  return {
    ...rest,
    kind: 'Credit note',
    number,
    title: `Credit note ${number}`,
    mark: null,
    at: note.issuedAt,
    facts: [
      ['Credit note number', number],
      ['Credit note date', day(note.issuedAt)],
      ['For invoice', `${invoiceNumber(invoice.number)} of ${day(invoice.issuedAt)}`],
      ['Billing period', periodText(invoice.period)],
      ['Currency', CURRENCY],
    ],
    totals: [...sums, ['Total credited', `${CURRENCY} ${money(-invoice.total)}`]],
    notes: [`Reason: ${note.reason}`, ...(invoice.taxNote === null ? [] : [invoice.taxNote])],
    bank: [],
  };
}
