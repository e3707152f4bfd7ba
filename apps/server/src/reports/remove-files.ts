/** The job that removes files whose link has expired, what a crash left behind, and the memory of what was asked for long ago. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { decodeId, firstIdAt } from '@predictu/contract/ids';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { deleteFiles, markRemoved, selectKnownIds, selectOutdated } from './report-file.sql.ts';

const WORKER: Actor = { kind: 'worker', name: 'remove-report-files' };
const AT_ONCE = 500;
const REMEMBERED_MS = 30 * 86_400_000;

const idOf = (name: string): bigint | undefined => {
  const [id = ''] = name.split('-');
  return decodeId('report', id) ?? decodeId('export', id);
};

/** Returns how many files were removed. */
export async function removeFiles({ database, clock, folder }: { database: Database; clock: Clock; folder: string }): Promise<number> {
  const now = clock.now();
  const outdated = await database.as(WORKER, 'read', (db) => selectOutdated(db, now, AT_ONCE));
  const names = outdated.map(({ file_name: name }) => name).filter((name) => name !== null);
  for (const name of names) rmSync(join(folder, name), { force: true });
  // Whatever lies here and belongs to nothing that can be fetched or is being made.
  const here = existsSync(folder) ? readdirSync(folder).map((name) => ({ name, id: idOf(name) ?? 0n })) : [];
  const known = await database.as(WORKER, 'write', async (db) => {
    await markRemoved(
      db,
      outdated.map(({ id }) => id),
      now,
    );
    await deleteFiles(db, firstIdAt(new Date(now.getTime() - REMEMBERED_MS)));
    return new Set(
      (
        await selectKnownIds(
          db,
          here.map(({ id }) => id),
        )
      ).map(({ id }) => id),
    );
  });
  const stray = here.filter(({ id }) => !known.has(id));
  for (const { name } of stray) rmSync(join(folder, name), { force: true });
  return names.length + stray.length;
}
