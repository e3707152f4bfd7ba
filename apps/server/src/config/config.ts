/**
 * Door of config. Nouns: the platform configuration, one document; an operator's, laid over its defaults; changes of both. Invariant: what is
 * stored passes the contract's shape and contradicts nothing. Lock order: a change is made under the sequencer (platform/sequencer.ts), so
 * a batch that begins after it decides by it.
 */
import { Failure, type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import { DEFAULT_PLATFORM_CONFIG, type PlatformConfig, platformConfig } from '@predictu/contract/shapes/platform-config';
import { type PlatformConfigPatch, platformConfigPatch } from '@predictu/contract/shapes/platform-config-patch';
import type { Db } from '../platform/db.ts';
import { type ConfigChange, changedSince, differences, unflatten } from './config-change.rules.ts';
import { selectConfigChange } from './config-change.sql.ts';
import { contradictions, mergeConfig } from './platform-config.rules.ts';
import { insertPlatformConfig, updatePlatformConfigRow } from './platform-config.sql.ts';
import { readPlatformConfig } from './read-platform-config.ts';

export { readOpenCategories, readOperatorConfig } from './read-operator-config.ts';
export {
  hasPlatformFeature,
  type OperatorFeature,
  requireFeature,
  requirePlatformFeature,
} from './require-feature.ts';
export { readPlatformConfig };

/** What the audit rows of a configuration are about. */
export const PLATFORM_CONFIG = 'platform_config';
/** The same of one operator's configuration. */
export const operatorConfigSubject = (operatorId: bigint): string =>
  `operator_config:${encodeId('operator', operatorId as Id<'operator'>)}`;

/** Gives a new installation the documented configuration; one that has its own keeps it. As an admin. */
export const initialisePlatformConfig = (db: Db, now: Date): Promise<void> =>
  insertPlatformConfig(db, DEFAULT_PLATFORM_CONFIG, now, 'installation');

/** Lays a patch over the configuration. The caller holds the sequencer. @throws VALIDATION_ERROR for contradicting values. */
export async function changePlatformConfig(
  db: Db,
  patch: PlatformConfigPatch,
  now: Date,
  by: string,
): Promise<{ config: PlatformConfig; change: ConfigChange }> {
  const { config: current } = await readPlatformConfig(db);
  const config = mergeConfig(current, patch);
  const fields = contradictions(config);
  if (fields.length > 0) {
    throw new Failure('VALIDATION_ERROR', `These values contradict others: ${fields.map(({ field }) => field).join(', ')}`, { fields });
  }
  const document = platformConfig.encode(config);
  const change = differences(platformConfig.encode(current), document);
  await updatePlatformConfigRow(db, document, now, by);
  return { config, change };
}

/** The values before a change of this subject, as a document; CONFLICT when one of its keys has been changed again since. @throws NOT_FOUND */
export async function valuesBefore(db: Db, subject: string, auditId: bigint, document: object): Promise<Record<string, unknown> | Refusal> {
  const made = await selectConfigChange(db, subject, auditId);
  if (!made) throw new Failure('NOT_FOUND', 'No such change');
  const keys = changedSince(document, made.after);
  if (keys.length > 0) return refuse('CONFLICT', `Changed again since: ${keys.join(', ')}`, { reason: 'changed_since', keys });
  return unflatten(made.before);
}

/** The patch that undoes a change of the platform configuration. */
export async function platformConfigBefore(db: Db, auditId: bigint): Promise<PlatformConfigPatch | Refusal> {
  const { config } = await readPlatformConfig(db);
  const values = await valuesBefore(db, PLATFORM_CONFIG, auditId, platformConfig.encode(config));
  return 'refused' in values ? (values as Refusal) : platformConfigPatch.parse(values);
}
