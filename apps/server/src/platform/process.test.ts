import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

/** Runs a script that registers stops; `onShutdown` and `shutdown` are in scope. */
function run(script: string): { child: ChildProcess; stdout: Readable; output: Promise<string>; ready: Promise<unknown> } {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      `import { onShutdown, shutdown } from ${JSON.stringify(new URL('process.ts', import.meta.url).href)};\n${script}\nsetInterval(() => {}, 60_000); process.send('ready');`,
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('started without pipes');
  const output = Promise.all([text(stdout), text(stderr)]).then((parts) => parts.join(''));
  return { child, stdout, output, ready: once(child, 'message') };
}
const stop = (name: string): string =>
  `onShutdown(async () => { await new Promise((resolve) => setTimeout(resolve, 20)); console.log('${name}'); });`;

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s stops what was started, the last first, and a repeat of the same key press changes nothing',
  async (signal) => {
    const { child, output, ready } = run(stop('database') + stop('server'));
    await ready;
    child.kill(signal);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await output).toBe('server\ndatabase\n');
  },
);

test('one failing stop does not keep the others from stopping, and shows in the exit code', async () => {
  const { child, output, ready } = run(`${stop('database')} onShutdown(() => { throw new Error('stuck socket'); });`);
  await ready;
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(await output).toBe('database\nWhile stopping: stuck socket\n');
});

test('a second Ctrl-C ends a stop that hangs', async () => {
  const { child, stdout, output, ready } = run(
    `onShutdown(() => { setTimeout(() => console.log('waiting'), 700); return new Promise(() => {}); });`,
  );
  await ready;
  child.kill('SIGINT');
  await once(stdout, 'data');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  await output;
});

test('shutdown ends the process with the given code', async () => {
  const { child, output } = run(`${stop('database')} void shutdown(3);`);
  expect(await once(child, 'exit')).toEqual([3, null]);
  expect(await output).toBe('database\n');
});
