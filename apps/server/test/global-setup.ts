/** One PostgreSQL for the whole test run, without fsync, with one migrated database that every test file clones. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { holderOf } from '../src/platform/data-folder.ts';
import { startPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URLs of the migrated database that tests clone. */
    postgres: { ownerUrl: string; appUrl: string };
  }
}

const PREFIX = join(realpathSync(tmpdir()), 'predictu-test-');
const quiet = { info() {}, warn: (message: string) => console.warn(message) };

function removeFolder(dataFolder: string): void {
  const link = join(dataFolder, 'postgres');
  const cluster = existsSync(link) ? realpathSync(link) : link;
  if (dirname(cluster) !== dataFolder) rmSync(dirname(cluster), { recursive: true, force: true });
  rmSync(dataFolder, { recursive: true, force: true });
}

/** A run that was killed leaves its server running and its folder behind. */
async function removeKilledRuns(): Promise<void> {
  for (const name of readdirSync(dirname(PREFIX))) {
    const dataFolder = join(dirname(PREFIX), name);
    if (!dataFolder.startsWith(PREFIX) || !existsSync(join(dataFolder, 'predictu.lock')) || holderOf(dataFolder) !== undefined) continue;
    try {
      await (await startPostgres({ dataFolder, log: quiet, durable: false })).stop();
      removeFolder(dataFolder);
    } catch (error) {
      console.warn(`${dataFolder} is left from an earlier test run: ${(error as Error).message}`);
    }
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeKilledRuns();
  const dataFolder = mkdtempSync(PREFIX);
  chmodSync(dataFolder, 0o755);
  const server = await startPostgres({ dataFolder, log: quiet, durable: false });
  async function remove(): Promise<void> {
    await server.stop();
    removeFolder(dataFolder);
  }
  try {
    const appUrl = await migrate(server.ownerUrl, { appPassword: 'test-app-password' });
    project.provide('postgres', { ownerUrl: server.ownerUrl, appUrl });
    return remove;
  } catch (error) {
    await remove();
    throw error;
  }
}
