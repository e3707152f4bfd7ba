/** E-mails of the installation: what waits, what has left, what has failed for good and may be sent again. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog } from '@predictu/ui/kit/dialog.tsx';
import { Drawer } from '@predictu/ui/kit/drawer.tsx';
import { CopyId, Time } from '@predictu/ui/kit/figures.tsx';
import { Facts, Note, PageHead, Shown } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useAddress } from '@predictu/ui/shell/address.ts';
import type { Column, Filter } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useCallback, useState } from 'react';
import { OperatorLink } from '../operators/operator-link.tsx';

type Mail = Row<'listMails'>;
const kindOf = ({ template }: Mail): string => formatWords(template.replaceAll('-', '_'));

const COLUMNS: readonly Column<Mail>[] = [
  { key: 'created_at', label: 'Written, UTC', cell: ({ created_at }) => <Time at={created_at} />, text: ({ created_at }) => created_at },
  { key: 'status', label: 'Status', cell: ({ status }) => <Status value={status} />, text: ({ status }) => status },
  {
    key: 'recipient',
    label: 'To',
    cell: ({ recipient }) => <span className="ellipsis">{recipient}</span>,
    text: ({ recipient }) => recipient,
  },
  {
    key: 'subject',
    label: 'Subject',
    cell: (mail) => (
      <span className="column">
        <span className="ellipsis" title={mail.subject ?? ''}>
          {mail.subject ?? 'Cannot be put into words any more'}
        </span>
        <span className="small tertiary">{kindOf(mail)}</span>
      </span>
    ),
    text: ({ subject }) => subject,
  },
  {
    key: 'template',
    label: 'Template',
    optional: true,
    cell: ({ template }) => <span className="mono">{template}</span>,
    text: ({ template }) => template,
  },
  { key: 'operator', label: 'Operator', cell: ({ operator }) => <OperatorLink of={operator} />, text: ({ operator }) => operator?.name },
  { key: 'attempts', label: 'Attempts', right: true, cell: ({ attempts }) => attempts, text: ({ attempts }) => attempts },
  {
    key: 'last_error',
    label: 'Last error',
    cell: ({ last_error }) => (
      <span className="ellipsis" title={last_error ?? ''}>
        {last_error ?? '–'}
      </span>
    ),
    text: ({ last_error }) => last_error,
  },
  {
    key: 'next',
    label: 'Next attempt',
    optional: true,
    cell: ({ next_attempt_at }) => (next_attempt_at ? <Time at={next_attempt_at} age /> : 'none'),
    text: ({ next_attempt_at }) => next_attempt_at,
  },
  { key: 'sent_at', label: 'Sent, UTC', optional: true, cell: ({ sent_at }) => <Time at={sent_at} />, text: ({ sent_at }) => sent_at },
];

const FILTERS: readonly Filter[] = [
  {
    name: 'status',
    label: 'Status',
    kind: 'choice',
    options: [
      { value: 'queued', label: 'Queued' },
      { value: 'sent', label: 'Sent' },
      { value: 'failed', label: 'Failed' },
    ],
  },
  { name: 'recipient', label: 'To', kind: 'text', hint: 'A part of the address, three characters at least.' },
  { name: 'template', label: 'Template', kind: 'text', hint: 'invitation, invoice-sent, player-digest …' },
  { name: 'operator', label: 'Operator', kind: 'text', hint: 'Slug or id.' },
  { name: 'days', label: 'Days', kind: 'days', from: 'from', to: 'to' },
];

export function Mails() {
  const [address, change] = useAddress();
  const close = useCallback(() => change({ open: undefined }), [change]);
  const open = address['open'];
  return (
    <>
      <PageHead title="E-mails" />
      <EndpointTable
        operation="listMails"
        name="mails"
        columns={COLUMNS}
        filters={FILTERS}
        rowKey={({ id }) => id}
        onOpen={({ id }) => change({ open: id })}
        selected={open}
        every={30_000}
        empty="No e-mail has been written yet. Invitations, invoices, reports and notices to operators and players appear here, without their texts."
      />
      {open && <MailDrawer id={open} onClose={close} />}
    </>
  );
}

function MailDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useEndpoint('getMail', { params: { mail_id: id } }, { every: 30_000 });
  const shown = found.data?.data;
  return (
    <Drawer title={<h2>{shown?.subject ?? 'E-mail'}</h2>} onClose={onClose} footer={shown && <RetryButton mail={shown} />}>
      <Shown query={found}>{({ data }) => <MailDetails mail={data} />}</Shown>
    </Drawer>
  );
}

function MailDetails({ mail }: { mail: Mail }) {
  return (
    <>
      <div className="section-body" style={{ paddingTop: 16 }}>
        <Facts
          of={[
            ['Status', <Status key="status" value={mail.status} />],
            ['To', mail.recipient],
            ['Kind', kindOf(mail)],
            ['Operator', mail.operator ? <OperatorLink key="operator" of={mail.operator} /> : 'none: the platform’s own'],
            ['Written', <Time key="created" at={mail.created_at} />],
            ['Attempts', String(mail.attempts)],
            ...(mail.last_error ? [['Last error', mail.last_error] as const] : []),
            ...(mail.next_attempt_at ? [['Next attempt', <Time key="next" at={mail.next_attempt_at} age />] as const] : []),
            ...(mail.sent_at ? [['Sent', <Time key="sent" at={mail.sent_at} />] as const] : []),
            ...(mail.transport ? [['By', mail.transport === 'smtp' ? 'the mail server' : 'the outbox folder'] as const] : []),
            ...(mail.link_expires_at ? [['Its link works until', <Time key="link" at={mail.link_expires_at} />] as const] : []),
            ...(mail.attachments.length > 0 ? [['Files', mail.attachments.join(', ')] as const] : []),
            ['Message', <CopyId key="id" id={mail.id} />],
          ]}
        />
      </div>
      <div className="section-body">
        <Note>The text is for its recipient alone: it may hold a link that lets somebody in.</Note>
      </div>
    </>
  );
}

const NOTHING_TO_DO: Record<Exclude<Mail['retry'], 'possible'>, string> = {
  queued: 'It waits for its next attempt.',
  sent: 'It has left: nothing is left to do.',
  link_expired: 'Its link works no longer. Invite again, or have its recipient ask for a new link.',
  link_replaced: 'A later e-mail brought another link; this one works no longer.',
};

function RetryButton({ mail }: { mail: Mail }) {
  const [asking, setAsking] = useState(false);
  const retry = useAct('retryMail', ['listMails', 'getMail']);
  const toasts = useToasts();
  if (mail.retry !== 'possible') return <span className="small tertiary">{NOTHING_TO_DO[mail.retry]}</span>;
  return (
    <>
      <Button kind="primary" onClick={() => setAsking(true)}>
        Send again…
      </Button>
      {asking && (
        <DangerDialog
          title={`Send to ${mail.recipient} again`}
          consequence="The same message goes to the mail server again, at once, and again for three days if that fails. Mend what was wrong before."
          act="Send again"
          run={(reason) => retry.mutateAsync({ params: { mail_id: mail.id }, body: { reason } }).then(() => toasts.say('On its way again'))}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
