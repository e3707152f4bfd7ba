/** A throw-away PostgreSQL with fsync on, and one seeded database for each contender in it. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Id } from '@predictu/contract/ids';
import { firstIdAt } from '@predictu/contract/ids';
import { DEFAULT_PLATFORM_CONFIG } from '@predictu/contract/shapes/platform-config';
import { sessionTokens } from '../apps/server/src/access/sign-session.ts';
import { startPostgres } from '../apps/server/src/platform/embedded-postgres.ts';
import { migrate } from '../apps/server/src/platform/migrate.ts';
import { deriveKey } from '../apps/server/src/platform/secret.ts';
import { runStatements } from './owner.ts';
import { operatorId, PLAYERS, playerId, sessionId } from './scene.ts';

export type BenchDatabase = { name: string; appUrl: string; ownerUrl: string };
export type Installation = {
  folder: string;
  secret: string;
  /** The base of all ids of the scene. */
  base: bigint;
  /** A file with the session token of each player, one a line. */
  tokens: string;
  /** A copy of the seeded database, prepared by some statements of its own. */
  database(name: string, prepare?: string): Promise<BenchDatabase>;
  stop(): Promise<void>;
};

const TEMPLATE = 'predictu';
const WIDE_USD = 1_000_000_000;
const DAY_MS = 86_400_000;

const named = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
};

/** Limits so wide that no wall but the first is ever met; everything else as a new installation has it. */
export function configuration(): string {
  const { category_limits: limits, ...risk } = DEFAULT_PLATFORM_CONFIG.risk;
  const wide = Object.fromEntries(Object.keys(limits).map((name) => [name, WIDE_USD]));
  return JSON.stringify({
    ...DEFAULT_PLATFORM_CONFIG,
    risk: { ...risk, global_exposure_limit_usd: WIDE_USD, per_market_max_usd: WIDE_USD, per_trade_max_usd: 1_000, category_limits: wide },
  });
}

function seedText(base: bigint, now: Date): string {
  const text = readFileSync(new URL('seed.sql', import.meta.url), 'utf8');
  const at = `timestamptz '${now.toISOString()}'`;
  const config = `insert into platform_config (document, updated_at, updated_by) values ('${configuration()}', ${at}, 'bench');`;
  return `${text.replaceAll(':base', `${base}::bigint`).replaceAll(':now', at)}\n${config}`;
}

async function signTokens(secret: string, base: bigint, now: Date): Promise<string> {
  const { sign } = sessionTokens(deriveKey(secret, 'session'));
  const one = async (player: number): Promise<string> => {
    const claims = {
      sub: playerId(base, player) as Id<'user'>,
      role: 'player' as const,
      operator_id: operatorId(base, player) as Id<'operator'>,
      sid: sessionId(base, player),
    };
    return (await sign(claims, now, DAY_MS / 1_000)).token;
  };
  return (await Promise.all(Array.from({ length: PLAYERS }, (_, player) => one(player)))).join('\n');
}

/**
 * Files of the log for all that is measured, as a database has them that has been up for a while and uses its old ones again: each new one of 16 MB is
 * filled with zeros first, while whoever commits waits for a tenth of a second.
 */
const MAKE_LOG_FILES = `do $$ begin for n in 1 .. 60 loop
  perform pg_logical_emit_message(false, 'bench', '');
  perform pg_switch_wal();
end loop; end $$`;

/** Vacuumed, too, as tables are that have grown over days: the first vacuum of the seed is 200 kB of page images in every commit beside it. */
const AS_GROWN = 'vacuum analyze';

/** Makes a folder that the database's user may enter, whoever that is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'predictu-bench-'));
  chmodSync(folder, 0o755);
  return folder;
}

export async function openInstallation(log: { info(message: string): void; warn(message: string): void }): Promise<Installation> {
  const folder = temporaryFolder();
  const secret = randomBytes(32).toString('base64url');
  const server = await startPostgres({ dataFolder: join(folder, 'data'), log });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const appUrl = await migrate(server.ownerUrl, { appPassword: randomBytes(16).toString('hex') });
    const now = new Date();
    const base = firstIdAt(new Date(now.getTime() - DAY_MS));
    await runStatements(server.ownerUrl, seedText(base, now), AS_GROWN, MAKE_LOG_FILES, 'checkpoint');
    const tokens = join(folder, 'tokens');
    writeFileSync(tokens, await signTokens(secret, base, now), { mode: 0o600 });
    return {
      folder,
      secret,
      base,
      tokens,
      stop,
      async database(name, prepare) {
        await runStatements(named(server.ownerUrl, 'postgres'), `create database ${name} template ${TEMPLATE} strategy file_copy`);
        const ownerUrl = named(server.ownerUrl, name);
        if (prepare !== undefined) await runStatements(ownerUrl, prepare);
        return { name, ownerUrl, appUrl: named(appUrl, name) };
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
