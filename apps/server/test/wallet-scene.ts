/** Seamless operators with a wallet each, and trading that only writes down what it is told. */
import { cents } from '@predictu/contract/units';
import type { Actor } from '../src/platform/actor.ts';
import { type VirtualClock, virtualClock } from '../src/platform/clock.ts';
import type { Database } from '../src/platform/db.ts';
import { idMaker, type NewId } from '../src/platform/ids.ts';
import { deriveKey } from '../src/platform/secret.ts';
import { insertCalls, type MoneyMethod, type NewCall, openWallet, type TradePort, type Wallet } from '../src/wallet/wallet.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { makeMarket, makeOperator, makePlayer, START, setConfig, testId } from './factories.ts';
import { type FakeWallet, openFakeWallet } from './fake-wallet.ts';

export const WORKER: Actor = { kind: 'worker', name: 'test' };
const SECRETS_KEY = deriveKey('a-secret-that-is-at-least-32-characters', 'secrets');
export type Tenant = { operatorId: bigint; playerId: bigint; externalId: string; fake: FakeWallet; webhookSecret: string };
export type WalletScene = {
  db: TestDatabase;
  clock: VirtualClock;
  newId: NewId;
  wallet: Wallet;
  /** What trading was told, as `fill` or the code it was released for, by trade. */
  told: Map<bigint, string[]>;
  errors: string[];
  /** Another process on the same database. */
  another(port?: TradePort, options?: { autonomous?: boolean }): Wallet;
  tenant(): Promise<Tenant>;
  /** For a wallet that hangs. Others have as long as it takes: a busy machine must not look like a wallet that fails. */
  hurry(tenant: Tenant): Promise<void>;
  /** Writes a call as the batch would; a BET_MAKE and a BET_SELL with their trade. */
  write(tenant: Tenant, method: MoneyMethod, changes?: Partial<NewCall>): Promise<bigint>;
  row(id: bigint): Promise<Record<string, unknown>>;
  /** Time passes and the queue runs, until nothing is due within a day. */
  settle(tenant: Tenant): Promise<void>;
  close(): Promise<void>;
};

const BALANCE = 100_000;
const METHODS = ['BET_MAKE', 'BET_SELL', 'BET_WIN', 'BET_LOSE', 'BET_REFUND', 'BET_ROLLBACK'];

export async function walletScene(): Promise<WalletScene> {
  const db = await testDatabase();
  await setConfig(db.owner);
  const clock = virtualClock(START);
  const newId = idMaker(clock);
  const told = new Map<bigint, string[]>();
  const errors: string[] = [];
  const log = { info() {}, warn() {}, error: (_: object, message: string) => void errors.push(message) };
  const note = (id: bigint, what: string) => void told.set(id, [...(told.get(id) ?? []), what]);
  const port: TradePort = { end: async () => false, fill: async (id) => note(id, 'fill'), release: async (id, { code }) => note(id, code) };
  const wallets: Wallet[] = [];
  const fakes: FakeWallet[] = [];
  const another = (given: TradePort = port, { autonomous = false }: { autonomous?: boolean } = {}): Wallet => {
    const options = {
      database: db.database,
      clock,
      newId,
      log,
      secretsKey: SECRETS_KEY,
      loopback: () => true,
      autonomous,
      random: () => 0.5,
    };
    const wallet = openWallet(options);
    wallet.serve(given);
    wallets.push(wallet);
    return wallet;
  };
  const wallet = another();
  const marketId = await makeMarket(db.owner);

  async function trade(id: bigint, { operatorId, playerId }: Tenant): Promise<void> {
    await db.owner.query(
      `insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents,
         balance_after_cents, receipt, created_at) values ($1, $2, $3, $4, 'yes', 'buy', 'pending', 6200, 6000, 1612, 1000, 5, 32, 0, '{}', $5)`,
      [operatorId, id, playerId, marketId, clock.now()],
    );
  }
  const row = async (id: bigint) => (await db.owner.query('select * from wallet_calls where id = $1', [id])).rows[0];

  return {
    db,
    clock,
    newId,
    wallet,
    told,
    errors,
    another,
    row,
    async tenant() {
      const fake = await openFakeWallet();
      fakes.push(fake);
      const operatorId = await makeOperator(db.owner, { wallet_mode: 'seamless', s2s_enabled: true, callback_url: fake.url });
      const playerId = await makePlayer(db.owner, operatorId, { balance_cents: 0n });
      const externalId = `player-${playerId}`;
      fake.balances.set(externalId, BALANCE);
      const { webhookSecret } = await wallet.prepare(operatorId);
      // A worker that runs already may have asked this wallet whether it is there, and written what it found.
      await db.owner.query(
        `insert into wallet_settings (operator_id, budgets, updated_at) select $1, jsonb_object_agg(method, 20000), $2 from unnest($3::text[]) method
         on conflict (operator_id) do update set budgets = excluded.budgets`,
        [operatorId, START, METHODS],
      );
      return { operatorId, playerId, externalId, fake, webhookSecret: webhookSecret ?? '' };
    },
    async hurry({ operatorId }) {
      await db.owner.query(
        'update wallet_settings set budgets = (select jsonb_object_agg(method, 500) from unnest($2::text[]) method) where operator_id = $1',
        [operatorId, METHODS],
      );
    },
    async write(tenant, method, changes = {}) {
      const id = testId();
      const ofTrade = method === 'BET_MAKE' || method === 'BET_SELL';
      if (ofTrade) await trade(id, tenant);
      const closing = ofTrade || method === 'BET_ROLLBACK' ? null : testId();
      const call: NewCall = {
        id,
        operatorId: tenant.operatorId,
        method,
        playerId: tenant.playerId,
        marketId,
        tradeId: ofTrade ? id : null,
        positionId: closing,
        settlementId: closing,
        referenceId: method === 'BET_MAKE' ? null : testId(),
        amount: cents(1_005n),
        createdAt: clock.now(),
        claimedUntil: method === 'BET_MAKE' ? new Date(clock.now().getTime() + 45_000) : null,
        ...changes,
      };
      const { text, values } = insertCalls([call]);
      await db.database.as(WORKER, 'write', (tx) => tx.query(text, values));
      return id;
    },
    async settle({ operatorId }) {
      for (let i = 0; i < 500; i += 1) {
        await wallet.drain(operatorId);
        const { rows } = await db.owner.query(
          'select min(greatest(next_attempt_at, claimed_until)) as at from wallet_calls where operator_id = $1 and next_attempt_at is not null',
          [operatorId],
        );
        const at = rows[0].at as Date | null;
        if (at === null) return;
        clock.set(new Date(Math.max(at.getTime(), clock.now().getTime() + 10_000)));
      }
      throw new Error('It never settled');
    },
    async close() {
      for (const fake of fakes) fake.letGo();
      await Promise.all(wallets.map((each) => each.close()));
      await Promise.all(fakes.map((fake) => fake.close()));
      await db.drop();
    },
  };
}

/** A payout that waits to be delivered. */
export async function makeWalletCall(
  database: Database,
  at: { operatorId: bigint; playerId: bigint; marketId: bigint },
  changes: Partial<NewCall> = {},
) {
  const call: NewCall = {
    ...at,
    id: testId(),
    method: 'BET_WIN',
    tradeId: null,
    positionId: testId(),
    settlementId: testId(),
    referenceId: testId(),
    amount: cents(500n),
    createdAt: START,
    claimedUntil: null,
    ...changes,
  };
  const { text, values } = insertCalls([call]);
  await database.as(WORKER, 'write', (db) => db.query(text, values));
  return call.id;
}
