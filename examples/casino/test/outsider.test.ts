/** The casino stays an outsider: what it imports is its own, Node's, or a package it declares itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const SOURCES = new URL('../src/', import.meta.url);
const declared = Object.keys(
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { dependencies: object }).dependencies,
);

test('nothing of the platform is imported', () => {
  const imported = readdirSync(SOURCES).flatMap((name) =>
    [...readFileSync(new URL(name, SOURCES), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, source = '']) => ({
      name,
      source,
    })),
  );
  expect(imported.length).toBeGreaterThan(20);
  const isOwn = (source: string): boolean => /^\.\/[\w-]+\.ts$/.test(source) || source.startsWith('node:') || declared.includes(source);
  expect(imported.filter(({ source }) => !isOwn(source))).toEqual([]);
});
