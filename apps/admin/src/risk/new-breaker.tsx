import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Body } from '@predictu/ui/api/wire.ts';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { CheckField, SelectField, TextField } from '@predictu/ui/kit/field.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';
import { ScopePreview } from './scope-preview.tsx';

type Scope = Body<'createBreaker'>['scope'];
const SCOPES: readonly { value: Scope; label: string }[] = [
  { value: 'global', label: 'The whole platform' },
  { value: 'operator', label: 'One operator' },
  { value: 'category', label: 'One category' },
  { value: 'market', label: 'One market' },
];

/** A breaker starts armed. */
export function NewBreaker({ onClose }: { onClose: () => void }) {
  const create = useAct('createBreaker', ['listBreakers', 'getRisk']);
  const toasts = useToasts();
  const [scope, setScope] = useState<Scope>('global');
  const [scopeId, setScopeId] = useState('');
  const [threshold, setThreshold] = useState('90');
  const [byHand, setByHand] = useState(false);
  const [cooldown, setCooldown] = useState('60');
  const [autoReset, setAutoReset] = useState(false);
  const problems = create.error?.fields ?? {};
  const save = async () => {
    const { data } = await create.mutateAsync({
      body: {
        scope,
        ...(scope === 'global' ? {} : { scope_id: scopeId }),
        trigger_type: byHand ? 'manual' : 'exposure_pct',
        ...(byHand ? {} : { trigger_threshold: Number(threshold) }),
        cooldown_minutes: Number(cooldown),
        auto_reset: autoReset,
      },
    });
    toasts.say(`Breaker armed: ${data.scope_label}`);
  };
  return (
    <FormDialog
      title="Add a breaker"
      description="While it is tripped, buys in its scope are refused; sales stay open."
      act="Arm the breaker"
      run={save}
      onClose={onClose}
    >
      <SelectField label="Scope" options={SCOPES} value={scope} onChange={(event) => setScope(event.target.value as Scope)} />
      {scope !== 'global' && (
        <TextField
          label="Which"
          hint={
            scope === 'operator'
              ? 'Slug or id of the operator.'
              : scope === 'category'
                ? 'sports, crypto, politics, entertainment, economics or other.'
                : 'Id of the market, mkt_…'
          }
          problem={problems['scope_id']}
          value={scopeId}
          onChange={(event) => setScopeId(event.target.value)}
        />
      )}
      <CheckField label="Only people trip it" checked={byHand} onChange={(event) => setByHand(event.target.checked)} />
      {!byHand && (
        <TextField
          label="Trips at, percent of the limit"
          type="number"
          min={1}
          max={100}
          step={0.1}
          problem={problems['trigger_threshold']}
          value={threshold}
          onChange={(event) => setThreshold(event.target.value)}
        />
      )}
      <TextField
        label="Cool-down, minutes"
        type="number"
        min={0}
        max={10_080}
        problem={problems['cooldown_minutes']}
        value={cooldown}
        onChange={(event) => setCooldown(event.target.value)}
      />
      <CheckField
        label="Resets by itself after the cool-down, once below its threshold"
        checked={autoReset}
        onChange={(event) => setAutoReset(event.target.checked)}
      />
      {(scope === 'global' || scopeId.trim() !== '') && (
        <ScopePreview
          scope={{ scope, ...(scope === 'global' ? {} : { scope_id: scopeId.trim() }) }}
          {...(byHand ? {} : { threshold: Number(threshold) })}
        />
      )}
    </FormDialog>
  );
}
