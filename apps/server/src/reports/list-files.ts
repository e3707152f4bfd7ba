/** How reports and exports stand, and their files. */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type {
  downloadExport as exportFile,
  listExports as exportList,
  getExport as oneExport,
  getReport as oneReport,
  downloadReport as reportFile,
  listReports as reportList,
} from '@predictu/contract/admin/reports';
import { Failure, type Refusal, refuse } from '@predictu/contract/errors';
import type { downloadOwnReport as ownFile, listOwnReports as ownList, getOwnReport as ownOne } from '@predictu/contract/operator/reports';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound, type StoredFile } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { type Asker, ownerOf } from './ask-file.ts';
import { type FileKind, mediaOf, nameOf, progressOf, statusOf } from './report-file.rules.ts';
import { type FileRow, selectFile, selectFiles } from './report-file.sql.ts';
import { showExport, showReport } from './show-file.ts';

/** @throws NOT_FOUND, also for another's. */
async function requireFile(db: Db, kind: FileKind, actor: Asker, id: bigint): Promise<FileRow> {
  const row = await selectFile(db, kind, ownerOf(actor), id);
  if (!row) throw notFound(kind);
  return row;
}

export const listReports: Handler<typeof reportList> = async ({ db, actor, now }, { query }) => {
  const { rows, total } = await selectFiles(db, 'report', ownerOf(actor), sliceOf(query, 1));
  return pageOf(query, total, rows, null, (row) => showReport(row, now));
};
export const listOwnReports: Handler<typeof ownList> = async ({ db, actor, now }, { query }) => {
  const { rows, total } = await selectFiles(db, 'report', ownerOf(actor), sliceOf(query, 1));
  return pageOf(query, total, rows, null, (row) => showReport(row, now));
};
export const listExports: Handler<typeof exportList> = async ({ db, actor, now }, { query }) => {
  const { rows, total } = await selectFiles(db, 'export', ownerOf(actor), sliceOf(query, 1));
  return pageOf(query, total, rows, null, (row) => showExport(row, now));
};

export const getReport: Handler<typeof oneReport> = async ({ db, actor, now }, { params }) => ({
  data: showReport(await requireFile(db, 'report', actor, params.report_id), now),
});
export const getOwnReport: Handler<typeof ownOne> = async ({ db, actor, now }, { params }) => ({
  data: showReport(await requireFile(db, 'report', actor, params.report_id), now),
});
export const getExport: Handler<typeof oneExport> = async ({ db, actor, now }, { params }) => ({
  data: showExport(await requireFile(db, 'export', actor, params.export_id), now),
});

const GONE = 'The link has expired and the file is gone. Make it anew.';

/** The file, when it is there. @throws LINK_EXPIRED */
function fileOf(folder: string, row: FileRow, now: Date): StoredFile | Refusal {
  const status = statusOf(row, now);
  if (status === 'processing') return refuse('CONFLICT', 'It is not ready yet.', { status, progress_pct: progressOf(row) });
  if (status === 'failed') return refuse('CONFLICT', row.error ?? 'It could not be made.', { status });
  const path = join(folder, row.file_name ?? '');
  if (status === 'expired' || row.file_name === null || !existsSync(path)) {
    throw new Failure('LINK_EXPIRED', GONE, { expired_at: row.expires_at?.toISOString() ?? null });
  }
  return {
    name: nameOf(row),
    type: mediaOf(row.format, row.compression),
    bytes: Number(row.file_size_bytes),
    open: () => createReadStream(path),
  };
}

/** The handlers that hand out files of this folder. */
export const downloads = (folder: string) => {
  const downloadReport: Handler<typeof reportFile> = async ({ db, actor, now }, { params }) =>
    fileOf(folder, await requireFile(db, 'report', actor, params.report_id), now);
  const downloadOwnReport: Handler<typeof ownFile> = async ({ db, actor, now }, { params }) =>
    fileOf(folder, await requireFile(db, 'report', actor, params.report_id), now);
  const downloadExport: Handler<typeof exportFile> = async ({ db, actor, now }, { params }) => {
    const row = await requireFile(db, 'export', actor, params.export_id);
    if (row.include_pii && !actor.permissions.includes('users')) {
      throw new Failure('FORBIDDEN', 'The permission "users" is needed for personal data', { needed: 'users' });
    }
    return fileOf(folder, row, now);
  };
  return { downloadReport, downloadOwnReport, downloadExport };
};
