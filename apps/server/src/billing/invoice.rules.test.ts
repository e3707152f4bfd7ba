/** Amounts, months, states and papers of invoices: properties and tables. */
import { cents } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  amountsOf,
  balanceOf,
  creditNoteNumber,
  invoiceNumber,
  lineDescription,
  missingParties,
  type PeriodFacts,
  paymentProblem,
  shareDescription,
  statusAfterPayment,
} from './invoice.rules.ts';
import { creditNotePaper, invoicePaper, money, type PaperInvoice } from './invoice-document.rules.ts';
import { completeMonths, dueAfter, showPeriod } from './invoice-period.rules.ts';

const factsOf = (spread: bigint, fee: bigint): PeriodFacts => ({
  trades: 3n,
  traders: 2n,
  volume: cents(1_000n),
  spread: { gross: cents(spread), trades: 3n, first: 1n, last: 9n },
  fee: { gross: cents(fee), trades: 2n, first: 1n, last: 5n },
});
const revenue = fc.bigInt({ min: 0n, max: 10n ** 13n });
const bps = fc.integer({ min: 0, max: 10_000 });
/** Half up, by decimals: the second path. */
const halfUp = (amount: bigint, part: number): bigint => {
  const exact = amount * BigInt(part);
  return exact / 10_000n + (exact % 10_000n >= 5_000n ? 1n : 0n);
};

describe('amounts', () => {
  test('lines add up to the share of the whole, and no line is off by more than a cent', () => {
    fc.assert(
      fc.property(revenue, revenue, bps, bps, (spread, fee, share, tax) => {
        const made = amountsOf(factsOf(spread, fee), share, tax);
        expect(made.gross).toBe(spread + fee);
        expect(made.amount).toBe(halfUp(spread + fee, share));
        expect(made.lines.map(({ kind }) => kind)).toEqual(['spread', 'fee']);
        expect(made.lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(made.amount);
        for (const { gross, amount } of made.lines) {
          expect([-1n, 0n, 1n]).toContain(amount - halfUp(gross, share));
          expect(amount >= 0n && amount <= gross + 1n).toBe(true);
        }
        expect(made.tax).toBe(halfUp(made.amount, tax));
        expect(made.total).toBe(made.amount + made.tax);
      }),
    );
  });

  test('the documented example', () => {
    const { lines, amount, total } = amountsOf(factsOf(1_420_000n, 400_000n), 3_000, 0);
    expect([...lines.map((line) => line.amount), amount, total]).toEqual([426_000n, 120_000n, 546_000n, 546_000n]);
    expect([shareDescription('fee', 3_000), lineDescription('fee', 8_420n)]).toEqual([
      'Predictu share of fee player losses (30%)',
      'Player losses from fees - 8,420 trades',
    ]);
    expect([lineDescription('spread', 1n), shareDescription('spread', 3_333)]).toEqual([
      'Player losses from spread - 1 trade',
      'Predictu share of spread player losses (33.33%)',
    ]);
  });
});

describe('months', () => {
  const at = (text: string) => new Date(text);
  test.each([
    ['2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00Z', ['2026-01-01/2026-01-31']],
    ['2026-01-31T23:59:59.999Z', '2026-01-31T23:59:59.999Z', []],
    ['2025-12-10T00:00:00Z', '2026-03-15T12:00:00Z', ['2025-12-01/2025-12-31', '2026-01-01/2026-01-31', '2026-02-01/2026-02-28']],
    ['2024-02-29T00:00:00Z', '2024-03-01T00:00:00Z', ['2024-02-01/2024-02-29']],
  ])('since %s at %s', (since, now, expected) => {
    const shown = completeMonths(at(since), at(now)).map(showPeriod);
    expect(shown.map(({ from, to }) => `${from}/${to}`)).toEqual(expected);
  });

  test('follow each other without a gap or an overlap, and end before now', () => {
    const instant = fc.date({ min: at('2020-01-01'), max: at('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [since, now] = a < b ? [a, b] : [b, a];
        const months = completeMonths(since, now);
        for (const [index, { from, to }] of months.entries()) {
          expect(from < to && to <= now).toBe(true);
          if (index > 0) expect(from).toEqual(months[index - 1]?.to);
        }
        const first = months[0];
        if (first) expect(first.from <= since && since < first.to).toBe(true);
      }),
    );
  });

  test('an invoice is due 14 days after its day', () => {
    expect(dueAfter(at('2026-03-01T00:20:00Z'))).toEqual(at('2026-03-15T00:00:00Z'));
  });
});

describe('states', () => {
  const day = new Date('2026-03-15T00:00:00Z');
  test('money in pieces pays once nothing is left; a void invoice is owed back', () => {
    expect(statusAfterPayment('overdue', cents(1n))).toBe('overdue');
    expect(statusAfterPayment('overdue', cents(0n))).toBe('paid');
    expect(balanceOf(cents(500n), cents(200n), 'sent')).toBe(300n);
    expect(balanceOf(cents(500n), cents(500n), 'void')).toBe(-500n);
  });

  test.each([
    [300n, day, undefined],
    [301n, day, 'amount_usd'],
    [1n, new Date(day.getTime() + 1), 'paid_at'],
  ])('a payment of %s at %s is refused for %s', (amount, paidAt, field) => {
    expect(paymentProblem(cents(amount), paidAt, { balance: cents(300n), now: day })?.field).toBe(field);
  });

  test('names what an invoice lacks', () => {
    expect(missingParties({ address: [], bank: null }, { address: [] })).toHaveLength(3);
    expect(missingParties({ address: ['Road 1'], bank: {} }, { address: ['Road 2'] })).toEqual([]);
  });
});

describe('papers', () => {
  const invoice: PaperInvoice = {
    number: 42n,
    period: { from: new Date('2026-02-01'), to: new Date('2026-03-01') },
    issuedAt: new Date('2026-03-01'),
    dueAt: new Date('2026-03-15'),
    draft: false,
    lines: amountsOf(factsOf(1_420_000n, 400_000n), 3_000, 1_900).lines,
    shareBps: 3_000,
    amount: cents(546_000n),
    taxBps: 1_900,
    tax: cents(103_740n),
    taxNote: 'VAT of the seller’s country',
    total: cents(649_740n),
    seller: {
      name: 'Predictu Ltd',
      address: ['Road 1'],
      tax_id: null,
      email: null,
      bank: { holder: 'H', bank: 'B', account: 'A', code: 'C' },
    },
    buyer: { name: 'Casino', address: ['Road 2'], tax_id: 'T-1', email: 'b@casino.test' },
  };
  test('an invoice says its number, dates, lines, tax, total and where to pay', () => {
    const paper = invoicePaper(invoice);
    expect(paper.facts).toContainEqual(['Billing period', '2026-02-01 to 2026-02-28']);
    expect(paper.facts).toContainEqual(['Due', '2026-03-15']);
    expect(paper.rows.map((row) => row.slice(1))).toEqual([
      ['$14,200.00', '30%', '$4,260.00'],
      ['$4,000.00', '30%', '$1,200.00'],
    ]);
    expect(paper.totals).toEqual([
      ['Subtotal', '$5,460.00'],
      ['Tax 19%', '$1,037.40'],
      ['Total due', 'USD $6,497.40'],
    ]);
    expect(paper.bank).toContainEqual(['Reference', 'INV-000042']);
    expect([paper.mark, invoicePaper({ ...invoice, draft: true }).mark]).toEqual([null, 'Draft']);
  });
  test('a credit note takes all of it back', () => {
    const paper = creditNotePaper(invoice, { number: 7n, issuedAt: new Date('2026-03-20'), reason: 'Wrong share' });
    expect(paper.totals.at(-1)).toEqual(['Total credited', 'USD -$6,497.40']);
    expect(paper.facts).toContainEqual(['For invoice', 'INV-000042 of 2026-03-01']);
    expect([paper.number, paper.notes[0]]).toEqual([creditNoteNumber(7n), 'Reason: Wrong share']);
  });
  test.each([
    [0n, '$0.00'],
    [-5n, '-$0.05'],
    [123_456_789n, '$1,234,567.89'],
  ])('%s cents are %s', (amount, text) => expect(money(amount)).toBe(text));
  test('numbers', () => expect([invoiceNumber(1n), invoiceNumber(1_234_567n)]).toEqual(['INV-000001', 'INV-1234567']));
});
