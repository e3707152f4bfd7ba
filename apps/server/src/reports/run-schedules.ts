/** The job that makes a report of every schedule that is due: one for each run, however often and wherever the job runs. */
import { encodeId } from '@predictu/contract/ids';
import { platformFilters } from '@predictu/contract/shapes/report-filter';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { chooseSource } from './choose-source.ts';
import { callWorkers, insertFile } from './report-file.sql.ts';
import { nextRun, periodOfRun, type Timing } from './schedule.rules.ts';
import { lockDue, markRun, type ScheduleRow } from './schedule.sql.ts';

const WORKER: Actor = { kind: 'worker', name: 'report-schedules' };

const timingOf = (row: ScheduleRow): Timing => ({
  frequency: row.frequency,
  dayOfWeek: row.day_of_week,
  dayOfMonth: row.day_of_month,
  timeUtc: row.time_utc,
});

async function run(db: Db, row: ScheduleRow, runAt: Date, { now, newId }: { now: Date; newId: NewId }): Promise<void> {
  const timing = timingOf(row);
  const period = periodOfRun(timing, runAt);
  const filters = { ...row.filters, from: period.from.toISOString(), to: period.to.toISOString() };
  const owner = row.operator_id;
  const source = await chooseSource(db, { type: row.type, filters: platformFilters.parse(filters), owner, now, columns: row.columns });
  await insertFile(db, {
    operator_id: owner,
    id: newId(),
    kind: 'report',
    type: row.type,
    format: row.format,
    compression: 'none',
    filters,
    columns: row.columns,
    include_pii: true,
    recipients: row.recipients,
    estimated_rows: await source.count(db),
    created_by: encodeId('schedule', row.id),
    created_at: now,
    schedule: { id: row.id, runAt },
  });
  // What was missed while nobody worked is made up for once.
  await markRun(db, row.id, now, nextRun(timing, now));
  await callWorkers(db);
}

/** Returns how many were due. One transaction each. */
export async function runSchedules({ database, clock, newId }: { database: Database; clock: Clock; newId: NewId }): Promise<number> {
  for (let ran = 0; ; ran += 1) {
    const now = clock.now();
    const found = await database.as(WORKER, 'write', async (db) => {
      const row = await lockDue(db, now);
      if (!row?.next_run_at) return false;
      await run(db, row, row.next_run_at, { now, newId });
      return true;
    });
    if (!found) return ran;
  }
}
