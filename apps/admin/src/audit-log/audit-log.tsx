/** Who changed what, from what to what, and why. Nothing here can be changed, not even by us. */

import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatCounted, formatWords } from '@predictu/ui/format/words.ts';
import { Drawer } from '@predictu/ui/kit/drawer.tsx';
import { CopyId, Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, Facts, PageHead, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { useAddress } from '@predictu/ui/shell/address.ts';
import type { Column, Filter } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { placeOfId } from '../find.ts';
import { OperatorLink } from '../operators/operator-link.tsx';
import { formatAct, formatAuditValue, formatField, summaryOf } from './act-words.ts';

type Entry = Row<'listAuditLog'>;
const ACTORS = ['admin', 'operator_member', 'api_key', 'player', 'worker', 'public'];
const nameOf = ({ actor }: Entry): string => actor.name ?? (actor.id || formatWords(actor.kind));

/** By its name, with the way to it where it has a page. */
function Subject({ of: { subject, subject_name } }: { of: Entry }) {
  const place = placeOfId(subject.replace(/^operator(_config)?:/, (prefix) => (prefix === 'operator:' ? prefix : '')));
  const name = subject_name ?? subject;
  if (!place)
    return (
      <span className={subject_name === null ? 'mono ellipsis' : 'ellipsis'} title={subject}>
        {name}
      </span>
    );
  return (
    <Link
      className="link ellipsis"
      title={subject}
      to={place.to}
      search={(place.search ?? {}) as never}
      onClick={(event) => event.stopPropagation()}
    >
      {name}
    </Link>
  );
}

const COLUMNS: readonly Column<Entry>[] = [
  { key: 'at', label: 'Time, UTC', cell: ({ at }) => <Time at={at} />, text: ({ at }) => at },
  {
    key: 'actor',
    label: 'Who',
    cell: (entry) => (
      <span className="column">
        <span className="ellipsis">{nameOf(entry)}</span>
        {nameOf(entry) !== formatWords(entry.actor.kind) && <span className="small tertiary">{formatWords(entry.actor.kind)}</span>}
      </span>
    ),
    text: nameOf,
  },
  { key: 'action', label: 'Did', cell: ({ action }) => <span title={action}>{formatAct(action)}</span>, text: ({ action }) => action },
  { key: 'subject', label: 'To', cell: (entry) => <Subject of={entry} />, text: ({ subject }) => subject },
  {
    key: 'changes',
    label: 'What differs',
    cell: ({ changes }) => {
      const words = summaryOf(changes);
      return words === null ? (
        '–'
      ) : (
        <span className="ellipsis" title={words}>
          {words}
        </span>
      );
    },
    text: ({ changes }) =>
      changes
        .map(({ field, before, after }) => `${field}: ${formatAuditValue(field, before)} → ${formatAuditValue(field, after)}`)
        .join('; '),
  },
  {
    key: 'reason',
    label: 'Why',
    cell: ({ reason }) => (
      <span className="ellipsis" title={reason ?? ''}>
        {reason ?? '–'}
      </span>
    ),
    text: ({ reason }) => reason,
  },
  { key: 'operator', label: 'Operator', cell: ({ operator }) => <OperatorLink of={operator} />, text: ({ operator }) => operator?.name },
  {
    key: 'request',
    label: 'Request',
    optional: true,
    cell: ({ request_id }) => (request_id ? <CopyId id={request_id} /> : '–'),
    text: ({ request_id }) => request_id,
  },
];
const FILTERS: readonly Filter[] = [
  { name: 'action', label: 'Action', kind: 'text', hint: 'Its beginning: operator. or player.suspend' },
  { name: 'actor_kind', label: 'Kind of actor', kind: 'choice', options: ACTORS.map((value) => ({ value, label: formatWords(value) })) },
  { name: 'actor', label: 'Who', kind: 'text', hint: 'E-mail, id, or name of a job.' },
  { name: 'subject', label: 'Subject', kind: 'text', hint: 'Exactly: operator:example-casino' },
  { name: 'operator', label: 'Operator', kind: 'text', hint: 'Slug or id.' },
  { name: 'request_id', label: 'Request', kind: 'text', hint: 'req_…' },
  { name: 'days', label: 'Days', kind: 'days', from: 'from', to: 'to' },
];

export function AuditLog() {
  const [address, change] = useAddress();
  const close = useCallback(() => change({ open: undefined }), [change]);
  const open = address['open'];
  return (
    <>
      <PageHead title="Audit log" />
      <EndpointTable
        operation="listAuditLog"
        name="audit-log"
        columns={COLUMNS}
        filters={FILTERS}
        rowKey={({ audit_id }) => audit_id}
        onOpen={({ audit_id }) => change({ open: audit_id })}
        selected={open}
        empty="Nobody has changed anything yet."
      />
      {open && <EntryDrawer id={open} onClose={close} />}
    </>
  );
}

function EntryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useEndpoint('listAuditLog', { query: { audit_id: id } });
  const entry = found.data?.data[0];
  return (
    <Drawer title={<h2>{entry ? formatAct(entry.action) : 'Entry'}</h2>} onClose={onClose}>
      <Shown query={found}>
        {({ data: [shown] }) => (shown ? <EntryDetails entry={shown} /> : <Empty>There is no such entry.</Empty>)}
      </Shown>
    </Drawer>
  );
}

function EntryDetails({ entry }: { entry: Entry }) {
  return (
    <>
      <div className="section-body" style={{ paddingTop: 16 }}>
        <Facts
          of={[
            ['When', <Time key="at" at={entry.at} />],
            ['Who', nameOf(entry)],
            ['As', formatWords(entry.actor.kind)],
            ['To', <Subject key="name" of={entry} />],
            ['Subject', <CopyId key="subject" id={entry.subject} />],
            [
              'Action',
              <span key="action" className="mono">
                {entry.action}
              </span>,
            ],
            ['Operator', entry.operator ? <OperatorLink key="operator" of={entry.operator} /> : 'none'],
            ['Why', entry.reason ?? 'not said'],
            ['Request', entry.request_id ? <CopyId key="request" id={entry.request_id} /> : 'none'],
            ['Entry', <CopyId key="id" id={entry.audit_id} />],
          ]}
        />
      </div>
      <Section title="What differs" subtitle={formatCounted(entry.changes.length, 'field')}>
        {entry.changes.length > 0 ? (
          <TableBody
            rows={entry.changes}
            rowKey={({ field }) => field}
            columns={[
              { key: 'field', label: 'Field', cell: ({ field }) => <span title={field}>{formatField(field)}</span> },
              { key: 'before', label: 'Before', cell: ({ field, before }) => formatAuditValue(field, before) },
              { key: 'after', label: 'After', cell: ({ field, after }) => formatAuditValue(field, after) },
            ]}
          />
        ) : (
          <Empty>Nothing was said about before and after.</Empty>
        )}
      </Section>
      <details className="section-body">
        <summary className="small secondary">As it is recorded, JSON</summary>
        <pre className="code">
          {JSON.stringify({ action: entry.action, subject: entry.subject, before: entry.before, after: entry.after }, null, 2)}
        </pre>
      </details>
    </>
  );
}
