/** Files as the contract shows them. */
import { encodeId, type Id } from '@predictu/contract/ids';
import type {
  EXPORT_FORMATS,
  EXPORT_TYPES,
  OPERATOR_REPORT_TYPES,
  REPORT_FORMATS,
  REPORT_TYPES,
} from '@predictu/contract/shapes/report-columns';
import { estimatedBytes, progressOf, statusOf } from './report-file.rules.ts';
import type { FileRow } from './report-file.sql.ts';

const REPORTS = { platform: '/api/internal/reports', operator: '/api/operator/reports' } as const;
const EXPORTS = '/api/internal/export';

function show(row: FileRow, url: string, now: Date) {
  const status = statusOf(row, now);
  return {
    status,
    progress_pct: progressOf(row),
    download_url: status === 'ready' ? `${url}/download` : null,
    expires_at: row.expires_at,
    row_count: row.status === 'ready' ? Number(row.rows_done) : null,
    file_size_bytes: row.file_size_bytes === null ? null : Number(row.file_size_bytes),
    error: row.error,
    created_by: row.created_by,
    created_at: row.created_at,
  };
}

export function showReport(row: FileRow, now: Date) {
  const url = `${REPORTS[row.operator_id === null ? 'platform' : 'operator']}/${encodeId('report', row.id)}`;
  return {
    ...show(row, url, now),
    report_id: row.id as Id<'report'>,
    type: row.type as (typeof REPORT_TYPES)[number] & (typeof OPERATOR_REPORT_TYPES)[number],
    format: row.format as (typeof REPORT_FORMATS)[number],
    generated_at: row.generated_at,
    filters: row.filters,
    columns: row.columns,
    delivery: row.recipients.length > 0 ? ('email' as const) : ('download' as const),
    recipients: row.recipients,
    schedule_id: row.schedule_id,
    poll_url: url,
  };
}

export function showExport(row: FileRow, now: Date) {
  const url = `${EXPORTS}/${encodeId('export', row.id)}`;
  const { from, to, operator } = row.filters as { from: string; to: string; operator?: string | null };
  return {
    ...show(row, url, now),
    export_id: row.id as Id<'export'>,
    type: row.type as (typeof EXPORT_TYPES)[number],
    format: row.format as (typeof EXPORT_FORMATS)[number],
    compression: row.compression,
    operator: operator ?? null,
    include_pii: row.include_pii,
    from: new Date(from),
    to: new Date(to),
    estimated_rows: Number(row.estimated_rows),
    estimated_size_bytes: estimatedBytes(row.type, row.format, row.compression, row.estimated_rows),
    poll_url: `${url}/status`,
  };
}
