/** How much script a browser fetches before the first view: the entry, what it imports, and the screen it opens on. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';

const APPS = fileURLToPath(new URL('../apps', import.meta.url));
const KILOBYTES = 1_000;
/** Program, its budget in kilobytes gzipped, the chunk of the screen it opens on when that comes by itself. */
const BUDGETS = [
  ['admin', 200, 'home'],
  ['operator', 200, 'home'],
  ['widget', 120, null],
] as const;

beforeAll(() => {
  execFileSync(process.execPath, [fileURLToPath(new URL('../tools/build.js', import.meta.url))]);
}, 300_000);

const entriesOf = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="[^"]*\/assets\/([\w.-]+\.js)"/g)].map((match) => match[1] as string);
/** What a chunk imports before it runs; what it loads on demand is `import(…)`. */
const importsOf = (script: string): string[] =>
  [...script.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)].map((match) => match[1] as string);

test.each(BUDGETS)('the first view of %s fetches at most %i kB of script', (name, budget, screen) => {
  const assets = join(APPS, name, 'dist/assets');
  const first = screen === null ? [] : readdirSync(assets).filter((file) => file.startsWith(`${screen}-`) && file.endsWith('.js'));
  if (screen !== null) expect(first).not.toEqual([]);
  const wanted = [...entriesOf(readFileSync(join(APPS, name, 'dist/index.html'), 'utf8')), ...first];
  const sizes = new Map<string, number>();
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    if (sizes.has(file)) continue;
    const script = readFileSync(join(assets, file));
    sizes.set(file, gzipSync(script).length);
    wanted.push(...importsOf(script.toString()));
  }
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0) / KILOBYTES;
  console.log(`${name}: ${total.toFixed(1)} kB of script in ${sizes.size} files`);
  expect(total).toBeGreaterThan(20);
  expect(total).toBeLessThanOrEqual(budget);
});
