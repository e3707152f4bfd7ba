/** Is there a Python to run the other library with? */
import { spawnSync } from 'node:child_process';

export const PYTHON = 'python3';

let found: boolean | undefined;
/** Says so once when there is none. */
export function hasPython(): boolean {
  if (found !== undefined) return found;
  found = spawnSync(PYTHON, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0;
  if (!found) process.stdout.write('Skipped: there is no python3 of 3.9 or newer here, so the Python library is not tested.\n');
  return found;
}
