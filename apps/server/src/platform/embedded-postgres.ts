/** A real PostgreSQL that needs no installation: the zero-setup default of `npm start`. See docs/decisions/0007-embedded-postgres.md. */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { holderOf, lockDataFolder } from './data-folder.ts';
import { type Cluster, findCluster, OWNER, prepareCluster } from './postgres-cluster.ts';
import { adoptServer, clearLeftovers, findServer, type Log, type RunningServer, startServer, stopServer } from './postgres-server.ts';
import { isPostgresOf } from './process-table.ts';

export type EmbeddedPostgres = {
  /** postgresql:// URL of the owner, who migrates; give it to nothing but `migrate` and tests. */
  ownerUrl: string;
  stop(): Promise<void>;
};
export type EmbeddedPostgresOptions = {
  dataFolder: string;
  log: Log;
  /** False only for throw-away test clusters: fsync off. */
  durable?: boolean;
};

const DATABASE = 'predictu';
// Elsewhere a look costs a call of `ps`.
const WATCH_INTERVAL_MS = process.platform === 'linux' ? 250 : 2_000;

const urlOf = (port: number, password: string, database = DATABASE): string =>
  `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}`;

/**
 * Starts the server of this data folder, or adopts the one that outlived a killed start, and keeps it running until `stop`.
 * Throws DataFolderInUse when another live process has the folder, and an Error that says what to do when it cannot start.
 */
export async function startPostgres({ dataFolder, log, durable = true }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(dataFolder);
  const unlock = lockDataFolder(folder);
  try {
    const cluster = await prepareCluster(folder, log);
    const server = (await adoptServer(cluster.folder, log)) ?? (await startFresh(cluster, durable, log));
    await ensureDatabase(cluster, server).catch(async (error: unknown) => {
      await stopServer(server.pid, cluster.folder);
      throw error;
    });
    const supervisor = supervise(cluster, server, durable, log);
    return {
      ownerUrl: urlOf(server.port, cluster.ownerPassword),
      async stop() {
        await supervisor.stop();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Owner URL of the server that another live process runs on this data folder; undefined when none does. For commands beside a running server. */
export async function findPostgres(dataFolder: string): Promise<string | undefined> {
  const folder = resolve(dataFolder);
  const cluster = holderOf(folder) === undefined ? undefined : findCluster(folder);
  const server = cluster && (await findServer(cluster.folder));
  return cluster && server && urlOf(server.port, cluster.ownerPassword);
}

async function startFresh(cluster: Cluster, durable: boolean, log: Log, port?: number): Promise<RunningServer> {
  await clearLeftovers(cluster.folder, log);
  return startServer(cluster, durable, port);
}

async function ensureDatabase(cluster: Cluster, server: RunningServer): Promise<void> {
  const client = new pg.Client({
    connectionString: urlOf(server.port, cluster.ownerPassword, 'postgres'),
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const {
      rows: [found],
    } = await client.query(
      "select current_setting('data_directory') as folder, exists (select from pg_database where datname = $1) as exists",
      [DATABASE],
    );
    if (found.folder !== cluster.folder) throw new Error(`The server on port ${server.port} serves ${found.folder}, not ${cluster.folder}`);
    if (!found.exists) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** Starts the server again, on the same port, whenever it dies: connections reconnect by themselves. */
function supervise(cluster: Cluster, first: RunningServer, durable: boolean, log: Log): { stop(): Promise<void> } {
  let server = first;
  let stopping = false;
  let restarting: Promise<void> | undefined;

  async function restart(): Promise<void> {
    log.warn(`The database server (process ${server.pid}) has ended unexpectedly: starting it again`);
    for (let attempt = 1; !stopping; attempt += 1) {
      try {
        server = await startFresh(cluster, durable, log, first.port);
        log.info(`The database server runs again (process ${server.pid}, port ${server.port})`);
        return;
      } catch (error) {
        if (attempt === 1 || attempt % 30 === 0)
          log.warn(`The database server cannot be started (attempt ${attempt}): ${(error as Error).message}`);
        await sleep(1_000, undefined, { ref: false });
      }
    }
  }
  const timer = setInterval(() => {
    if (!restarting && !isPostgresOf(server.pid, cluster.folder))
      restarting = restart().finally(() => {
        restarting = undefined;
      });
  }, WATCH_INTERVAL_MS);
  timer.unref();

  return {
    async stop() {
      stopping = true;
      clearInterval(timer);
      await restarting;
      await stopServer(server.pid, cluster.folder);
    },
  };
}
