/** Bulk exports: everything of one type in a period. */

import { COMPRESSIONS, EXPORT_FORMATS, EXPORT_TYPES } from '@predictu/contract/shapes/report-columns';
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Body, Row } from '@predictu/ui/api/wire.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { CheckField, SelectField } from '@predictu/ui/kit/field.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { choicesOf, fileColumns, OperatorField, PeriodFields } from '@predictu/ui/nouns/reports.tsx';
import type { Column } from '@predictu/ui/table/columns.ts';
import { useState } from 'react';

type Export = Row<'listExports'>;
type ExportBody = Body<'startExport'>;

const [TYPE, FORMAT, ...REST] = fileColumns<Export>();
const day = (at: string): string => at.slice(0, 10);
export const exportColumns: readonly Column<Export>[] = [
  ...(TYPE ? [TYPE] : []),
  ...(FORMAT
    ? [{ ...FORMAT, cell: ({ format, compression }: Export) => (compression === 'none' ? format : `${format}, ${compression}`) }]
    : []),
  {
    key: 'period',
    label: 'Period',
    cell: ({ from, to }) => `${day(from)} – ${day(to)}`,
    text: ({ from, to }) => `${day(from)} – ${day(to)}`,
  },
  {
    key: 'include_pii',
    label: 'Names',
    cell: ({ include_pii }) => (include_pii ? 'Included' : 'Left out'),
    text: ({ include_pii }) => String(include_pii),
  },
  ...REST,
];

const label = (value: string): string => (value === 'none' ? 'None' : value);

export function NewExport({ onClose }: { onClose: () => void }) {
  const start = useAct('startExport', ['listExports']);
  const toasts = useToasts();
  const [given, setGiven] = useState({ type: 'trades', format: 'csv', compression: 'gzip', from: '', to: '', operator: '', names: false });
  const set = (change: Partial<typeof given>): void => setGiven({ ...given, ...change });
  const problems = start.error?.fields ?? {};
  const body: ExportBody = {
    format: given.format as NonNullable<ExportBody['format']>,
    compression: given.compression as NonNullable<ExportBody['compression']>,
    from: `${given.from}T00:00:00Z`,
    to: `${given.to}T00:00:00Z`,
    include_pii: given.names,
    ...(given.operator && { operator: given.operator }),
  };
  return (
    <FormDialog
      title="New export"
      description="Everything of one type in a period, for another program. It is made in the background; its link works for an hour."
      act="Start the export"
      ready={given.from !== '' && given.to !== ''}
      run={() =>
        start
          .mutateAsync({ params: { type: given.type }, body })
          .then(({ data }) => toasts.say(`Started: about ${formatCounted(data.estimated_rows, 'row')}. See the tab Exports.`))
      }
      onClose={onClose}
    >
      <SelectField
        label="Of"
        options={choicesOf(EXPORT_TYPES)}
        value={given.type}
        onChange={(event) => set({ type: event.target.value })}
      />
      <SelectField
        label="Format"
        options={EXPORT_FORMATS.map((value) => ({ value, label: value }))}
        value={given.format}
        onChange={(event) => set({ format: event.target.value })}
      />
      <SelectField
        label="Compression"
        options={COMPRESSIONS.map((value) => ({ value, label: label(value) }))}
        value={given.compression}
        onChange={(event) => set({ compression: event.target.value })}
      />
      <PeriodFields from={given.from} to={given.to} problems={problems} onChange={set} />
      <OperatorField value={given.operator} problem={problems['operator']} onChange={(operator) => set({ operator })} />
      <CheckField
        label="With names, e-mail addresses and operators’ ids of their players"
        checked={given.names}
        onChange={(event) => set({ names: event.target.checked })}
      />
    </FormDialog>
  );
}
