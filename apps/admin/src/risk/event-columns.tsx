import type { Row } from '@predictu/ui/api/wire.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import type { Column, Filter } from '@predictu/ui/table/columns.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { OperatorLink } from '../operators/operator-link.tsx';

type Event = Row<'listRiskEvents'>;

/** Beside an event that opens nothing itself. */
const Way = ({ to, children }: { to: string; children: ReactNode }) => (
  <Link className="link ellipsis" to={to} onClick={(event) => event.stopPropagation()}>
    {children}
  </Link>
);

/** What is said of a player begins with its name. */
export const eventWords = ({ type, message, user_name: name }: Event): string =>
  type === 'sharp_detection' && name !== null ? `${name}: ${message}` : message;

const source = ({ type, wall }: Event): string => (wall === null ? formatWords(type) : `Wall ${wall}`);

export const EVENT_COLUMNS: readonly Column<Event>[] = [
  { key: 'created_at', label: 'Time, UTC', cell: ({ created_at }) => <Time at={created_at} />, text: ({ created_at }) => created_at },
  { key: 'source', label: 'Source', cell: (event) => <Status value={event.severity} words={source(event)} />, text: source },
  {
    key: 'message',
    label: 'What happened',
    cell: (event) => <span title={eventWords(event)}>{eventWords(event)}</span>,
    text: eventWords,
  },
  {
    key: 'operator',
    label: 'Operator',
    cell: ({ operator_slug: slug, operator_name: name }) => <OperatorLink of={slug !== null && name !== null ? { slug, name } : null} />,
    text: ({ operator_name }) => operator_name,
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
    cell: ({ user_id, user_name }) => (user_id ? <Way to={`/users/${user_id}`}>{user_name}</Way> : '–'),
    text: ({ user_name, user_id }) => user_name ?? user_id,
  },
  {
    key: 'market_id',
    label: 'Market',
    optional: true,
    cell: ({ market_id, market_title }) => (market_id ? <Way to={`/markets/${market_id}`}>{market_title}</Way> : '–'),
    text: ({ market_title, market_id }) => market_title ?? market_id,
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
