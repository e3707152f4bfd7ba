/** Schedules of reports: when each runs next, and a form for a new one. */
import { type ReactNode, useState } from 'react';
import type { Body, Row } from '../api/wire.ts';
import { formatWords } from '../format/words.ts';
import { FormDialog } from '../kit/dialog.tsx';
import { SelectField, TextField } from '../kit/field.tsx';
import { Time } from '../kit/figures.tsx';
import { Status } from '../kit/status.tsx';
import { useToasts } from '../kit/toasts.tsx';
import type { Column } from '../table/columns.ts';
import { choicesOf, FORMAT_CHOICES, OperatorField, type Problems, type Side } from './reports.tsx';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTH_DAYS = Array.from({ length: 28 }, (_, index) => ({ value: String(index + 1), label: `On the ${index + 1}.` }));
export type Schedule = Omit<Row<'listOwnSchedules'>, 'type'> & { type: string };

const whenOf = ({ frequency, day_of_week, day_of_month, time_utc }: Schedule): string => {
  const day = frequency === 'weekly' ? `${DAYS[day_of_week ?? 0]}s` : frequency === 'monthly' ? `Monthly on the ${day_of_month}.` : 'Daily';
  return `${day} at ${time_utc} UTC`;
};

export const scheduleColumns = <R extends Schedule>(act: (row: R) => ReactNode): Column<R>[] => [
  { key: 'name', label: 'Name', cell: ({ name }) => name },
  { key: 'type', label: 'Of', cell: ({ type, format }) => `${formatWords(type)}, ${format}`, text: ({ type }) => type },
  { key: 'when', label: 'When', cell: whenOf, text: whenOf },
  {
    key: 'next_run_at',
    label: 'Next run',
    cell: ({ next_run_at }) => (next_run_at ? <Time at={next_run_at} /> : <Status value="paused" words="At rest" />),
  },
  { key: 'last_run_at', label: 'Last run', cell: ({ last_run_at }) => (last_run_at ? <Time at={last_run_at} /> : 'Never') },
  { key: 'recipients', label: 'To', cell: ({ recipients }) => recipients.join(', '), text: ({ recipients }) => recipients.join(' ') },
  { key: 'act', label: '', cell: act },
];

type NewBody = Body<'createOwnSchedule'>;

export function NewSchedule({
  side,
  types,
  problems,
  make,
  onClose,
}: {
  side: Side;
  types: readonly string[];
  problems: Problems;
  make: (body: NewBody) => Promise<{ data: Pick<Schedule, 'next_run_at'> }>;
  onClose: () => void;
}) {
  const toasts = useToasts();
  const [first = 'trades'] = types;
  const [given, setGiven] = useState({
    name: '',
    type: first,
    format: 'xlsx',
    frequency: 'weekly',
    day: '1',
    time: '08:00',
    to: '',
    operator: '',
  });
  const set = (change: Partial<typeof given>): void => setGiven({ ...given, ...change });
  const recipients = given.to.split(/[\s,;]+/).filter(Boolean);
  const body: NewBody = {
    name: given.name,
    type: given.type as NewBody['type'],
    format: given.format as NewBody['format'],
    frequency: given.frequency as NewBody['frequency'],
    ...(given.frequency === 'weekly' && { day_of_week: Number(given.day) }),
    ...(given.frequency === 'monthly' && { day_of_month: Number(given.day) }),
    time_utc: given.time,
    recipients,
    ...(side === 'platform' && given.operator && { filters: { operator: given.operator } as NewBody['filters'] }),
  };
  const days = given.frequency === 'weekly' ? DAYS.map((label, index) => ({ value: String(index), label })) : MONTH_DAYS;
  return (
    <FormDialog
      title="Schedule a report"
      description="Each report is about the day, the seven days or the month before, and is sent by e-mail."
      act="Schedule"
      ready={given.name.trim() !== '' && recipients.length > 0}
      run={() => make(body).then(({ data }) => toasts.say(`It runs next on ${data.next_run_at?.slice(0, 16).replace('T', ' ') ?? ''} UTC`))}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={given.name}
        maxLength={100}
        problem={problems['name']}
        onChange={(event) => set({ name: event.target.value })}
      />
      <SelectField label="Of" options={choicesOf(types)} value={given.type} onChange={(event) => set({ type: event.target.value })} />
      <SelectField label="Format" options={FORMAT_CHOICES} value={given.format} onChange={(event) => set({ format: event.target.value })} />
      {side === 'platform' && (
        <OperatorField value={given.operator} problem={problems['operator']} onChange={(operator) => set({ operator })} />
      )}
      <SelectField
        label="How often"
        options={choicesOf(['daily', 'weekly', 'monthly'])}
        value={given.frequency}
        onChange={(event) => set({ frequency: event.target.value, day: '1' })}
      />
      {given.frequency !== 'daily' && (
        <SelectField label="Day" options={days} value={given.day} onChange={(event) => set({ day: event.target.value })} />
      )}
      <TextField
        label="Time, UTC"
        type="time"
        value={given.time}
        problem={problems['time_utc']}
        onChange={(event) => set({ time: event.target.value })}
      />
      <TextField
        label="Send to"
        hint="E-mail addresses with a space between them."
        value={given.to}
        problem={Object.entries(problems).find(([field]) => field.startsWith('recipients'))?.[1]}
        onChange={(event) => set({ to: event.target.value })}
      />
    </FormDialog>
  );
}
