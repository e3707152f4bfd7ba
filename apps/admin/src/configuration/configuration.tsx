/** The platform configuration, saved group by group, each change with its reason; in force for the next trade everywhere. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Body } from '@predictu/ui/api/wire.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog } from '@predictu/ui/kit/dialog.tsx';
import { Switch, TextField } from '@predictu/ui/kit/field.tsx';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { Facts, PageHead, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';

type Config = Answer<'getPlatformConfig'>['data'];
const GROUPS = ['risk', 'spread', 'fees', 'features', 'defaults'] as const;
type Group = (typeof GROUPS)[number];
type Value = number | boolean;
/** One value of a group; a limit of a category is `category_limits.sports`. */
type Values = Record<string, Value>;

const flat = (config: Config, group: Group): Values =>
  Object.fromEntries(
    Object.entries(config[group]).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).map(([inner, limit]) => [`${key}.${inner}`, limit as Value])
        : [[key, value as Value]],
    ),
  );

function patchOf(changes: Values): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(changes)) {
    const [outer = key, inner] = key.split('.');
    patch[outer] = inner === undefined ? value : { ...(patch[outer] as object | undefined), [inner]: value };
  }
  return patch;
}

const unitOf = (key: string): string =>
  key.includes('_usd') || key.startsWith('category_limits')
    ? 'dollars'
    : key.endsWith('_bps')
      ? 'basis points'
      : key.endsWith('_pct')
        ? 'percent'
        : key.endsWith('_ms')
          ? 'milliseconds'
          : '';

export function Configuration() {
  const config = useEndpoint('getPlatformConfig', {});
  return (
    <>
      <PageHead title="Configuration">
        {config.data && (
          <span className="small tertiary">
            changed <Time at={config.data.data.updated_at} age /> by {config.data.data.updated_by}
          </span>
        )}
      </PageHead>
      <Shown query={config}>
        {({ data }) => GROUPS.map((group) => <GroupForm key={`${group}${data.updated_at}`} group={group} values={flat(data, group)} />)}
      </Shown>
    </>
  );
}

function GroupForm({ group, values }: { group: Group; values: Values }) {
  const [draft, setDraft] = useState<Values>({});
  const [saving, setSaving] = useState(false);
  const update = useAct('updatePlatformConfig', ['getPlatformConfig', 'getRisk', 'getExposure', 'listBreakers']);
  const toasts = useToasts();
  const changes = Object.fromEntries(Object.entries(draft).filter(([key, value]) => value !== values[key]));
  const count = Object.keys(changes).length;
  const save = (reason: string) =>
    update.mutateAsync({ body: { [group]: patchOf(changes), reason } as unknown as Body<'updatePlatformConfig'> }).then(({ data }) => {
      toasts.say(`Saved ${data.updated_keys.length} ${data.updated_keys.length === 1 ? 'value' : 'values'}`);
      setDraft({});
    });
  return (
    <Section
      title={formatWords(group)}
      subtitle={count > 0 ? `${count} unsaved` : undefined}
      actions={
        count > 0 && (
          <>
            <Button kind="quiet" onClick={() => setDraft({})}>
              Discard
            </Button>
            <Button kind="primary" onClick={() => setSaving(true)}>
              Save…
            </Button>
          </>
        )
      }
    >
      <div className="section-body" style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))' }}>
        {Object.entries(values).map(([key, value]) => (
          <Entry
            key={key}
            name={key}
            value={draft[key] ?? value}
            problem={update.error?.fields[`${group}.${key}`]}
            onChange={(next) => setDraft({ ...draft, [key]: next })}
          />
        ))}
      </div>
      {saving && (
        <DangerDialog
          title={`Change ${group}`}
          consequence="In force for the next trade, in every process. Limits and breakers are measured again at once."
          act={`Save ${count} ${count === 1 ? 'value' : 'values'}`}
          run={save}
          onClose={() => setSaving(false)}
        >
          <Facts of={Object.entries(changes).map(([key, value]) => [formatWords(key), `${String(values[key])} → ${String(value)}`])} />
        </DangerDialog>
      )}
    </Section>
  );
}

function Entry({
  name,
  value,
  problem,
  onChange,
}: {
  name: string;
  value: Value;
  problem: string | undefined;
  onChange: (value: Value) => void;
}) {
  const label = formatWords(name.replace('category_limits.', 'limit '));
  if (typeof value === 'boolean') {
    return (
      <div className="field">
        <span className="label">{label}</span>
        <span className="row" style={{ minHeight: 32 }}>
          <Switch label={label} checked={value} onChange={onChange} />
          {value ? 'On' : 'Off'}
        </span>
      </div>
    );
  }
  return (
    <TextField
      label={label}
      hint={unitOf(name)}
      problem={problem}
      type="number"
      step="any"
      value={String(value)}
      onChange={(event) => onChange(Number(event.target.value))}
    />
  );
}
