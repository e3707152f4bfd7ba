/** From `predictu start --no-demo` in an empty folder to the first trade it answers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstIdAt, type Id } from '@predictu/contract/ids';
import { sessionTokens } from '../apps/server/src/access/sign-session.ts';
import { findPostgres } from '../apps/server/src/platform/embedded-postgres.ts';
import { deriveKey, readSecret } from '../apps/server/src/platform/secret.ts';
import { temporaryFolder } from './installation.ts';
import { runStatements } from './owner.ts';
import { marketName } from './scene.ts';

const PROGRAM = fileURLToPath(new URL('../bin/predictu.js', import.meta.url));
const LOOK_MS = 20;
const GIVE_UP_MS = 60_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** One operator, player, session and market, as the consoles would have made them. */
function someone(base: bigint): string {
  return `
insert into operators (id, slug, name, status, contact_email, created_at, updated_at) values (${base + 1n}, 'first', 'First', 'live', 'first@example.com', now(), now());
insert into players (operator_id, id, external_id, balance_cents, deposited_cents, created_at) values (${base + 1n}, ${base + 2n}, 'first', 10000, 10000, now());
insert into player_sessions (operator_id, id, player_id, created_at, expires_at) values (${base + 1n}, ${base + 3n}, ${base + 2n}, now(), now() + interval '1 day');
insert into markets (id, source, source_id, title, category, mid, snapshot_id, priced_at, received_at, liquidity_cents, end_at, created_at, updated_at)
  values (${base + 200_000n}, 'operator', 'first', 'First?', 'sports', 5000, ${base + 4n}, now(), now(), 10000000, now() + interval '1 day', now(), now());
update sequencer set version = version + 1;`;
}

async function trade(port: number, dataFolder: string): Promise<void> {
  const ownerUrl = await findPostgres(dataFolder);
  if (ownerUrl === undefined) throw new Error('The started server has no database');
  const now = new Date();
  const base = firstIdAt(new Date(now.getTime() - 60_000));
  await runStatements(ownerUrl, someone(base));
  const claims = { sub: (base + 2n) as Id<'user'>, role: 'player' as const, operator_id: (base + 1n) as Id<'operator'>, sid: base + 3n };
  const { token } = await sessionTokens(deriveKey(readSecret({ dataFolder }), 'session')).sign(claims, now, 3_600);
  const answer = await fetch(`http://127.0.0.1:${port}/api/casino/trades`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'first', 'content-type': 'application/json' },
    body: JSON.stringify({ market_id: marketName(base, 0), outcome: 'yes', side: 'buy', amount_usd: 5, limit_price: 0.9 }),
  });
  if (answer.status !== 201) throw new Error(`The first trade was answered ${answer.status} ${await answer.text()}`);
}

/** Milliseconds of one first start, in a folder of its own. */
export async function firstStart(): Promise<number> {
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'data');
  // An empty one, so that no earlier start has left its compiled files there.
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'start', '--no-demo'], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      PREDICTU_DATA_DIR: dataFolder,
      TMPDIR: temporary,
      PREDICTU_SECRET: '',
      DATABASE_URL: '',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    for (;;) {
      const healthy = await fetch(`http://127.0.0.1:${port}/api/health`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (healthy) break;
      if (child.exitCode !== null || performance.now() - begun > GIVE_UP_MS) throw new Error('The first start did not come up');
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    await trade(port, dataFolder);
    return performance.now() - begun;
  } finally {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
