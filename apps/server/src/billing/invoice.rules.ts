/** What an invoice says: its lines from the sums of a period, the tax, and what may be done with it in which state. */
import type { InvoiceStatus, LineKind } from '@predictu/contract/shapes/invoice';
import { type Cents, cents } from '@predictu/contract/units';
import { partOf, platformShares } from './share.rules.ts';

/** Sums over the filled trades of one operator and period. */
export type PeriodFacts = {
  trades: bigint;
  traders: bigint;
  volume: Cents;
} & Record<LineKind, LineFacts>;
/** The trades that have any spread, or any fee. */
export type LineFacts = { gross: Cents; trades: bigint; first: bigint | null; last: bigint | null };

export type InvoiceLine = LineFacts & { kind: LineKind; amount: Cents };
export type InvoiceAmounts = { lines: InvoiceLine[]; gross: Cents; amount: Cents; tax: Cents; total: Cents };

/** In the order they stand on the invoice. */
export const LINE_KINDS = ['spread', 'fee'] as const;

/**
 * The amount is the platform's part of spread and fees together, half up to the cent; the first line is rounded by itself and the second is
 * the rest, so the lines add up to it. Tax is of the amount, half up.
 */
export function amountsOf(facts: PeriodFacts, shareBps: number, taxBps: number): InvoiceAmounts {
  const parts = platformShares(
    LINE_KINDS.map((kind) => facts[kind].gross),
    shareBps,
  );
  const lines = LINE_KINDS.map((kind, index) => ({ kind, ...facts[kind], amount: parts[index] as Cents }));
  const amount = cents(lines.reduce((sum, line) => sum + line.amount, 0n));
  const tax = partOf(amount, taxBps);
  return { lines, gross: cents(facts.spread.gross + facts.fee.gross), amount, tax, total: cents(amount + tax) };
}

/** Numbers have no gap: one row of the database counts them. */
export const invoiceNumber = (number: bigint): string => `INV-${String(number).padStart(6, '0')}`;
export const creditNoteNumber = (number: bigint): string => `CRN-${String(number).padStart(6, '0')}`;

const grouped = (count: bigint): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
const SOURCE: Record<LineKind, string> = { spread: 'spread', fee: 'fees' };

export const percentOf = (bps: number): number => bps / 100;
/** As a list shows a line. */
export const shareDescription = (kind: LineKind, shareBps: number): string =>
  `Predictu share of ${kind} player losses (${percentOf(shareBps)}%)`;
/** As the invoice itself shows a line. */
export const lineDescription = (kind: LineKind, trades: bigint): string =>
  `Player losses from ${SOURCE[kind]} - ${grouped(trades)} ${trades === 1n ? 'trade' : 'trades'}`;

/** What is still to be paid; nothing of a void invoice. Negative: to be given back. */
export const balanceOf = (total: Cents, paid: Cents, status: InvoiceStatus): Cents => cents((status === 'void' ? 0n : total) - paid);

/** The state after money came in. */
export const statusAfterPayment = (status: InvoiceStatus, balance: Cents): InvoiceStatus => (balance === 0n ? 'paid' : status);

export type PaymentProblem = { field: 'amount_usd' | 'paid_at'; expected: string };
/** Why a payment cannot be what was received. */
export function paymentProblem(amount: Cents, paidAt: Date, { balance, now }: { balance: Cents; now: Date }): PaymentProblem | undefined {
  if (amount > balance) return { field: 'amount_usd', expected: `At most what is still to be paid, ${Number(balance) / 100}` };
  return paidAt > now ? { field: 'paid_at', expected: 'Not after now' } : undefined;
}

/** What an invoice lacks before it may be sent. */
export function missingParties(seller: { address: readonly string[]; bank: unknown }, buyer: { address: readonly string[] }): string[] {
  return [
    ...(seller.address.length === 0 ? ['the seller’s address'] : []),
    ...(seller.bank === null ? ['the seller’s bank account'] : []),
    ...(buyer.address.length === 0 ? ['the operator’s address'] : []),
  ];
}
