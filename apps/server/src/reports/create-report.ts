/** Reports on demand and bulk exports. A small report is answered ready; a large one, and every export, is asked after. */
import type { startExport as exportEndpoint, createReport as platformReport } from '@predictu/contract/admin/reports';
import { Failure, isRefusal, type Refusal } from '@predictu/contract/errors';
import type { createOwnReport as ownReport } from '@predictu/contract/operator/reports';
import { columnsOf, type FileType, PERSONAL_COLUMNS } from '@predictu/contract/shapes/report-columns';
import type { ReportFilters } from '@predictu/contract/shapes/report-filter';
import type { Database } from '../platform/db.ts';
import type { Context, Handler } from '../platform/http.ts';
import { type Asked, type Asker, askFile, isForWorkers } from './ask-file.ts';
import type { Format } from './report-file.rules.ts';
import { type FileRow, selectFile } from './report-file.sql.ts';
import { showExport, showReport } from './show-file.ts';

type Parts = { database: Database; makeNow(id: bigint): Promise<void> };
type Body = {
  type: FileType;
  format: Format;
  filters?: ReportFilters | undefined;
  columns?: string[] | null | undefined;
  delivery: 'download' | 'email';
  email?: string | null | undefined;
};

/** Whoever asks waits so long at most. */
const PATIENCE_MS = 10_000;

/** Ends with the work, or when the patience does. */
async function patiently(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS).unref();
  });
  await Promise.race([work, patience]).finally(() => clearTimeout(timer));
}

async function report({ database, makeNow }: Parts, context: Context<Asker>, body: Body): Promise<FileRow | Refusal> {
  const { actor } = context;
  const side = actor.kind === 'admin' ? 'platform' : 'operator';
  const asked: Asked = {
    kind: 'report',
    type: body.type,
    format: body.format,
    compression: 'none',
    filters: body.filters ?? {},
    columns: body.columns ?? Object.keys(columnsOf(side, body.type)),
    include_pii: true,
    recipients: body.delivery === 'email' && body.email ? [body.email] : [],
  };
  // Committed before it is made: what the process would lose in a crash, another finds.
  const row = await database.as(actor, 'write', (db) => askFile(db, context, asked));
  if (isRefusal(row) || isForWorkers(row.kind, row.estimated_rows)) return row;
  await patiently(makeNow(row.id));
  return (await database.as(actor, 'read', (db) => selectFile(db, row.kind, row.operator_id, row.id))) ?? row;
}

export const createReport =
  (parts: Parts): Handler<typeof platformReport> =>
  async (context, { body }) => {
    const row = await report(parts, context, body);
    return isRefusal(row) ? row : { data: showReport(row, context.now) };
  };
export const createOwnReport =
  (parts: Parts): Handler<typeof ownReport> =>
  async (context, { body }) => {
    const row = await report(parts, context, body as Body);
    return isRefusal(row) ? row : { data: showReport(row, context.now) };
  };

export const startExport: Handler<typeof exportEndpoint> = async (context, { params: { type }, body }) => {
  const { include_pii, format, compression, from, to, operator } = body;
  if (include_pii && !context.actor.permissions.includes('users')) {
    throw new Failure('FORBIDDEN', 'The permission "users" is needed for personal data', { needed: 'users' });
  }
  const columns = Object.keys(columnsOf('platform', type)).filter((column) => include_pii || !PERSONAL_COLUMNS.includes(column));
  const asked: Asked = { kind: 'export', type, format, compression, filters: { from, to, operator }, columns, include_pii, recipients: [] };
  const row = await askFile(context.db, context, asked);
  return isRefusal(row) ? row : { data: showExport(row, context.now) };
};
