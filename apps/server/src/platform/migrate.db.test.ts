import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asOwner, type TestDatabase, testDatabase } from '../../test/database.ts';
import { migrate } from './migrate.ts';

// The password every test file shares: the role belongs to the whole server.
const appPassword = 'test-app-password';
let db: TestDatabase;
let migrationsFolder: string;
beforeEach(async () => {
  db = await testDatabase({ migrated: false });
  migrationsFolder = mkdtempSync(join(tmpdir(), 'predictu-migrations-'));
  cpSync(fileURLToPath(new URL('../../../../db/migrations', import.meta.url)), migrationsFolder, { recursive: true });
});
afterEach(async () => {
  await db.drop();
  rmSync(migrationsFolder, { recursive: true });
});

const applied = async (): Promise<string[]> =>
  (await db.owner.query('select name from schema_migrations order by id')).rows.map((row) => row.name);
const fileNames = (): string[] =>
  readdirSync(migrationsFolder)
    .map((name) => name.replace('.sql', ''))
    .sort();

test('an empty database gets every file in order, and the application can log in but owns nothing', async () => {
  const appUrl = await migrate(db.ownerUrl, { appPassword, migrationsFolder });
  expect(await applied()).toEqual(fileNames());
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  await expect(client.query('select from players')).rejects.toMatchObject({ code: '42501' });
  await expect(client.query('create table mine (id int)')).rejects.toMatchObject({ code: '42501' });
  await client.end();
});

test('several starts at once all succeed and apply each file once; a later start changes nothing', async () => {
  await Promise.all([1, 2, 3].map(() => migrate(db.ownerUrl, { appPassword, migrationsFolder })));
  await migrate(db.ownerUrl, { appPassword, migrationsFolder });
  expect(await applied()).toEqual(fileNames());
});

test('a new file is applied, an edited one refused, an unknown one refused', async () => {
  await migrate(db.ownerUrl, { appPassword, migrationsFolder });
  const added = join(migrationsFolder, '9001_added.sql');
  writeFileSync(added, 'create table added (id int);\n');
  await migrate(db.ownerUrl, { appPassword, migrationsFolder });
  expect((await applied()).at(-1)).toBe('9001_added');

  writeFileSync(added, 'create table added (id int);\r\n');
  await migrate(db.ownerUrl, { appPassword, migrationsFolder });
  writeFileSync(added, 'create table added (id bigint);\n');
  await expect(migrate(db.ownerUrl, { appPassword, migrationsFolder })).rejects.toThrow('9001_added.sql was edited after');
  rmSync(added);
  await expect(migrate(db.ownerUrl, { appPassword, migrationsFolder })).rejects.toThrow('9001_added, which this version does not know');
});

test('a failing file names its line and leaves nothing of itself behind', async () => {
  writeFileSync(join(migrationsFolder, '9001_broken.sql'), 'create table half (id int);\n\nselect nonsense;\n');
  await expect(migrate(db.ownerUrl, { appPassword, migrationsFolder })).rejects.toThrow(
    '9001_broken.sql:3: column "nonsense" does not exist',
  );
  expect((await db.owner.query(`select to_regclass('half') as half`)).rows[0].half).toBeNull();
  rmSync(join(migrationsFolder, '9001_broken.sql'));
  await migrate(db.ownerUrl, { appPassword, migrationsFolder });
});

test('a database URL without a host is refused by name', async () => {
  await expect(migrate('postgresql:///predictu', { appPassword })).rejects.toThrow('DATABASE_URL must name a host');
});

test('plain files in the folder that are not SQL are left alone', async () => {
  writeFileSync(join(migrationsFolder, 'README.md'), 'about');
  await migrate(db.ownerUrl, { appPassword, migrationsFolder });
  expect(await applied()).not.toContain('README');
  await asOwner('select 1');
});
