/** What lies on the desks when the demo opens: reports just made, one that comes every week, and an export. */
import { createReport, createSchedule, startExport } from '@predictu/contract/admin/reports';
import { createOwnReport, createOwnSchedule } from '@predictu/contract/operator/reports';
import type { Staff } from './create-staff.ts';
import { DAY_MS } from './demo-calendar.rules.ts';
import { act, type Past } from './past.ts';

const MONDAY = 1;
/** Small enough to be made in an instant, whatever the size of the demo. */
const [TRADES_DAYS, REVENUE_DAYS] = [1, 28];

const weekly = (name: string, recipient: string) => ({
  name,
  type: 'revenue',
  format: 'xlsx',
  frequency: 'weekly',
  day_of_week: MONDAY,
  time_utc: '06:30',
  recipients: [recipient],
});

/** Each by the desk that wants it, by the endpoint it would use; the workers' part of it included. */
export async function leavePapers(past: Past, { admin, operators }: Staff): Promise<void> {
  const to = past.clock.now();
  const since = (days: number): string => new Date(to.getTime() - days * DAY_MS).toISOString();
  const trades = { type: 'trades', format: 'csv', filters: { from: since(TRADES_DAYS), to: to.toISOString() } };
  const revenue = { type: 'revenue', format: 'pdf', filters: { from: since(REVENUE_DAYS), to: to.toISOString() } };
  for (const body of [trades, revenue]) {
    await act(past, admin, createReport, { body });
    for (const { member } of operators) await act(past, member, createOwnReport, { body });
  }
  await act(past, admin, createSchedule, { body: weekly('Revenue of the week', admin.email) });
  for (const { operator, member } of operators)
    await act(past, member, createOwnSchedule, { body: weekly('Our week', operator.member ?? '') });
  const body = { format: 'jsonl', compression: 'gzip', from: since(TRADES_DAYS), to: to.toISOString() };
  await act(past, admin, startExport, { params: { type: 'trades' }, body });
  await past.jobs['make-report-files']?.({});
}
