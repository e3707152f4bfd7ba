/** A database of a test's own. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../src/platform/db.ts';

export type TestDatabase = {
  /** As the application uses it: predictu_app, one actor a transaction. */
  database: Database;
  /** Logged in as the owner, for arranging and asserting. Row level security forced on a table does not bind it: it is a superuser. */
  owner: pg.Client;
  ownerUrl: string;
  appUrl: string;
  /** Closes both and removes the database. */
  drop(): Promise<void>;
};

const urlOf = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
};

/** Runs one statement as the owner, outside of the template, which cloning needs without connections. */
export async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(inject('postgres').ownerUrl, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Clones the migrated database (about 50 ms); `migrated: false` gives an empty one. */
export async function testDatabase({ migrated = true, poolSize = 8 } = {}): Promise<TestDatabase> {
  const { ownerUrl: templateUrl, appUrl: templateAppUrl } = inject('postgres');
  const template = migrated ? new URL(templateUrl).pathname.slice(1) : 'template0';
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(`create database ${name} template ${template} strategy file_copy`);
  const ownerUrl = urlOf(templateUrl, name);
  const appUrl = urlOf(templateAppUrl, name);
  const owner = new pg.Client({ connectionString: ownerUrl });
  // The test that restarts the server ends this connection too; its next query reports it.
  owner.on('error', () => {});
  await owner.connect();
  const database = openDatabase({ connectionString: appUrl, poolSize });
  return {
    database,
    owner,
    ownerUrl,
    appUrl,
    async drop() {
      await Promise.all([database.close(), owner.end()]);
      await asOwner(`drop database if exists ${name} with (force)`);
    },
  };
}
