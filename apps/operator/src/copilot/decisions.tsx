/** What the MarketAgent suggests: each with its evidence, accepted or rejected with a reason. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog, FormDialog, ReasonField } from '@predictu/ui/kit/dialog.tsx';
import { SelectField, TextArea } from '@predictu/ui/kit/field.tsx';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { Facts } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import type { Column } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useState } from 'react';

type Suggestion = Row<'listAgentDecisions'>;
type Doing = { suggestion: Suggestion; decision: 'accept' | 'reject' };

const choices = (values: readonly string[]) => values.map((value) => ({ value, label: formatWords(value) }));
const FILTERS = [
  { name: 'status', label: 'Status', kind: 'choice', options: choices(['open', 'accepted', 'rejected', 'expired']) },
  { name: 'kind', label: 'Kind', kind: 'choice', options: choices(['pause', 'widen', 'resolve', 'fix_wording', 'reprice', 'raise_limit']) },
] as const;

const columns = (onDo: (doing: Doing) => void): readonly Column<Suggestion>[] => [
  {
    key: 'severity',
    label: 'Severity',
    cell: ({ severity }) => <Status value={severity === 'info' ? 'open' : severity} words={severity} />,
    text: ({ severity }) => severity,
  },
  { key: 'kind', label: 'Kind', cell: ({ kind }) => formatWords(kind), text: ({ kind }) => kind },
  { key: 'title', label: 'Suggestion', cell: ({ title, reason }) => <span title={reason}>{title}</span>, text: ({ title }) => title },
  { key: 'status', label: 'Status', cell: ({ status }) => <Status value={status} />, text: ({ status }) => status },
  {
    key: 'origin',
    label: 'Made by',
    cell: ({ origin, model }) => (origin === 'rules' ? 'rules' : `Claude (${model})`),
    text: ({ origin, model }) => model ?? origin,
  },
  { key: 'created_at', label: 'Since', cell: ({ created_at }) => <Time at={created_at} age />, text: ({ created_at }) => created_at },
  {
    key: 'acts',
    label: 'Decide',
    cell: (suggestion) =>
      suggestion.status === 'open' ? (
        <span className="row">
          <Button onClick={() => onDo({ suggestion, decision: 'accept' })} aria-label={`Accept: ${suggestion.title}`}>
            Accept…
          </Button>
          <Button kind="quiet" onClick={() => onDo({ suggestion, decision: 'reject' })} aria-label={`Reject: ${suggestion.title}`}>
            Reject…
          </Button>
        </span>
      ) : (
        (suggestion.decision_reason ?? '–')
      ),
    text: ({ decision_reason }) => decision_reason,
  },
];

export function Decisions() {
  const [doing, setDoing] = useState<Doing | null>(null);
  return (
    <>
      <EndpointTable
        operation="listAgentDecisions"
        name="decisions"
        columns={columns(setDoing)}
        filters={FILTERS}
        rowKey={({ id }) => id}
        onOpen={(suggestion) => suggestion.status === 'open' && setDoing({ suggestion, decision: 'accept' })}
        every={30_000}
        empty="Nothing to decide. The agent looks at your own markets every minute: prices, flow, limits, wording, cut-offs."
      />
      {doing && <Decide key={doing.suggestion.id} {...doing} onClose={() => setDoing(null)} />}
    </>
  );
}

const RESULTS = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'split', label: 'Split: half each' },
  { value: 'void', label: 'Void: stakes are returned' },
];
type Result = 'yes' | 'no' | 'split' | 'void';

function Decide({ suggestion, decision, onClose }: Doing & { onClose: () => void }) {
  const decide = useAct('decideSuggestion', ['listAgentDecisions', 'listDeployedMarkets']);
  const toasts = useToasts();
  const [resolution, setResolution] = useState<Result>('yes');
  const [evidence, setEvidence] = useState('');
  const needs = decision === 'accept' && suggestion.needs_result;
  const run = async (reason: string) => {
    const body = { suggestion_id: suggestion.id, decision, reason, ...(needs && { resolution, evidence }) };
    await decide.mutateAsync({ body });
    toasts.say(decision === 'accept' ? 'Done, and in the audit log' : 'Rejected; it is not suggested again');
  };
  const by = suggestion.origin === 'rules' ? 'rules on live figures' : `Claude (${suggestion.model}), its figures checked by the rules`;
  const facts = <Facts of={[...suggestion.evidence.map(({ name, value }) => [name, value] as const), ['Made by', by]]} />;
  if (decision === 'reject') return <Reject suggestion={suggestion} facts={facts} run={run} onClose={onClose} />;
  return (
    <DangerDialog
      title={suggestion.title}
      consequence={suggestion.reason}
      act={needs ? 'Name the result' : 'Accept'}
      ready={!needs || evidence.trim() !== ''}
      run={run}
      onClose={onClose}
    >
      {facts}
      {needs && (
        <>
          <SelectField
            label="Result"
            options={RESULTS}
            value={resolution}
            onChange={(event) => setResolution(event.target.value as Result)}
          />
          <TextArea
            label="Evidence"
            hint="What shows it; kept for ever."
            maxLength={2_000}
            value={evidence}
            onChange={(event) => setEvidence(event.target.value)}
          />
        </>
      )}
    </DangerDialog>
  );
}

function Reject({
  suggestion,
  facts,
  run,
  onClose,
}: {
  suggestion: Suggestion;
  facts: React.ReactNode;
  run: (reason: string) => Promise<void>;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={`Reject: ${suggestion.title}`}
      description="It is not suggested again."
      act="Reject"
      ready={reason.trim() !== ''}
      run={() => run(reason.trim())}
      onClose={onClose}
    >
      {facts}
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}
