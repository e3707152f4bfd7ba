import { createHash } from 'node:crypto';
import { callbackRequest } from '@predictu/contract/callbacks/wallet-call';
import { encodeId, type Id } from '@predictu/contract/ids';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Fault, openFakeWallet } from '../../test/fake-wallet.ts';
import { until } from '../../test/trading-scene.ts';
import { type Tenant, type WalletScene, walletScene } from '../../test/wallet-scene.ts';
import { selectPublicKeys } from './endpoint.sql.ts';

let scene: WalletScene;
let tenant: Tenant;
beforeAll(async () => {
  scene = await walletScene();
});
beforeEach(async () => {
  tenant = await scene.tenant();
});
afterAll(() => scene.close());
const deliver = (id: bigint) => scene.wallet.deliver(tenant.operatorId, id);
const balance = () => tenant.fake.balances.get(tenant.externalId);

describe('a debit', () => {
  test('that is answered OK is filled once, and the answered balance is remembered', async () => {
    const id = await scene.write(tenant, 'BET_MAKE');
    expect(await deliver(id)).toEqual({ status: 'confirmed', balance: 98_995n, reason: null });
    expect(scene.told.get(id)).toEqual(['fill']);
    await scene.settle(tenant);
    expect(scene.told.get(id)).toEqual(['fill']);
    expect(await scene.row(id)).toMatchObject({ status: 'confirmed', attempts: 1, next_attempt_at: null, balance_cents: 98_995n });
    const { rows } = await scene.db.owner.query('select wallet_balance_cents from players where id = $1', [tenant.playerId]);
    expect(rows[0].wallet_balance_cents).toBe(98_995n);
    const request = callbackRequest.parse(JSON.parse(tenant.fake.received[0]?.body ?? ''));
    expect(request).toMatchObject({
      method: 'BET_MAKE',
      params: { amount: 1_005n, player_id: tenant.externalId, bet: { price: 6_200n, quantity: 1_612n, fee: 5n } },
    });
  });

  test('that is refused is released with the wallet’s own word, and nothing is undone', async () => {
    tenant.fake.balances.set(tenant.externalId, 10);
    const id = await scene.write(tenant, 'BET_MAKE');
    expect(await deliver(id)).toMatchObject({ status: 'refused', reason: { code: 'INSUFFICIENT_FUNDS' } });
    expect(scene.told.get(id)).toEqual(['INSUFFICIENT_FUNDS']);
    await scene.settle(tenant);
    expect(tenant.fake.received.map(({ request }) => request.method)).toEqual(['BET_MAKE']);
  });

  test.each<Fault>(['500 after', 'reset after', 'reset before', 'html', 'wrong id', 'error', 'huge', 'redirect', 'hang', 'hang after'])(
    'that meets %s is pending, asked again with the same bytes, and debited once',
    async (fault) => {
      const elsewhere = await openFakeWallet();
      tenant.fake.redirectTo = elsewhere.url;
      tenant.fake.behave((_, attempt) => (attempt === 1 ? fault : 'none'));
      if (fault.startsWith('hang')) await scene.hurry(tenant);
      const id = await scene.write(tenant, 'BET_MAKE');
      expect(await deliver(id)).toMatchObject({ status: 'unknown' });
      expect(scene.told.get(id)).toBeUndefined();
      await scene.settle(tenant);
      expect(scene.told.get(id)).toEqual(['fill']);
      expect(balance()).toBe(98_995);
      expect(new Set(tenant.fake.received.map(({ body }) => body)).size).toBe(1);
      expect(tenant.fake.received).toHaveLength(2);
      expect(elsewhere.received).toEqual([]);
      await elsewhere.close();
    },
  );

  test.each<Fault>(['500 after', 'hang after', 'reset before', 'blocked'])(
    'that always meets %s after the first is undone and released',
    async (fault) => {
      tenant.fake.behave(({ method }, attempt) => (method === 'BET_ROLLBACK' ? 'none' : attempt === 1 ? '500 after' : fault));
      if (fault.startsWith('hang')) await scene.hurry(tenant);
      const id = await scene.write(tenant, 'BET_MAKE');
      await deliver(id);
      await scene.settle(tenant);
      expect(scene.told.get(id)).toEqual([fault === 'blocked' ? 'PLAYER_BLOCKED' : 'WALLET_TIMEOUT']);
      expect(await scene.row(id)).toMatchObject({ status: 'rolled_back' });
      expect(balance()).toBe(100_000);
      const undoing = tenant.fake.received.filter(({ request }) => request.method === 'BET_ROLLBACK');
      expect(undoing).toHaveLength(1);
      expect(callbackRequest.parse(JSON.parse(undoing[0]?.body ?? ''))).toMatchObject({
        params: { reference_id: encodeId('transaction', id as Id<'transaction'>) },
      });
    },
  );

  test('that never left is released at once, and no rollback is sent', async () => {
    await tenant.fake.close();
    const id = await scene.write(tenant, 'BET_MAKE');
    expect(await deliver(id)).toMatchObject({ status: 'refused', reason: { code: 'WALLET_UNREACHABLE' } });
    expect(scene.told.get(id)).toEqual(['WALLET_UNREACHABLE']);
    await scene.settle(tenant);
    expect((await scene.db.owner.query('select 1 from wallet_calls where operator_id = $1', [tenant.operatorId])).rowCount).toBe(1);
  });

  test('whose process died is taken over when its claim runs out, and counts as asked', async () => {
    const id = await scene.write(tenant, 'BET_MAKE');
    await scene.wallet.drain(tenant.operatorId);
    expect(tenant.fake.received).toEqual([]);
    tenant.fake.behave(({ method }) => (method === 'BET_MAKE' ? 'blocked' : 'none'));
    await scene.settle(tenant);
    // It may have been debited by the request of the dead process: a refusal now is not enough.
    expect(tenant.fake.received.map(({ request }) => request.method)).toEqual(['BET_MAKE', 'BET_ROLLBACK']);
    expect(scene.told.get(id)).toEqual(['PLAYER_BLOCKED']);
  });

  test('is told to trading until trading has taken it', async () => {
    let refusals = 2;
    const taken: bigint[] = [];
    const take = async (tradeId: bigint): Promise<void> => {
      if (refusals-- > 0) throw new Error('the database is away');
      taken.push(tradeId);
    };
    const wallet = scene.another({ end: async () => false, fill: take, release: take });
    const id = await scene.write(tenant, 'BET_MAKE');
    expect(await wallet.deliver(tenant.operatorId, id)).toMatchObject({ status: 'confirmed' });
    await wallet.drain(tenant.operatorId);
    expect(taken).toEqual([]);
    await wallet.drain(tenant.operatorId);
    await wallet.drain(tenant.operatorId);
    expect(taken).toEqual([id]);
    expect(tenant.fake.received).toHaveLength(1);
  });
});

describe('a credit', () => {
  test.each(['BET_SELL', 'BET_WIN', 'BET_REFUND', 'BET_LOSE'] as const)(
    '%s is delivered from the queue, as the contract says',
    async (method) => {
      const id = await scene.write(tenant, method);
      await scene.settle(tenant);
      expect(await scene.row(id)).toMatchObject({ status: 'confirmed' });
      expect(callbackRequest.parse(JSON.parse(tenant.fake.received[0]?.body ?? '')).method).toBe(method);
      expect(balance()).toBe(method === 'BET_LOSE' ? 100_000 : 101_005);
      expect(scene.told.get(id)).toBeUndefined();
    },
  );

  test('that nobody confirms waits for a person, once as an alarm', async () => {
    tenant.fake.behave('500 after');
    const id = await scene.write(tenant, 'BET_WIN');
    await scene.settle(tenant);
    expect(await scene.row(id)).toMatchObject({ status: 'failed', attempts: 6, settled_at: null });
    await scene.wallet.sweep();
    await scene.wallet.sweep();
    const { rows } = await scene.db.owner.query('select severity, value_cents, message from risk_events where operator_id = $1', [
      tenant.operatorId,
    ]);
    expect(rows).toEqual([{ severity: 'critical', value_cents: 1_005n, message: 'Wallet callbacks: 1 waiting for a person' }]);
  });

  test('is asked once, however many processes look for work', async () => {
    const ids: bigint[] = [];
    for (let i = 0; i < 60; i += 1) ids.push(await scene.write(tenant, 'BET_WIN'));
    const others = [scene.another(), scene.another()];
    await Promise.all([scene.wallet, ...others].map((wallet) => wallet.drain(tenant.operatorId)));
    expect(new Set(tenant.fake.received.map(({ request }) => request.request_id)).size).toBe(60);
    expect(tenant.fake.received).toHaveLength(60);
    expect(balance()).toBe(100_000 + 60 * 1_005);
  });

  test('of a wallet that has failed often waits without using up its attempts', async () => {
    tenant.fake.behave('500 after');
    for (let i = 0; i < 40; i += 1) await scene.write(tenant, 'BET_WIN', { createdAt: scene.clock.now() });
    for (let i = 0; i < 30; i += 1) {
      await scene.wallet.drain(tenant.operatorId);
      scene.clock.advance(5_000);
    }
    const { rows } = await scene.db.owner.query(
      `select count(*) filter (where status = 'failed') as failed, sum(attempts) as attempts from wallet_calls where operator_id = $1`,
      [tenant.operatorId],
    );
    expect(Number(rows[0].failed)).toBe(0);
    expect(Number(rows[0].attempts)).toBeLessThan(40);
    tenant.fake.behave('none');
    await scene.settle(tenant);
    expect(balance()).toBe(100_000 + 40 * 1_005);
  });
});

test('one operator’s dead wallet delays nobody else’s', async () => {
  const dead = await scene.tenant();
  dead.fake.behave('hang');
  const stuck: bigint[] = [];
  for (let i = 0; i < 40; i += 1) stuck.push(await scene.write(dead, 'BET_WIN', {}));
  const draining = scene.wallet.drain(dead.operatorId);
  await until(() => dead.fake.hanging() > 0);
  for (let i = 0; i < 20; i += 1) {
    const id = await scene.write(tenant, 'BET_MAKE');
    expect(await deliver(id)).toMatchObject({ status: 'confirmed' });
  }
  await scene.write(tenant, 'BET_WIN');
  await scene.wallet.drain(tenant.operatorId);
  expect(tenant.fake.received).toHaveLength(21);
  // All of it while the other still hangs, within its own limit.
  expect(dead.fake.hanging()).toBe(16);
  expect(dead.fake.received).toHaveLength(16);
  dead.fake.behave('none');
  dead.fake.letGo();
  await draining;
});

describe('an outsider', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: scene.clock.now() }));
  afterEach(() => void vi.useRealTimers());

  test('verifies both signatures with the published keys and the shared secret', async () => {
    tenant.fake.behave((_, attempt) => (attempt === 1 ? '500 after' : 'none'));
    await deliver(await scene.write(tenant, 'BET_MAKE'));
    scene.clock.advance(2_000);
    await scene.wallet.drain(tenant.operatorId);
    const keys = await scene.db.database.as({ kind: 'access' }, 'read', (db) => selectPublicKeys(db, scene.clock.now()));
    expect(JSON.stringify(keys)).not.toMatch(/"(d|p|q|dp|dq|qi)":/);
    const keySet = createLocalJWKSet({ keys } as Parameters<typeof createLocalJWKSet>[0]);
    const tokens = new Set<unknown>();
    for (const { headers, body, request } of tenant.fake.received) {
      const token = headers['authorization']?.replace('Bearer ', '') ?? '';
      const { payload } = await jwtVerify(token, keySet, { issuer: 'predictu', algorithms: ['RS256'], currentDate: scene.clock.now() });
      expect(payload).toMatchObject({ sub: encodeId('operator', tenant.operatorId as Id<'operator'>), method: 'BET_MAKE' });
      expect(payload['digest']).toBe(createHash('sha256').update(body).digest('hex'));
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(30);
      tokens.add(payload.jti);
      expect(new Webhook(tenant.webhookSecret).verify(body, headers)).toMatchObject({ request_id: request.request_id });
      expect(() => new Webhook(tenant.webhookSecret).verify(`${body} `, headers)).toThrow();
      expect(decodeProtectedHeader(token).kid).toBeTruthy();
    }
    expect(tokens.size).toBe(2);
  });
});
