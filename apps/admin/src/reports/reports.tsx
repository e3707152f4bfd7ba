/** Reports and exports of the platform: made now, made on schedule, handed to a warehouse. */
import { REPORT_TYPES } from '@predictu/contract/shapes/report-columns';
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
import { exportColumns, NewExport } from './exports.tsx';

/** While something is being made, its progress is worth looking at. */
const EVERY_MS = 5_000;
const REPORTS = fileColumns<Row<'listReports'>>();

export function Reports() {
  const [asking, setAsking] = useState<'report' | 'schedule' | 'export' | null>(null);
  const report = useAct('createReport', ['listReports']);
  const schedule = useAct('createSchedule', ['listSchedules']);
  const close = () => setAsking(null);
  return (
    <>
      <PageHead title="Reports and exports">
        <Button onClick={() => setAsking('export')}>New export…</Button>
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
          { value: 'exports', label: 'Exports', content: () => <ExportList /> },
        ]}
      />
      {asking === 'report' && (
        <NewReport
          side="platform"
          types={REPORT_TYPES}
          problems={report.error?.fields ?? {}}
          make={(body) => report.mutateAsync({ body: body as never })}
          onClose={close}
        />
      )}
      {asking === 'schedule' && (
        <NewSchedule
          side="platform"
          types={REPORT_TYPES}
          problems={schedule.error?.fields ?? {}}
          make={(body) => schedule.mutateAsync({ body: body as never })}
          onClose={close}
        />
      )}
      {asking === 'export' && <NewExport onClose={close} />}
    </>
  );
}

const ReportList = () => (
  <EndpointTable
    operation="listReports"
    name="reports"
    columns={REPORTS}
    rowKey={({ report_id }) => report_id}
    every={EVERY_MS}
    empty="No report in the last thirty days. Make one: trades, revenue, users, risk events, settlements or invoices, as CSV, Excel or PDF."
  />
);

const ExportList = () => (
  <EndpointTable
    operation="listExports"
    name="exports"
    columns={exportColumns}
    rowKey={({ export_id }) => export_id}
    every={EVERY_MS}
    empty="No export in the last thirty days. An export is everything of one type in a period, for a data warehouse."
  />
);

function Schedules() {
  const change = useAct('changeSchedule', ['listSchedules']);
  const remove = useAct('removeSchedule', ['listSchedules']);
  return (
    <ScheduleList<Row<'listSchedules'>>
      change={({ id }, enabled) => change.mutateAsync({ params: { schedule_id: id }, body: { enabled } })}
      remove={({ id }) => remove.mutateAsync({ params: { schedule_id: id } })}
      table={(columns) => (
        <EndpointTable operation="listSchedules" name="schedules" columns={columns} rowKey={({ id }) => id} empty={NO_SCHEDULES} />
      )}
    />
  );
}
