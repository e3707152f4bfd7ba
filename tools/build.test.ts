import { mkdirSync, mkdtempSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Plain JavaScript: it runs before anything can be compiled. */
type Build = { isFresh(name: string, root: string): boolean; noteSources(name: string, root: string): () => void };
const { isFresh, noteSources }: Build = await import(new URL('build.js', import.meta.url).href);

let root: string;
const put = (path: string, text: string): void => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'predictu-build-'));
  mkdirSync(join(root, 'apps/server/dist'), { recursive: true });
  put('apps/server/src/main.ts', 'one');
  put('packages/contract/src/index.ts', 'two');
});
afterEach(() => rmSync(root, { recursive: true }));

test('a program is fresh once it was built, until one of its sources says something else', () => {
  expect(isFresh('server', root)).toBe(false);
  noteSources('server', root)();
  expect(isFresh('server', root)).toBe(true);
  put('apps/server/src/main.ts', 'another');
  expect(isFresh('server', root)).toBe(false);
  put('apps/server/src/main.ts', 'one');
  expect(isFresh('server', root)).toBe(true);
});

test('files written anew with the same contents leave it fresh, now and the next time', () => {
  noteSources('server', root)();
  utimesSync(join(root, 'apps/server/src/main.ts'), 1, 1);
  expect([isFresh('server', root), isFresh('server', root)]).toEqual([true, true]);
});

test('a source more or less makes it stale; a test does not, and neither does what another program is made from', () => {
  noteSources('server', root)();
  put('apps/server/src/main.test.ts', 'a test');
  put('apps/admin/src/main.tsx', 'a console');
  expect(isFresh('server', root)).toBe(true);
  put('packages/contract/src/more.ts', 'three');
  expect(isFresh('server', root)).toBe(false);
  unlinkSync(join(root, 'packages/contract/src/more.ts'));
  expect(isFresh('server', root)).toBe(true);
  unlinkSync(join(root, 'apps/server/src/main.ts'));
  expect(isFresh('server', root)).toBe(false);
});

test('a source that changes while it is built makes it stale', () => {
  const write = noteSources('server', root);
  put('apps/server/src/main.ts', 'changed meanwhile');
  write();
  expect(isFresh('server', root)).toBe(false);
});
