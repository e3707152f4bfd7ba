/** The row of an operator's configuration, and what its defaults depend on. */
import type { Category } from '@predictu/contract/shapes/category';
import type { Db } from '../platform/db.ts';
import type { StoredOperatorConfig } from './operator-config.rules.ts';

export type OperatorConfigRow = { document: StoredOperatorConfig; offered: Category[]; updated_at: Date };

/** Undefined when there is no such operator; one that has set nothing has had its defaults since it was made. */
export async function selectOperatorConfig(db: Db, operatorId: bigint): Promise<OperatorConfigRow | undefined> {
  const [row] = await db.query<OperatorConfigRow>(
    `select coalesce(c.document, '{}') as document, o.allowed_categories as offered, coalesce(c.updated_at, o.created_at) as updated_at
     from operators o left join operator_config c on c.operator_id = o.id where o.id = $1`,
    [operatorId],
  );
  return row;
}

export const upsertOperatorConfig = (db: Db, operatorId: bigint, document: StoredOperatorConfig, now: Date, by: string): Promise<unknown> =>
  db.query(
    `insert into operator_config (operator_id, document, updated_at, updated_by) values ($1, $2, $3, $4)
     on conflict (operator_id) do update set document = excluded.document, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [operatorId, JSON.stringify(document), now, by],
  );
