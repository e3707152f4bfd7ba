/** A configuration as people change it: group by group, only what changed is sent, each change shown from what to what before it is made. */
import { type ReactNode, useState } from 'react';
import type { ApiError } from '../api/client.ts';
import { formatCounted, formatWords } from '../format/words.ts';
import { Button } from '../kit/button.tsx';
import { DangerDialog } from '../kit/dialog.tsx';
import { Facts, Section } from '../kit/panel.tsx';
import { ConfigField, labelOf, type Value } from './config-field.tsx';

/** One value of a group; a limit of a category is `category_limits.sports`. */
export type Values = Record<string, Value>;

/** The group as one level. */
export const flatGroup = (group: object): Values =>
  Object.fromEntries(
    Object.entries(group).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([inner, leaf]) => [`${key}.${inner}`, leaf as Value])
        : [[key, value as Value]],
    ),
  );

function nested(changes: Values): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(changes)) {
    const [outer = key, inner] = key.split('.');
    patch[outer] = inner === undefined ? value : { ...(patch[outer] as object | undefined), [inner]: value };
  }
  return patch;
}

export const showValue = (value: unknown): string =>
  value === null || value === undefined
    ? 'none'
    : Array.isArray(value)
      ? value.join(', ') || 'none'
      : typeof value === 'number'
        ? value.toLocaleString('en-US')
        : typeof value === 'boolean'
          ? value
            ? 'on'
            : 'off'
          : String(value);
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export type ConfigGroupProps = {
  group: string;
  values: Values;
  /** The values a key may have, where they are few. */
  options?: Readonly<Record<string, readonly string[]>>;
  consequence: ReactNode;
  reason: 'required' | 'none';
  error: ApiError | null;
  /** Sends the patch of this group. */
  save: (patch: Record<string, unknown>, reason: string) => Promise<unknown>;
};

export function ConfigGroup({ group, values, options = {}, consequence, reason, error, save }: ConfigGroupProps) {
  const [draft, setDraft] = useState<Values>({});
  const [saving, setSaving] = useState(false);
  const changes = Object.fromEntries(Object.entries(draft).filter(([key, value]) => !same(value, values[key])));
  const count = Object.keys(changes).length;
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
          <ConfigField
            key={key}
            name={key}
            value={draft[key] === undefined ? value : draft[key]}
            options={options[key]}
            problem={error?.fields[`${group}.${key}`]}
            onChange={(next) => setDraft({ ...draft, [key]: next })}
          />
        ))}
      </div>
      {saving && (
        <DangerDialog
          title={`Change ${formatWords(group).toLowerCase()}`}
          consequence={consequence}
          act={`Save ${formatCounted(count, 'value')}`}
          reason={reason}
          run={(why) => save({ [group]: nested(changes) }, why).then(() => setDraft({}))}
          onClose={() => setSaving(false)}
        >
          <Facts of={Object.entries(changes).map(([key, value]) => [labelOf(key), `${showValue(values[key])} → ${showValue(value)}`])} />
        </DangerDialog>
      )}
    </Section>
  );
}
