/** Reports (filtered, formatted, for people), bulk exports (everything, for warehouses) and schedules, for both sides. */
import { z } from 'zod';
import { inOrder, periodQuery } from '../filters.ts';
import { exportId, reportId, scheduleId } from '../ids.ts';
import { pageQuery } from '../page.ts';
import { instant } from '../units.ts';
import {
  COMPRESSIONS,
  columnsOf,
  EXPORT_FORMATS,
  EXPORT_TYPES,
  FILE_STATUSES,
  type FileType,
  FREQUENCIES,
  OPERATOR_REPORT_TYPES,
  REPORT_FORMATS,
  REPORT_TYPES,
} from './report-columns.ts';
import { filterProblems, operatorFilters, platformFilters } from './report-filter.ts';

type Payload<T> = z.core.ParsePayload<T>;
type Chosen = { type: FileType; filters?: Record<string, unknown> | undefined; columns?: string[] | null | undefined };

const unreadable = <T>({ value, issues }: Payload<T>, path: string[], message: string): void => {
  issues.push({ code: 'custom', input: value, path, message });
};

/** Filters and columns are those of the type. */
const fitting =
  (side: 'platform' | 'operator') =>
  (payload: Payload<Chosen>): void => {
    const { type, filters = {}, columns } = payload.value;
    for (const { path, message } of filterProblems(type, filters)) unreadable(payload, path, message);
    const known = columnsOf(side, type);
    for (const [index, column] of (columns ?? []).entries()) {
      if (!(column in known))
        unreadable(payload, ['columns', String(index)], `Expected a column of ${type}: ${Object.keys(known).join(', ')}`);
      if (columns?.indexOf(column) !== index) unreadable(payload, ['columns', String(index)], 'Expected each column once');
    }
  };
const withAddress = (payload: Payload<{ delivery: 'download' | 'email'; email?: string | null | undefined }>): void => {
  const { delivery, email } = payload.value;
  if (delivery === 'email' && !email) unreadable(payload, ['email'], 'Expected an address where delivery is email');
};

const address = z.email().max(254);
const columns = z
  .array(z.string().max(60))
  .min(1)
  .max(60)
  .nullish()
  .meta({ description: 'Columns in their order; all of the type when absent (docs/reports.md lists them).' });
const format = z.enum(REPORT_FORMATS);
const delivery = {
  delivery: z.enum(['download', 'email']).default('download').meta({ description: 'email: sent when it is ready.' }),
  email: address.nullish().meta({ description: 'Required where delivery is email.' }),
};
const type = z.enum(REPORT_TYPES);
const operatorType = z.enum(OPERATOR_REPORT_TYPES);

export const platformReportBody = z
  .strictObject({ type, format, filters: platformFilters.optional(), columns, ...delivery })
  .check(fitting('platform'), withAddress);
export const operatorReportBody = z
  .strictObject({ type: operatorType, format, filters: operatorFilters.optional(), columns, ...delivery })
  .check(fitting('operator'), withAddress);

const status = z.enum(FILE_STATUSES).meta({
  description:
    'processing: being made. ready: `download_url` works until `expires_at`. failed: `error` says why. expired: the file is gone.',
});
const rows = z.number().int().nullable();
const fileFields = {
  status,
  progress_pct: z.number().int().meta({ description: 'Rows done of those expected; 100 when ready.' }),
  download_url: z.string().nullable().meta({ description: 'Null until ready and once expired.' }),
  expires_at: instant.nullable().meta({ description: 'Until when the link works.' }),
  row_count: rows,
  file_size_bytes: rows,
  error: z.string().nullable(),
  created_by: z.string().meta({ description: 'Who asked: an administrator, a member, a key pair, or the schedule.' }),
  created_at: instant,
};
const chosen = { filters: z.record(z.string(), z.unknown()), columns: z.array(z.string()) };

export const report = z
  .object({
    report_id: reportId,
    type,
    format,
    ...fileFields,
    generated_at: instant.nullable(),
    ...chosen,
    delivery: z.enum(['download', 'email']),
    recipients: z.array(z.string()),
    schedule_id: scheduleId.nullable(),
    poll_url: z.string().meta({ description: 'Answers this again, as it stands then.' }),
  })
  .meta({ id: 'Report' });
export const operatorReport = report.extend({ type: operatorType }).meta({ id: 'OperatorReport' });

export const exportBody = z
  .strictObject({
    format: z.enum(EXPORT_FORMATS).default('csv'),
    from: periodQuery.from.unwrap(),
    to: periodQuery.to.unwrap(),
    operator: z.string().max(100).nullish().meta({ description: 'Slug of one operator; of all when absent.' }),
    include_pii: z
      .boolean()
      .default(false)
      .meta({ description: 'Names, e-mail addresses and the ids operators give their players. Needs the permission "users".' }),
    compression: z.enum(COMPRESSIONS).default('none').meta({ description: 'Of parquet: the codec of its pages.' }),
  })
  .check(inOrder('from', 'to'));
export const bulkExport = z
  .object({
    export_id: exportId,
    type: z.enum(EXPORT_TYPES),
    format: z.enum(EXPORT_FORMATS),
    compression: z.enum(COMPRESSIONS),
    operator: z.string().nullable(),
    include_pii: z.boolean(),
    from: instant,
    to: instant,
    ...fileFields,
    estimated_rows: z.number().int(),
    estimated_size_bytes: z.number().int(),
    poll_url: z.string(),
  })
  .meta({ id: 'Export' });

const timeUtc = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Expected a time of day like 08:00')
  .meta({ description: 'Time of day in UTC, HH:MM.' });
const scheduleFields = {
  name: z.string().trim().min(1).max(100),
  format,
  frequency: z
    .enum(FREQUENCIES)
    .meta({ description: 'daily: of the day before. weekly: of the seven days before. monthly: of the month before.' }),
  day_of_week: z.number().int().min(0).max(6).nullish().meta({ description: 'Of a weekly one: 0 is Sunday, 1 Monday.' }),
  day_of_month: z.number().int().min(1).max(28).nullish().meta({ description: 'Of a monthly one; 1 when absent.' }),
  time_utc: timeUtc,
  columns,
  recipients: z.array(address).min(1).max(20).meta({ description: 'Who gets each report by e-mail.' }),
};
const enabled = z.boolean().default(true).meta({ description: 'false: it waits until it is enabled again.' });

type Timed = {
  frequency: (typeof FREQUENCIES)[number];
  day_of_week?: number | null | undefined;
  filters?: Record<string, unknown> | undefined;
};
/** The day is given where the frequency needs one; the period is the schedule's own. */
const timely = (payload: Payload<Timed>): void => {
  const { frequency, day_of_week: day, filters = {} } = payload.value;
  if (frequency === 'weekly' && (day === undefined || day === null))
    unreadable(payload, ['day_of_week'], 'Expected a day from 0 (Sunday) to 6');
  for (const name of ['from', 'to']) {
    if (filters[name]) unreadable(payload, ['filters', name], 'No period: a schedule reports on the time before each run');
  }
};
export const platformScheduleBody = z
  .strictObject({ type, ...scheduleFields, filters: platformFilters.optional(), enabled })
  .check(fitting('platform'), timely);
export const operatorScheduleBody = z
  .strictObject({ type: operatorType, ...scheduleFields, filters: operatorFilters.optional(), enabled })
  .check(fitting('operator'), timely);

const { name, frequency, day_of_week, day_of_month, time_utc, recipients } = scheduleFields;
/** What of a schedule can change; its type, columns and filters are what it is. */
export const scheduleChangeBody = z.strictObject({
  name: name.optional(),
  format: format.optional(),
  frequency: frequency.optional(),
  day_of_week,
  day_of_month,
  time_utc: time_utc.optional(),
  recipients: recipients.optional(),
  enabled: z.boolean().optional(),
});
export const schedule = z
  .object({
    id: scheduleId,
    name: z.string(),
    type,
    format,
    frequency,
    day_of_week: z.number().int().nullable(),
    day_of_month: z.number().int().nullable(),
    time_utc: timeUtc,
    ...chosen,
    next_run_at: instant.nullable().meta({ description: 'Null while it is not enabled.' }),
    last_run_at: instant.nullable(),
    last_report_id: reportId.nullable(),
    recipients: z.array(z.string()),
    enabled: z.boolean(),
    created_by: z.string(),
    created_at: instant,
  })
  .meta({ id: 'ReportSchedule' });
export const operatorSchedule = schedule.extend({ type: operatorType }).meta({ id: 'OperatorReportSchedule' });
export const removedSchedule = z.object({ id: scheduleId, removed: z.literal(true) });

export const ofReport = z.strictObject({ report_id: reportId });
export const ofSchedule = z.strictObject({ schedule_id: scheduleId });
export const ofExport = z.strictObject({ export_id: exportId });
export const ofExportType = z.strictObject({ type: z.enum(EXPORT_TYPES) });
export const fileListQuery = z.strictObject(pageQuery);
export const anyFile = z.string().meta({ description: 'The file.' });
