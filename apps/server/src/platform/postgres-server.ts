/** One PostgreSQL server process: started, found again after our own death, and stopped. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, serverEnvironment } from './postgres-cluster.ts';
import { isAlive, isPostgresOf, processesIn, runsRemovedProgram, sendSignal } from './process-table.ts';

export type RunningServer = { pid: number; port: number };
export type Log = { info(message: string): void; warn(message: string): void };

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 120_000;
const LOG_FILE_LIMIT_BYTES = 5_000_000;

/** Megabytes this process and its database may have between them: of the machine, or of the container. */
const memory = (): number => Math.floor(Math.min(process.constrainedMemory() || totalmem(), totalmem()) / 2 ** 20);
const LEAST_MEMORY_MB = 2_048;
const MOST_BUFFERS_MB = 8_192;

/** An eighth of the memory is the database's own: a page it must ask the disk for takes as long as fifty it has. */
export function memorySettings(memoryMb: number): { shared_buffers: string; effective_cache_size: string } {
  const shared = Math.max(memoryMb, LEAST_MEMORY_MB);
  return {
    shared_buffers: `${Math.min(Math.floor(shared / 8), MOST_BUFFERS_MB)}MB`,
    effective_cache_size: `${Math.floor(shared / 2)}MB`,
  };
}

/** Sized for two cores; no replication from here, so the log carries only what a restart needs. */
const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  max_connections: '100',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_buffers: '16MB',
  // Files of the log are used again: a new one is filled with zeros while whoever commits waits.
  min_wal_size: '1GB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  max_parallel_workers: '2',
  autovacuum_naptime: '15s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %u ',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
};
/** For databases that live as long as a test run: they survive the end of any process, not of the machine. */
const THROW_AWAY = { shared_buffers: '128MB', fsync: 'off', full_page_writes: 'off', autovacuum: 'off' };

type PidFile = { pid: number; port: number; status: string };

/** postmaster.pid: process, directory, start, port, socket folder, address, shared memory, status. */
function readPidFile(folder: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Math.abs(Number(lines[0]));
    return pid > 0 ? { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() } : undefined;
  } catch {
    return undefined;
  }
}

/** The server running on this cluster now, waiting while it starts or stops; undefined when there is none. */
export async function findServer(folder: string): Promise<RunningServer | undefined> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const found = readPidFile(folder);
    if (!found || !isPostgresOf(found.pid, folder)) return undefined;
    if (found.status === 'ready') return found;
    await sleep(20);
  }
  throw new Error(
    `The database server in ${folder} (process ${readPidFile(folder)?.pid}) neither starts nor stops. End that process and start again.`,
  );
}

/** The server left behind by an earlier start that was killed; one whose program has since been replaced is stopped instead. */
export async function adoptServer(folder: string, log: Log): Promise<RunningServer | undefined> {
  const found = await findServer(folder);
  if (!found) return undefined;
  if (runsRemovedProgram(found.pid)) {
    log.info(`Stopping a database server (process ${found.pid}) left by an earlier start: its program has been replaced`);
    await stopServer(found.pid, folder);
    return undefined;
  }
  log.info(`Found the database server of an earlier start (process ${found.pid}, port ${found.port}) and use it`);
  return found;
}

/** Ends what outlived a killed postmaster and removes its pid file, which may by now name somebody else's process. */
export async function clearLeftovers(folder: string, log: Log): Promise<void> {
  const orphans = processesIn(folder);
  if (orphans.length > 0) {
    log.warn(`Ending ${orphans.length} database processes whose server was killed`);
    (await endAll(orphans, 'SIGQUIT', 5_000)) || (await endAll(orphans, 'SIGKILL', 5_000));
  }
  rmSync(join(folder, 'postmaster.pid'), { force: true });
}

async function endAll(pids: number[], signal: NodeJS.Signals, withinMs: number): Promise<boolean> {
  for (const pid of pids) sendSignal(pid, signal);
  return until(() => !pids.some(isAlive), withinMs);
}

async function until(condition: () => boolean, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await sleep(5);
  }
  return true;
}

/** Fast shutdown; when that takes too long an immediate one, which costs a recovery at the next start but no data. */
export async function stopServer(pid: number, folder: string): Promise<void> {
  if (!isPostgresOf(pid, folder)) return;
  (await endAll([pid], 'SIGINT', 15_000)) || (await endAll([pid], 'SIGQUIT', 5_000)) || (await endAll([pid], 'SIGKILL', 5_000));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port'))));
    });
  });
}

/** Starts the server and waits until it takes connections. `port` asks for one that was used before. */
export async function startServer(cluster: Cluster, durable: boolean, port?: number): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const chosen = port ?? (await freePort());
    const { pid, failure } = await launch(cluster, durable, chosen);
    if (failure === undefined) return { pid, port: chosen };
    const portTaken = /could not bind|could not create any TCP\/IP sockets/.test(failure);
    if (portTaken && port === undefined && attempt < 5) continue;
    throw new Error(`The database server did not start in ${cluster.folder}:\n${failure}`);
  }
}

async function launch(cluster: Cluster, durable: boolean, port: number): Promise<{ pid: number; failure?: string }> {
  if (existsSync(cluster.logFile) && statSync(cluster.logFile).size > LOG_FILE_LIMIT_BYTES)
    renameSync(cluster.logFile, `${cluster.logFile}.1`);
  const logStart = existsSync(cluster.logFile) ? statSync(cluster.logFile).size : 0;
  const logFile = openSync(cluster.logFile, 'a', 0o600);
  const settings = { ...SETTINGS, ...memorySettings(memory()), ...(durable ? {} : THROW_AWAY), port: String(port) };
  // Its own session, so a Ctrl-C meant for us is not also a shutdown of the database under our feet.
  const child = spawn(
    join(cluster.programs, 'bin', 'postgres'),
    ['-D', cluster.folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...(cluster.identity && { uid: cluster.identity.uid, gid: cluster.identity.gid }),
      cwd: cluster.folder,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', logFile, logFile],
    },
  );
  closeSync(logFile);
  let spawnError: Error | undefined;
  child.on('error', (error) => {
    spawnError = error;
  });
  child.unref();
  const { pid } = child;
  const gone = (): boolean => spawnError !== undefined || child.exitCode !== null || child.signalCode !== null;
  const ready = (): boolean => {
    const file = readPidFile(cluster.folder);
    return file?.pid === pid && file?.status === 'ready';
  };
  await until(() => gone() || ready(), START_TIMEOUT_MS);
  if (pid !== undefined && !gone() && ready()) return { pid };
  if (pid !== undefined && !gone()) await endAll([pid], 'SIGKILL', 5_000);
  return { pid: pid ?? 0, failure: spawnError?.message ?? (tail(cluster.logFile, logStart) || 'it ended without a message') };
}

function tail(path: string, from: number): string {
  const size = Math.min(statSync(path).size - from, 4_000);
  const buffer = Buffer.alloc(Math.max(size, 0));
  const file = openSync(path, 'r');
  readSync(file, buffer, 0, buffer.length, from);
  closeSync(file);
  return buffer.toString('utf8').trim();
}
