/** From the configuration to a migrated database: the one at DATABASE_URL, or the embedded one of the data folder. */
import pg from 'pg';
import type { Config } from './config.ts';
import { findPostgres, startPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import type { Log } from './postgres-server.ts';
import { deriveKey } from './secret.ts';

export type PreparedDatabase = {
  /** For the administration of the database only. */
  ownerUrl: string;
  /** What the application connects with. */
  appUrl: string;
  /** Stops the embedded server if this call started it. */
  stop(): Promise<void>;
};

type Needs = { config: Pick<Config, 'databaseUrl' | 'dataFolder'>; secret: string; log: Log };

/**
 * `beside: true` is for commands such as `verify`: they use the server a running `npm start` has already started on this
 * data folder. Without it a second start on the same folder throws DataFolderInUse.
 * `fresh: true` first empties an embedded database; one at DATABASE_URL is never emptied for you.
 */
export async function prepareDatabase({ config, secret, log }: Needs, { beside = false, fresh = false } = {}): Promise<PreparedDatabase> {
  const existing = config.databaseUrl ?? (beside ? await findPostgres(config.dataFolder) : undefined);
  const server =
    existing === undefined ? await startPostgres({ dataFolder: config.dataFolder, log }) : { ownerUrl: existing, stop: async () => {} };
  try {
    if (fresh) await emptyEmbedded(config, server.ownerUrl);
    const appUrl = await migrate(server.ownerUrl, { appPassword: deriveKey(secret, 'login of predictu_app').toString('base64url') });
    return { ...server, appUrl };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function emptyEmbedded(config: Needs['config'], ownerUrl: string): Promise<void> {
  if (config.databaseUrl !== undefined) {
    throw new Error(
      'Building the demo was interrupted. Empty the database at DATABASE_URL, delete demo.building in the data folder and start again.',
    );
  }
  const url = new URL(ownerUrl);
  const database = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`drop database ${pg.escapeIdentifier(database)} with (force)`);
    await client.query(`create database ${pg.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}
