/** Runs the example casino beside the demo and points its operator at it. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { decodeId } from '@predictu/contract/ids';
import type { Logger } from 'pino';
import type { Access } from '../access/access.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { takeTurn } from '../platform/sequencer.ts';
import type { DemoFile } from './demo-file.ts';
import { spawnCasino } from './spawn-casino.ts';

/** The casino stands a thousand ports above the platform: 3000 and 4000. */
const PORT_DISTANCE = 1_000;

export type CasinoOptions = {
  database: Database;
  access: Pick<Access, 'allowOrigin'>;
  clock: Clock;
  log: Logger;
  dataFolder: string;
  baseUrl: string;
  file: DemoFile;
};
type RunningCasino = { lobby: string; stop(): Promise<void> };

/** Where the books of the demo's casino are. */
export const casinoJournal = (dataFolder: string): string => join(dataFolder, 'casino', 'journal.jsonl');

/** The casino's port beside a platform at this one; 0, any, when it is taken. */
export async function casinoPort(port: number): Promise<number> {
  const wanted = port + PORT_DISTANCE;
  if (port === 0 || wanted >= 65_536) return 0;
  const probe = createServer();
  const free = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false)).listen(wanted, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
  return free ? wanted : 0;
}

/** Undefined when it could not be started: the demo goes on without it, and the operator's wallet counts as away. */
export async function runCasino({
  database,
  access,
  clock,
  log,
  dataFolder,
  baseUrl,
  file,
}: CasinoOptions): Promise<RunningCasino | undefined> {
  const operator = file.operators.find(({ webhook_secret }) => webhook_secret !== undefined);
  const operatorId = operator && decodeId('operator', operator.operator_id);
  if (!operator || operatorId === undefined) return undefined;
  const casino = await spawnCasino(
    {
      PORT: String(await casinoPort(Number(new URL(baseUrl).port))),
      PREDICTU_URL: baseUrl,
      CASINO_SLUG: operator.slug,
      PREDICTU_DEMO_FILE: join(dataFolder, 'demo.json'),
      CASINO_JOURNAL: casinoJournal(dataFolder),
    },
    log,
  );
  if (!casino) {
    log.warn('the example casino did not start: its operator has no wallet');
    return undefined;
  }
  // Its lobby frames the markets, by either name of this machine.
  const { origin, port } = new URL(casino.lobby);
  await database.as({ kind: 'admin', adminId: 0n, email: 'demo', permissions: [] }, 'write', async (db) => {
    for (const framing of new Set([origin, `http://localhost:${port}`]))
      await access.allowOrigin(db, { operatorId, origin: framing }, clock.now());
  });
  await database.as({ kind: 'worker', name: 'demo' }, 'write', async (db) => {
    await takeTurn(db, clock.now());
    await db.query('update operators set callback_url = $2 where id = $1', [operatorId, casino.callback]);
  });
  return casino;
}
