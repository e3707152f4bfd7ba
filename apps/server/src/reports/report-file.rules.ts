/** What a file is called, how large it will be, how far it is and for how long it can be fetched. */
import type { COMPRESSIONS, EXPORT_FORMATS, FileType, REPORT_FORMATS } from '@predictu/contract/shapes/report-columns';

export type Format = (typeof REPORT_FORMATS)[number] | (typeof EXPORT_FORMATS)[number];
export type Compression = (typeof COMPRESSIONS)[number];
export type FileKind = 'report' | 'export';
type Stored = 'processing' | 'ready' | 'failed';

const HOUR_MS = 3_600_000;
const LIFE_MS: Record<FileKind, number> = { report: 2 * HOUR_MS, export: HOUR_MS };
/** More rows than this are never waited for. */
export const LARGE_ROWS = 100_000n;
/** Files of one operator, or of the platform, being made at the same time. */
export const MOST_WAITING = 20;
/** Whatever fails so often fails for good. */
export const MOST_ATTEMPTS = 3;

export const expiryOf = (kind: FileKind, generatedAt: Date): Date => new Date(generatedAt.getTime() + LIFE_MS[kind]);

export const statusOf = (file: { status: Stored; expires_at: Date | null }, now: Date): Stored | 'expired' =>
  file.status === 'ready' && file.expires_at !== null && now >= file.expires_at ? 'expired' : file.status;

/** Percent of the rows expected; only what is ready is whole. */
export function progressOf({
  status,
  rows_done: done,
  estimated_rows: expected,
}: {
  status: Stored;
  rows_done: bigint;
  estimated_rows: bigint;
}): number {
  if (status === 'ready') return 100;
  return expected === 0n ? 0 : Math.min(99, Math.floor((Number(done) * 100) / Number(expected)));
}

/** Bytes of a row as CSV, of files that were measured. */
const ROW_BYTES: Record<FileType, number> = {
  trades: 330,
  users: 220,
  positions: 300,
  revenue: 90,
  settlements: 260,
  risk_events: 330,
  invoices: 230,
  ledger: 220,
};
const OF_CSV: Record<Format, number> = { csv: 1, jsonl: 2.1, parquet: 0.55, xlsx: 0.35, pdf: 0.6 };
const LEFT: Record<Compression, number> = { none: 1, gzip: 0.25, zstd: 0.25 };
const PARQUET_LEFT = 0.6;

export function estimatedBytes(type: FileType, format: Format, compression: Compression, rows: bigint): number {
  const left = format === 'parquet' && compression !== 'none' ? PARQUET_LEFT : LEFT[compression];
  return Math.round(Number(rows) * ROW_BYTES[type] * OF_CSV[format] * left);
}

const ENDINGS: Record<Compression, string> = { none: '', gzip: '.gz', zstd: '.zst' };
/** Parquet compresses inside the file. */
const endingOf = (format: Format, compression: Compression): string => `.${format}${format === 'parquet' ? '' : ENDINGS[compression]}`;

const day = (text: unknown): string | undefined => (typeof text === 'string' ? text.slice(0, 10) : undefined);

/** The name it is saved under. */
export function nameOf(file: {
  type: FileType;
  format: Format;
  compression: Compression;
  filters: Record<string, unknown>;
  created_at: Date;
}): string {
  const from = day(file.filters['from']);
  const to = day(file.filters['to']) ?? day(file.created_at.toISOString());
  return `${[file.type.replace('_', '-'), from, from && 'to', to].filter(Boolean).join('-')}${endingOf(file.format, file.compression)}`;
}

const MEDIA: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};
export const mediaOf = (format: Format, compression: Compression): string => {
  if (format === 'parquet' || compression === 'none') return MEDIA[format];
  return compression === 'gzip' ? 'application/gzip' : 'application/zstd';
};
