/** Sending, recording money, taking back: each says what it does before it does it. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatUsd } from '@predictu/ui/format/money.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog, FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { TextField } from '@predictu/ui/kit/field.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useRef, useState } from 'react';
import { ProfileDialog } from './profile-dialog.tsx';

type Invoice = Answer<'getInvoice'>['data'];
type DialogProps = { invoice: Invoice; onClose: () => void };
const REFRESHES = ['getInvoice', 'listInvoices', 'listOperatorInvoices'] as const;

export function InvoiceButtons({ invoice }: { invoice: Invoice }) {
  const [doing, setDoing] = useState<'send' | 'pay' | 'void' | 'profile' | null>(null);
  const props = { invoice, onClose: () => setDoing(null) };
  const open = invoice.status === 'sent' || invoice.status === 'overdue';
  return (
    <>
      {invoice.status === 'draft' && <Button onClick={() => setDoing('profile')}>Billing details…</Button>}
      {invoice.status === 'draft' && (
        <Button kind="primary" onClick={() => setDoing('send')}>
          Send…
        </Button>
      )}
      {open && (
        <Button kind="primary" onClick={() => setDoing('pay')}>
          Record a payment…
        </Button>
      )}
      {invoice.status !== 'void' && (
        <Button kind="warns" onClick={() => setDoing('void')}>
          Take back…
        </Button>
      )}
      {doing === 'send' && <SendDialog {...props} />}
      {doing === 'pay' && <PaymentDialog {...props} />}
      {doing === 'void' && <VoidDialog {...props} />}
      {doing === 'profile' && <ProfileDialog slug={invoice.operator_slug} name={invoice.operator_name} onClose={props.onClose} />}
    </>
  );
}

function SendDialog({ invoice, onClose }: DialogProps) {
  const send = useAct('sendInvoice', REFRESHES);
  const toasts = useToasts();
  return (
    <FormDialog
      title={`Send ${invoice.number}`}
      description={`${invoice.operator_name} owes ${formatUsd(invoice.total_usd)} from then on, within 14 days. Its amounts no longer change.`}
      act="Send"
      run={() => send.mutateAsync({ params: { invoice_id: invoice.id } }).then(() => toasts.say(`${invoice.number} is sent`))}
      onClose={onClose}
    >
      {null}
    </FormDialog>
  );
}

function PaymentDialog({ invoice, onClose }: DialogProps) {
  const [method, setMethod] = useState('wire');
  const [reference, setReference] = useState('');
  const [amount, setAmount] = useState(String(invoice.balance_usd));
  const [day, setDay] = useState('');
  const key = useRef(crypto.randomUUID());
  const record = useAct('recordInvoicePayment', REFRESHES);
  const toasts = useToasts();
  const problems = record.error?.fields ?? {};
  const body = { method, reference, amount_usd: Number(amount), ...(day && { paid_at: `${day}T00:00:00Z` }) };
  return (
    <FormDialog
      title={`Record a payment of ${invoice.number}`}
      description={`${formatUsd(invoice.balance_usd)} are left to pay.`}
      act={`Record ${formatUsd(Number(amount) || 0)}`}
      ready={method.trim() !== '' && reference.trim() !== '' && Number(amount) > 0}
      run={() =>
        record
          .mutateAsync({ params: { invoice_id: invoice.id }, body, idempotencyKey: key.current })
          .then(({ data }) =>
            toasts.say(data.status === 'paid' ? `${data.number} is paid` : `${formatUsd(data.balance_usd)} are left to pay`),
          )
      }
      onClose={onClose}
    >
      <TextField
        label="Amount, dollars"
        type="number"
        min={0.01}
        step={0.01}
        value={amount}
        problem={problems['amount_usd']}
        onChange={(event) => setAmount(event.target.value)}
      />
      <TextField label="Method" value={method} maxLength={40} onChange={(event) => setMethod(event.target.value)} />
      <TextField label="Reference" value={reference} maxLength={200} onChange={(event) => setReference(event.target.value)} />
      <TextField
        label="Day it came in"
        type="date"
        hint="Now, when left empty."
        value={day}
        problem={problems['paid_at']}
        onChange={(event) => setDay(event.target.value)}
      />
    </FormDialog>
  );
}

function VoidDialog({ invoice, onClose }: DialogProps) {
  const takeBack = useAct('voidInvoice', REFRESHES);
  const toasts = useToasts();
  const paid = invoice.payments.reduce((sum, { amount_usd }) => sum + Math.round(amount_usd * 100), 0) / 100;
  return (
    <DangerDialog
      title={`Take ${invoice.number} back`}
      consequence={`A credit note over ${formatUsd(invoice.total_usd)} is issued to ${invoice.operator_name}.${paid > 0 ? ` ${formatUsd(paid)} are then to be given back.` : ''} The month is not billed again.`}
      phrase={invoice.number}
      act="Issue the credit note"
      run={(reason) =>
        takeBack.mutateAsync({ params: { invoice_id: invoice.id }, body: { reason } }).then(() => toasts.say(`${invoice.number} is void`))
      }
      onClose={onClose}
    />
  );
}
