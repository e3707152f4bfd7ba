/** A whole installation for one spec: the real command on a free port with an empty data folder, no demo. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The demo's history is built once, at its first start. */
const READY_WITHIN_MS = { empty: 60_000, demo: 480_000 };

export type Installation = { url: string; dataFolder: string; output(): string; stop(): Promise<void> };

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port');
  return address.port;
}

async function untilReady(url: string, child: ChildProcess, output: () => string, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The server ended before it was ready:\n${output()}`);
    const answer = await fetch(`${url}/api/health`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error(`The server was not ready within ${withinMs / 1000} s:\n${output()}`);
}

/** Starts `predictu start` as a person would; `settings` are environment variables, `words` further arguments. */
export async function install(settings: Record<string, string> = {}, words: readonly string[] = ['--no-demo']): Promise<Installation> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'predictu-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { DATABASE_URL: _embeddedInstead, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(ROOT, 'bin/predictu.js'), 'start', ...words], {
    cwd: dataFolder,
    env: { ...inherited, NODE_ENV: 'production', PORT: String(port), PREDICTU_DATA_DIR: join(dataFolder, 'data'), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-20_000)));
  const output = (): string => said;
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    await untilReady(url, child, output, words.includes('--no-demo') ? READY_WITHIN_MS.empty : READY_WITHIN_MS.demo);
    return { url, dataFolder, output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
