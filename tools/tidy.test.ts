/** The repository checks itself: what types, imports and the linter cannot say. docs/decisions/0001-the-house.md gives the reasons. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bannedWords, type Finding, isBarrel, longFunctions, parse, undocumentedExports } from './tidy/syntax.ts';
import { strayWrites, tableOwners } from './tidy/tables.ts';
import { leftovers, missingDocuments } from './tidy/texts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SERVER = 'apps/server/src/';
const SLICES =
  'config identity access operators intake players markets pricing risk ledger wallet protection trading settlement billing copilot insights engagement reports demo';
const FOLDERS = new Set(['platform', ...SLICES.split(' ')]);
const NOBODYS_FOLDERS = new Set(['utils', 'util', 'helpers', 'common', 'lib', 'services', 'types', 'misc', 'shared']);
/** The configuration, and the PATH a child process needs. */
const READS_ENVIRONMENT = new Set(['config', 'postgres-cluster'].map((file) => `${SERVER}platform/${file}.ts`));
/** What the client library takes from the machine of whoever uses it. */
const SDK_RUNTIME = 'packages/sdk/src/runtime.ts';
/** A component is mostly markup, one attribute a line. */
const LINES = { source: 300, test: 400, function: 60, component: 100 };

// Files not yet committed count as well; a checkout owned by somebody else is still this project's.
const listed = execFileSync(
  'git',
  ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
  {
    cwd: ROOT,
    encoding: 'utf8',
  },
);
const read = (path: string): string | undefined => {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return undefined;
  }
};
const FILES = listed
  .split('\0')
  .filter((path) => path && !/\.(png|ico|woff2?|gz|zip|pdf)$/.test(path))
  .flatMap((path) => {
    const text = read(path);
    return text === undefined ? [] : [{ path, text }];
  });

const isTest = (path: string): boolean => /\.test\.tsx?$|^apps\/[^/]+\/test\/|^packages\/[^/]+\/test\/|^e2e\//.test(path);
const isCode = (path: string): boolean => /\.(ts|tsx|js|cjs|mjs|py)$/.test(path) && !/\.gen\.[a-z]+$|\/_generated\.py$/.test(path);
const isTypeScript = (path: string): boolean => /\.tsx?$/.test(path) && !/\.gen\.[a-z]+$/.test(path);
const isProduct = (path: string): boolean => isTypeScript(path) && !isTest(path) && /^(apps|packages)\//.test(path);
const isRules = (path: string): boolean => path.endsWith('.rules.ts');
const sliceOf = (path: string): string =>
  path.startsWith(SERVER) && path.slice(SERVER.length).includes('/') ? (path.slice(SERVER.length).split('/')[0] ?? '') : '';
const isDoor = (path: string): boolean => path === `${SERVER}${sliceOf(path)}/${sliceOf(path)}.ts`;

const parsed = new Map<string, ReturnType<typeof parse>>();
/** The syntax tree of a file, made once. */
function sourceOf(path: string, text: string): ReturnType<typeof parse> {
  const source = parsed.get(path) ?? parse(path, text);
  parsed.set(path, source);
  return source;
}

/** Everything a judge finds, as lines a terminal turns into links. */
function complaints(which: (path: string) => boolean, judge: (path: string, text: string) => readonly Finding[]): string[] {
  return FILES.filter(({ path }) => which(path)).flatMap(({ path, text }) =>
    judge(path, text).map(({ line, complaint }) => `${path}:${line} ${complaint}`),
  );
}

type Ban = { words: readonly string[]; instead: string; within: (path: string) => boolean };
const BANS: readonly Ban[] = [
  {
    words: ['Date.now', 'new Date()'],
    instead: 'the clock you are handed (platform/clock.ts)',
    // A browser's screen shows the time of its own clock: packages/ui is its only reader. A client library has the clock of its host.
    within: (path) => isProduct(path) && ![`${SERVER}platform/clock.ts`, SDK_RUNTIME].includes(path) && !path.startsWith('packages/ui/'),
  },
  { words: ['parseFloat', 'Number.parseFloat'], instead: 'a codec of contract/units.ts', within: isProduct },
  { words: ['.toFixed'], instead: 'the formats of packages/ui', within: (path) => isProduct(path) && !path.startsWith('packages/ui/') },
  { words: ['Math.random'], instead: 'node:crypto, or a seeded generator', within: isProduct },
  {
    words: ['process.env'],
    instead: 'platform/config.ts, parsed once at boot',
    within: (path) => isProduct(path) && !READS_ENVIRONMENT.has(path),
  },
  {
    words: ['console'],
    instead: 'the logger, or process.stdout in a command',
    within: (path) => isProduct(path) && !/\/main\.tsx?$/.test(path),
  },
  {
    words: [
      'async',
      'process',
      'process.env',
      'setTimeout',
      'setInterval',
      'setImmediate',
      'queueMicrotask',
      'fetch',
      'performance.now',
      'require',
    ],
    instead: 'a parameter: rules are pure and synchronous',
    within: isRules,
  },
];
const bansFor = (path: string): Map<string, string> =>
  new Map(
    BANS.filter(({ within }) => within(path)).flatMap(({ words, instead }) => words.map((word): [string, string] => [word, instead])),
  );

const owners = tableOwners(FILES.filter(({ path }) => path.startsWith('db/migrations/')).map(({ text }) => text));
/** The demo writes its history in bulk, then `verify` proves it; tests write what they like. */
const GENERATED_SCHEMA = 'db/schema.sql';
const writesFreely = (path: string): boolean => isTest(path) || sliceOf(path) === 'demo';

describe('the repository', { timeout: 60_000 }, () => {
  test('no file is longer than its budget', () => {
    const tooLong = (path: string, text: string): Finding[] => {
      const lines = text.split('\n').length - 1;
      const budget = isTest(path) ? LINES.test : LINES.source;
      return lines > budget ? [{ line: budget, complaint: `${lines} lines; at most ${budget}` }] : [];
    };
    expect(complaints((path) => isCode(path) || (path.endsWith('.sql') && path !== GENERATED_SCHEMA), tooLong)).toEqual([]);
  });

  test('no function is longer than 60 lines of its own', () => {
    expect(
      complaints(
        (path) => isTypeScript(path) && !isTest(path),
        (path, text) => longFunctions(sourceOf(path, text), path.endsWith('.tsx') ? LINES.component : LINES.function),
      ),
    ).toEqual([]);
  });

  test('no banned word is used', () => {
    expect(complaints(isProduct, (path, text) => bannedWords(sourceOf(path, text), bansFor(path)))).toEqual([]);
  });

  test('no folder is nobody’s', () => {
    const misplaced = FILES.filter(({ path }) => /^(apps|packages|bench|e2e|tools)\//.test(path)).filter(({ path }) =>
      path.split('/').some((part) => NOBODYS_FOLDERS.has(part)),
    );
    expect(misplaced.map(({ path }) => path)).toEqual([]);
  });

  test('no file is a barrel: only a door passes on what others export', () => {
    const barrels = FILES.filter(({ path }) => isTypeScript(path) && !isDoor(path)).filter(({ path, text }) =>
      isBarrel(sourceOf(path, text)),
    );
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  test('every folder of the server is the platform or a slice', () => {
    expect([...new Set(FILES.map(({ path }) => sliceOf(path)))].filter((slice) => slice && !FOLDERS.has(slice))).toEqual([]);
  });

  test('a door says what it guards, and every function of it has a doc comment', () => {
    expect(FILES.filter(({ path, text }) => isDoor(path) && !text.startsWith('/**')).map(({ path }) => path)).toEqual([]);
    expect(complaints(isDoor, (path, text) => undocumentedExports(sourceOf(path, text)))).toEqual([]);
  });

  test('every table says who owns it, in names of slices', () => {
    const nameless = [...owners].filter(([, slices]) => slices.length === 0 || slices.some((slice) => !FOLDERS.has(slice)));
    expect(owners.size).toBeGreaterThan(0);
    expect(nameless).toEqual([]);
  });

  test('a table is written only by its owners, in an .sql.ts file or a door', () => {
    const inServer = (path: string): boolean => path.startsWith(SERVER) && isProduct(path) && !writesFreely(path);
    expect(complaints(inServer, (path, text) => strayWrites(path, text, sliceOf(path), owners))).toEqual([]);
  });

  test('nothing is left over, no path or address of one machine is written down', () => {
    expect(
      complaints(
        () => true,
        (_path, text) => leftovers(text),
      ),
    ).toEqual([]);
  });

  test('every document that is mentioned exists', () => {
    expect(
      complaints(
        (path) => /\.(md|tsx?|sql)$/.test(path) && !path.startsWith('tools/tidy'),
        (path, text) => missingDocuments(ROOT, path, text),
      ),
    ).toEqual([]);
  });

  test('the README names every setting of the configuration, and no other', () => {
    const textOf = (path: string): string => FILES.find((file) => file.path === path)?.text ?? '';
    const settings = [...textOf(`${SERVER}platform/config.ts`).matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name);
    const table = textOf('README.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const named = table.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));
    expect(named.sort()).toEqual(settings.sort());
  });
});
