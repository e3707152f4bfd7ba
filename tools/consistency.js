/**
 * `npm run consistency`: whether every number of the whole demo's history agrees with every other one that says the same.
 * `-- --base http://127.0.0.1:3000`: of a demo that runs, over HTTP, while it goes on.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { base: { type: 'string' } } });
const base = values.base?.replace(/\/+$/, '');
if (base && !(await fetch(`${base}/api/health`).catch(() => undefined))?.ok) {
  console.error(
    `Nothing answers at ${base}/api/health. Start the demo with npm start, and say where it is: npm run consistency -- --base http://127.0.0.1:3000`,
  );
  process.exit(2);
}
const words = ['vitest', 'run', '--project', base ? 'consistency' : 'database', 'apps/server/test/consistency', '--reporter', 'verbose'];
const { status } = spawnSync('npx', words, {
  stdio: 'inherit',
  env: { ...process.env, ...(base ? { CONSISTENCY_URL: base } : { DEMO_SCALE: 'full' }) },
});
process.exit(status ?? 1);
