/** Watchlist, alerts, notifications, names, leaderboard and feed of players. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { type Price, price } from '@predictu/contract/units';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { followAlerts } from '../src/engagement/fire-alerts.ts';
import { openNotificationFeed } from '../src/engagement/follow-notifications.ts';
import { followResults, forgetResultsOfOld } from '../src/engagement/follow-results.ts';
import { makeMarket, testId } from './factories.ts';
import { openTestServer, type Person, type TestServer } from './server.ts';
import { until } from './trading-scene.ts';

let server: TestServer;
let me: Person;
let other: Person;
let stranger: Person;
beforeAll(async () => {
  server = await openTestServer();
  [me, other] = server.tenants[0].players;
  [stranger] = server.tenants[1].players;
  for (const { token } of server.tenants) await server.send('POST', '/api/operator/config', token, { features: { social_feed: true } });
});
afterAll(() => server?.close());

const as = (player: Person) => (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
  server.send(method, `/api/casino/${path}`, player.token, body, { 'idempotency-key': `engage-${testId()}` });
const wire = (id: bigint): string => encodeId('market', id as Id<'market'>);
const fail = (error: unknown) => {
  throw error;
};
type Tell = (changes: readonly { marketId: bigint; mid: Price | null }[]) => void;
function alertFollower() {
  const listeners: Tell[] = [];
  const { database } = server.db;
  const onPrices = (listener: Tell) => {
    listeners.push(listener);
    return () => {};
  };
  const follower = followAlerts({ database, clock: server.clock, newId: server.newId, onPrices, onError: fail });
  return {
    ...follower,
    tell: (marketId: bigint, ...mids: bigint[]) => {
      for (const listener of listeners) listener(mids.map((mid) => ({ marketId, mid: price(mid) })));
    },
  };
}

test('the watchlist is a player’s own, the last added first', async () => {
  const [first, second] = [await makeMarket(server.db.owner), await makeMarket(server.db.owner)];
  await as(me)('PUT', `watchlist/${wire(first)}`);
  server.clock.set(new Date(server.clock.now().getTime() + 1_000));
  await as(me)('PUT', `watchlist/${wire(second)}`);
  await as(me)('PUT', `watchlist/${wire(second)}`);
  const ids = async (player: Person) => (await as(player)('GET', 'watchlist')).body.data.map(({ id }: { id: string }) => id);
  expect(await ids(me)).toEqual([wire(second), wire(first)]);
  expect(await ids(other)).toEqual([]);
  expect((await as(me)('DELETE', `watchlist/${wire(second)}`)).body.data.watched).toBe(false);
  expect(await ids(me)).toEqual([wire(first)]);
});

test('an alert goes off once, at the first price that reaches it, however many look at once', async () => {
  const id = await makeMarket(server.db.owner);
  const set = (direction: string, at: number) => as(me)('POST', 'price-alerts', { market_id: wire(id), direction, price: at });
  expect((await set('above', 0.4)).body.error).toMatchObject({ code: 'CONFLICT', details: { reason: 'reached' } });
  const above = (await set('above', 0.7)).body.data;
  await set('below', 0.3);
  const followers = [alertFollower(), alertFollower(), alertFollower()];
  for (const one of followers) one.tell(id, 6_000n, 7_100n, 6_500n);
  await Promise.all(followers.map((one) => one.flush()));
  for (const one of followers) one.tell(id, 7_500n);
  await Promise.all(followers.map((one) => one.flush()));
  const { data, unread } = (await as(me)('GET', 'notifications')).body;
  const told = data.filter((one: { market_id: string }) => one.market_id === wire(id));
  expect(told).toEqual([
    expect.objectContaining({ kind: 'price_alert', direction: 'above', price: 0.7, market_title: 'Will it?', read_at: null }),
  ]);
  const alerts = (await as(me)('GET', 'price-alerts')).body.data;
  expect(alerts.find((one: { id: string }) => one.id === above.id).fired_at).not.toBeNull();
  expect(alerts.find((one: { direction: string }) => one.direction === 'below').fired_at).toBeNull();
  expect((await as(other)('GET', 'notifications')).body.data).toEqual([]);
  expect((await as(other)('DELETE', `price-alerts/${above.id}`)).status).toBe(404);
  const read = await as(me)('POST', 'notifications/read', { ids: [told[0].id] });
  expect(read.body.data.unread).toBe(unread - 1);
});

test('an alert that was reached while nobody looked goes off at the next start; a player has at most fifty', async () => {
  const id = await makeMarket(server.db.owner);
  for (let index = 0; index < 50; index += 1) {
    await as(other)('POST', 'price-alerts', { market_id: wire(id), direction: 'above', price: (6_000 + index) / 10_000 });
  }
  const more = await as(other)('POST', 'price-alerts', { market_id: wire(id), direction: 'above', price: 0.9 });
  expect(more.body.error).toMatchObject({ code: 'CONFLICT', details: { reason: 'too_many', most: 50 } });
  await server.db.owner.query('update markets set mid = 6005 where id = $1', [id]);
  await alertFollower().flush();
  expect((await as(other)('GET', 'notifications')).body.pagination.total).toBe(6);
});

test('whoever listens is told once, and of nobody else’s', async () => {
  const id = await makeMarket(server.db.owner);
  await as(me)('POST', 'price-alerts', { market_id: wire(id), direction: 'below', price: 0.2 });
  server.clock.set(new Date(server.clock.now().getTime() + 1_000));
  const feed = openNotificationFeed(server.db.database, server.clock, fail);
  const [mine, theirs]: [unknown[], unknown[]] = [[], []];
  const stops = [feed.follow({ operatorId: me.operatorId, playerId: me.id }, (told) => mine.push(told))];
  stops.push(feed.follow({ operatorId: stranger.operatorId, playerId: stranger.id }, (told) => theirs.push(told)));
  const follower = alertFollower();
  follower.tell(id, 1_900n);
  await follower.flush();
  await until(() => mine.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  for (const stop of stops) stop();
  expect(mine).toEqual([expect.objectContaining({ kind: 'price_alert', market_id: id })]);
  expect(theirs).toEqual([]);
});

test('names are unique at an operator, shown only of who shows them; boards and feed know nobody of another operator', async () => {
  const profile = (name: string | null, show: boolean) => ({ display_name: name, show_name: show, digest: 'off' });
  expect((await as(me)('PUT', 'profile', profile('Lucky Ana', true))).body.data).toMatchObject({
    display_name: 'Lucky Ana',
    show_name: true,
  });
  expect((await as(other)('PUT', 'profile', profile('lucky ana', true))).body.error.details.reason).toBe('name_taken');
  expect((await as(stranger)('PUT', 'profile', profile('Lucky Ana', true))).status).toBe(200);
  expect((await as(other)('PUT', 'profile', profile('Quiet One', false))).status).toBe(200);
  expect((await as(other)('PUT', 'profile', profile(null, true))).status).toBe(422);

  const id = await makeMarket(server.db.owner, { priced_at: server.clock.now() });
  const buy = (player: Person, amount: number, outcome = 'yes') =>
    as(player)('POST', 'trades', { market_id: wire(id), outcome, side: 'buy', amount_usd: amount, limit_price: 0.99 });
  await buy(me, 20);
  const bought = await buy(other, 40);
  await buy(stranger, 60);
  await as(other)('POST', 'trades', {
    market_id: wire(id),
    outcome: 'yes',
    side: 'sell',
    quantity: bought.body.data.quantity,
    limit_price: 0.01,
  });
  await followResults({ database: server.db.database, clock: server.clock, newId: server.newId });
  const board = async (player: Person, query: string) => (await as(player)('GET', `leaderboard?${query}`)).body.data;
  for (const period of ['day', 'week', 'month', 'all']) {
    const { entries, own, players } = await board(me, `period=${period}&by=volume`);
    expect(players).toBe(2);
    expect(entries.map(({ display_name: name, mine }: { display_name: string; mine: boolean }) => [name, mine])).toEqual([
      [null, false],
      ['Lucky Ana', true],
    ]);
    expect(own.place).toBe(2);
  }
  const { entries } = await board(other, 'by=pnl');
  expect(entries[0]).toMatchObject({ display_name: 'Lucky Ana', value_usd: 0, mine: false });
  expect(entries[1]).toMatchObject({ display_name: null, mine: true });
  expect(entries[1].value_usd).toBeLessThan(0);
  const { rows } = await server.db.owner.query('select realized_pnl_cents, volume_cents from players where id = $1', [other.id]);
  expect(Math.round(entries[1].value_usd * 100)).toBe(Number(rows[0].realized_pnl_cents));

  const feed = (await as(me)('GET', 'feed')).body.data;
  expect(feed.map(({ display_name: name, side }: { display_name: string; side: string }) => [name, side])).toEqual([
    [null, 'sell'],
    [null, 'buy'],
    ['Lucky Ana', 'buy'],
  ]);
  expect(JSON.stringify(feed)).not.toContain('60');
});

test('the board counts everything once, however often it looks', async () => {
  const look = () => followResults({ database: server.db.database, clock: server.clock, newId: server.newId });
  await Promise.all([look(), look(), look()]);
  const { rows } = await server.db.owner.query(
    `select sum(r.volume_cents) as board, (select sum(amount_cents) from trades where operator_id = $1 and status = 'filled') as trades
     from leaderboard_results r where r.operator_id = $1 and r.period = 'all'`,
    [me.operatorId],
  );
  expect(rows[0].board).toBe(rows[0].trades);
});

test('old boards and what was told long ago are forgotten; the board of all time stays', async () => {
  server.clock.set(new Date(server.clock.now().getTime() + 200 * 86_400_000));
  await forgetResultsOfOld({ database: server.db.database, clock: server.clock });
  const { rows } = await server.db.owner.query(
    `select (select count(*)::int from player_notifications) as told, (select array_agg(distinct period) from leaderboard_results) as periods`,
  );
  expect(rows[0]).toEqual({ told: 0, periods: ['all'] });
});
