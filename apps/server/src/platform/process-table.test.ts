import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { expect, test } from 'vitest';
import { isAlive, sendSignal } from './process-table.ts';

test('a signal ends a process; to one that has ended it is no error', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const pid = child.pid as number;
  const ended = once(child, 'exit');
  expect(isAlive(pid)).toBe(true);
  sendSignal(pid, 'SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(isAlive(pid)).toBe(false);
  expect(() => sendSignal(pid, 'SIGKILL')).not.toThrow();
  expect(() => sendSignal(pid, 'SIGNONE' as never)).toThrow('SIGNONE');
});
