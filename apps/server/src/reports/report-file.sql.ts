/** Files: what was asked, who makes it, how far it is. A claim that ran out belongs to nobody. */
import type { Id } from '@predictu/contract/ids';
import type { FileType } from '@predictu/contract/shapes/report-columns';
import { countAll } from '../platform/choose.ts';
import { where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';
import type { Compression, FileKind, Format } from './report-file.rules.ts';

export type FileRow = {
  operator_id: bigint | null;
  id: bigint;
  kind: FileKind;
  type: FileType;
  format: Format;
  compression: Compression;
  filters: Record<string, unknown>;
  columns: string[];
  include_pii: boolean;
  recipients: string[];
  schedule_id: Id<'schedule'> | null;
  status: 'processing' | 'ready' | 'failed';
  estimated_rows: bigint;
  rows_done: bigint;
  file_name: string | null;
  file_size_bytes: bigint | null;
  error: string | null;
  claim: bigint | null;
  attempts: number;
  created_by: string;
  created_at: Date;
  generated_at: Date | null;
  expires_at: Date | null;
  removed_at: Date | null;
};
export type NewFile = Pick<
  FileRow,
  | 'operator_id'
  | 'id'
  | 'kind'
  | 'type'
  | 'format'
  | 'compression'
  | 'filters'
  | 'columns'
  | 'include_pii'
  | 'recipients'
  | 'estimated_rows'
  | 'created_by'
  | 'created_at'
> & { schedule?: { id: bigint; runAt: Date } };
/** Whose files: an operator's, or with null the platform's own. */
export type Owner = bigint | null;
type Held = { id: bigint; claim: bigint };

/** False when the run of its schedule has its file already. */
export async function insertFile(db: Db, file: NewFile): Promise<boolean> {
  const rows = await db.query(
    `insert into report_files (operator_id, id, kind, type, format, compression, filters, columns, include_pii, recipients, schedule_id, scheduled_for, estimated_rows, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict do nothing returning id`,
    [
      file.operator_id,
      file.id,
      file.kind,
      file.type,
      file.format,
      file.compression,
      JSON.stringify(file.filters),
      file.columns,
      file.include_pii,
      file.recipients,
      file.schedule?.id ?? null,
      file.schedule?.runAt ?? null,
      file.estimated_rows,
      file.created_by,
      file.created_at,
    ],
  );
  return rows.length > 0;
}

/** Tells the workers, once this transaction is committed. */
export const callWorkers = (db: Db): Promise<unknown> => db.query('select make_files_soon()');

const OF_OWNER = 'operator_id is not distinct from ?';

export async function selectFile(db: Db, kind: FileKind, owner: Owner, id: bigint): Promise<FileRow | undefined> {
  const [row] = await db.query<FileRow>(`select * from report_files where id = $1 and kind = $2 and operator_id is not distinct from $3`, [
    id,
    kind,
    owner,
  ]);
  return row;
}

/** The latest first. */
export async function selectFiles(
  db: Db,
  kind: FileKind,
  owner: Owner,
  { limit, offset }: Slice,
): Promise<{ rows: FileRow[]; total: bigint }> {
  const { text, values } = where([['kind = ?', kind], owner === null ? ['(operator_id is null) = ?', true] : ['operator_id = ?', owner]]);
  const [rows, total] = await Promise.all([
    db.query<FileRow>(`select * from report_files ${text} order by id desc limit ${limit} offset ${offset}`, values),
    countAll(db, `select count(*) as total from report_files ${text}`, values),
  ]);
  return { rows, total };
}

export const countWaiting = (db: Db, owner: Owner): Promise<bigint> =>
  countAll(db, `select count(*) as total from report_files where status = 'processing' and ${OF_OWNER.replace('?', '$1')}`, [owner]);

/** Takes one that waits: the one of this id, or any, small ones first. */
export async function claimFile(
  db: Db,
  { id, now, until, claim }: { id: bigint | null; now: Date; until: Date; claim: bigint },
): Promise<FileRow | undefined> {
  const [row] = await db.query<FileRow>(
    `update report_files set claim = $1, claimed_until = $2, attempts = attempts + 1, rows_done = 0 where id = (
       select id from report_files where status = 'processing' and (claimed_until is null or claimed_until <= $3) and ($4::bigint is null or id = $4)
       order by estimated_rows > 100000, id limit 1 for update skip locked
     ) returning *`,
    [claim, until, now, id],
  );
  return row;
}

const mine = async (answer: Promise<unknown[]>): Promise<boolean> => (await answer).length > 0;
const HELD = `where id = $1 and claim = $2 and status = 'processing' returning id`;

/** False when somebody else has it by now. */
export const keepFile = (db: Db, { id, claim }: Held, rows: number, until: Date): Promise<boolean> =>
  mine(db.query(`update report_files set rows_done = $3, claimed_until = $4 ${HELD}`, [id, claim, rows, until]));

export const completeFile = (
  db: Db,
  { id, claim }: Held,
  done: { rows: number; bytes: number; fileName: string; at: Date; expiresAt: Date },
): Promise<boolean> =>
  mine(
    db.query(
      `update report_files set status = 'ready', rows_done = $3, file_size_bytes = $4, file_name = $5, generated_at = $6, expires_at = $7, claim = null, claimed_until = null ${HELD}`,
      [id, claim, done.rows, done.bytes, done.fileName, done.at, done.expiresAt],
    ),
  );

export const failFile = (db: Db, { id, claim }: Held, error: string): Promise<boolean> =>
  mine(db.query(`update report_files set status = 'failed', error = $3, claim = null, claimed_until = null ${HELD}`, [id, claim, error]));

/** Nobody makes it any more; whoever looks next takes it, after `at`. */
export const releaseFile = (db: Db, { id, claim }: Held, at: Date): Promise<boolean> =>
  mine(db.query(`update report_files set claim = null, claimed_until = $3 ${HELD}`, [id, claim, at]));

/** Those whose link has expired and whose file is still there. */
export const selectOutdated = (db: Db, now: Date, most: number): Promise<Pick<FileRow, 'id' | 'file_name'>[]> =>
  db.query(
    `select id, file_name from report_files where status = 'ready' and removed_at is null and expires_at <= $1 order by expires_at limit ${most}`,
    [now],
  );
export const markRemoved = (db: Db, ids: readonly bigint[], now: Date): Promise<unknown> =>
  db.query('update report_files set removed_at = $2 where id = any($1::bigint[])', [ids, now]);
/** Forgets what was asked for long ago. */
export const deleteFiles = (db: Db, beforeId: bigint): Promise<unknown> =>
  db.query(`delete from report_files where id < $1 and (status = 'failed' or removed_at is not null)`, [beforeId]);
/** Of these names those that belong to a file that can be fetched or is being made. */
export const selectKnownIds = (db: Db, ids: readonly bigint[]): Promise<{ id: bigint }[]> =>
  db.query(`select id from report_files where id = any($1::bigint[]) and removed_at is null and status <> 'failed'`, [ids]);
