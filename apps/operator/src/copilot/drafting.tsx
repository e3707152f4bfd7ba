/** The conversation on one side, the draft with its findings on the other. */

import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount } from '@predictu/ui/format/money.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { TextArea } from '@predictu/ui/kit/field.tsx';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, Problem, Section } from '@predictu/ui/kit/panel.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { type KeyboardEvent, useState } from 'react';
import { DraftEditor } from './draft-editor.tsx';
import { type Message, useConversation } from './use-conversation.ts';

const EXAMPLES = [
  'Will Bitcoin be above 150k at the end of the year?',
  'Will Ethereum dip to 2,000 by the end of the month?',
  'Will Spain beat France on July 19?',
];

export function Drafting() {
  const talk = useConversation();
  const begun = talk.messages.length > 0 || talk.draft !== null;
  return (
    <div className="columns even">
      <Section
        title="Conversation"
        subtitle={<CreditsLine />}
        actions={
          begun && (
            <Button kind="quiet" onClick={talk.forget}>
              Begin anew
            </Button>
          )
        }
      >
        <div className="section-body column" style={{ gap: 12 }}>
          {begun ? (
            <Said messages={talk.messages} speaking={talk.speaking} />
          ) : (
            <Empty>
              Say what the market should ask, as you would to a colleague. You get a draft with source, cut-off, clauses and a first price,
              and are asked for what is missing.
            </Empty>
          )}
          {talk.failure && <Problem error={talk.failure} {...(talk.again && { again: talk.again })} />}
          {!begun && (
            <div className="row wrap" style={{ gap: 8, margin: '8px 0' }}>
              {EXAMPLES.map((example) => (
                <Button key={example} onClick={() => talk.say(example)}>
                  {example}
                </Button>
              ))}
            </div>
          )}
          <Ask busy={talk.speaking !== null} onSay={talk.say} />
          <Spent />
        </div>
      </Section>
      {talk.draft ? (
        <DraftEditor draft={talk.draft} onChange={talk.setDraft} onDeployed={talk.forget} />
      ) : (
        <Section title="Draft">
          <Empty>The draft appears here while you talk. Every field can be changed by hand; the lint looks on.</Empty>
        </Section>
      )}
    </div>
  );
}

function CreditsLine() {
  const credits = useEndpoint('getCopilotCredits', {}).data?.data;
  if (!credits) return null;
  return (
    <>
      {formatCounted(credits.balance, 'credit')} left, {formatCount(credits.answer_price)} an answer ·{' '}
      {credits.engine === 'rules' ? 'rules, without a model' : `Claude (${credits.model})`}
    </>
  );
}

function Said({ messages, speaking }: { messages: readonly Message[]; speaking: string | null }) {
  return (
    <ol className="column" style={{ gap: 12, listStyle: 'none', padding: 0, margin: 0 }} aria-live="polite">
      {messages.map(({ role, text, by }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a conversation only grows.
        <li key={index} className="column" style={{ gap: 2 }}>
          <span className="tiny tertiary">{role === 'user' ? 'You' : `Copilot, ${by ?? ''}`}</span>
          <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</span>
        </li>
      ))}
      {speaking !== null && (
        <li className="column" style={{ gap: 2 }}>
          <span className="tiny tertiary">Copilot</span>
          <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{speaking === '' ? 'is thinking…' : speaking}</span>
        </li>
      )}
    </ol>
  );
}

function Ask({ busy, onSay }: { busy: boolean; onSay: (text: string) => void }) {
  const [text, setText] = useState('');
  const send = () => {
    if (busy || text.trim() === '') return;
    onSay(text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="column" style={{ gap: 8, marginTop: 12 }}>
      <TextArea
        label="Your message"
        hint="Enter sends, Shift and Enter begins a new line."
        rows={3}
        maxLength={4_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div>
        <Button kind="primary" busy={busy} disabled={text.trim() === ''} onClick={send}>
          Send
        </Button>
      </div>
    </div>
  );
}

const WORDS = { credit_grant: 'Trial grant', credit_top_up: 'Top-up', copilot_answer: 'Answer', copilot_refund: 'Paid back' } as const;
function Spent() {
  const credits = useEndpoint('getCopilotCredits', {}).data?.data;
  if (!credits || credits.entries.length === 0) return null;
  return (
    <details style={{ marginTop: 16 }}>
      <summary>What the credits went to</summary>
      <TableBody
        rows={credits.entries}
        rowKey={({ id }) => id}
        columns={[
          { key: 'at', label: 'When', cell: ({ created_at }) => <Time at={created_at} /> },
          { key: 'type', label: 'What', cell: ({ type }) => WORDS[type] },
          {
            key: 'credits',
            label: 'Credits',
            right: true,
            cell: ({ credits: moved }) => `${moved > 0 ? '+' : '−'}${formatCount(Math.abs(moved))}`,
          },
          { key: 'left', label: 'Left', right: true, cell: ({ balance_after }) => formatCount(balance_after) },
        ]}
      />
    </details>
  );
}
