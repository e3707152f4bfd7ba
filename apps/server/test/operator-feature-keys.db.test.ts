/** What keeps players company is there while the operator has it on, and nowhere else: each key before and after. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { defaultOperatorConfig } from '@predictu/contract/shapes/operator-config';
import { price } from '@predictu/contract/units';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { unflatten } from '../src/config/config-change.rules.ts';
import { followAlerts } from '../src/engagement/fire-alerts.ts';
import { followResults } from '../src/engagement/follow-results.ts';
import { rewardReferrals } from '../src/engagement/reward-referrals.ts';
import { sendDigests } from '../src/engagement/send-digests.ts';
import { makeMarket, testId } from './factories.ts';
import { openTestServer, type Person, type TestServer } from './server.ts';

let server: TestServer;
let me: Person;
beforeAll(async () => {
  server = await openTestServer();
  [me] = server.tenants[0].players;
});
afterAll(() => server?.close());

const set = async (values: Record<string, unknown>): Promise<void> => {
  const answer = await server.send('POST', '/api/operator/config', server.tenants[0].token, unflatten(values));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
};
const DEFAULTS = defaultOperatorConfig(['sports']);
beforeEach(() =>
  set({ ...flat('features', DEFAULTS.features), ...flat('notifications', DEFAULTS.notifications), 'ui.show_related_markets': true }),
);
const flat = (group: string, values: object) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${group}.${key}`, value]));

const as = (player: Person) => (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
  server.send(method, `/api/casino/${path}`, player.token, body, { 'idempotency-key': `feature-${testId()}` });
const market = async (columns: object = {}): Promise<{ id: bigint; wire: string }> => {
  const id = await makeMarket(server.db.owner, { priced_at: server.clock.now(), ...columns });
  return { id, wire: encodeId('market', id as Id<'market'>) };
};
const off = (feature: string) => ({
  status: 403,
  body: { error: { code: 'FORBIDDEN', details: { reason: 'feature_disabled', feature } } },
});

test('features.watchlist', async () => {
  const { wire } = await market();
  expect((await as(me)('PUT', `watchlist/${wire}`)).body.data).toEqual({ market_id: wire, watched: true });
  expect((await as(me)('GET', 'watchlist')).body.data.map(({ id }: { id: string }) => id)).toContain(wire);
  await set({ 'features.watchlist': false });
  for (const [method, path] of [
    ['GET', 'watchlist'],
    ['PUT', `watchlist/${wire}`],
    ['DELETE', `watchlist/${wire}`],
  ] as const) {
    expect(await as(me)(method, path)).toMatchObject(off('features.watchlist'));
  }
});

test('features.price_alerts', async () => {
  const body = { market_id: (await market()).wire, direction: 'above', price: 0.6 };
  expect((await as(me)('POST', 'price-alerts', body)).status).toBe(201);
  await set({ 'features.price_alerts': false });
  expect(await as(me)('POST', 'price-alerts', body)).toMatchObject(off('features.price_alerts'));
  expect(await as(me)('GET', 'price-alerts')).toMatchObject(off('features.price_alerts'));
});

test('notifications.price_alert_enabled: what waits goes off only while it is on', async () => {
  const { id, wire } = await market();
  const body = { market_id: wire, direction: 'above', price: 0.6 };
  expect((await as(me)('POST', 'price-alerts', body)).status).toBe(201);
  await set({ 'notifications.price_alert_enabled': false });
  expect(await as(me)('POST', 'price-alerts', body)).toMatchObject(off('notifications.price_alert_enabled'));
  const told = async () =>
    (await as(me)('GET', 'notifications')).body.data.filter((one: { market_id: string }) => one.market_id === wire).length;
  const listeners: ((changes: readonly { marketId: bigint; mid: ReturnType<typeof price> }[]) => void)[] = [];
  const follower = followAlerts({
    database: server.db.database,
    clock: server.clock,
    newId: server.newId,
    onPrices: (listener) => {
      listeners.push(listener);
      return () => {};
    },
    onError: (error) => {
      throw error;
    },
  });
  const tick = async (mid: bigint) => {
    for (const tell of listeners) tell([{ marketId: id, mid: price(mid) }]);
    await follower.flush();
  };
  await tick(7_000n);
  expect(await told()).toBe(0);
  await set({ 'notifications.price_alert_enabled': true });
  await tick(7_000n);
  expect(await told()).toBe(1);
});

test('features.leaderboard', async () => {
  expect((await as(me)('GET', 'leaderboard')).status).toBe(200);
  await set({ 'features.leaderboard': false });
  expect(await as(me)('GET', 'leaderboard')).toMatchObject(off('features.leaderboard'));
});

test('features.social_feed', async () => {
  expect(await as(me)('GET', 'feed')).toMatchObject(off('features.social_feed'));
  await set({ 'features.social_feed': true });
  expect((await as(me)('GET', 'feed')).status).toBe(200);
});

test('ui.show_related_markets', async () => {
  const { wire } = await market({ title: 'Madrid wins the derby', search_title: 'madrid wins the derby' });
  const close = await market({ title: 'Derby of Madrid drawn', search_title: 'derby of madrid drawn', category: 'crypto' });
  const answer = await as(me)('GET', `markets/${wire}/related`);
  expect(answer.body.data[0].id).toBe(close.wire);
  expect(answer.body.data.map(({ id }: { id: string }) => id)).not.toContain(wire);
  await set({ 'ui.show_related_markets': false });
  expect(await as(me)('GET', `markets/${wire}/related`)).toMatchObject(off('ui.show_related_markets'));
});

/** Buys, lets the market end, and looks what the player was told of it. */
async function settled(): Promise<number> {
  const { wire } = await market();
  const order = { market_id: wire, outcome: 'yes', side: 'buy', amount_usd: 5, limit_price: 0.99 };
  expect((await as(me)('POST', 'trades', order)).status).toBe(201);
  const body = { resolution: 'yes', evidence: 'The final score' };
  const resolved = await server.send('POST', `/api/internal/markets/${wire}/resolve`, server.admin, body);
  expect(resolved.status, JSON.stringify(resolved.body)).toBeLessThan(300);
  await server.settlement.sweep();
  await followResults({ database: server.db.database, clock: server.clock, newId: server.newId });
  const { data } = (await as(me)('GET', 'notifications')).body;
  return data.filter((one: { kind: string; market_id: string }) => one.kind === 'settlement' && one.market_id === wire).length;
}
test('notifications.settlement_notification', async () => {
  expect(await settled()).toBe(1);
  await set({ 'notifications.settlement_notification': false });
  expect(await settled()).toBe(0);
});

test('features.referral_program: gate, and no bonus while it is off', async () => {
  expect(await as(me)('GET', 'referral')).toMatchObject(off('features.referral_program'));
  await set({ 'features.referral_program': true });
  expect((await as(me)('GET', 'referral')).body.data).toMatchObject({ code: null, terms: null });
  const terms = { referrer_bonus_usd: 7, referred_bonus_usd: 3, qualifying_trade_usd: 10, most_per_player: 5 };
  expect((await server.send('PUT', '/api/operator/referral-terms', server.tenants[0].token, terms)).status).toBe(200);
  const { code } = (await as(me)('GET', 'referral')).body.data;
  expect(code).toMatch(/^[A-Z0-9]{8}$/);
  const [, other] = server.tenants[0].players;
  const redeemed = await as(other)('POST', 'referral/redeem', { code: code.toLowerCase() });
  expect(redeemed.body.data).toMatchObject({ redeemed: true, can_redeem: false });
  expect((await as(me)('POST', 'referral/redeem', { code })).body.error.code).toBe('CONFLICT');
  expect((await as(other)('POST', 'referral/redeem', { code })).body.error.details.reason).toBe('redeemed');
  const stranger = server.tenants[1].players[0];
  await server.send('POST', '/api/operator/config', server.tenants[1].token, { features: { referral_program: true } });
  await server.send('PUT', '/api/operator/referral-terms', server.tenants[1].token, terms);
  expect((await as(stranger)('POST', 'referral/redeem', { code })).status).toBe(404);

  const { wire } = await market();
  const buy = (amount: number) =>
    as(other)('POST', 'trades', { market_id: wire, outcome: 'yes', side: 'buy', amount_usd: amount, limit_price: 0.99 });
  const balances = async () => Promise.all([me, other].map(async (one) => (await as(one)('GET', 'balance')).body.data.balance_usd));
  const pay = () => rewardReferrals({ database: server.db.database, trading: server.trading, clock: server.clock, newId: server.newId });
  await buy(5);
  const [before] = await balances();
  await pay();
  expect((await balances())[0]).toBe(before);
  await buy(12);
  await set({ 'features.referral_program': false });
  await pay();
  expect((await balances())[0]).toBe(before);
  await set({ 'features.referral_program': true });
  const [mine = 0, theirs = 0] = await balances();
  await Promise.all([pay(), pay(), pay()]);
  await pay();
  expect(await balances()).toEqual([mine + 7, theirs + 3]);
  expect((await as(me)('GET', 'referral')).body.data).toMatchObject({ referred: 1, rewarded: 1, earned_usd: 7 });
  const { data } = (await as(other)('GET', 'notifications')).body;
  expect(data[0]).toMatchObject({ kind: 'referral', amount_usd: 3 });
});

test('notifications.daily_digest: who asked for it is written to in the morning, once, while it is on', async () => {
  const [, other] = server.tenants[0].players;
  await server.db.owner.query(`update players set email = 'player-' || id || '@example.test' where id = any($1)`, [[me.id, other.id]]);
  const profile = (digest: string) => ({ display_name: null, show_name: false, digest });
  await as(me)('PUT', 'profile', profile('daily'));
  await as(other)('PUT', 'profile', profile('off'));
  const order = { market_id: (await market()).wire, outcome: 'yes', side: 'buy', amount_usd: 5, limit_price: 0.99 };
  expect((await as(me)('POST', 'trades', order)).status).toBe(201);
  const send = () => sendDigests({ database: server.db.database, clock: server.clock, newId: server.newId });
  const mails = async () => (await server.db.owner.query(`select recipient, data from mails where template = 'player-digest'`)).rows;
  await send();
  expect(await mails()).toEqual([]);
  await set({ 'notifications.daily_digest': true });
  await Promise.all([send(), send()]);
  await send();
  expect(await mails()).toEqual([
    { recipient: `player-${me.id}@example.test`, data: expect.objectContaining({ often: 'daily', open: expect.any(Number) }) },
  ]);
  await as(me)('POST', 'self-exclusion', { period: '24h' });
  await server.db.owner.query('update player_profiles set digest_sent_on = null');
  await server.db.owner.query('delete from mails');
  await send();
  expect(await mails()).toEqual([]);
});
