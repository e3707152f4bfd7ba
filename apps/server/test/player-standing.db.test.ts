/** What the platform and the operator decide about a player stops its very next trade, and lets it out all the same. */
import { randomUUID } from 'node:crypto';
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeMarket } from './factories.ts';
import { openTestServer, type Person, type TestServer } from './server.ts';

let server: TestServer;
let player: Person;
let user: string;
let own: string;
let foreign: string;
beforeAll(async () => {
  server = await openTestServer();
  [player] = server.tenants[0].players;
  user = encodeId('user', player.id as Id<'user'>);
  own = server.tenants[0].token;
  foreign = server.tenants[1].token;
});
afterAll(() => server?.close());

const market = (id = server.marketId): string => encodeId('market', id as Id<'market'>);
const trade = (order: object) =>
  server.send(
    'POST',
    '/api/casino/trades',
    player.token,
    { outcome: 'yes', market_id: market(), ...order },
    { 'idempotency-key': randomUUID() },
  );
const buy = (amount = 5, marketId?: bigint) =>
  trade({ side: 'buy', amount_usd: amount, limit_price: 0.99, ...(marketId && { market_id: market(marketId) }) });
const sell = (quantity: number) => trade({ side: 'sell', quantity, limit_price: 0.01 });
const asOperator = (path: string, body: object, token = own) =>
  server.send(path === 'restrictions' ? 'PATCH' : 'POST', `/api/operator/users/${user}/${path}`, token, { reason: 'Because', ...body });
const asPlatform = (path: string, body: object, id = user) =>
  server.send(path === 'restrictions' ? 'PATCH' : 'POST', `/api/internal/users/${id}/${path}`, server.admin, {
    reason: 'Because',
    ...body,
  });
const OPEN = { max_bet_usd: null, allowed_categories: null, blocked_categories: [], blocked_markets: [], cooldown_until: null };
const lift = () => asPlatform('restrictions', OPEN);

describe.each([
  ['the operator', asOperator],
  ['the platform', asPlatform],
] as const)('%s', (_, decide) => {
  test.each([
    ['a largest bet', () => ({ max_bet_usd: 4 }), 'RISK_LIMIT', undefined],
    ['other categories', () => ({ allowed_categories: ['crypto'] }), 'PLAYER_RESTRICTED', 'category'],
    ['a blocked category', () => ({ blocked_categories: ['sports'] }), 'PLAYER_RESTRICTED', 'category'],
    ['a blocked market', () => ({ blocked_markets: [market()] }), 'PLAYER_RESTRICTED', 'market'],
    [
      'a cool-down',
      () => ({ cooldown_until: new Date(server.clock.now().getTime() + 60_000).toISOString() }),
      'PLAYER_RESTRICTED',
      'cooldown',
    ],
  ])('stops the next buy by %s, and not the next sale', async (_name, change, code, reason) => {
    const bought = await buy();
    expect(bought.status).toBeLessThan(300);
    const { status, body } = await decide('restrictions', change());
    expect(status).toBe(200);
    expect(body.data.restrictions).toMatchObject({ ...OPEN, ...change() });
    const refused = await buy();
    expect(refused).toMatchObject({ status: 422, body: { error: { code } } });
    if (reason) expect(refused.body.error.details.reason).toBe(reason);
    expect((await sell(1)).status).toBeLessThan(300);
    expect((await lift()).body.data.restrictions.held_by).toBeNull();
    expect((await buy()).status).toBeLessThan(300);
  });

  test('what is not blocked stays open; a cool-down ends by itself', async () => {
    const other = await makeMarket(server.db.owner, { category: 'crypto', priced_at: server.clock.now(), received_at: server.clock.now() });
    await decide('restrictions', { blocked_markets: [market(other)] });
    expect((await buy()).status).toBeLessThan(300);
    await decide('restrictions', { ...OPEN, max_bet_usd: 5 });
    expect((await buy(5)).status).toBeLessThan(300);
    const until = new Date(server.clock.now().getTime() + 1_000);
    await decide('restrictions', { ...OPEN, cooldown_until: until.toISOString() });
    expect((await buy()).status).toBe(422);
    server.clock.set(until);
    expect((await buy()).status).toBeLessThan(300);
    await lift();
  });

  test('suspends: nothing is bought, but sold and withdrawn; reinstated, it goes on', async () => {
    await buy();
    expect((await decide('suspend', {})).body.data).toMatchObject({ status: 'suspended' });
    expect(await buy()).toMatchObject({ status: 422, body: { error: { code: 'PLAYER_RESTRICTED', details: { reason: 'suspended' } } } });
    expect((await sell(1)).status).toBeLessThan(300);
    const withdrawal = { action: 'withdraw', amount_usd: 1, idempotency_key: randomUUID() };
    expect((await decide('balance', withdrawal)).status).toBe(200);
    expect((await decide('suspend', {})).status).toBe(409);
    expect((await decide('reinstate', {})).body.data).toMatchObject({ status: 'active', suspended_by: null });
    expect((await decide('reinstate', {})).status).toBe(409);
    expect((await buy()).status).toBeLessThan(300);
  });

  test('moves the limit tier, in force with the next trade', async () => {
    expect((await decide('limit-tier', { limit_tier: 'new' })).body.data.limit_tier).toBe('new');
    expect(await buy(11)).toMatchObject({ status: 422, body: { error: { code: 'RISK_LIMIT' } } });
    await decide('limit-tier', { limit_tier: 'vip' });
    expect((await buy(11)).status).toBeLessThan(300);
  });

  test('must say why, and is written down', async () => {
    expect((await decide('suspend', { reason: ' ' })).status).toBe(422);
    expect((await decide('restrictions', {})).status).toBe(422);
    const unknown = await decide('restrictions', { blocked_markets: [market(1n)] });
    expect(unknown).toMatchObject({ status: 422, body: { error: { details: { fields: [{ field: 'blocked_markets.0' }] } } } });
    const { body } = await decide('restrictions', { max_bet_usd: 7, reason: 'Seven' });
    const id = (await server.db.owner.query(`select * from platform_audit_log order by id desc limit 1`)).rows[0];
    expect(id).toMatchObject({
      action: 'player.restricted',
      subject: user,
      reason: 'Seven',
      before: { maxBet: null },
      after: { maxBet: '700' },
    });
    expect(body.data.audit_id).toBe(encodeId('audit', id.id));
    await lift();
  });
});

test('what the platform did, the operator does not undo', async () => {
  await asPlatform('suspend', {});
  expect(await asOperator('reinstate', {})).toMatchObject({ status: 409, body: { error: { details: { reason: 'held_by_platform' } } } });
  await asPlatform('reinstate', {});
  await asOperator('suspend', {});
  expect((await asPlatform('suspend', {})).body.data.suspended_by).toBe('platform');
  expect((await asOperator('reinstate', {})).status).toBe(409);
  await asPlatform('reinstate', {});
  expect((await asPlatform('restrictions', { max_bet_usd: 3 })).body.data.restrictions.held_by).toBe('platform');
  expect(await asOperator('restrictions', { max_bet_usd: null })).toMatchObject({ status: 409 });
  await lift();
  expect((await asOperator('restrictions', { max_bet_usd: 3 })).body.data.restrictions.held_by).toBe('operator');
  await lift();
});

test('another operator’s player is not there', async () => {
  for (const path of ['restrictions', 'suspend', 'reinstate'])
    expect((await asOperator(path, { max_bet_usd: 1 }, foreign)).status).not.toBe(200);
  expect((await asOperator('suspend', {}, foreign)).status).toBe(404);
  expect((await asOperator('restrictions', { max_bet_usd: 1 }, foreign)).status).toBe(404);
  expect((await asOperator('limit-tier', { limit_tier: 'vip' }, foreign)).status).toBe(404);
  expect((await asPlatform('suspend', {}, encodeId('user', 1n as Id<'user'>))).status).toBe(404);
});

test('the platform moves a balance: one ledger row that names who and why, once by key', async () => {
  const body = { action: 'deposit', amount_usd: 12.5, reason: 'Goodwill', idempotency_key: 'goodwill-1' };
  const before = (await server.send('GET', `/api/internal/users/${user}`, server.admin)).body.data.balance_usd;
  const first = await server.send('POST', `/api/internal/users/${user}/balance`, server.admin, body);
  expect(first.body.data).toMatchObject({
    user_id: user,
    amount_usd: 12.5,
    balance_before_usd: before,
    balance_after_usd: Math.round((before + 12.5) * 100) / 100,
    adjusted_by: expect.stringMatching(/^adm_/),
  });
  const again = await server.send('POST', `/api/internal/users/${user}/balance`, server.admin, body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(again.body.data).toEqual(first.body.data);
  const { rows } = await server.db.owner.query(
    `select metadata ->> 'actor' as actor from ledger_entries where description like '%Goodwill%'`,
  );
  expect(rows).toEqual([{ actor: first.body.data.adjusted_by }]);
  const more = { ...body, action: 'withdraw', amount_usd: 1_000_000, idempotency_key: 'goodwill-2' };
  expect(await server.send('POST', `/api/internal/users/${user}/balance`, server.admin, more)).toMatchObject({
    status: 422,
    body: { error: { code: 'INSUFFICIENT_BALANCE' } },
  });
});
