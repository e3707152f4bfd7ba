import type { Row } from '@predictu/ui/api/wire.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { CopyId, Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { OperatorName } from '@predictu/ui/nouns/operator-name.tsx';
import type { Column, Filter } from '@predictu/ui/table/columns.ts';

type Event = Row<'listRiskEvents'>;

const source = ({ type, wall }: Event): string => (wall === null ? formatWords(type) : `Wall ${wall}`);

export const EVENT_COLUMNS: readonly Column<Event>[] = [
  { key: 'created_at', label: 'Time, UTC', cell: ({ created_at }) => <Time at={created_at} />, text: ({ created_at }) => created_at },
  { key: 'source', label: 'Source', cell: (event) => <Status value={event.severity} words={source(event)} />, text: source },
  { key: 'message', label: 'What happened', cell: ({ message }) => <span title={message}>{message}</span>, text: ({ message }) => message },
  {
    key: 'operator',
    label: 'Operator',
    cell: ({ operator_slug }) => <OperatorName slug={operator_slug} />,
    text: ({ operator_slug }) => operator_slug,
  },
  { key: 'value', label: 'Value', right: true, cell: ({ value }) => <Money value={value} />, text: ({ value }) => value },
  {
    key: 'threshold',
    label: 'Limit',
    right: true,
    cell: ({ threshold }) => <Money value={threshold} />,
    text: ({ threshold }) => threshold,
  },
  {
    key: 'user_id',
    label: 'Player',
    optional: true,
    cell: ({ user_id }) => (user_id ? <CopyId id={user_id} /> : '–'),
    text: ({ user_id }) => user_id,
  },
  {
    key: 'market_id',
    label: 'Market',
    optional: true,
    cell: ({ market_id }) => (market_id ? <CopyId id={market_id} /> : '–'),
    text: ({ market_id }) => market_id,
  },
];

export const EVENT_FILTERS: readonly Filter[] = [
  {
    name: 'type',
    label: 'Type',
    kind: 'choice',
    options: [
      { value: 'wall_violation', label: 'Walls' },
      { value: 'circuit_breaker', label: 'Breakers' },
      { value: 'sharp_detection', label: 'Scores' },
      { value: 'anomaly', label: 'Anomalies' },
    ],
  },
  {
    name: 'severity',
    label: 'Severity',
    kind: 'choice',
    options: ['info', 'warning', 'critical'].map((value) => ({ value, label: formatWords(value) })),
  },
  { name: 'created', label: 'Days', kind: 'days', from: 'from', to: 'to' },
];
