/** `npm run build`: the browser programs, each only when one of its sources changed. `npm ci` does it; `predictu start` asks again. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAMS = ['admin', 'operator', 'widget', 'site'];
const SHARED = ['packages/ui', 'packages/contract/src', 'package-lock.json'];

function filesBelow(path) {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    const inside = join(path, entry.name);
    return entry.isDirectory() ? filesBelow(inside) : [inside];
  });
}

/** Of everything a program is made from: names and contents. */
export function sourcesOf(name) {
  const hash = createHash('sha256');
  for (const path of [...SHARED, `apps/${name}`]) {
    const full = join(ROOT, path);
    for (const file of path.endsWith('.json') ? [full] : filesBelow(full).sort())
      hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

const stampOf = (name) => join(ROOT, 'apps', name, 'dist', '.sources');
export const isFresh = (name) => existsSync(stampOf(name)) && readFileSync(stampOf(name), 'utf8') === sourcesOf(name);

/** Builds what is not fresh; resolves to the names built. */
export async function buildPrograms() {
  const stale = PROGRAMS.filter((name) => !isFresh(name));
  if (stale.length === 0) return stale;
  // Whatever the caller runs as, a test for one: these are the programs people get.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  for (const name of stale) {
    await build({ configFile: join(ROOT, 'apps', name, 'vite.config.ts') });
    writeFileSync(stampOf(name), sourcesOf(name));
  }
  return stale;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await buildPrograms();
  if (built.length > 0) console.log(`Built ${built.join(', ')}`);
}
