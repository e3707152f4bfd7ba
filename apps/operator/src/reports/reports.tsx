/** Reports on the operator's own data: made now, or on schedule. */
import { OPERATOR_REPORT_TYPES } from '@predictu/contract/shapes/report-columns';
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { DangerDialog } from '@predictu/ui/kit/dialog.tsx';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { Tabs } from '@predictu/ui/kit/tabs.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { NewSchedule, scheduleColumns } from '@predictu/ui/nouns/report-schedules.tsx';
import { fileColumns, NewReport } from '@predictu/ui/nouns/reports.tsx';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useState } from 'react';

type Schedule = Row<'listOwnSchedules'>;
/** While something is being made, its progress is worth looking at. */
const EVERY_MS = 5_000;
const REPORTS = fileColumns<Row<'listOwnReports'>>();

export function Reports() {
  const [asking, setAsking] = useState<'report' | 'schedule' | null>(null);
  const report = useAct('createOwnReport', ['listOwnReports']);
  const schedule = useAct('createOwnSchedule', ['listOwnSchedules']);
  const close = () => setAsking(null);
  return (
    <>
      <PageHead title="Reports">
        <Button onClick={() => setAsking('schedule')}>Schedule…</Button>
        <Button kind="primary" onClick={() => setAsking('report')}>
          New report…
        </Button>
      </PageHead>
      <Tabs
        label="Files"
        tabs={[
          { value: 'reports', label: 'Reports', content: () => <ReportList /> },
          { value: 'schedules', label: 'Schedules', content: () => <ScheduleList /> },
        ]}
      />
      {asking === 'report' && (
        <NewReport
          side="operator"
          types={OPERATOR_REPORT_TYPES}
          problems={report.error?.fields ?? {}}
          make={(body) => report.mutateAsync({ body })}
          onClose={close}
        />
      )}
      {asking === 'schedule' && (
        <NewSchedule
          side="operator"
          types={OPERATOR_REPORT_TYPES}
          problems={schedule.error?.fields ?? {}}
          make={(body) => schedule.mutateAsync({ body })}
          onClose={close}
        />
      )}
    </>
  );
}

const ReportList = () => (
  <EndpointTable
    operation="listOwnReports"
    name="reports"
    columns={REPORTS}
    rowKey={({ report_id }) => report_id}
    every={EVERY_MS}
    empty="No report in the last thirty days. Make one: trades, users, positions, revenue or settlements, as CSV, Excel or PDF."
  />
);

function ScheduleList() {
  const [removing, setRemoving] = useState<Schedule | null>(null);
  const change = useAct('changeOwnSchedule', ['listOwnSchedules']);
  const remove = useAct('removeOwnSchedule', ['listOwnSchedules']);
  const toasts = useToasts();
  const toggle = (row: Schedule) =>
    change
      .mutateAsync({ params: { schedule_id: row.id }, body: { enabled: !row.enabled } })
      .then(() => toasts.say(row.enabled ? `${row.name} rests` : `${row.name} runs again`), toasts.fail);
  const columns = scheduleColumns<Schedule>((row) => (
    <span className="row">
      <Button onClick={() => void toggle(row)}>{row.enabled ? 'Let rest' : 'Resume'}</Button>
      <Button kind="warns" onClick={() => setRemoving(row)}>
        Remove…
      </Button>
    </span>
  ));
  return (
    <>
      <EndpointTable
        operation="listOwnSchedules"
        name="schedules"
        columns={columns}
        rowKey={({ id }) => id}
        empty="Nothing is scheduled. A schedule makes the same report daily, weekly or monthly and sends it by e-mail."
      />
      {removing && (
        <DangerDialog
          title={`Remove ${removing.name}`}
          consequence={`${removing.recipients.join(', ')} get it no longer. Reports it has made stay until they expire.`}
          act="Remove the schedule"
          reason="none"
          run={() => remove.mutateAsync({ params: { schedule_id: removing.id } }).then(() => toasts.say(`${removing.name} is removed`))}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  );
}
