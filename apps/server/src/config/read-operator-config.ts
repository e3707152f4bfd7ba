/** The configuration of an operator's embed: what it has set, and the defaults of the rest. */
import { defaultOperatorConfig, type OperatorConfig, operatorConfig } from '@predictu/contract/shapes/operator-config';
import type { Db } from '../platform/db.ts';
import { mergeOperatorConfig } from './operator-config.rules.ts';
import { selectOperatorConfig } from './operator-config.sql.ts';

/** Undefined when there is no such operator. */
export async function readOperatorConfig(db: Db, operatorId: bigint): Promise<{ config: OperatorConfig; updatedAt: Date } | undefined> {
  const row = await selectOperatorConfig(db, operatorId);
  if (!row) return undefined;
  return { config: operatorConfig.parse(mergeOperatorConfig(defaultOperatorConfig(row.offered), row.document)), updatedAt: row.updated_at };
}
