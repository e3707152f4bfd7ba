/**
 * Door of config. Noun: the platform configuration, one document. Invariant: what is stored passes the contract's shape and
 * contradicts nothing. Lock order: a change is made under the sequencer (platform/sequencer.ts), so a batch that begins
 * after it decides by it.
 */
import { Failure } from '@predictu/contract/errors';
import { DEFAULT_PLATFORM_CONFIG, type PlatformConfig, platformConfig } from '@predictu/contract/shapes/platform-config';
import type { PlatformConfigPatch } from '@predictu/contract/shapes/platform-config-patch';
import type { Db } from '../platform/db.ts';
import { type ConfigChange, contradictions, differences, mergeConfig } from './platform-config.rules.ts';
import { insertPlatformConfig, selectPlatformConfig, updatePlatformConfigRow } from './platform-config.sql.ts';

export { readOperatorConfig } from './read-operator-config.ts';

export type StoredConfig = { config: PlatformConfig; updatedAt: Date; updatedBy: string };

/** The configuration in force. @throws Error on an installation that was never initialised. */
export async function readPlatformConfig(db: Db): Promise<StoredConfig> {
  const row = await selectPlatformConfig(db);
  if (!row) throw new Error('The platform configuration has not been initialised');
  return { config: platformConfig.parse(row.document), updatedAt: row.updated_at, updatedBy: row.updated_by };
}

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
