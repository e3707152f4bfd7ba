/** Finds the database cluster of a data folder, or makes a new one. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Identity, identityFor, isReachable, postgresPrograms, sharedFolder } from './postgres-programs.ts';

export const OWNER = 'predictu';

export type Cluster = {
  /** Real path of the cluster, as the server itself names it. */
  folder: string;
  /** Folder with bin/postgres. */
  programs: string;
  identity: Identity;
  ownerPassword: string;
  logFile: string;
  isNew: boolean;
};

const passwordFile = (dataFolder: string): string => join(dataFolder, 'postgres-owner.password');

/** The cluster of `dataFolder` (an absolute path), made when there is none. Never run by two processes at once: hold the lock. */
export async function prepareCluster(dataFolder: string, log: { info(message: string): void }): Promise<Cluster> {
  const path = join(dataFolder, 'postgres');
  const isNew = !existsSync(join(path, 'PG_VERSION'));
  const identity = identityFor(path);
  const programs = postgresPrograms(identity, log);
  if (isNew) await createCluster(dataFolder, path, programs, identity, log);
  else if (!existsSync(passwordFile(dataFolder))) {
    throw new Error(
      `${passwordFile(dataFolder)} is missing, and without it nobody can log in to the database beside it. Restore it, or start with another PREDICTU_DATA_DIR.`,
    );
  }
  const folder = realpathSync(path);
  return {
    folder,
    programs,
    identity,
    isNew,
    ownerPassword: readFileSync(passwordFile(dataFolder), 'utf8'),
    logFile: join(dataFolder, 'postgres.log'),
  };
}

/** What an existing cluster needs to be connected to; undefined when there is none. */
export function findCluster(dataFolder: string): { folder: string; ownerPassword: string } | undefined {
  const path = join(dataFolder, 'postgres');
  if (!existsSync(join(path, 'PG_VERSION')) || !existsSync(passwordFile(dataFolder))) return undefined;
  return { folder: realpathSync(path), ownerPassword: readFileSync(passwordFile(dataFolder), 'utf8') };
}

async function createCluster(
  dataFolder: string,
  path: string,
  programs: string,
  identity: Identity,
  log: { info(message: string): void },
): Promise<void> {
  // A dangling link or the rest of an interrupted creation.
  if (lstatSync(path, { throwIfNoEntry: false })) rmSync(path, { recursive: true });
  const elsewhere =
    identity && !isReachable(realpathSync(dataFolder), identity) ? mkdtempSync(join(sharedFolder(), 'cluster-')) : undefined;
  if (elsewhere) chmodSync(elsewhere, 0o755);
  const home = elsewhere ?? dataFolder;
  const unfinished = join(home, 'postgres.unfinished');
  const passwordInput = join(home, 'postgres.password-input');
  rmSync(unfinished, { recursive: true, force: true });

  const ownerPassword = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile(dataFolder), ownerPassword, { mode: 0o600 });
  try {
    rmSync(passwordInput, { force: true });
    writeFileSync(passwordInput, ownerPassword, { mode: 0o600 });
    mkdirSync(unfinished, { mode: 0o700 });
    if (identity) for (const owned of [unfinished, passwordInput]) chownSync(owned, identity.uid, identity.gid);
    await initialise(programs, unfinished, passwordInput, identity);
  } finally {
    rmSync(passwordInput, { force: true });
  }
  // Only a finished cluster gets the name that later starts trust.
  const finished = join(home, elsewhere ? 'data' : 'postgres');
  renameSync(unfinished, finished);
  if (elsewhere) {
    symlinkSync(finished, path);
    log.info(
      `The database server may not run as root and other users cannot enter ${dataFolder}: the database is kept in ${finished} (${path} points to it)`,
    );
  }
}

/** Takes most of a second, in which the rest of the program is loaded. */
async function initialise(programs: string, folder: string, passwordInput: string, identity: Identity): Promise<void> {
  const child = spawn(
    join(programs, 'bin', 'initdb'),
    [
      '-D',
      folder,
      '--username',
      OWNER,
      '--pwfile',
      passwordInput,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--no-instructions',
    ],
    {
      ...(identity && { uid: identity.uid, gid: identity.gid }),
      cwd: folder,
      env: serverEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [status] = await once(child, 'close').catch((error: Error) => [error.message]);
  if (status !== 0) throw new Error(`initdb could not make a database in ${folder}: ${(said || String(status)).trim()}`);
}

/** A process keeps what it has freed: a batch takes and returns megabytes, and the kernel clears every page it gives out again. */
const ALLOCATOR = { MALLOC_TRIM_THRESHOLD_: '33554432', MALLOC_MMAP_THRESHOLD_: '16777216', MALLOC_TOP_PAD_: '1048576' };

/** Only what PostgreSQL needs: our own environment holds secrets and may hold PG* settings of another server. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  ...ALLOCATOR,
});
