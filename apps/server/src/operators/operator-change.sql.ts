/** Changes the platform makes to an operator's row. */
import type { Db } from '../platform/db.ts';
import type { OperatorStatus } from './operator.sql.ts';
import { PATCHED_COLUMNS, type StoredOperator } from './operator-patch.rules.ts';

export type LockedOperator = StoredOperator & {
  id: bigint;
  slug: string;
  status: OperatorStatus;
  suspended_from: OperatorStatus | null;
  onboarded_at: Date | null;
};

/** Locked until the transaction ends; undefined when there is none. The sequencer is taken first. */
export async function lockOperator(db: Db, slug: string): Promise<LockedOperator | undefined> {
  const [row] = await db.query<LockedOperator>(
    `select id, slug, status, suspended_from, onboarded_at, branding, ${PATCHED_COLUMNS.join(', ')} from operators where slug = $1 for no key update`,
    [slug],
  );
  return row;
}

/** The names of the columns are ours, never a request's; `branding` is laid over what is there. */
export async function updateOperator(
  db: Db,
  id: bigint,
  columns: Readonly<Record<string, unknown>>,
  branding: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<void> {
  const given = PATCHED_COLUMNS.filter((name) => name in columns);
  const sets = given.map((name, index) => `${name} = $${index + 4}, `).join('');
  await db.query(`update operators set ${sets}branding = branding || $2::jsonb, updated_at = $3 where id = $1`, [
    id,
    JSON.stringify(branding),
    now,
    ...given.map((name) => columns[name]),
  ]);
}

export const updateStatus = (
  db: Db,
  id: bigint,
  { status, suspendedFrom }: { status: OperatorStatus; suspendedFrom: OperatorStatus | null },
  now: Date,
): Promise<unknown> =>
  db.query('update operators set status = $2, suspended_from = $3, updated_at = $4 where id = $1', [id, status, suspendedFrom, now]);
