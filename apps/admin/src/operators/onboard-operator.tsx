/** Taking an operator through onboarding: the server proves each step; what is missing stands beside it. */
import { ApiError } from '@predictu/ui/api/client.ts';
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Body } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { TextArea, TextField } from '@predictu/ui/kit/field.tsx';
import { Note, Shown } from '@predictu/ui/kit/panel.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { type Onboarding, type OnboardingStep, OnboardingSteps, STEP_WORDS } from '@predictu/ui/nouns/onboarding.tsx';
import { useState } from 'react';

type Action = Body<'changeOnboarding'>['action'];
type Unmet = { requirement: string; detail: string }[];
const REFRESHES = ['getOnboarding', 'getOperator', 'listOperators', 'getDashboard'] as const;
/** What a person may set with a step, as its fields are named. */
const FIELDS: Partial<Record<OnboardingStep, readonly [name: string, label: string, hint: string][]>> = {
  branding: [
    ['display_name', 'Shown as', 'Empty: as it is.'],
    ['primary_color', 'Primary colour', 'Like #00ff88. Empty: as it is.'],
    ['secondary_color', 'Secondary colour', 'Like #0a1a0a. Empty: as it is.'],
  ],
  s2s_config: [['callback_url', 'Callback URL', 'Empty: as it is. A PING is sent there.']],
  embed_setup: [['embed_origins', 'Origin to add', 'Empty: none. DNS is asked for the record now.']],
};
const WORDS: Record<Action, string> = { advance: 'Pass', rollback: 'Go back from', skip: 'Skip' };

export function OnboardOperator({ operatorId }: { operatorId: string }) {
  const onboarding = useEndpoint('getOnboarding', { params: { operator_id: operatorId } }, { every: 15_000 });
  const [action, setAction] = useState<Action | null>(null);
  return (
    <Shown query={onboarding}>
      {({ data }) => {
        const { current_step: current } = data;
        const step: OnboardingStep = current === 'complete' ? 'go_live' : current;
        const actions = data.status !== 'suspended' && (
          <>
            {(data.completed_steps.length > 0 || data.skipped_steps.length > 0) && (
              <Button onClick={() => setAction('rollback')}>Go back one step…</Button>
            )}
            {data.optional_steps.includes(step) && current !== 'complete' && <Button onClick={() => setAction('skip')}>Skip…</Button>}
            {current !== 'complete' && (
              <Button kind="primary" onClick={() => setAction('advance')}>
                Pass {STEP_WORDS[step]}…
              </Button>
            )}
          </>
        );
        return (
          <>
            <OnboardingSteps
              onboarding={data}
              actions={actions}
              next={(_, found) => (
                <p className="small secondary">
                  {found ? 'Everything is found: the step can be passed.' : 'The operator still has to do what is missing.'}
                </p>
              )}
            />
            {action && <StepDialog onboarding={data} action={action} step={step} onClose={() => setAction(null)} />}
          </>
        );
      }}
    </Shown>
  );
}

const unmetOf = (error: Error | null): Unmet => (error instanceof ApiError && (error.details?.['unmet'] as Unmet | undefined)) || [];

function StepDialog({
  onboarding,
  action,
  step,
  onClose,
}: {
  onboarding: Onboarding;
  action: Action;
  step: OnboardingStep;
  onClose: () => void;
}) {
  const change = useAct('changeOnboarding', REFRESHES);
  const toasts = useToasts();
  const [notes, setNotes] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const fields = (action === 'advance' && FIELDS[step]) || [];
  const given = Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, name === 'embed_origins' ? [value] : value]),
  );
  const save = () =>
    change
      .mutateAsync({
        params: { operator_id: onboarding.operator_id },
        body: { action, step, ...(fields.length > 0 && { data: given }), ...(notes.trim() && { notes: notes.trim() }) },
      })
      .then(({ data }) => toasts.say(data.current_step === 'complete' ? 'The operator is live' : `Now: ${STEP_WORDS[data.current_step]}`));
  return (
    <FormDialog
      title={`${WORDS[action]} ${STEP_WORDS[step]}`}
      description={action === 'advance' ? 'The server proves the step itself before it counts.' : 'Kept in the audit log.'}
      act={WORDS[action]}
      run={save}
      onClose={onClose}
    >
      {fields.map(([name, label, hint]) => (
        <TextField
          key={name}
          label={label}
          hint={hint}
          value={values[name] ?? ''}
          problem={change.error?.fields[`data.${name}`] ?? change.error?.fields[`data.${name}.0`]}
          onChange={(event) => setValues({ ...values, [name]: event.target.value })}
        />
      ))}
      <TextArea
        label="Notes"
        hint="Kept in the audit log."
        value={notes}
        maxLength={1_000}
        onChange={(event) => setNotes(event.target.value)}
      />
      {unmetOf(change.error).map(({ requirement, detail }) => (
        <Note key={requirement} tone="warn">
          {detail}
        </Note>
      ))}
    </FormDialog>
  );
}
