/** The engine against the sequential oracle: the project's own test of it, run as it stands, and the count it prints. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TEST = 'apps/server/test/oracle.db.test.ts';

export type Agreement = { agrees: boolean; trades: number };

/** Fuzzes at least `trades` trades; the test also verifies the books at its end. */
export function askOracle(trades: number): Promise<Agreement> {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', TEST, '--reporter=default'], {
    cwd: ROOT,
    env: { ...process.env, ORACLE_TRADES: String(trades), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const [, counted] = /oracle: (\d+) trades/.exec(output) ?? [];
      if (code === 0 && counted === undefined) reject(new Error(`${TEST} passed without saying how many trades it compared`));
      else resolve({ agrees: code === 0, trades: Number(counted ?? 0) });
    });
  });
}
