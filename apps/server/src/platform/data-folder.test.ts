import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataFolderInUse, holderOf, lockDataFolder } from './data-folder.ts';
import { startOf } from './process-table.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'predictu-folder-')), 'data');
  lock = join(folder, 'predictu.lock');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

test('the folder is made, held, and released', () => {
  expect(holderOf(folder)).toBeUndefined();
  const release = lockDataFolder(folder);
  expect(holderOf(folder)).toBe(process.pid);
  expect(() => lockDataFolder(folder)).toThrow(DataFolderInUse);
  expect(() => lockDataFolder(folder)).toThrow(`process ${process.pid}`);
  release();
  expect(holderOf(folder)).toBeUndefined();
  expect(existsSync(lock)).toBe(false);
});

test('a lock is taken over from a process that is gone, from one whose id another process has since been given, and when damaged', async () => {
  lockDataFolder(folder)();
  const other = spawn('sleep', ['60']);
  await once(other, 'spawn');
  const pid = other.pid ?? 0;
  writeFileSync(lock, JSON.stringify({ pid, start: startOf(pid) }));
  expect(() => lockDataFolder(folder)).toThrow(`process ${pid}`);
  writeFileSync(lock, JSON.stringify({ pid, start: 'another time' }));
  lockDataFolder(folder)();
  writeFileSync(lock, JSON.stringify({ pid, start: startOf(pid) }));
  other.kill('SIGKILL');
  await once(other, 'exit');
  lockDataFolder(folder)();
  writeFileSync(lock, 'half a li');
  lockDataFolder(folder)();
  expect(existsSync(lock)).toBe(false);
});
