/** `npm run scenario -- --base http://127.0.0.1:3000`: both client libraries play their scenario against a demo that runs. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { base: { type: 'string', default: 'http://127.0.0.1:3000' } } });
const base = values.base.replace(/\/+$/, '');
const health = await fetch(`${base}/api/health`).catch(() => undefined);
if (!health?.ok) {
  console.error(
    `Nothing answers at ${base}/api/health. Start the demo with npm start, or say where it is: npm run scenario -- --base http://127.0.0.1:3000`,
  );
  process.exit(2);
}
const words = ['vitest', 'run', '--project', 'demo', 'e2e/demo/scenario.test.ts', '--reporter', 'verbose'];
const { status } = spawnSync('npx', words, { stdio: 'inherit', env: { ...process.env, DEMO_URL: base } });
process.exit(status ?? 1);
