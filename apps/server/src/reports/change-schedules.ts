/** Schedules: made, listed, changed and removed by either side, each its own. */
import type {
  changeSchedule as change,
  createSchedule as create,
  listSchedules as list,
  removeSchedule as remove,
} from '@predictu/contract/admin/reports';
import { Failure, isRefusal, type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type {
  changeOwnSchedule as changeOwn,
  createOwnSchedule as createOwn,
  listOwnSchedules as listOwn,
  removeOwnSchedule as removeOwn,
} from '@predictu/contract/operator/reports';
import { columnsOf, type OPERATOR_REPORT_TYPES, type REPORT_TYPES } from '@predictu/contract/shapes/report-columns';
import { recordAudit } from '../platform/audit.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import type { Input } from '../platform/http-input.ts';
import { type Asker, nameOfAsker, ownerOf, requireNamedOperator, storedFilters } from './ask-file.ts';
import { nextRun } from './schedule.rules.ts';
import {
  countSchedules,
  deleteSchedule,
  insertSchedule,
  lockSchedule,
  type ScheduleRow,
  selectSchedules,
  updateSchedule,
} from './schedule.sql.ts';

type NewBody = Input<typeof create>['body'] | Input<typeof createOwn>['body'];
type ChangeBody = Input<typeof change>['body'];
type Shown = Omit<ScheduleRow, 'type'> & { type: (typeof REPORT_TYPES)[number] & (typeof OPERATOR_REPORT_TYPES)[number] };

const MOST_SCHEDULES = 50;
const FIRST_OF_MONTH = 1;

const show = (row: ScheduleRow): Shown => row as Shown;
/** What of it is told in the audit log. */
const told = ({ name, type, format, frequency, day_of_week, day_of_month, time_utc, filters, recipients, enabled }: ScheduleRow) => ({
  name,
  type,
  format,
  frequency,
  day_of_week,
  day_of_month,
  time_utc,
  filters,
  recipients,
  enabled,
});

/** Only the day its frequency needs, and the next run from now on. @throws VALIDATION_ERROR for a weekly one without a day. */
function timed(row: ScheduleRow, now: Date): ScheduleRow {
  if (row.frequency === 'weekly' && row.day_of_week === null) {
    const fields = [{ field: 'day_of_week', received: null, expected: 'a day from 0 (Sunday) to 6' }];
    throw new Failure('VALIDATION_ERROR', 'The body does not fit: day_of_week', { fields });
  }
  const day_of_week = row.frequency === 'weekly' ? row.day_of_week : null;
  const day_of_month = row.frequency === 'monthly' ? (row.day_of_month ?? FIRST_OF_MONTH) : null;
  const timing = { frequency: row.frequency, dayOfWeek: day_of_week, dayOfMonth: day_of_month, timeUtc: row.time_utc };
  return { ...row, day_of_week, day_of_month, next_run_at: row.enabled ? nextRun(timing, now) : null };
}

const unique = (recipients: readonly string[]): string[] => [...new Set(recipients)];

async function insert({ db, actor, now, newId, requestId }: Context<Asker>, body: NewBody): Promise<ScheduleRow | Refusal> {
  const owner = ownerOf(actor);
  const filters = body.filters ?? {};
  await requireNamedOperator(db, filters);
  if ((await countSchedules(db, owner)) >= MOST_SCHEDULES) {
    return refuse('CONFLICT', `There are ${MOST_SCHEDULES} schedules already. Remove one first.`, { limit: MOST_SCHEDULES });
  }
  const row = timed(
    {
      operator_id: owner,
      id: newId() as Id<'schedule'>,
      name: body.name,
      type: body.type,
      format: body.format,
      frequency: body.frequency,
      day_of_week: body.day_of_week ?? null,
      day_of_month: body.day_of_month ?? null,
      time_utc: body.time_utc,
      filters: storedFilters(filters),
      columns: body.columns ?? Object.keys(columnsOf(owner === null ? 'platform' : 'operator', body.type)),
      recipients: unique(body.recipients),
      enabled: body.enabled,
      next_run_at: null,
      last_run_at: null,
      last_report_id: null,
      created_by: nameOfAsker(actor),
      created_at: now,
    },
    now,
  );
  await insertSchedule(db, row);
  await recordAudit(db, actor, newId(), now, {
    action: 'report.schedule',
    subject: encodeId('schedule', row.id),
    after: told(row),
    requestId,
  });
  return row;
}

async function update({ db, actor, now, newId, requestId }: Context<Asker>, id: bigint, body: ChangeBody): Promise<ScheduleRow> {
  const before = await lockSchedule(db, ownerOf(actor), id);
  if (!before) throw notFound('schedule');
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Partial<ScheduleRow>;
  const after = timed({ ...before, ...given, recipients: unique(given.recipients ?? before.recipients) }, now);
  await updateSchedule(db, after);
  await recordAudit(db, actor, newId(), now, {
    action: 'report.schedule_changed',
    subject: encodeId('schedule', before.id),
    before: told(before),
    after: told(after),
    requestId,
  });
  return after;
}

async function take({ db, actor, now, newId, requestId }: Context<Asker>, id: bigint) {
  const before = await lockSchedule(db, ownerOf(actor), id);
  if (!before) throw notFound('schedule');
  await deleteSchedule(db, id);
  await recordAudit(db, actor, newId(), now, {
    action: 'report.schedule_removed',
    subject: encodeId('schedule', before.id),
    before: told(before),
    requestId,
  });
  return { data: { id: before.id, removed: true as const } };
}

const listed = async ({ db, actor }: Pick<Context<Asker>, 'db' | 'actor'>) => {
  const rows = await selectSchedules(db, ownerOf(actor));
  return { data: rows.map(show), total: rows.length };
};
const answered = (row: ScheduleRow | Refusal) => (isRefusal(row) ? row : { data: show(row) });

export const createSchedule: Handler<typeof create> = async (context, { body }) => answered(await insert(context, body));
export const createOwnSchedule: Handler<typeof createOwn> = async (context, { body }) => answered(await insert(context, body));
export const listSchedules: Handler<typeof list> = (context) => listed(context);
export const listOwnSchedules: Handler<typeof listOwn> = (context) => listed(context);
export const changeSchedule: Handler<typeof change> = async (context, { params, body }) => ({
  data: show(await update(context, params.schedule_id, body)),
});
export const changeOwnSchedule: Handler<typeof changeOwn> = async (context, { params, body }) => ({
  data: show(await update(context, params.schedule_id, body)),
});
export const removeSchedule: Handler<typeof remove> = (context, { params }) => take(context, params.schedule_id);
export const removeOwnSchedule: Handler<typeof removeOwn> = (context, { params }) => take(context, params.schedule_id);
