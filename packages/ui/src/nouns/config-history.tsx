/** The changes of a configuration, newest first, each with its difference and one button that takes it back. */

import { useState } from 'react';
import type { Row } from '../api/wire.ts';
import { formatCounted } from '../format/words.ts';
import { Button } from '../kit/button.tsx';
import { DangerDialog } from '../kit/dialog.tsx';
import { Time } from '../kit/figures.tsx';
import { Facts, Section } from '../kit/panel.tsx';
import type { Column } from '../table/columns.ts';
import { EndpointTable } from '../table/endpoint-table.tsx';
import { labelOf } from './config-field.tsx';
import { showValue } from './configuration.tsx';

type Change = Row<'listPlatformConfigChanges'>;

const difference = ({ updated_keys: keys, previous_values: before, new_values: after }: Change) =>
  keys.map((key) => [key, `${showValue(before[key])} → ${showValue(after[key])}`] as const);

const columns = (revert: (change: Change) => void): readonly Column<Change>[] => [
  { key: 'at', label: 'When', cell: ({ changed_at }) => <Time at={changed_at} />, text: ({ changed_at }) => changed_at },
  {
    key: 'by',
    label: 'By',
    cell: ({ changed_by: { name, id } }) => <span title={id}>{name ?? id}</span>,
    text: ({ changed_by: { name, id } }) => name ?? id,
  },
  {
    key: 'difference',
    label: 'What',
    cell: (change) => (
      <span className="column">
        {difference(change).map(([key, words]) => (
          <span key={key}>
            <span className="secondary" title={key}>
              {labelOf(key.replace(/^\w+\./, ''))}
            </span>{' '}
            <span className="figure">{words}</span>
          </span>
        ))}
      </span>
    ),
    text: (change) =>
      difference(change)
        .map(([key, words]) => `${key}: ${words}`)
        .join('; '),
  },
  {
    key: 'reason',
    label: 'Why',
    cell: ({ reason, kind }) => reason ?? (kind === 'revert' ? 'Taken back' : '–'),
    text: ({ reason }) => reason,
  },
  {
    key: 'revert',
    label: 'Change',
    right: true,
    cell: (change) => (
      <Button
        kind="quiet"
        disabled={change.changed_since.length > 0}
        title={change.changed_since.length > 0 ? `Changed again since: ${change.changed_since.join(', ')}` : undefined}
        onClick={() => revert(change)}
      >
        Revert…
      </Button>
    ),
  },
];

export type ConfigHistoryProps = {
  operation: 'listPlatformConfigChanges' | 'listOperatorConfigChanges';
  revert: (auditId: string, reason: string) => Promise<unknown>;
  reason: 'required' | 'none';
};

export function ConfigHistory({ operation, revert, reason }: ConfigHistoryProps) {
  const [chosen, setChosen] = useState<Change | null>(null);
  return (
    <Section title="History">
      <EndpointTable
        operation={operation}
        name="config-changes"
        prefix="h."
        columns={columns(setChosen)}
        filters={[{ name: 'key', label: 'Key', kind: 'text', hint: 'As group.key.' }]}
        rowKey={({ audit_id }) => audit_id}
        empty="Nothing has been changed yet."
      />
      {chosen && (
        <DangerDialog
          title="Take a change back"
          consequence="Each value gets back what it was before. This is a change like any other, in force at once."
          act={`Revert ${formatCounted(chosen.updated_keys.length, 'value')}`}
          reason={reason}
          run={(why) => revert(chosen.audit_id, why)}
          onClose={() => setChosen(null)}
        >
          <Facts
            of={chosen.updated_keys.map((key) => [
              labelOf(key.replace(/^\w+\./, '')),
              `${showValue(chosen.new_values[key])} → ${showValue(chosen.previous_values[key])}`,
            ])}
          />
        </DangerDialog>
      )}
    </Section>
  );
}
