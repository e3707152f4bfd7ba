/** The schedules there are, each of which rests, runs again or goes: the same for both consoles, each with endpoints of its own. */
import { type ReactNode, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { DangerDialog } from '../kit/dialog.tsx';
import { useToasts } from '../kit/toasts.tsx';
import type { Column } from '../table/columns.ts';
import { type Schedule, scheduleColumns } from './report-schedules.tsx';

export const NO_SCHEDULES = 'Nothing is scheduled. A schedule makes the same report daily, weekly or monthly and sends it by e-mail.';

export function ScheduleList<R extends Schedule>({
  change,
  remove,
  table,
}: {
  change: (schedule: R, enabled: boolean) => Promise<unknown>;
  remove: (schedule: R) => Promise<unknown>;
  table: (columns: Column<R>[]) => ReactNode;
}) {
  const [removing, setRemoving] = useState<R | null>(null);
  const toasts = useToasts();
  const toggle = (row: R) =>
    change(row, !row.enabled).then(() => toasts.say(row.enabled ? `${row.name} rests` : `${row.name} runs again`), toasts.fail);
  const columns = scheduleColumns<R>((row) => (
    <span className="row">
      <Button onClick={() => void toggle(row)}>{row.enabled ? 'Let rest' : 'Resume'}</Button>
      <Button kind="warns" onClick={() => setRemoving(row)}>
        Remove…
      </Button>
    </span>
  ));
  return (
    <>
      {table(columns)}
      {removing && (
        <DangerDialog
          title={`Remove ${removing.name}`}
          consequence={`${removing.recipients.join(', ')} get it no longer. Reports it has made stay until they expire.`}
          act="Remove the schedule"
          reason="none"
          run={() => remove(removing).then(() => toasts.say(`${removing.name} is removed`))}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  );
}
