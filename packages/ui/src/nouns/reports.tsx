/** Reports, schedules and exports: the same screen for the platform and for an operator. */
import { columnsOf, type FileType } from '@predictu/contract/shapes/report-columns';
import { useState } from 'react';
import { useClient } from '../api/use-endpoint.tsx';
import type { Body, Row } from '../api/wire.ts';
import { formatCount } from '../format/money.ts';
import { formatCounted, formatWords } from '../format/words.ts';
import { Button } from '../kit/button.tsx';
import { FormDialog } from '../kit/dialog.tsx';
import { type Choice, SelectField, TextField } from '../kit/field.tsx';
import { Time } from '../kit/figures.tsx';
import { Status } from '../kit/status.tsx';
import { useToasts } from '../kit/toasts.tsx';
import type { Column } from '../table/columns.ts';
import { saveFile } from '../table/csv.ts';

type Report = Row<'listOwnReports'>;
/** What every file has, a report's or an export's. */
type FileRow = Pick<
  Report,
  'status' | 'progress_pct' | 'download_url' | 'expires_at' | 'row_count' | 'file_size_bytes' | 'error' | 'created_at'
> & { type: string; format: string };
export type Problems = Record<string, string>;
export type Side = 'platform' | 'operator';

export const choicesOf = (values: readonly string[]): Choice[] => values.map((value) => ({ value, label: formatWords(value) }));
export const FORMAT_CHOICES: readonly Choice[] = [
  { value: 'csv', label: 'CSV' },
  { value: 'xlsx', label: 'Excel (xlsx)' },
  { value: 'pdf', label: 'PDF' },
];

const UNITS = ['bytes', 'KB', 'MB', 'GB'] as const;
function formatBytes(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** unit;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: unit > 0 && value < 10 ? 1 : 0 })} ${UNITS[unit]}`;
}

/** Saves the file under the name the server gives it. */
export function useDownload(): (url: string) => Promise<void> {
  const client = useClient();
  const toasts = useToasts();
  return async (url) => {
    try {
      const response = await client.open(url);
      const [, name = 'report'] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
      saveFile(name, response.headers.get('content-type') ?? '', await response.blob());
    } catch (error) {
      toasts.fail(error as Error);
    }
  };
}

function DownloadButton({ url }: { url: string }) {
  const download = useDownload();
  const [busy, setBusy] = useState(false);
  return (
    <Button
      icon="download"
      busy={busy}
      onClick={(event) => {
        event.stopPropagation();
        setBusy(true);
        void download(url).finally(() => setBusy(false));
      }}
    >
      Download
    </Button>
  );
}

/** How far it is, or the way to it. */
function Standing({ file }: { file: FileRow }) {
  if (file.status === 'processing') {
    return (
      <span className="row small">
        <progress max={100} value={file.progress_pct} aria-label={`${formatWords(file.type)}, made so far`} /> {file.progress_pct}%
      </span>
    );
  }
  if (file.download_url) return <DownloadButton url={file.download_url} />;
  return <span className="small secondary">{file.error ?? 'Make it anew'}</span>;
}

export const fileColumns = <R extends FileRow>(): Column<R>[] => [
  { key: 'type', label: 'Of', cell: ({ type }) => formatWords(type) },
  { key: 'format', label: 'Format', cell: ({ format }) => format },
  { key: 'status', label: 'Status', cell: ({ status }) => <Status value={status} /> },
  {
    key: 'row_count',
    label: 'Rows',
    right: true,
    cell: ({ row_count }) => (row_count === null ? '–' : <span className="figure">{formatCount(row_count)}</span>),
  },
  {
    key: 'file_size_bytes',
    label: 'Size',
    right: true,
    cell: ({ file_size_bytes }) => (file_size_bytes === null ? '–' : <span className="figure">{formatBytes(file_size_bytes)}</span>),
  },
  { key: 'created_at', label: 'Asked for', cell: ({ created_at }) => <Time at={created_at} /> },
  { key: 'expires_at', label: 'Link until', cell: ({ expires_at }) => (expires_at ? <Time at={expires_at} /> : '–') },
  { key: 'file', label: 'File', cell: (file) => <Standing file={file} />, text: ({ download_url }) => download_url },
];

type Wanted = { type: string; format: string; from: string; to: string; email: string; operator: string; columns: string[] };
const midnight = (day: string): string | undefined => (day === '' ? undefined : `${day}T00:00:00Z`);

/** The columns of a type, all chosen to begin with. */
function ColumnChoice({
  side,
  type,
  chosen,
  onChange,
}: {
  side: Side;
  type: string;
  chosen: readonly string[];
  onChange: (columns: string[]) => void;
}) {
  const all = Object.keys(columnsOf(side, type as FileType));
  return (
    <details>
      <summary className="small">Columns: {chosen.length === all.length ? 'all' : `${chosen.length} of ${all.length}`}</summary>
      <fieldset
        style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))', gap: 6, border: 0, padding: '8px 0' }}
        aria-label="Columns"
      >
        {all.map((name) => (
          <label key={name} className="row small">
            <input
              type="checkbox"
              className="check"
              checked={chosen.includes(name)}
              onChange={({ target: { checked } }) => onChange(all.filter((one) => (one === name ? checked : chosen.includes(one))))}
            />
            {formatWords(name)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

/** Filters, columns and address as the API takes them. */
const bodyOf = (side: Side, wanted: Wanted): Body<'createOwnReport'> => ({
  type: wanted.type as Body<'createOwnReport'>['type'],
  format: wanted.format as Body<'createOwnReport'>['format'],
  filters: {
    ...(side === 'platform' && wanted.operator && { operator: wanted.operator }),
    ...(wanted.from && { from: midnight(wanted.from) }),
    ...(wanted.to && { to: midnight(wanted.to) }),
  },
  ...(wanted.columns.length < Object.keys(columnsOf(side, wanted.type as FileType)).length && { columns: wanted.columns }),
  ...(wanted.email ? { delivery: 'email' as const, email: wanted.email } : { delivery: 'download' as const }),
});

export function NewReport({
  side,
  types,
  problems,
  make,
  onClose,
}: {
  side: Side;
  types: readonly string[];
  problems: Problems;
  make: (body: Body<'createOwnReport'>) => Promise<{ data: Pick<Report, 'status' | 'download_url' | 'row_count'> }>;
  onClose: () => void;
}) {
  const download = useDownload();
  const toasts = useToasts();
  const all = (type: string): string[] => Object.keys(columnsOf(side, type as FileType));
  const [first = 'trades'] = types;
  const [wanted, setWanted] = useState<Wanted>({
    type: first,
    format: 'csv',
    from: '',
    to: '',
    email: '',
    operator: '',
    columns: all(first),
  });
  const set = (change: Partial<Wanted>): void => setWanted({ ...wanted, ...change });
  async function run(): Promise<void> {
    const { data } = await make(bodyOf(side, wanted));
    if (data.status !== 'ready') return toasts.say('The report is being made. It stands in the list.');
    if (wanted.email) return toasts.say(`${formatCounted(data.row_count ?? 0, 'row is', 'rows are')} on the way to ${wanted.email}`);
    toasts.say(`The report is ready: ${formatCounted(data.row_count ?? 0, 'row')}`);
    if (data.download_url) await download(data.download_url);
  }
  return (
    <FormDialog
      title="New report"
      description="Ready at once up to 100,000 rows; a larger one is made in the background. Its link works for two hours."
      act={wanted.email ? 'Make and send' : 'Make and download'}
      ready={wanted.columns.length > 0}
      run={run}
      onClose={onClose}
    >
      <SelectField
        label="Of"
        options={choicesOf(types)}
        value={wanted.type}
        onChange={({ target: { value } }) => set({ type: value, columns: all(value) })}
      />
      <SelectField
        label="Format"
        options={FORMAT_CHOICES}
        value={wanted.format}
        onChange={(event) => set({ format: event.target.value })}
      />
      {side === 'platform' && (
        <OperatorField value={wanted.operator} problem={problems['operator']} onChange={(operator) => set({ operator })} />
      )}
      <PeriodFields from={wanted.from} to={wanted.to} problems={problems} onChange={set} optional />
      <ColumnChoice side={side} type={wanted.type} chosen={wanted.columns} onChange={(columns) => set({ columns })} />
      <TextField
        label="Send to"
        type="email"
        hint="Downloaded here, when left empty."
        value={wanted.email}
        problem={problems['email']}
        onChange={(event) => set({ email: event.target.value.trim() })}
      />
    </FormDialog>
  );
}

export const OperatorField = ({
  value,
  problem,
  onChange,
}: {
  value: string;
  problem?: string | undefined;
  onChange: (operator: string) => void;
}) => (
  <TextField
    label="Operator"
    hint="Its slug. All of them, when left empty."
    value={value}
    problem={problem}
    onChange={(event) => onChange(event.target.value.trim())}
  />
);

/** Half-open days, in UTC. */
export const PeriodFields = ({
  from,
  to,
  problems,
  optional = false,
  onChange,
}: {
  from: string;
  to: string;
  problems: Problems;
  optional?: boolean;
  onChange: (period: { from?: string; to?: string }) => void;
}) => (
  <div className="row wrap">
    <TextField
      label="From"
      type="date"
      hint={optional ? 'From the beginning, when left empty.' : undefined}
      value={from}
      problem={problems['from'] ?? problems['filters.from']}
      onChange={(event) => onChange({ from: event.target.value })}
    />
    <TextField
      label="Before"
      type="date"
      hint={optional ? 'Until now, when left empty.' : undefined}
      value={to}
      problem={problems['to'] ?? problems['filters.to']}
      onChange={(event) => onChange({ to: event.target.value })}
    />
  </div>
);
