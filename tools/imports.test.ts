/** The import law bites: each planted violation is caught under its own name, and the permitted tree passes. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SERVER = 'apps/server/src';

/** What every file of the permitted tree imports; the file itself exports one value. */
const PERMITTED: Record<string, string[]> = {
  'packages/contract/src/units.ts': ['zod'],
  'packages/contract/src/endpoint.ts': ['zod'],
  'packages/contract/src/shapes/trade.ts': ['../units.ts'],
  'packages/contract/src/admin/trades.ts': ['../shapes/trade.ts', '../endpoint.ts'],
  'packages/contract/src/operator/trades.ts': ['../shapes/trade.ts'],
  'packages/contract/src/player/trades.ts': ['../shapes/trade.ts'],
  [`${SERVER}/main.ts`]: ['./routes.ts', './platform/http.ts'],
  [`${SERVER}/routes.ts`]: ['./trading/place-trade.ts', './reports/list-reports.ts', '@predictu/contract/admin/trades'],
  [`${SERVER}/platform/db.ts`]: ['pg'],
  [`${SERVER}/platform/http.ts`]: ['fastify', '@fastify/cors', './db.ts'],
  [`${SERVER}/players/players.ts`]: ['./player.sql.ts'],
  [`${SERVER}/players/player.sql.ts`]: ['../platform/db.ts', '@predictu/contract/shapes/trade'],
  [`${SERVER}/risk/risk.ts`]: ['../players/players.ts', './walls.rules.ts'],
  [`${SERVER}/risk/walls.rules.ts`]: ['@predictu/contract/units', '@predictu/contract/shapes/trade'],
  [`${SERVER}/trading/trading.ts`]: ['../risk/risk.ts', './trade.sql.ts'],
  [`${SERVER}/trading/place-trade.ts`]: ['./trading.ts', '../risk/walls.rules.ts'],
  [`${SERVER}/trading/trade.sql.ts`]: ['../platform/db.ts', '../risk/walls.rules.ts', '../risk/risk.ts'],
  [`${SERVER}/reports/list-reports.ts`]: ['../trading/trading.ts'],
  [`${SERVER}/trading/place-trade.db.test.ts`]: ['./place-trade.ts', '../players/player.sql.ts', 'pg'],
  'apps/widget/src/main.tsx': ['@predictu/contract/player/trades'],
  'bench/main.ts': ['pg', '../apps/server/src/trading/trade.sql.ts'],
};

/** Rule, the file that breaks it, what it imports. */
const PLANTED: [rule: string, file: string, imports: string][] = [
  ['resolvable', `${SERVER}/trading/guess-price.ts`, '@predictu/contract/nowhere'],
  ['no-cycles', `${SERVER}/risk/circle-back.ts`, './circle-risk.ts'],
  ['contract-is-pure', 'packages/contract/src/clock.ts', 'node:crypto'],
  ['audiences-do-not-mix', 'packages/contract/src/player/peek.ts', '../admin/trades.ts'],
  ['nobody-imports-an-app', 'apps/widget/src/steal.ts', '../../server/src/platform/db.ts'],
  ['widget-knows-players-only', 'apps/widget/src/spy.ts', '@predictu/contract/operator/trades'],
  ['operators-never-see-admin', 'apps/operator/src/spy.ts', '@predictu/contract/admin/trades'],
  ['platform-has-no-business', `${SERVER}/platform/cache.ts`, '../players/players.ts'],
  ['come-in-by-the-door', `${SERVER}/trading/read-player.ts`, '../players/player.sql.ts'],
  ['come-in-by-the-door', `${SERVER}/reports/copy-trade.ts`, '../trading/place-trade.ts'],
  ['left-to-right', `${SERVER}/players/sell-all.ts`, '../trading/trading.ts'],
  ['left-to-right', `${SERVER}/players/judge-player.ts`, '../risk/walls.rules.ts'],
  ['rules-are-pure', `${SERVER}/risk/breakers.rules.ts`, '../platform/db.ts'],
  ['rules-are-pure', `${SERVER}/risk/score.rules.ts`, 'node:crypto'],
  ['rules-are-pure', `${SERVER}/risk/fees.rules.ts`, '@predictu/contract/endpoint'],
  ['sql-stays-home', `${SERVER}/jobs.ts`, './trading/trade.sql.ts'],
  ['sql-decides-nothing', `${SERVER}/trading/order.sql.ts`, './place-trade.ts'],
  ['driver-only-in-platform', `${SERVER}/trading/open-pool.ts`, 'pg'],
  ['driver-only-in-platform', `${SERVER}/trading/answer-trade.ts`, 'fastify'],
  ['driver-only-in-platform', `${SERVER}/access/allow-origin.ts`, '@fastify/cors'],
  ['the-root-is-a-root', `${SERVER}/trading/list-routes.ts`, '../routes.ts'],
];

type Violation = { from: string; rule: { name: string } };
let tree: string;
let violations: Violation[];

function write(path: string, text: string): void {
  const file = join(tree, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const source = (imports: readonly string[]): string =>
  [...imports.map((from) => `import '${from}';`), 'export const made = 1;', ''].join('\n');

function plantPackages(): void {
  for (const name of ['zod', 'pg', 'fastify', '@fastify/cors']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'module.exports = {};\n');
  }
  write('packages/contract/package.json', JSON.stringify({ name: '@predictu/contract', type: 'module', exports: { './*': './src/*.ts' } }));
  mkdirSync(join(tree, 'node_modules/@predictu'), { recursive: true });
  symlinkSync('../../packages/contract', join(tree, 'node_modules/@predictu/contract'));
  write(
    'package.json',
    JSON.stringify({ name: 'planted', type: 'module', dependencies: { zod: '1', pg: '1', fastify: '1', '@fastify/cors': '1' } }),
  );
  write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'nodenext', allowImportingTsExtensions: true, noEmit: true } }));
}

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'import-law-'));
  plantPackages();
  for (const [file, imports] of Object.entries(PERMITTED)) write(file, source(imports));
  for (const [, file, imports] of PLANTED) write(file, source([imports]));
  write(`${SERVER}/risk/circle-risk.ts`, source(['./circle-back.ts']));
  write(`${SERVER}/risk/lonely-file.ts`, source([]));
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const command = [cruiser, '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'packages', 'apps', 'bench'];
  const answer = execFileSync(process.execPath, command, { cwd: tree, encoding: 'utf8', maxBuffer: 1e8 });
  violations = (JSON.parse(answer) as { summary: { violations: Violation[] } }).summary.violations;
}, 60_000);
afterAll(() => rmSync(tree, { recursive: true, force: true }));

test.each(PLANTED)('%s catches %s', (rule, file) => {
  expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule);
});

test('a file that nobody imports and that imports nothing is caught', () => {
  expect(violations).toContainEqual(
    expect.objectContaining({ from: `${SERVER}/risk/lonely-file.ts`, rule: expect.objectContaining({ name: 'no-dead-files' }) }),
  );
});

test('the permitted tree passes, tests and benchmarks included', () => {
  expect(violations.filter(({ from }) => from in PERMITTED)).toEqual([]);
});
