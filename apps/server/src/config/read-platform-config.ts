/** The platform configuration in force, as every part of the platform reads it. */
import { type PlatformConfig, platformConfig } from '@predictu/contract/shapes/platform-config';
import type { Db } from '../platform/db.ts';
import { selectPlatformConfig } from './platform-config.sql.ts';

export type StoredConfig = { config: PlatformConfig; updatedAt: Date; updatedBy: string };

/** @throws Error on an installation that was never initialised. */
export async function readPlatformConfig(db: Db): Promise<StoredConfig> {
  const row = await selectPlatformConfig(db);
  if (!row) throw new Error('The platform configuration has not been initialised');
  return { config: platformConfig.parse(row.document), updatedAt: row.updated_at, updatedBy: row.updated_by };
}
