/** Extending an operator's trial, or going on without one. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { FormDialog, ReasonField } from '@predictu/ui/kit/dialog.tsx';
import { SelectField } from '@predictu/ui/kit/field.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';

type Operator = Answer<'getOperator'>['data'];
const CHOICES = [
  { value: '7', label: 'A week longer' },
  { value: '14', label: 'Two weeks longer' },
  { value: '30', label: 'A month longer' },
  { value: 'end', label: 'No trial any more: it goes on for good' },
];

export function TrialButton({ operator: { slug, name, trial } }: { operator: Operator }) {
  const [asking, setAsking] = useState(false);
  const [choice, setChoice] = useState('14');
  const [reason, setReason] = useState('');
  const change = useAct('changeTrial', ['getOperator', 'listOperators']);
  const toasts = useToasts();
  if (!trial) return null;
  const why = reason.trim();
  const body =
    choice === 'end' ? ({ action: 'end', reason: why } as const) : ({ action: 'extend', days: Number(choice), reason: why } as const);
  return (
    <>
      <Button onClick={() => setAsking(true)}>Trial…</Button>
      {asking && (
        <FormDialog
          title={`The trial of ${name}`}
          description={`It ends on ${trial.ends_at.slice(0, 10)} and becomes read-only on ${trial.read_only_from.slice(0, 10)}. Either choice lifts read-only at once.`}
          act={choice === 'end' ? 'End the trial' : 'Extend the trial'}
          ready={why !== ''}
          run={() =>
            change
              .mutateAsync({ params: { slug }, body })
              .then(({ data }) =>
                toasts.say(data.trial ? `On trial until ${data.trial.ends_at.slice(0, 10)}` : `${name} is on trial no more`),
              )
          }
          onClose={() => setAsking(false)}
        >
          <SelectField label="From now on" options={CHOICES} value={choice} onChange={(event) => setChoice(event.target.value)} />
          <ReasonField value={reason} onChange={setReason} />
        </FormDialog>
      )}
    </>
  );
}
