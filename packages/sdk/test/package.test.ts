/** What `npm pack` makes can be installed elsewhere: it imports, and the published example compiles and runs against it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runFile } from './run-file.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SDK = join(ROOT, 'packages/sdk');
/** The example of the README, as the operator document publishes it. */
const example = /```ts[^\n]*\n(\/\/ TypeScript SDK example\n[\s\S]*?)```/.exec(readFileSync(join(SDK, 'README.md'), 'utf8'))?.[1] ?? '';

let elsewhere = '';
beforeAll(() => {
  elsewhere = mkdtempSync(join(tmpdir(), 'predictu-sdk-'));
  const installed = join(elsewhere, 'node_modules/@predictu/operator-sdk');
  mkdirSync(installed, { recursive: true });
  execFileSync('npm', ['pack', '--pack-destination', elsewhere, '--loglevel', 'error'], { cwd: SDK });
  const packed = readdirSync(elsewhere).find((name) => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['-xzf', join(elsewhere, packed), '-C', installed, '--strip-components', '1']);
  writeFileSync(join(elsewhere, 'package.json'), '{"type":"module"}');
}, 120_000);
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

test('it holds modules, their types, a README and nothing else', () => {
  const installed = join(elsewhere, 'node_modules/@predictu/operator-sdk');
  expect(readdirSync(installed).sort()).toEqual(['README.md', 'dist', 'package.json']);
  expect(readdirSync(join(installed, 'dist')).every((name) => /\.(d\.ts|js)$/.test(name))).toBe(true);
  expect(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies');
});

test('the published example compiles under the strictest settings', () => {
  writeFileSync(
    join(elsewhere, 'example.ts'),
    `${example}\nexport const typed: [number, number, number] = [users.data.length, result.balance_after_usd, revenue.totals.gross_revenue_usd];\n`,
  );
  const compiler = join(ROOT, 'node_modules/typescript-7/bin/tsc');
  const flags = ['--strict', '--exactOptionalPropertyTypes', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--types', ''];
  execFileSync(process.execPath, [compiler, ...flags, join(elsewhere, 'example.ts')], { cwd: elsewhere, encoding: 'utf8' });
}, 60_000);

test('the published example runs unchanged: where the platform is, the environment says', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: [] }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  writeFileSync(join(elsewhere, 'example.mjs'), example);
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { code, output } = await runFile(process.execPath, [join(elsewhere, 'example.mjs')], { env: { PREDICTU_BASE_URL: baseUrl } });
  server.close();
  expect(output).toBe('');
  expect(code).toBe(0);
  expect(asked).toEqual([
    'GET /api/operator/users?page=1&limit=50&tier=normal&sort=last_active',
    'POST /api/operator/users/usr_xyz/balance',
    'GET /api/operator/revenue?from=2026-03-01&to=2026-03-19&granularity=day',
  ]);
});
