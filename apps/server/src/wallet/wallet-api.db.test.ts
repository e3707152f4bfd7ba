import { createHash, createPublicKey } from 'node:crypto';
import { encodeId, type Id } from '@predictu/contract/ids';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testId } from '../../test/factories.ts';
import { type FakeWallet, openFakeWallet } from '../../test/fake-wallet.ts';
import { type Answer, openTestServer, type TestServer } from '../../test/server.ts';
import { makeWalletCall } from '../../test/wallet-scene.ts';
import type { NewCall } from './wallet.ts';

let server: TestServer;
let fake: FakeWallet;
let fakeOfSecond: FakeWallet;
beforeAll(async () => {
  server = await openTestServer();
  fake = await openFakeWallet();
  fakeOfSecond = await openFakeWallet();
});
afterAll(async () => {
  await Promise.all([fake.close(), fakeOfSecond.close()]);
  await server.close();
});

const own = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown, tenant = 0): Promise<Answer> =>
  server.send(method as 'POST', `/api/operator/wallet${path}`, server.tenants[tenant as 0].token, body);
const wire = (id: bigint) => encodeId('transaction', id as Id<'transaction'>);

function writeCall(tenant: 0 | 1, changes: Partial<NewCall> = {}): Promise<bigint> {
  const { operatorId, players } = server.tenants[tenant];
  const at = { operatorId, playerId: players[0].id, marketId: server.marketId };
  return makeWalletCall(server.db.database, at, { createdAt: server.clock.now(), ...changes });
}
const runUntilIdle = async (tenant: 0 | 1) => {
  for (let i = 0; i < 40; i += 1) {
    await server.wallet.drain(server.tenants[tenant].operatorId);
    server.clock.advance(20_000);
  }
};

describe('wallet settings', () => {
  test('start with the defaults; the address and the budgets change, audited', async () => {
    expect((await own('GET', '')).body.data).toMatchObject({
      mode: 'internal',
      callback_url: null,
      signing_key_fingerprint: null,
      healthy: null,
    });
    const changed = await own('PATCH', '', { callback_url: fake.url, budgets_ms: { BET_MAKE: 1_500 }, concurrency: 8 });
    expect(changed.body.data).toMatchObject({ callback_url: fake.url, concurrency: 8, budgets_ms: { BET_MAKE: 1_500, PING: 2_000 } });
    const { rows } = await server.db.owner.query(
      `select action from platform_audit_log where action in ('operator.wallet', 'wallet.budgets') order by id`,
    );
    expect(rows.map(({ action }) => action).sort()).toEqual(['operator.wallet', 'wallet.budgets']);
    expect((await own('GET', '', undefined, 1)).body.data.callback_url).toBeNull();
  });

  test.each([['ftp://casino.example/'], ['http://10.0.0.1/'], ['https://169.254.169.254/latest']])(
    '%s is no callback URL',
    async (callback_url) => {
      const answer = await own('PATCH', '', { callback_url });
      expect(answer.status).toBe(422);
      expect(answer.body.error.details.fields[0].field).toBe('callback_url');
    },
  );

  test('the mode changes only while no money depends on the present one', async () => {
    expect((await own('PATCH', '', { mode: 'seamless' })).body.error).toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'open_players' },
    });
    expect((await own('PATCH', '', { mode: 'seamless' }, 1)).body.error.details.reason).toBe('no_callback_url');
  });

  test('an admin sees and changes those of any operator, in its name', async () => {
    const url = '/api/internal/operators/second-casino/wallet';
    const changed = await server.inject({
      method: 'PATCH',
      url,
      headers: { authorization: `Bearer ${server.admin}` },
      payload: { budgets_ms: { BET_WIN: 7_000 }, concurrency: 9 },
    });
    expect(changed.status, JSON.stringify(changed.body)).toBe(200);
    expect(changed.body.data).toMatchObject({ concurrency: 9, budgets_ms: { BET_WIN: 7_000, PING: 2_000 } });
    expect((await server.send('GET', url, server.admin)).body).toEqual(changed.body);
    expect((await own('GET', '', undefined, 1)).body).toEqual(changed.body);
    expect((await own('GET', '', undefined, 0)).body.data.concurrency).not.toBe(9);
    const { rows } = await server.db.owner.query(
      `select o.slug, a.actor_kind from platform_audit_log a join operators o on o.id = a.operator_id where a.action = 'wallet.budgets' order by a.id desc limit 1`,
    );
    expect(rows).toEqual([{ slug: 'second-casino', actor_kind: 'admin' }]);
    expect((await server.send('GET', '/api/internal/operators/nobody/wallet', server.admin)).status).toBe(404);
  });

  test('a member without the permission changes nothing', async () => {
    expect((await server.send('POST', '/api/operator/wallet/signing-key/rotate', server.tenants[0].players[0].token, {})).status).toBe(403);
  });
});

/** Sessions would have ended by then: what ends within a day ends now. */
const dayLater = (table: string) =>
  server.db.owner.query(`update ${table} set ends_at = $1 where ends_at is not null`, [server.clock.now()]);

describe('keys', () => {
  const keySet = async () => (await server.inject({ method: 'GET', url: '/.well-known/jwks.json' })).body.keys as { kid: string }[];

  test('rotate: published at once, signing ten minutes later, two live at most', async () => {
    const first = (await own('POST', '/signing-key/rotate', {})).body.data;
    expect(first.signing_key_fingerprint).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(first.signing_keys).toHaveLength(1);
    const second = (await own('POST', '/signing-key/rotate', {})).body.data;
    expect(second.signing_keys.map(({ state }: { state: string }) => state)).toEqual(['active', 'new']);
    expect(second.signing_key_fingerprint).toBe(first.signing_key_fingerprint);
    const published = await server.inject({ method: 'GET', url: '/.well-known/jwks.json' });
    expect(published.headers['cache-control']).toBe('public, max-age=300');
    expect(published.body.keys).toHaveLength(2);
    expect(Object.keys(published.body.keys[0]).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect((await own('POST', '/signing-key/rotate', {})).body.error.code).toBe('CONFLICT');

    const [jwk] = published.body.keys;
    const spki = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' });
    expect(first.signing_key_fingerprint).toBe(`sha256:${createHash('sha256').update(spki).digest('hex')}`);
    const kids = second.signing_keys.map(({ kid }: { kid: string }) => kid);
    const signedBy = async () => {
      await own('POST', '/ping', {});
      const token = fake.received.at(-1)?.headers['authorization']?.split(' ')[1] ?? '';
      expect(decodeJwt(token)).toMatchObject({ iss: 'predictu', method: 'PING' });
      return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
    };
    expect(await signedBy()).toBe(kids[0]);
    server.clock.advance(10 * 60_000);
    expect(await signedBy()).toBe(kids[1]);
    await dayLater('wallet_signing_keys');
    expect((await keySet()).map(({ kid }) => kid)).toEqual([kids[1]]);
  });

  test('webhook secrets: shown once, two sign side by side for a day', async () => {
    const made = await own('POST', '/webhook-secret/rotate', {});
    expect(made.status).toBe(201);
    expect(made.body.data.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const next = (await own('POST', '/webhook-secret/rotate', {})).body.data;
    expect(next.predecessor_ends_at).not.toBeNull();
    expect(JSON.stringify((await own('GET', '')).body)).not.toContain('whsec_');
    await own('POST', '/ping', {});
    expect(fake.received.at(-1)?.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    await dayLater('wallet_webhook_secrets');
    await own('POST', '/ping', {});
    expect(fake.received.at(-1)?.headers['webhook-signature']?.split(' ')).toHaveLength(1);
    const { rows } = await server.db.owner.query(
      'select * from wallet_webhook_secrets union all select operator_id, id, private_encrypted, null, created_at from wallet_signing_keys',
    );
    for (const row of rows) expect(row.secret_encrypted).toMatch(/^v1\./);
  });
});

describe('a test PING', () => {
  const steps = (answer: Answer) =>
    answer.body.data.steps.map(({ step, ok }: { step: string; ok: boolean }) => `${step} ${ok ? 'ok' : 'not ok'}`);

  test('says step by step what happened, and health remembers it', async () => {
    const good = await own('POST', '/ping', {});
    expect(steps(good)).toEqual(['callback_url ok', 'address ok', 'signature ok', 'request ok', 'answer ok']);
    expect((await own('GET', '')).body.data).toMatchObject({ healthy: true, failures: 0, last_ping: server.clock.now().toISOString() });
    fake.behave('bad signature');
    expect(steps(await own('POST', '/ping', {}))).toEqual([
      'callback_url ok',
      'address ok',
      'signature not ok',
      'request ok',
      'answer not ok',
    ]);
    fake.behave('html');
    await own('POST', '/ping', {});
    expect((await own('GET', '')).body.data).toMatchObject({ healthy: false, failures: 2 });
    fake.behave('none');
    await server.db.owner.query('update operators set s2s_enabled = true where id = $1', [server.tenants[0].operatorId]);
    await server.wallet.pingAll();
    expect((await own('GET', '')).body.data).toMatchObject({ healthy: true, failures: 0 });
  });

  test('without a callback URL says so', async () => {
    expect(steps(await own('POST', '/ping', {}, 1))).toEqual(['callback_url not ok', 'request not ok']);
  });
});

describe('the callback log', () => {
  test('shows every attempt, as text to repeat, without secrets', async () => {
    fake.balances.set('one', 0);
    const { rows } = await server.db.owner.query('select external_id from players where id = $1', [server.tenants[0].players[0].id]);
    fake.balances.set(rows[0].external_id, 100);
    fake.behave((_, attempt) => (attempt === 1 ? 'html' : 'none'));
    const id = await writeCall(0);
    await runUntilIdle(0);
    const { data } = (await own('GET', `/calls/${wire(id)}`)).body;
    expect(data).toMatchObject({ id: wire(id), method: 'BET_WIN', status: 'confirmed', amount_usd: 5, balance_usd: 6, attempts: 2 });
    expect(
      data.attempt_log.map(({ outcome, http_status, answer }: Record<string, unknown>) => [
        outcome,
        http_status,
        String(answer).slice(0, 6),
      ]),
    ).toEqual([
      ['unknown', 200, '<html>'],
      ['duplicate', 200, '{"stat'],
    ]);
    expect(data.attempt_log[0].request).toBe(fake.received.at(-1)?.body);
    expect(data.attempt_log[0].curl).toContain(`--data-raw '${data.attempt_log[0].request}'`);
    expect(data.attempt_log[0].curl).toContain('Bearer [redacted]');
    expect(JSON.stringify(data)).not.toMatch(/eyJ|v1,/);
  });

  test('is filtered, and another operator’s calls are not there', async () => {
    const id = await writeCall(1, { method: 'BET_LOSE' });
    const list = async (query: string, tenant = 1) => (await own('GET', `/calls?${query}`, undefined, tenant)).body;
    expect((await list('method=BET_LOSE')).data.map((call: { id: string }) => call.id)).toEqual([wire(id)]);
    expect((await list('method=BET_WIN')).data).toEqual([]);
    expect((await list(`user_id=${encodeId('user', server.tenants[1].players[0].id as Id<'user'>)}`)).pagination.total).toBe(1);
    expect((await list('status=failed')).data).toEqual([]);
    expect((await list('method=BET_LOSE', 0)).data).toEqual([]);
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['POST', '/replay', { reason: 'x' }],
      ['POST', '/handle', { reason: 'x' }],
    ] as const) {
      expect((await own(method, `/calls/${wire(id)}${path}`, body)).status).toBe(404);
    }
    const admin = await server.send('GET', '/api/internal/wallet/calls?operator=second-casino', server.admin);
    expect(admin.body.data.map((call: { id: string; operator_slug: string }) => [call.id, call.operator_slug])).toEqual([
      [wire(id), 'second-casino'],
    ]);
  });

  test('what waits for a person is sent again, one or many, or marked as handled', async () => {
    fake.behave('500 after');
    const ids = [await writeCall(0), await writeCall(0), await writeCall(0)] as const;
    await runUntilIdle(0);
    expect((await own('GET', '/calls?status=failed')).body.pagination.total).toBe(3);
    fake.behave('none');
    const one = await own('POST', `/calls/${wire(ids[0])}/replay`, { reason: 'The wallet is back' });
    expect([one.status, one.body.data.status]).toEqual([202, 'pending']);
    const handled = await server.send('POST', `/api/internal/wallet/calls/${wire(ids[2])}/handle`, server.admin, {
      reason: 'Paid at the desk',
    });
    expect(handled.body.data).toMatchObject({ status: 'handled', reason: 'Paid at the desk', next_attempt_at: null });
    const many = await own('POST', '/calls/replay', { call_ids: [ids[1], ids[2], testId()].map(wire), reason: 'All of them' });
    expect(many.body.data).toMatchObject({
      replayed: [wire(ids[1])],
      skipped: [{ id: wire(ids[2]), reason: 'it is handled' }, { reason: 'No such callback' }],
    });
    expect((await own('POST', `/calls/${wire(ids[2])}/replay`, { reason: 'again' })).status).toBe(409);
    await runUntilIdle(0);
    for (const id of [ids[0], ids[1]]) expect((await own('GET', `/calls/${wire(id)}`)).body.data.status).toBe('confirmed');
    expect((await own('POST', `/calls/${wire(ids[0])}/handle`, { reason: 'x' })).status).toBe(409);
  });

  test('a rollback that nobody confirms waits for a person, who may close it: then the bet is undone', async () => {
    const tradeId = testId();
    const debit = await writeCall(0, { id: tradeId, method: 'BET_MAKE', tradeId, positionId: null, settlementId: null, referenceId: null });
    fake.behave(({ method }) => (method === 'BET_ROLLBACK' ? 'blocked' : '500 after'));
    await runUntilIdle(0);
    const [rollback] = (await own('GET', '/calls?method=BET_ROLLBACK&status=failed')).body.data;
    expect(rollback).toMatchObject({ reference_id: wire(debit), reason_code: 'PLAYER_BLOCKED' });
    expect((await own('POST', `/calls/${wire(debit)}/replay`, { reason: 'no' })).status).toBe(409);
    expect((await own('POST', `/calls/${rollback.id}/handle`, { reason: 'Given back by hand' })).body.data.status).toBe('handled');
    expect((await own('GET', `/calls/${wire(debit)}`)).body.data.status).toBe('rolled_back');
  });
});
