/**
 * A million trades of 200,000 players in 2,000 markets at five operators, over ninety days that end when they were made. Made once a
 * machine, by the engine (a few minutes), kept in the folder for temporary files, and copied for every use (seconds).
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstIdAt } from '@predictu/contract/ids';
import { virtualClock } from '../apps/server/src/platform/clock.ts';
import { openDatabase } from '../apps/server/src/platform/db.ts';
import { type EmbeddedPostgres, startPostgres } from '../apps/server/src/platform/embedded-postgres.ts';
import { migrate } from '../apps/server/src/platform/migrate.ts';
import { openTrading } from '../apps/server/src/trading/trading.ts';
import { configuration, temporaryFolder } from './installation.ts';
import { MILLION } from './million-scene.ts';
import { playMillion } from './million-trades.ts';
import { runStatements } from './owner.ts';

type Log = { info(message: string): void; warn(message: string): void };
/** What a copy has to know of the folder it comes from. */
type Made = { base: string; madeAt: string; appPassword: string };
export type Million = {
  folder: string;
  secret: string;
  /** The base of all ids (bench/million-scene.ts). */
  base: bigint;
  /** The end of the ninety days. */
  madeAt: Date;
  appUrl: string;
  ownerUrl: string;
  /** Ends its server and removes the copy. */
  stop(): Promise<void>;
};

const DAY_MS = 86_400_000;
const NOTE = 'million.json';
const SOURCES = ['million.sql', 'million-scene.ts', 'million-trades.ts'];
const textOf = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const file of SOURCES) hash.update(textOf(file));
  return hash.digest('hex').slice(0, 12);
};

/** The copy is brought to the newest schema, so that a new migration does not make the history anew. */
export async function openMillion(log: Log): Promise<Million> {
  const template = join(tmpdir(), `predictu-million-${fingerprint()}`);
  if (!existsSync(template)) await make(template, log);
  const folder = temporaryFolder();
  copy(template, folder);
  const { base, madeAt, appPassword } = JSON.parse(readFileSync(join(folder, NOTE), 'utf8')) as Made;
  const server = await startPostgres({ dataFolder: join(folder, 'data'), log });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const appUrl = await migrate(server.ownerUrl, { appPassword });
    const secret = randomBytes(32).toString('base64url');
    return { folder, secret, base: BigInt(base), madeAt: new Date(madeAt), appUrl, ownerUrl: server.ownerUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** With owners and modes: the cluster may belong to another user than this process. */
function copy(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', `${from}/.`, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${from} cannot be copied: ${stderr}`);
}

/** Appears under its name only when it is whole. */
async function make(template: string, log: Log): Promise<void> {
  const folder = `${template}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  try {
    const server = await startPostgres({ dataFolder: join(folder, 'data'), log, durable: false });
    const made = await fill(server, log).finally(() => server.stop());
    writeFileSync(join(folder, NOTE), JSON.stringify(made), { mode: 0o600 });
    if (!existsSync(template)) renameSync(folder, template);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill({ ownerUrl }: EmbeddedPostgres, log: Log): Promise<Made> {
  const begun = performance.now();
  const appPassword = randomBytes(16).toString('hex');
  const appUrl = await migrate(ownerUrl, { appPassword });
  const end = new Date();
  const start = new Date(end.getTime() - MILLION.days * DAY_MS);
  const base = firstIdAt(start);
  const at = `timestamptz '${start.toISOString()}'`;
  const seed = textOf('million.sql').replaceAll(':base', `${base}::bigint`).replaceAll(':start', at);
  const config = `insert into platform_config (document, updated_at, updated_by) values ('${configuration()}', ${at}, 'bench');`;
  await runStatements(ownerUrl, seed, config, 'vacuum analyze');
  log.info(`the million: seeded after ${Math.round((performance.now() - begun) / 1_000)} s`);
  const clock = virtualClock(start);
  const database = openDatabase({ connectionString: appUrl });
  const quiet = {
    info() {},
    warn: (_: object, message: string) => log.warn(message),
    error: (_: object, message: string) => log.warn(message),
  };
  const trading = await openTrading({ database, appUrl, clock, log: quiet, quoteKey: appPassword, sharing: false });
  try {
    await playMillion({ base, ownerUrl, database, trading, clock, say: log.info });
  } finally {
    await trading.close();
    await database.close();
  }
  await runStatements(ownerUrl, 'vacuum analyze', 'checkpoint');
  log.info(`the million: made in ${Math.round((performance.now() - begun) / 1_000)} s`);
  return { base: String(base), madeAt: end.toISOString(), appPassword };
}
