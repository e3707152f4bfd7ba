/** The example casino in a process of its own, as any operator would run it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const PROGRAM = join(ROOT, 'bin/casino.js');
const TOLD_CLOCK = fileURLToPath(new URL('told-clock.ts', import.meta.url));
const START_MS = 20_000;

export type CasinoProcess = {
  lobby: string;
  callback: string;
  /** Of one started with `toldClock`: its time from now on. */
  tell(at: Date): Promise<void>;
  stop(): Promise<void>;
};

/** Undefined when it does not start. `toldClock` is the time it begins with, where it is not to live by the machine's. */
export async function spawnCasino(env: Record<string, string>, log: Logger, toldClock?: Date): Promise<CasinoProcess | undefined> {
  const [clock, begins] = toldClock ? [['--import', 'tsx', '--import', TOLD_CLOCK], [String(toldClock.getTime())]] : [[], []];
  const child = spawn(process.execPath, [...clock, PROGRAM, ...begins], {
    cwd: ROOT,
    // By its channel the casino hears that whoever started it is gone, however that ended.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { HOST: '127.0.0.1', ...env },
  });
  let stopping = false;
  child.on('exit', (code) => {
    if (!stopping) log.warn({ code }, 'the example casino has ended');
  });
  if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => log.warn({ line }, 'the example casino complains'));
  const stop = async (): Promise<void> => {
    stopping = true;
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await once(child, 'exit');
  };
  const addresses = await readAddresses(child);
  if (addresses) return { ...addresses, stop, tell: (at) => tellClock(child, at) };
  await stop();
  return undefined;
}

async function tellClock(child: ChildProcess, at: Date): Promise<void> {
  const heard = once(child, 'message');
  child.send(at.getTime());
  await heard;
}

/** Its first lines say where it is; whatever it says later is read and let go, or it would stand still. */
function readAddresses({ stdout }: ChildProcess): Promise<{ lobby: string; callback: string } | undefined> {
  return new Promise((resolve) => {
    if (!stdout) return resolve(undefined);
    let lobby: string | undefined;
    setTimeout(() => resolve(undefined), START_MS).unref();
    const lines = createInterface({ input: stdout });
    lines.on('close', () => resolve(undefined));
    lines.on('line', (line) => {
      lobby ??= /Lobby +(http\S+)/.exec(line)?.[1];
      const callback = /Callback URL +(http\S+)/.exec(line)?.[1];
      if (lobby && callback) resolve({ lobby, callback });
    });
  });
}
