/** Brings a database to the schema of db/migrations and lets the application log in to it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../../db/migrations', import.meta.url));
const TABLE = 'schema_migrations';
const APP_ROLE = 'predictu_app';
/** Any number no other program locks: two starts at once take turns. */
const LOCK = 7_241_865_325_823_965n;

export type MigrateOptions = {
  /** Password that predictu_app shall log in with. */
  appPassword: string;
  migrationsFolder?: string;
};

/**
 * Applies what is missing, each file in its own transaction, and returns the URL the application connects with.
 * Throws when a file that was already applied has been edited or is unknown, and names the file and line of a failing one.
 */
export async function migrate(ownerUrl: string, { appPassword, migrationsFolder = MIGRATIONS_FOLDER }: MigrateOptions): Promise<string> {
  const appUrl = urlAs(ownerUrl, APP_ROLE, appPassword);
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  // Without a listener a connection lost between two statements would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    // Released with the connection.
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const checksums = checksumsOf(migrationsFolder);
    const applied = await refuseEdited(client, checksums);
    if (applied < checksums.size) await applyMissing(client, migrationsFolder, checksums);
    // A needless change would wait for every other change of roles in the cluster.
    if (!(await canLogIn(appUrl))) await client.query(`alter role ${APP_ROLE} password ${client.escapeLiteral(appPassword)}`);
    return appUrl;
  } finally {
    await client.end();
  }
}

function urlAs(ownerUrl: string, user: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = user;
  url.password = encodeURIComponent(password);
  if (url.username !== user) throw new Error('DATABASE_URL must name a host, as in postgresql://owner:password@host:5432/database');
  return url.href;
}

async function applyMissing(client: pg.Client, folder: string, checksums: Map<string, string>): Promise<void> {
  await apply(client, folder);
  await client.query(`alter table ${TABLE} add column if not exists checksum text`);
  await client.query(
    `update ${TABLE} set checksum = files.checksum from unnest($1::text[], $2::text[]) as files(name, checksum)
    where ${TABLE}.name = files.name and ${TABLE}.checksum is null`,
    [[...checksums.keys()], [...checksums.values()]],
  );
}

/** File name without extension -> checksum that line endings do not change. */
function checksumsOf(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return new Map(
    names.map((name) => [
      name.slice(0, -'.sql'.length),
      createHash('sha256')
        .update(readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n'))
        .digest('hex'),
    ]),
  );
}

/** How many are applied, as they are now. */
async function refuseEdited(client: pg.Client, checksums: Map<string, string>): Promise<number> {
  const { rows: columns } = await client.query(
    `select from information_schema.columns where table_schema = 'public' and table_name = $1 and column_name = 'checksum'`,
    [TABLE],
  );
  if (columns.length === 0) return 0;
  const { rows } = await client.query<{ name: string; checksum: string | null }>(`select name, checksum from ${TABLE} order by id`);
  for (const { name, checksum } of rows) {
    const now = checksums.get(name);
    if (now === undefined)
      throw new Error(`The database has the migration ${name}, which this version does not know: it was migrated by a newer version.`);
    if (checksum !== null && checksum !== now) {
      throw new Error(
        `db/migrations/${name}.sql was edited after it had been applied to this database. Undo the edit and put the change in a new file.`,
      );
    }
  }
  return rows.filter(({ checksum }) => checksum !== null).length;
}

async function apply(client: pg.Client, folder: string): Promise<void> {
  let current = '';
  const logger = {
    info(line: string) {
      current = /### MIGRATION (\S+)/.exec(line)?.[1] ?? current;
    },
    warn() {},
    error() {},
  };
  const { runner } = await import('node-pg-migrate');
  try {
    await runner({
      dbClient: client,
      dir: folder,
      ignorePattern: '(?!.*\\.sql$).*',
      migrationsTable: TABLE,
      direction: 'up',
      noLock: true,
      logger,
    });
  } catch (error) {
    await client.query('rollback');
    if (!(error instanceof pg.DatabaseError) || current === '') throw error;
    const text = readFileSync(join(folder, `${current}.sql`), 'utf8');
    const line = error.position === undefined ? '' : `:${text.slice(0, Number(error.position)).split('\n').length}`;
    throw new Error(`db/migrations/${current}.sql${line}: ${error.message}`, { cause: error });
  }
}

async function canLogIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    // Wrong or no password; anything else is for the caller's first query to report.
    if (['28P01', '28000'].includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}
