/** The folder everything of one installation lives in, and the lock that lets one server at a time run its database. */
import { accessSync, chmodSync, constants, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startOf } from './process-table.ts';

/** Another live process serves this data folder. */
export class DataFolderInUse extends Error {
  readonly pid: number;
  constructor(dataFolder: string, pid: number) {
    super(`Predictu is already running in ${dataFolder} (process ${pid}). Stop it first, or choose another folder with PREDICTU_DATA_DIR.`);
    this.name = 'DataFolderInUse';
    this.pid = pid;
  }
}

/** Makes the folder. Others may enter it, because the database may run as another user; what is secret in it has its own mode. */
export function makeDataFolder(dataFolder: string): void {
  try {
    if (mkdirSync(dataFolder, { recursive: true })) chmodSync(dataFolder, 0o755);
    accessSync(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(
      `The data folder ${dataFolder} cannot be used by user ${process.getuid?.()}: ${(error as Error).message}. Choose another with PREDICTU_DATA_DIR.`,
    );
  }
}

/** Stands while the demo is being built: an installation that has it is not finished. */
export const buildingMark = ({ dataFolder }: { dataFolder: string }): string => join(dataFolder, 'demo.building');

type Holder = { pid: number; start: string };
const lockFile = (dataFolder: string): string => join(dataFolder, 'predictu.lock');

function readHolder(path: string): Holder | undefined {
  try {
    const { pid, start } = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    return Number.isInteger(pid) ? { pid, start } : undefined;
  } catch {
    return undefined;
  }
}

const isHolding = (holder: Holder | undefined): holder is Holder =>
  holder !== undefined && isAlive(holder.pid) && startOf(holder.pid) === holder.start;

/** The process that serves this data folder now, if one does. */
export function holderOf(dataFolder: string): number | undefined {
  const holder = readHolder(lockFile(dataFolder));
  return isHolding(holder) ? holder.pid : undefined;
}

/** Takes the folder for this process and returns the release. A lock left behind by a process that is gone is taken over. */
export function lockDataFolder(dataFolder: string): () => void {
  makeDataFolder(dataFolder);
  const path = lockFile(dataFolder);
  const own = `${path}.${process.pid}`;
  const text = JSON.stringify({ pid: process.pid, start: startOf(process.pid) } satisfies Holder);
  writeFileSync(own, text);
  try {
    for (;;) {
      try {
        // A link appears whole or not at all, unlike a file being written.
        linkSync(own, path);
        return () => {
          if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readHolder(path);
      if (isHolding(holder)) throw new DataFolderInUse(dataFolder, holder.pid);
      removeStale(path, `${own}.stale`);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Two starts may find the same stale lock: moved aside and looked at again, so neither removes the other's fresh one. */
function removeStale(path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (isHolding(readHolder(aside))) linkSync(aside, path);
  rmSync(aside, { force: true });
}
