/** Two seamless operators with a casino each behind a faulty network, their players, and markets as they are needed. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeId, type Id } from '@predictu/contract/ids';
import { DEFAULT_PLATFORM_CONFIG } from '@predictu/contract/shapes/platform-config';
import type pg from 'pg';
import { type Casino, startCasino } from '../../../../examples/casino/src/casino.ts';
import { systemClock as clock } from '../../src/platform/clock.ts';
import { type Database, openDatabase } from '../../src/platform/db.ts';
import { idMaker } from '../../src/platform/ids.ts';
import { deriveKey } from '../../src/platform/secret.ts';
import { openWallet } from '../../src/wallet/wallet.ts';
import { changeSlowly, makeMarket, makeOperator, makePlayer, setConfig } from '../factories.ts';
import { seeded } from '../random.ts';
import { type FaultyNetwork, openFaultyNetwork } from './faulty-network.ts';

export const SECRETS_KEY = deriveKey('a-secret-that-is-at-least-32-characters', 'secrets');
const PLAYERS = 40;
const BUDGET_MS = 1_000;
/** One more attempt only: some credits must end before a person. */
const DEFAULTS = { ...DEFAULT_PLATFORM_CONFIG.defaults, s2s_retry_max: 1, s2s_retry_backoff_ms: 200 };
const UNLIMITED_USD = 100_000_000;

export type Side = { operatorId: bigint; players: bigint[]; casino: Casino; network: FaultyNetwork };
export type SoakScene = { sides: Side[]; database: Database; newMarket(): Promise<bigint>; close(): Promise<void> };

const nameOf = (playerId: bigint): string => `player-${playerId}`;

/** The platform's public keys stay readable while its process is dead, as behind any cache. */
async function serveKeys(keys: () => Promise<unknown>): Promise<{ url: string; close(): void }> {
  const server = createServer((_, response) => {
    keys().then(
      (set) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(set)),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Most have plenty; a few little, a limit, or are blocked, so that wallets also refuse. */
const accountOf = (id: bigint, index: number) => ({
  id: nameOf(id),
  name: nameOf(id),
  deposit: index % 10 === 3 ? 60_00 : 10_000_00,
  blocked: index === 1,
  betLimit: index === 2 ? 10_00 : null,
});

export async function openSoakScene(owner: pg.Client, appUrl: string, seed: number): Promise<SoakScene> {
  const database = openDatabase({ connectionString: appUrl, poolSize: 2 });
  const log = { info() {}, warn() {}, error() {} };
  const wallet = openWallet({
    database,
    clock,
    newId: idMaker(clock),
    log,
    secretsKey: SECRETS_KEY,
    loopback: () => true,
    autonomous: false,
  });
  type KeysContext = Parameters<typeof wallet.handlers.jwks>[0];
  const keys = await serveKeys(() =>
    database.as({ kind: 'worker', name: 'wallet' }, 'read', async (db) =>
      wallet.handlers.jwks({ db, now: clock.now(), setHeader() {} } as unknown as KeysContext, {} as never),
    ),
  );
  const limits = { global_exposure_limit_usd: UNLIMITED_USD, per_market_max_usd: UNLIMITED_USD };
  await setConfig(
    owner,
    {
      defaults: DEFAULTS,
      risk: { ...limits, category_limits: { ...DEFAULT_PLATFORM_CONFIG.risk.category_limits, sports: UNLIMITED_USD } },
    },
    clock.now(),
  );
  const sides: Side[] = [];
  for (const number of [1, 2]) {
    let operatorId = 0n;
    await changeSlowly(owner, async () => {
      operatorId = await makeOperator(owner, { wallet_mode: 'seamless', s2s_enabled: true, exposure_limit_cents: 10_000_000_000n });
    });
    const players: bigint[] = [];
    for (let made = 0; made < PLAYERS; made += 1) players.push(await makePlayer(owner, operatorId, { balance_cents: 0n }));
    const { webhookSecret } = await wallet.prepare(operatorId);
    const casino = await startCasino({
      port: 0,
      predictuUrl: keys.url,
      apiKey: 'pk_live_soak',
      apiSecret: 'sk_live_soak',
      webhookSecret: webhookSecret ?? '',
      operatorId: encodeId('operator', operatorId as Id<'operator'>),
      players: players.map(accountOf),
    });
    const network = await openFaultyNetwork(casino.callbackUrl, seeded(seed + number));
    await changeSlowly(owner, async () => {
      await owner.query('update operators set callback_url = $2 where id = $1', [operatorId, network.url]);
    });
    const budgets = Object.fromEntries(
      ['BET_MAKE', 'BET_SELL', 'BET_WIN', 'BET_LOSE', 'BET_REFUND', 'BET_ROLLBACK'].map((name) => [name, BUDGET_MS]),
    );
    await owner.query('insert into wallet_settings (operator_id, budgets, updated_at) values ($1, $2, now())', [operatorId, budgets]);
    sides.push({ operatorId, players, casino, network });
  }
  return {
    sides,
    database,
    newMarket: () => makeMarket(owner, { priced_at: clock.now(), received_at: clock.now(), end_at: null }),
    async close() {
      for (const { casino, network } of sides) {
        await network.close();
        await casino.stop();
      }
      keys.close();
      await wallet.close();
      await database.close();
    },
  };
}
