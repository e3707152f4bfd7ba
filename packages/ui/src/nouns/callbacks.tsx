/** The callback log: operations towards an operator's wallet, every attempt of one, and what a person may do about it. */

import { useState } from 'react';
import type { Answer, Row } from '../api/wire.ts';
import { Button } from '../kit/button.tsx';
import { DangerDialog } from '../kit/dialog.tsx';
import { CopyId, Money, Time } from '../kit/figures.tsx';
import { Facts, Note, Section } from '../kit/panel.tsx';
import { Status } from '../kit/status.tsx';
import { useToasts } from '../kit/toasts.tsx';
import type { Column, Filter } from '../table/columns.ts';
import { TableBody } from '../table/table-body.tsx';
import { CALL_METHOD_CHOICES, CALL_STATUS_CHOICES } from './choices.ts';
import { OperatorName } from './operator-name.tsx';

type Call = Row<'listOwnWalletCalls'>;
type CallWithAttempts = Answer<'getOwnWalletCall'>['data'];
type Attempt = CallWithAttempts['attempt_log'][number];

export const callColumns = <R extends Call>({ operator }: { operator: boolean }): Column<R>[] => [
  { key: 'created_at', label: 'Time, UTC', cell: ({ created_at }) => <Time at={created_at} />, text: ({ created_at }) => created_at },
  { key: 'method', label: 'Method', cell: ({ method }) => <span className="mono">{method}</span>, text: ({ method }) => method },
  ...(operator
    ? [
        {
          key: 'operator_slug',
          label: 'Operator',
          cell: ({ operator_slug }: R) => <OperatorName slug={operator_slug} />,
          text: ({ operator_slug }: R) => operator_slug,
        },
      ]
    : []),
  {
    key: 'external_id',
    label: 'Player',
    cell: ({ external_id, user_id }) => external_id ?? user_id,
    text: ({ external_id }) => external_id,
  },
  {
    key: 'amount_usd',
    label: 'Amount',
    right: true,
    cell: ({ amount_usd }) => <Money value={amount_usd} />,
    text: ({ amount_usd }) => amount_usd,
  },
  {
    key: 'status',
    label: 'Status',
    cell: ({ status }) => <Status value={status} {...(status === 'failed' ? { words: 'Waits for a person' } : {})} />,
    text: ({ status }) => status,
  },
  { key: 'attempts', label: 'Attempts', right: true, cell: ({ attempts }) => attempts, text: ({ attempts }) => attempts },
  { key: 'reason', label: 'Reason', cell: ({ reason }) => <span title={reason ?? ''}>{reason ?? '–'}</span>, text: ({ reason }) => reason },
  {
    key: 'next',
    label: 'Next attempt',
    optional: true,
    cell: ({ next_attempt_at }) => (next_attempt_at ? <Time at={next_attempt_at} age /> : 'none'),
    text: ({ next_attempt_at }) => next_attempt_at,
  },
  { key: 'id', label: 'Transaction', cell: ({ id }) => <CopyId id={id} />, text: ({ id }) => id },
];

export const CALL_FILTERS: readonly Filter[] = [
  { name: 'status', label: 'Status', kind: 'choice', options: CALL_STATUS_CHOICES },
  { name: 'method', label: 'Method', kind: 'choice', options: CALL_METHOD_CHOICES },
  { name: 'user_id', label: 'Player', kind: 'text', hint: 'usr_…' },
  { name: 'trade_id', label: 'Trade', kind: 'text', hint: 'trd_…' },
  { name: 'settlement_id', label: 'Settlement', kind: 'text', hint: 'stl_…' },
  { name: 'created', label: 'Days', kind: 'days', from: 'from', to: 'to' },
];

const OVER = new Set(['confirmed', 'refused', 'rolled_back', 'handled']);

/** Whether a person may send it again or close it by hand. */
export const waits = ({ status }: Pick<Call, 'status'>): boolean => !OVER.has(status);

export function CallDetails({ call }: { call: CallWithAttempts }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const attempt = call.attempt_log.find(({ id }) => id === chosen) ?? call.attempt_log[0];
  return (
    <>
      <div className="section-body" style={{ paddingTop: 16 }}>
        <Facts
          of={[
            ['Status', <Status key="status" value={call.status} />],
            ['Amount', <Money key="amount" value={call.amount_usd} />],
            ['Player', call.external_id ?? call.user_id],
            ['Transaction', <CopyId key="id" id={call.id} />],
            ['Request', <CopyId key="request" id={call.request_id} />],
            ...(call.trade_id ? [['Trade', <CopyId key="trade" id={call.trade_id} />] as const] : []),
            ...(call.settlement_id ? [['Settlement', <CopyId key="settlement" id={call.settlement_id} />] as const] : []),
            ['Balance answered', <Money key="balance" value={call.balance_usd} />],
            ['Next attempt', call.next_attempt_at ? <Time key="next" at={call.next_attempt_at} age /> : 'none'],
          ]}
        />
      </div>
      <Section title="Attempts" subtitle={`${call.attempt_log.length}, the same request id each time`}>
        <TableBody
          rows={call.attempt_log}
          rowKey={({ id }) => id}
          selected={attempt?.id}
          onOpen={({ id }) => setChosen(id)}
          columns={[
            { key: 'at', label: 'Sent, UTC', cell: ({ at }) => <Time at={at} /> },
            { key: 'http_status', label: 'HTTP', cell: ({ http_status }) => http_status ?? '–' },
            { key: 'milliseconds', label: 'Time, ms', right: true, cell: ({ milliseconds }) => milliseconds.toLocaleString('en-US') },
            { key: 'outcome', label: 'Answer', cell: ({ outcome, detail }) => detail ?? outcome },
          ]}
        />
      </Section>
      {attempt && <AttemptDetails attempt={attempt} />}
      <div className="section-body">
        <Note>
          Replaying is safe: it carries the same request id and the same bytes, and the operator answers a known request with its first
          answer.
        </Note>
      </div>
    </>
  );
}

function AttemptDetails({ attempt }: { attempt: Attempt }) {
  const toasts = useToasts();
  const copy = () => void navigator.clipboard.writeText(attempt.curl).then(() => toasts.say('Copied as curl; signatures are left out'));
  return (
    <Section
      title="Request"
      subtitle={attempt.url}
      actions={
        <Button kind="quiet" onClick={copy}>
          Copy as curl
        </Button>
      }
    >
      <div className="section-body column" style={{ gap: 12 }}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, by keyboard too. */}
        <pre className="code" tabIndex={0}>
          {pretty(attempt.request)}
        </pre>
        <span className="small tertiary">
          Answer {attempt.http_status ?? 'none'} {attempt.detail}
        </span>
        {attempt.answer && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
          <pre className="code" tabIndex={0}>
            {pretty(attempt.answer)}
          </pre>
        )}
      </div>
    </Section>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export type CallActs = {
  replay: (id: string, reason: string) => Promise<unknown>;
  handle: (id: string, reason: string) => Promise<unknown>;
};

/** Sending again, and closing by hand what somebody has put right. */
export function CallButtons({ call, acts }: { call: Pick<Call, 'id' | 'status' | 'method' | 'amount_usd'>; acts: CallActs }) {
  const [doing, setDoing] = useState<'replay' | 'handle' | null>(null);
  const toasts = useToasts();
  if (!waits(call)) return <span className="small tertiary">It is over: nothing is left to do.</span>;
  return (
    <>
      <Button kind="primary" onClick={() => setDoing('replay')}>
        Replay…
      </Button>
      {call.status === 'failed' && <Button onClick={() => setDoing('handle')}>Mark as handled…</Button>}
      {doing === 'replay' && (
        <DangerDialog
          title={`Send ${call.method} again`}
          consequence="The same request goes to the operator's wallet once more, with the same request id."
          act="Send again"
          run={(reason) => acts.replay(call.id, reason).then(() => toasts.say('On its way again'))}
          onClose={() => setDoing(null)}
        />
      )}
      {doing === 'handle' && (
        <DangerDialog
          title={`Close ${call.method} by hand`}
          consequence="It is not sent again. Say so only when somebody has put the money right at the operator."
          phrase="HANDLED"
          act="Mark as handled"
          run={(reason) => acts.handle(call.id, reason).then(() => toasts.say('Marked as handled'))}
          onClose={() => setDoing(null)}
        />
      )}
    </>
  );
}
