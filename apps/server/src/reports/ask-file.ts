/** Asking for a file: what is asked, by whom, and how large it will be, in one transaction. */
import { Failure, type Refusal, refuse } from '@predictu/contract/errors';
import { decodeId, encodeId, type Id } from '@predictu/contract/ids';
import type { FileType } from '@predictu/contract/shapes/report-columns';
import { platformFilters, type ReportFilters } from '@predictu/contract/shapes/report-filter';
import { findOperator } from '../operators/operators.ts';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import type { Context } from '../platform/http.ts';
import { chooseSource } from './choose-source.ts';
import { type FileKind, LARGE_ROWS, MOST_WAITING } from './report-file.rules.ts';
import { callWorkers, countWaiting, type FileRow, insertFile, type NewFile, type Owner, selectFile } from './report-file.sql.ts';

export type Asker = Extract<Actor, { kind: 'admin' | 'operator' | 'apiKey' }>;
export type Asked = Pick<NewFile, 'kind' | 'type' | 'format' | 'compression' | 'columns' | 'include_pii' | 'recipients'> & {
  filters: ReportFilters;
};
type Asking = Pick<Context<Asker>, 'actor' | 'now' | 'newId' | 'requestId'>;

export const ownerOf = (actor: Asker): Owner => (actor.kind === 'admin' ? null : actor.operatorId);

export function nameOfAsker(actor: Asker): string {
  if (actor.kind === 'admin') return encodeId('admin', actor.adminId as Id<'admin'>);
  return actor.kind === 'operator'
    ? encodeId('operatorMember', actor.memberId as Id<'operatorMember'>)
    : encodeId('apiKey', actor.keyId as Id<'apiKey'>);
}

/** An operator that nobody knows is a slip of the pen, not an empty file. @throws VALIDATION_ERROR */
export async function requireNamedOperator(db: Db, { operator }: ReportFilters): Promise<void> {
  if (!operator) return;
  const known = (await findOperator(db, { slug: operator })) ?? (await findById(db, operator));
  if (known) return;
  const fields = [{ field: 'operator', received: operator, expected: 'the slug or id of an operator' }];
  throw new Failure('VALIDATION_ERROR', 'The body does not fit: operator', { fields });
}
const findById = async (db: Db, text: string) => {
  const id = decodeId('operator', text);
  return id === undefined ? undefined : findOperator(db, { id });
};

/** What the filters were, as they were sent. */
export const storedFilters = (filters: ReportFilters): Record<string, unknown> =>
  Object.fromEntries(Object.entries(platformFilters.encode(filters)).filter(([, value]) => value !== null && value !== undefined));

/** Large ones and exports are for the workers; a small report is made at once by whoever asked. */
export const isForWorkers = (kind: FileKind, rows: bigint): boolean => kind === 'export' || rows > LARGE_ROWS;

const AUDITED: Record<FileKind, string> = { report: 'report.create', export: 'export.create' };

export async function askFile(db: Db, { actor, now, newId, requestId }: Asking, asked: Asked): Promise<FileRow | Refusal> {
  const owner = ownerOf(actor);
  await requireNamedOperator(db, asked.filters);
  if ((await countWaiting(db, owner)) >= MOST_WAITING) {
    return refuse('CONFLICT', `${MOST_WAITING} files are being made already. Wait for one to be ready.`, { limit: MOST_WAITING });
  }
  const { filters, ...rest } = asked;
  const source = await chooseSource(db, { type: asked.type as FileType, filters, owner, now, columns: asked.columns });
  const estimated = await source.count(db);
  const file: NewFile = {
    ...rest,
    operator_id: owner,
    id: newId(),
    filters: storedFilters(filters),
    estimated_rows: estimated,
    created_by: nameOfAsker(actor),
    created_at: now,
  };
  await insertFile(db, file);
  await recordAudit(db, actor, newId(), now, {
    action: AUDITED[file.kind],
    subject: encodeId(file.kind, file.id),
    after: { type: file.type, format: file.format, filters: file.filters, include_pii: file.include_pii, recipients: file.recipients },
    requestId,
  });
  if (isForWorkers(file.kind, estimated)) await callWorkers(db);
  const row = await selectFile(db, file.kind, owner, file.id);
  if (!row) throw new Error('A file is gone that was just asked for');
  return row;
}
