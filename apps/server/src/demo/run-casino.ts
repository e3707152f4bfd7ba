/** Runs the example casino beside the demo, in a process of its own as any operator would be, and points its operator at it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { decodeId } from '@predictu/contract/ids';
import type { Logger } from 'pino';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { takeTurn } from '../platform/sequencer.ts';
import type { DemoFile } from './demo-file.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const PROGRAM = join(ROOT, 'examples/casino/src/main.ts');
const START_MS = 20_000;
/** The casino stands a thousand ports above the platform: 3000 and 4000. */
const PORT_DISTANCE = 1_000;

export type CasinoOptions = { database: Database; clock: Clock; log: Logger; dataFolder: string; baseUrl: string; file: DemoFile };
type RunningCasino = { lobby: string; stop(): Promise<void> };

async function portFor(baseUrl: string): Promise<number> {
  const wanted = Number(new URL(baseUrl).port) + PORT_DISTANCE;
  const probe = createServer();
  const free = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false)).listen(wanted, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
  return free && wanted < 65_536 ? wanted : 0;
}

/** Undefined when it could not be started: the demo goes on without it, and the operator's wallet counts as away. */
export async function runCasino({ database, clock, log, dataFolder, baseUrl, file }: CasinoOptions): Promise<RunningCasino | undefined> {
  const operator = file.operators.find(({ webhook_secret }) => webhook_secret !== undefined);
  const operatorId = operator && decodeId('operator', operator.operator_id);
  if (!operator || operatorId === undefined) return undefined;
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PORT: String(await portFor(baseUrl)),
      HOST: '127.0.0.1',
      PREDICTU_URL: baseUrl,
      CASINO_SLUG: operator.slug,
      PREDICTU_DEMO_FILE: join(dataFolder, 'demo.json'),
      CASINO_JOURNAL: join(dataFolder, 'casino', 'journal.jsonl'),
    },
  });
  let stopping = false;
  child.on('exit', (code) => {
    if (!stopping) log.warn({ code }, 'the example casino has ended');
  });
  createInterface({ input: child.stderr }).on('line', (line) => log.warn({ line }, 'the example casino complains'));
  const stop = async (): Promise<void> => {
    stopping = true;
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
  };
  const addresses = await readAddresses(child.stdout);
  if (!addresses) {
    await stop();
    log.warn('the example casino did not start: its operator has no wallet');
    return undefined;
  }
  await database.as({ kind: 'worker', name: 'demo' }, 'write', async (db) => {
    await takeTurn(db, clock.now());
    await db.query('update operators set callback_url = $2 where id = $1', [operatorId, addresses.callback]);
  });
  return { lobby: addresses.lobby, stop };
}

/** Its first lines say where it is; whatever it says later is read and let go, or it would stand still. */
function readAddresses(output: NodeJS.ReadableStream): Promise<{ lobby: string; callback: string } | undefined> {
  return new Promise((resolve) => {
    let lobby: string | undefined;
    setTimeout(() => resolve(undefined), START_MS).unref();
    const lines = createInterface({ input: output });
    lines.on('close', () => resolve(undefined));
    lines.on('line', (line) => {
      lobby ??= /Lobby +(http\S+)/.exec(line)?.[1];
      const callback = /Callback URL +(http\S+)/.exec(line)?.[1];
      if (lobby && callback) resolve({ lobby, callback });
    });
  });
}
