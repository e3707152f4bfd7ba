/** What an operator's billing address is told of its invoices. Each is told once. */
import { encodeId } from '@predictu/contract/ids';
import { cents } from '@predictu/contract/units';
import type { Context } from '../platform/http.ts';
import { type MailTemplate, queueMail } from '../platform/queue-mail.ts';
import { invoiceNumber } from './invoice.rules.ts';
import type { LockedInvoice } from './invoice.sql.ts';
import { money } from './invoice-document.rules.ts';
import { selectProfile } from './party.sql.ts';

/** Amounts are cents as text: they wait as JSON. */
type InvoiceMail = { invoice: string; number: string; total: string; left: string; dueOn: string };

const shown = (amount: string): string => money(cents(BigInt(amount)));
const linkTo = ({ invoice }: InvoiceMail) => ({ kind: 'link', label: 'Open the invoice', href: `/operator/invoices/${invoice}` }) as const;
const factsOf = (data: InvoiceMail) =>
  ({
    kind: 'facts',
    facts: [
      ['Invoice', data.number],
      ['Amount', shown(data.total)],
      ['Still to pay', shown(data.left)],
      ['Due on', data.dueOn],
    ],
  }) as const;

const invoiceSent: MailTemplate<InvoiceMail> = {
  name: 'invoice-sent',
  brand: 'platform',
  write: (data) => ({
    subject:
      data.left === '0' ? `Invoice ${data.number}: nothing to pay` : `Invoice ${data.number}: ${shown(data.left)} due on ${data.dueOn}`,
    heading: `Your invoice ${data.number}`,
    parts: [{ kind: 'text', text: 'Your invoice is attached as a PDF.' }, factsOf(data), linkTo(data)],
  }),
};
const invoiceOverdue: MailTemplate<InvoiceMail> = {
  name: 'invoice-overdue',
  brand: 'platform',
  write: (data) => ({
    subject: `Invoice ${data.number} is overdue`,
    heading: `Invoice ${data.number} was due on ${data.dueOn}`,
    parts: [
      {
        kind: 'text',
        text: 'We have not received the whole amount yet. The invoice is attached; if your payment is on its way, all is well.',
      },
      factsOf(data),
      linkTo(data),
    ],
  }),
};
const invoiceTakenBack: MailTemplate<InvoiceMail & { reason: string }> = {
  name: 'invoice-taken-back',
  brand: 'platform',
  write: (data) => ({
    subject: `Invoice ${data.number} was taken back`,
    heading: `Invoice ${data.number} was taken back`,
    parts: [
      { kind: 'text', text: 'There is nothing to pay for it. The credit note is attached.' },
      {
        kind: 'facts',
        facts: [
          ['Invoice', data.number],
          ['Amount', shown(data.total)],
          ['Reason', data.reason],
        ],
      },
      linkTo(data),
    ],
  }),
};
export const invoiceMails = [invoiceSent, invoiceOverdue, invoiceTakenBack];

type Announcement = { kind: 'sent' | 'overdue' } | { kind: 'taken-back'; reason: string };

/** In the transaction of the change. An operator without a billing address is told at its contact address. */
export async function announceInvoice(
  context: Pick<Context, 'db' | 'now' | 'newId'>,
  invoice: LockedInvoice,
  announcement: Announcement,
): Promise<void> {
  const profile = await selectProfile(context.db, invoice.operator_id);
  const to = profile?.buyer.email ?? invoice.contact_email;
  const id = encodeId('invoice', invoice.id);
  const data = {
    invoice: id,
    number: invoiceNumber(invoice.number),
    total: String(invoice.total_cents),
    left: String(invoice.total_cents - invoice.paid_cents),
    dueOn: invoice.due_at.toISOString().slice(0, 10),
  };
  const message = { operatorId: invoice.operator_id, to, key: `invoice-${announcement.kind}:${id}` };
  const paper = { source: 'invoice', reference: id, name: `${data.number}.pdf` };
  if (announcement.kind === 'taken-back') {
    const attachments = [{ ...paper, source: 'credit-note', name: `credit-note-${data.number}.pdf` }];
    return queueMail(context, invoiceTakenBack, { ...message, data: { ...data, reason: announcement.reason }, attachments });
  }
  return queueMail(context, announcement.kind === 'sent' ? invoiceSent : invoiceOverdue, { ...message, data, attachments: [paper] });
}
