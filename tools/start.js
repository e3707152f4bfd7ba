/** `npm start`: builds what is not fresh, in a process of its own so that nothing of the compiler stays, then runs the command. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stalePrograms } from './build.js';

if (stalePrograms().length > 0) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('build.js', import.meta.url))], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
await import('../bin/predictu.js');
