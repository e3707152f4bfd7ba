/** The one row of the platform configuration, as its documented document. */
import type { PlatformConfigDocument } from '@predictu/contract/shapes/platform-config';
import type { Db } from '../platform/db.ts';

export type PlatformConfigRow = { document: PlatformConfigDocument; updated_at: Date; updated_by: string };

export async function selectPlatformConfig(db: Db): Promise<PlatformConfigRow | undefined> {
  const [row] = await db.query<PlatformConfigRow>('select document, updated_at, updated_by from platform_config', [], 'platform_config');
  return row;
}

export async function insertPlatformConfig(db: Db, document: PlatformConfigDocument, now: Date, by: string): Promise<void> {
  await db.query('insert into platform_config (document, updated_at, updated_by) values ($1, $2, $3) on conflict (only_row) do nothing', [
    JSON.stringify(document),
    now,
    by,
  ]);
}

export async function updatePlatformConfigRow(db: Db, document: PlatformConfigDocument, now: Date, by: string): Promise<void> {
  await db.query('update platform_config set document = $1, updated_at = $2, updated_by = $3', [JSON.stringify(document), now, by]);
}
