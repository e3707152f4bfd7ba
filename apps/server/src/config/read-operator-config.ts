/** The configuration of an operator's embed: what it has set, and the defaults of the rest. */
import type { Category } from '@predictu/contract/shapes/category';
import { defaultOperatorConfig, type OperatorConfig, operatorConfig } from '@predictu/contract/shapes/operator-config';
import type { Db } from '../platform/db.ts';
import { mergeOperatorConfig, openCategories } from './operator-config.rules.ts';
import { selectOperatorConfig } from './operator-config.sql.ts';

export type StoredOperator = { config: OperatorConfig; offered: readonly Category[]; updatedAt: Date };

/** Undefined when there is no such operator. */
export async function readOperatorConfig(db: Db, operatorId: bigint): Promise<StoredOperator | undefined> {
  const row = await selectOperatorConfig(db, operatorId);
  if (!row) return undefined;
  const config = operatorConfig.parse(mergeOperatorConfig(defaultOperatorConfig(row.offered), row.document));
  return { config, offered: row.offered, updatedAt: row.updated_at };
}

/** The categories an operator's players see and may buy in; none when there is no such operator. */
export async function readOpenCategories(db: Db, operatorId: bigint): Promise<Category[]> {
  const stored = await readOperatorConfig(db, operatorId);
  return stored ? openCategories(stored.offered, stored.config.categories) : [];
}
