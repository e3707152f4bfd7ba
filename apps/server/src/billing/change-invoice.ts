/** What a person does with an invoice: sends it, records what was paid, takes it back. Each change is audited with both states. */
import type {
  recordInvoicePayment as recordEndpoint,
  sendInvoice as sendEndpoint,
  voidInvoice as voidEndpoint,
} from '@predictu/contract/admin/invoices';
import { type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import type { Actor } from '../platform/actor.ts';
import { auditNameOf, recordAudit } from '../platform/audit.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { announceInvoice } from './announce-invoice.ts';
import { balanceOf, missingParties, paymentProblem, statusAfterPayment } from './invoice.rules.ts';
import { findPaymentKey, insertCreditNote, insertPayment, type LockedInvoice, lockInvoice, markSent, markStatus } from './invoice.sql.ts';
import { dueAfter } from './invoice-period.rules.ts';
import { requireInvoice } from './list-invoices.ts';
import { selectProfile, selectSeller } from './party.sql.ts';
import { showInvoiceDetail } from './show-invoice.ts';

export type Changing = Pick<Context, 'db' | 'now' | 'newId'> & { actor: Actor; requestId: string | null };

const balance = (invoice: LockedInvoice): Cents => balanceOf(invoice.total_cents, invoice.paid_cents, invoice.status);
const nameOf = (actor: Actor): string => auditNameOf(actor).join(':');

/** @throws NOT_FOUND */
async function locked({ db }: Changing, id: bigint): Promise<LockedInvoice> {
  const invoice = await lockInvoice(db, id);
  if (!invoice) throw notFound('invoice');
  return invoice;
}

const audit = (
  { db, actor, now, newId, requestId }: Changing,
  invoice: LockedInvoice,
  action: string,
  after: object,
  reason: string | null = null,
) =>
  recordAudit(db, actor, newId(), now, {
    action,
    subject: encodeId('invoice', invoice.id),
    operatorId: invoice.operator_id,
    before: { status: invoice.status },
    after,
    reason,
    requestId,
  });

/** Sends a draft, with the addresses of today; one that is sent stays as it is. Nothing to pay is paid. */
export async function send(changing: Changing, id: bigint): Promise<Refusal | undefined> {
  const { db, now } = changing;
  const invoice = await locked(changing, id);
  if (invoice.status === 'void') return refuse('CONFLICT', 'The invoice was taken back', { status: invoice.status });
  if (invoice.status !== 'draft') return undefined;
  const [seller, profile] = [await selectSeller(db), await selectProfile(db, invoice.operator_id)];
  if (!profile) throw notFound('operator');
  const missing = missingParties(seller, profile.buyer);
  if (missing.length > 0) return refuse('CONFLICT', `The invoice lacks ${missing.join(', ')}`, { missing });
  const later = dueAfter(now);
  const dueAt = later > invoice.due_at ? later : invoice.due_at;
  const paid = invoice.total_cents === 0n;
  await markSent(db, invoice, { sentAt: now, dueAt, seller, buyer: profile.buyer, paid });
  await audit(changing, invoice, 'invoice.send', { status: paid ? 'paid' : 'sent', due_at: dueAt });
  await announceInvoice(changing, { ...invoice, due_at: dueAt }, { kind: 'sent' });
  return undefined;
}

export type Payment = {
  method: string;
  reference: string;
  amount?: Cents | undefined;
  paidAt?: Date | undefined;
  key: string;
  bodyHash: string;
};

/** Records money received. `replayed` when the key has recorded it before. */
export async function pay(changing: Changing, id: bigint, payment: Payment): Promise<Refusal | 'recorded' | 'replayed'> {
  const { db, now, actor } = changing;
  const invoice = await locked(changing, id);
  const known = await findPaymentKey(db, payment.key);
  if (known)
    return known.bodyHash === payment.bodyHash ? 'replayed' : refuse('IDEMPOTENCY_KEY_REUSED', 'The key was used with another payment');
  if (invoice.status !== 'sent' && invoice.status !== 'overdue') {
    return refuse('CONFLICT', `Nothing is to be paid of an invoice that is ${invoice.status}`, { status: invoice.status });
  }
  const left = balance(invoice);
  const amount = payment.amount ?? left;
  const paidAt = payment.paidAt ?? now;
  const problem = paymentProblem(amount, paidAt, { balance: left, now });
  if (problem) {
    const received = problem.field === 'amount_usd' ? Number(amount) / 100 : paidAt.toISOString();
    return refuse('VALIDATION_ERROR', `The payment does not fit: ${problem.field}`, { fields: [{ ...problem, received }] });
  }
  await insertPayment(db, invoice, { ...payment, amount, paidAt, by: nameOf(actor), at: now });
  const status = statusAfterPayment(invoice.status, (left - amount) as Cents);
  await markStatus(db, invoice, status, status === 'paid' ? paidAt : null);
  const { method, reference } = payment;
  await audit(changing, invoice, 'invoice.payment', { status, amount_cents: amount, method, reference, paid_at: paidAt });
  return 'recorded';
}

/** Takes an invoice back by a credit note; one that was taken back stays as it is. */
export async function takeBack(changing: Changing, id: bigint, reason: string): Promise<void> {
  const { db, actor, now } = changing;
  const invoice = await locked(changing, id);
  if (invoice.status === 'void') return;
  await insertCreditNote(db, invoice, { reason, by: nameOf(actor), at: now });
  await markStatus(db, invoice, 'void', null);
  await audit(changing, invoice, 'invoice.void', { status: 'void' }, reason);
  // A draft was never announced.
  if (invoice.status !== 'draft') await announceInvoice(changing, invoice, { kind: 'taken-back', reason });
}

const shown = async ({ db }: Changing, id: bigint) => ({
  data: await showInvoiceDetail(db, await requireInvoice(db, id), '/api/internal/invoices'),
});

export const sendInvoice: Handler<typeof sendEndpoint> = async (context, { params }) =>
  (await send(context, params.invoice_id)) ?? shown(context, params.invoice_id);

export const recordInvoicePayment: Handler<typeof recordEndpoint> = async (context, { params, body, idempotencyKey, bodyHash }) => {
  const { method, reference, amount_usd: amount, paid_at: paidAt } = body;
  const outcome = await pay(context, params.invoice_id, { method, reference, amount, paidAt, key: idempotencyKey, bodyHash });
  if (typeof outcome === 'object') return outcome;
  if (outcome === 'replayed') context.setHeader('idempotency-replayed', 'true');
  return shown(context, params.invoice_id);
};

export const voidInvoice: Handler<typeof voidEndpoint> = async (context, { params, body }) => {
  await takeBack(context, params.invoice_id, body.reason);
  return shown(context, params.invoice_id);
};
