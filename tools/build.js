/** `npm run build`: the browser programs and the server, each only when one of its sources changed. `npm ci` does it; `npm start` asks again (tools/start.js). */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BROWSER = ['packages/ui', 'packages/contract/src', 'package-lock.json'];
/** What each program is made from. */
const PROGRAMS = {
  admin: [...BROWSER, 'apps/admin'],
  operator: [...BROWSER, 'apps/operator'],
  widget: [...BROWSER, 'apps/widget'],
  site: [...BROWSER, 'apps/site'],
  server: [
    'apps/server/src',
    'apps/server/package.json',
    'apps/server/vite.config.ts',
    'packages/contract/src',
    'packages/sdk/src',
    'examples/casino/src',
    'package-lock.json',
  ],
};

const isSource = (name) => name !== 'node_modules' && name !== 'dist' && !name.endsWith('.test.ts') && !name.endsWith('.test.tsx');

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!lstatSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => isSource(name));
  return entries.flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]));
}

const filesOf = (root, name) => PROGRAMS[name].flatMap((path) => filesBelow(join(root, path)).sort());

function digest(root, name, say) {
  const hash = createHash('sha256');
  for (const file of filesOf(root, name)) hash.update(file.slice(root.length)).update(say(file));
  return hash.digest('hex');
}

/** Of everything a program is made from: names and contents. */
const sourcesOf = (root, name) => digest(root, name, (file) => readFileSync(file));
/** The same as long as no file was written to: a tenth of the time, and enough to know that nothing changed. */
const looksOf = (root, name) =>
  digest(root, name, (file) => {
    const { size, mtimeMs, ctimeMs, ino } = lstatSync(file);
    return `${size} ${mtimeMs} ${ctimeMs} ${ino}\n`;
  });

const fileOf = (root, name, file) => join(root, 'apps', name, 'dist', file);
const says = (path, text) => existsSync(path) && readFileSync(path, 'utf8') === text;

/** Before building: a source that changes meanwhile makes the program stale. Answers what writes it down afterwards. */
export function noteSources(name, root = ROOT) {
  const [sources, looks] = [sourcesOf(root, name), looksOf(root, name)];
  return () => {
    writeFileSync(fileOf(root, name, '.looks'), looks);
    writeFileSync(fileOf(root, name, '.sources'), sources);
  };
}

export function isFresh(name, root = ROOT) {
  const looks = looksOf(root, name);
  if (says(fileOf(root, name, '.looks'), looks)) return true;
  if (!says(fileOf(root, name, '.sources'), sourcesOf(root, name))) return false;
  try {
    writeFileSync(fileOf(root, name, '.looks'), looks);
  } catch {
    // A folder that may only be read: the contents are compared each time.
  }
  return true;
}

export const stalePrograms = () => Object.keys(PROGRAMS).filter((name) => !isFresh(name));

/** Builds what is not fresh; resolves to the names built. */
export async function buildPrograms() {
  const stale = stalePrograms();
  if (stale.length === 0) return stale;
  // Whatever the caller runs as, a test for one: these are the programs people get.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  for (const name of stale) {
    const write = noteSources(name);
    await build({ configFile: join(ROOT, 'apps', name, 'vite.config.ts') });
    write();
  }
  return stale;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await buildPrograms();
  if (built.length > 0) console.log(`Built ${built.join(', ')}`);
}
