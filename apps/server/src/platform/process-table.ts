/** What the operating system says about a process. Linux answers from /proc; elsewhere `ps` does. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

const hasProc = existsSync('/proc/self/stat');

/** Fields of /proc/PID/stat after the command name, which may itself hold blanks and brackets. */
function statFields(pid: number): string[] | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** True while the process runs. A zombie nobody has reaped counts as gone: it holds nothing any more. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return hasProc ? !['Z', 'X', undefined].includes(statFields(pid)?.[0]) : !ps(pid, 'stat').startsWith('Z');
}

/** Of a process that has ended meanwhile nothing more is asked. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Tells two processes that were given the same id apart; empty when there is no such process. */
export function startOf(pid: number): string {
  return hasProc ? (statFields(pid)?.[19] ?? '') : ps(pid, 'lstart');
}

/** True when the process is a postgres whose data directory is `folder` (a real path). */
export function isPostgresOf(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false;
  if (!hasProc) return ps(pid, 'command').includes(`-D ${folder}`);
  return workingFolder(pid) === folder;
}

/** True when the program file the process runs has since been removed or replaced. */
export function runsRemovedProgram(pid: number): boolean {
  return hasProc && (readlink(`/proc/${pid}/exe`) ?? '').endsWith(' (deleted)');
}

/** Every process working in `folder`: a postmaster and its children, even those that outlived it. Empty without /proc. */
export function processesIn(folder: string): number[] {
  if (!hasProc) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter(
      (pid) =>
        pid !== process.pid &&
        workingFolder(pid) === folder &&
        /\/postgres( \(deleted\))?$/.test(readlink(`/proc/${pid}/exe`) ?? '') &&
        isAlive(pid),
    );
}

const workingFolder = (pid: number): string | undefined => readlink(`/proc/${pid}/cwd`);

function readlink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
