import { expect, test } from 'vitest';
import { frequentStatements } from './frequent-statements.ts';

const times = (n: number, ask: (n: number) => unknown): unknown => Array.from({ length: n }, (_, k) => ask(k)).at(-1);

test('a statement has a name from its fifth time on, and keeps it', () => {
  const { nameOf } = frequentStatements();
  expect(times(4, () => nameOf('select 1'))).toBeUndefined();
  const name = nameOf('select 1');
  expect(name).toEqual(expect.any(String));
  expect(nameOf('select 1')).toBe(name);
  expect(times(5, () => nameOf('select 2'))).not.toBe(name);
});

test('a connection prepares so many and no more', () => {
  const { nameOf } = frequentStatements();
  const named = Array.from({ length: 300 }, (_, n) => times(6, () => nameOf(`select ${n}`)));
  expect(new Set(named.slice(0, 200)).size).toBe(200);
  expect(named.slice(200)).toEqual(Array(100).fill(undefined));
});

test('statements that differ each time are forgotten, and those named before are not', () => {
  const { nameOf } = frequentStatements();
  const name = times(5, () => nameOf('select 1'));
  expect(times(4, () => nameOf('select 2'))).toBeUndefined();
  times(2_000, (n) => nameOf(`select ${n + 10}`));
  expect(nameOf('select 2')).toBeUndefined();
  expect(nameOf('select 1')).toBe(name);
});
