/** Reports on the operator's own data: made now, or on schedule. */
import { OPERATOR_REPORT_TYPES } from '@predictu/contract/shapes/report-columns';
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { Tabs } from '@predictu/ui/kit/tabs.tsx';
import { NewSchedule } from '@predictu/ui/nouns/report-schedules.tsx';
import { fileColumns, NewReport } from '@predictu/ui/nouns/reports.tsx';
import { NO_SCHEDULES, ScheduleList } from '@predictu/ui/nouns/schedule-list.tsx';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useState } from 'react';

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
          { value: 'schedules', label: 'Schedules', content: () => <Schedules /> },
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

function Schedules() {
  const change = useAct('changeOwnSchedule', ['listOwnSchedules']);
  const remove = useAct('removeOwnSchedule', ['listOwnSchedules']);
  return (
    <ScheduleList<Row<'listOwnSchedules'>>
      change={({ id }, enabled) => change.mutateAsync({ params: { schedule_id: id }, body: { enabled } })}
      remove={({ id }) => remove.mutateAsync({ params: { schedule_id: id } })}
      table={(columns) => (
        <EndpointTable operation="listOwnSchedules" name="schedules" columns={columns} rowKey={({ id }) => id} empty={NO_SCHEDULES} />
      )}
    />
  );
}
