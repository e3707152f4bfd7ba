/** Changing an operator's terms, stopping it, letting it go on. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog } from '@predictu/ui/kit/dialog.tsx';
import { CheckField, TextField } from '@predictu/ui/kit/field.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { CATEGORY_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { useState } from 'react';

type Operator = Answer<'getOperator'>['data'];
type Category = Operator['config']['allowed_categories'][number];
const REFRESHES = ['getOperator', 'listOperators', 'getDashboard', 'getOnboarding'] as const;

export function OperatorButtons({ operator }: { operator: Operator }) {
  const [doing, setDoing] = useState<'terms' | 'suspend' | null>(null);
  const close = () => setDoing(null);
  return (
    <>
      <Button onClick={() => setDoing('terms')}>Change terms…</Button>
      <Button kind="warns" onClick={() => setDoing('suspend')}>
        {operator.status === 'suspended' ? 'Reinstate…' : 'Suspend…'}
      </Button>
      {doing === 'terms' && <Terms operator={operator} onClose={close} />}
      {doing === 'suspend' && <Suspend operator={operator} onClose={close} />}
    </>
  );
}

function Suspend({ operator: { slug, name, status }, onClose }: { operator: Operator; onClose: () => void }) {
  const suspend = useAct('suspendOperator', REFRESHES);
  const reinstate = useAct('reinstateOperator', REFRESHES);
  const toasts = useToasts();
  const suspended = status === 'suspended';
  const turn = suspended ? reinstate : suspend;
  return (
    <DangerDialog
      title={`${suspended ? 'Reinstate' : 'Suspend'} ${name}`}
      consequence={
        suspended
          ? 'It goes back to the state it was suspended from: players, members and key pairs are let in again.'
          : 'Players, members and key pairs are refused and nothing is traded from now on. Open positions stay and are settled; callbacks under way are finished.'
      }
      {...(suspended ? {} : { phrase: slug })}
      act={suspended ? 'Reinstate' : 'Suspend'}
      run={(reason) => turn.mutateAsync({ params: { slug }, body: { reason } }).then(({ data }) => toasts.say(`${name} is ${data.status}`))}
      onClose={onClose}
    />
  );
}

const numberOrNull = (text: string): number | null => (text === '' ? null : Number(text));
const textOf = (value: number | null): string => (value === null ? '' : String(value));

function Terms({ operator, onClose }: { operator: Operator; onClose: () => void }) {
  const { config, slug } = operator;
  const update = useAct('updateOperator', REFRESHES);
  const toasts = useToasts();
  const [values, setValues] = useState<Record<string, string>>({
    min_bet_usd: String(config.min_bet_usd),
    max_bet_usd: String(config.max_bet_usd),
    exposure_limit_usd: String(operator.metrics.exposure_limit_usd),
    revenue_share_pct: String(config.revenue_share_pct),
    spread_override: textOf(config.spread_override),
    custom_fees_bps: textOf(config.custom_fees_bps),
  });
  const [categories, setCategories] = useState<readonly Category[]>(config.allowed_categories);
  const problems = update.error?.fields ?? {};
  const field = (name: string, label: string, hint?: string) => (
    <TextField
      key={name}
      label={label}
      hint={hint}
      type="number"
      min={0}
      value={values[name] ?? ''}
      problem={problems[`config.${name}`]}
      onChange={(event) => setValues({ ...values, [name]: event.target.value })}
    />
  );
  const toggle = (name: Category) =>
    setCategories(categories.includes(name) ? categories.filter((one) => one !== name) : [...categories, name]);
  const save = (reason: string) => {
    const number = (name: string): number => Number(values[name]);
    const changes = {
      min_bet_usd: number('min_bet_usd'),
      max_bet_usd: number('max_bet_usd'),
      exposure_limit_usd: number('exposure_limit_usd'),
      revenue_share_pct: number('revenue_share_pct'),
      spread_override: numberOrNull(values['spread_override'] ?? ''),
      custom_fees_bps: numberOrNull(values['custom_fees_bps'] ?? ''),
      allowed_categories: [...categories],
    };
    return update
      .mutateAsync({ params: { slug }, body: { config: changes, reason } })
      .then(({ data }) => toasts.say(data.updated_fields.length === 0 ? 'Nothing has changed' : `Changed: ${data.updated_fields.length}`));
  };
  return (
    <DangerDialog
      wide
      title={`Terms of ${operator.name}`}
      consequence="In force with the next trade, in every process."
      act="Change the terms"
      ready={categories.length > 0}
      run={save}
      onClose={onClose}
    >
      {field('min_bet_usd', 'Smallest bet, dollars')}
      {field('max_bet_usd', 'Largest bet, dollars')}
      {field('exposure_limit_usd', 'Exposure limit, dollars')}
      {field('revenue_share_pct', 'Our part of the revenue, percent')}
      {field('spread_override', 'Base spread, basis points', 'Empty: the platform’s.')}
      {field('custom_fees_bps', 'Trading fee, basis points', 'Empty: the platform’s.')}
      <fieldset className="row wrap" style={{ border: 0, margin: 0, padding: 0 }}>
        <legend className="small secondary">Categories</legend>
        {CATEGORY_CHOICES.map(({ value, label }) => (
          <CheckField
            key={value}
            label={label}
            checked={categories.includes(value as Category)}
            onChange={() => toggle(value as Category)}
          />
        ))}
      </fieldset>
    </DangerDialog>
  );
}
