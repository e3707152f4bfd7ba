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
