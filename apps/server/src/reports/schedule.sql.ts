/** Schedules of reports. */
import type { Id } from '@predictu/contract/ids';
import type { FileType, FREQUENCIES, REPORT_FORMATS } from '@predictu/contract/shapes/report-columns';
import { countAll } from '../platform/choose.ts';
import type { Db } from '../platform/db.ts';
import type { Owner } from './report-file.sql.ts';

export type ScheduleRow = {
  operator_id: bigint | null;
  id: Id<'schedule'>;
  name: string;
  type: FileType;
  format: (typeof REPORT_FORMATS)[number];
  frequency: (typeof FREQUENCIES)[number];
  day_of_week: number | null;
  day_of_month: number | null;
  time_utc: string;
  filters: Record<string, unknown>;
  columns: string[];
  recipients: string[];
  enabled: boolean;
  next_run_at: Date | null;
  last_run_at: Date | null;
  last_report_id: Id<'report'> | null;
  created_by: string;
  created_at: Date;
};
export type NewSchedule = Omit<ScheduleRow, 'last_run_at' | 'last_report_id'>;

const LAST = `(select max(f.id) from report_files f where f.schedule_id = s.id) as last_report_id`;

export const insertSchedule = (db: Db, row: NewSchedule): Promise<unknown> =>
  db.query(
    `insert into report_schedules (operator_id, id, name, type, format, frequency, day_of_week, day_of_month, time_utc, filters, columns, recipients, enabled, next_run_at, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      row.operator_id,
      row.id,
      row.name,
      row.type,
      row.format,
      row.frequency,
      row.day_of_week,
      row.day_of_month,
      row.time_utc,
      JSON.stringify(row.filters),
      row.columns,
      row.recipients,
      row.enabled,
      row.next_run_at,
      row.created_by,
      row.created_at,
    ],
  );

/** By the time they were made. */
export const selectSchedules = (db: Db, owner: Owner): Promise<ScheduleRow[]> =>
  db.query<ScheduleRow>(`select s.*, ${LAST} from report_schedules s where s.operator_id is not distinct from $1 order by s.id`, [owner]);

/** Locked, for a change. */
export async function lockSchedule(db: Db, owner: Owner, id: bigint): Promise<ScheduleRow | undefined> {
  const [row] = await db.query<ScheduleRow>(
    `select s.*, ${LAST} from report_schedules s where s.id = $1 and s.operator_id is not distinct from $2 for update`,
    [id, owner],
  );
  return row;
}

export const countSchedules = (db: Db, owner: Owner): Promise<bigint> =>
  countAll(db, 'select count(*) as total from report_schedules where operator_id is not distinct from $1', [owner]);

export const updateSchedule = (db: Db, row: ScheduleRow): Promise<unknown> =>
  db.query(
    `update report_schedules set name = $2, format = $3, frequency = $4, day_of_week = $5, day_of_month = $6, time_utc = $7, recipients = $8, enabled = $9, next_run_at = $10
     where id = $1`,
    [
      row.id,
      row.name,
      row.format,
      row.frequency,
      row.day_of_week,
      row.day_of_month,
      row.time_utc,
      row.recipients,
      row.enabled,
      row.next_run_at,
    ],
  );

export const deleteSchedule = (db: Db, id: bigint): Promise<unknown> => db.query('delete from report_schedules where id = $1', [id]);

/** The next that is due, locked; those another process runs are left to it. */
export async function lockDue(db: Db, now: Date): Promise<ScheduleRow | undefined> {
  const [row] = await db.query<ScheduleRow>(
    `select s.*, null as last_report_id from report_schedules s where s.enabled and s.next_run_at <= $1 order by s.next_run_at limit 1 for update skip locked`,
    [now],
  );
  return row;
}

export const markRun = (db: Db, id: bigint, ranAt: Date, nextRunAt: Date): Promise<unknown> =>
  db.query('update report_schedules set last_run_at = $2, next_run_at = $3 where id = $1', [id, ranAt, nextRunAt]);
