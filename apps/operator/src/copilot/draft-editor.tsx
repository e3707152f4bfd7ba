/** A draft by hand: its fields, what the lint finds with one-click fixes, and the way to the players. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatChance } from '@predictu/ui/format/money.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { SelectField, TextField } from '@predictu/ui/kit/field.tsx';
import { Facts, Note, Problem, Section } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { useEffect, useState } from 'react';
import { DraftFields } from './draft-fields.tsx';
import type { Draft } from './use-conversation.ts';

type Report = Answer<'lintDraft'>['data'];
type Finding = Report['findings'][number];
type Editing = { draft: Draft; onChange: (draft: Draft) => void };

const SETTLES_AFTER_MS = 350;
/** Asked once a hand has come to rest. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export function DraftEditor({ draft, onChange, onDeployed }: Editing & { onDeployed: () => void }) {
  const settled = useSettled(draft);
  const lint = useEndpoint('lintDraft', { body: { draft: settled } });
  const report = lint.data?.data;
  const [deploying, setDeploying] = useState(false);
  return (
    <Section
      title="Draft"
      subtitle={report && `lint ${report.score} of 100`}
      actions={
        <Button kind="primary" disabled={!report?.deployable} onClick={() => setDeploying(true)}>
          Deploy…
        </Button>
      }
    >
      <div className="section-body column" style={{ gap: 16 }}>
        {lint.error && <Problem error={lint.error} again={() => void lint.refetch()} />}
        {report && <Findings report={report} onFix={(patch) => onChange({ ...draft, ...patch } as Draft)} />}
        <DraftFields draft={draft} onChange={onChange} />
      </div>
      {deploying && <Deploy draft={draft} onClose={() => setDeploying(false)} onDeployed={onDeployed} />}
    </Section>
  );
}

const STATE: Record<Finding['severity'], string> = { error: 'failed', warning: 'warning', note: 'open' };

function Findings({ report, onFix }: { report: Report; onFix: (patch: NonNullable<Finding['fix']['patch']>) => void }) {
  if (report.findings.length === 0) return <Note>Nothing that players could dispute was found.</Note>;
  return (
    <ul className="column" style={{ gap: 10, listStyle: 'none', padding: 0, margin: '0 0 16px' }} aria-label="Findings of the lint">
      {report.findings.map(({ rule, severity, field, message, excerpt, fix }) => {
        const { patch } = fix;
        return (
          <li key={`${rule} ${field} ${excerpt ?? ''}`} className="row" style={{ gap: 12, alignItems: 'flex-start' }}>
            <span style={{ flex: 'none', width: 76 }}>
              <Status value={STATE[severity]} words={severity} />
            </span>
            <span className="column" style={{ gap: 2, flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
              <span>
                {message} {excerpt && <span className="secondary">“{excerpt}”</span>}
              </span>
              <span className="small secondary">{fix.text}</span>
            </span>
            {patch && (
              <Button onClick={() => onFix(patch)} aria-label={`Fix: ${fix.text}`}>
                Fix
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const RESOLVERS = [
  { value: 'operator', label: 'Our own members' },
  { value: 'platform', label: 'The staff of the platform' },
];

function Deploy({ draft, onClose, onDeployed }: { draft: Draft; onClose: () => void; onDeployed: () => void }) {
  const deploy = useAct('deployDraft', ['listDeployedMarkets', 'listOwnMarkets']);
  const toasts = useToasts();
  const go = useGo();
  const [liquidity, setLiquidity] = useState('5000');
  const [resolver, setResolver] = useState<'operator' | 'platform'>('operator');
  const problems = deploy.error?.fields ?? {};
  const run = async () => {
    await deploy.mutateAsync({ body: { draft, liquidity_usd: Number(liquidity), resolver } });
    toasts.say('Your players can trade it now');
    onDeployed();
    go('/copilot', { tab: 'markets' });
  };
  return (
    <FormDialog
      title="Deploy this market"
      description="Your players see and trade it at once; nobody else does. Its wording is fixed with the first trade."
      act="Deploy"
      ready={Number(liquidity) >= 100}
      run={run}
      onClose={onClose}
    >
      <Facts
        of={[
          ['Question', draft.question],
          ['Trading ends', `${(draft.cut_off_at ?? '').slice(0, 16).replace('T', ' ')} UTC`],
          ['First price', draft.initial_price === null ? '–' : `${formatChance(draft.initial_price)} yes`],
        ]}
      />
      <TextField
        label="What the house commits, dollars"
        inputMode="numeric"
        hint="100 to 1,000,000. More makes the spread narrower."
        value={liquidity}
        problem={problems['liquidity_usd']}
        onChange={(event) => setLiquidity(event.target.value)}
      />
      <SelectField
        label="Who names the result"
        options={RESOLVERS}
        value={resolver}
        onChange={(event) => setResolver(event.target.value as 'operator' | 'platform')}
      />
    </FormDialog>
  );
}
