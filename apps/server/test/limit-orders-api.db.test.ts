/** Limit orders and the order book as players, operators and the platform meet them over HTTP. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { price } from '@predictu/contract/units';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FollowedRow, openPlayerFeed } from '../src/trading/follow-players.ts';
import { makeMarket, testId } from './factories.ts';
import { openTestServer, type Person, type TestServer } from './server.ts';

let server: TestServer;
let market: string;
let marketId: bigint;
const wireMarket = (id: bigint): string => encodeId('market', id as Id<'market'>);
beforeAll(async () => {
  server = await openTestServer();
  marketId = await makeMarket(server.db.owner);
  market = wireMarket(marketId);
  await configure({ trading: { allow_limit_orders: true }, ui: { show_orderbook: true } });
});
afterAll(() => server?.close());

async function configure(patch: object, tenant: 0 | 1 = 0): Promise<void> {
  const answer = await server.send('POST', '/api/operator/config', server.tenants[tenant].token, patch);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}
const [one, two] = [() => server.tenants[0].players[0], () => server.tenants[0].players[1]];
const key = () => ({ 'idempotency-key': `o-${testId()}` });
const buying = (limit: number, changes: object = {}) => ({
  market_id: market,
  outcome: 'yes',
  side: 'buy',
  amount_usd: 10,
  limit_price: limit,
  ...changes,
});
const place = (person: Person, body: object, headers = key()) => server.send('POST', '/api/casino/orders', person.token, body, headers);
const balance = async (person: Person): Promise<number> =>
  (await server.send('GET', '/api/casino/balance', person.token)).body.data.balance_usd;
const quote = async (mid: bigint): Promise<void> => {
  await server.db.owner.query('update markets set mid = $2, priced_at = $3 where id = $1', [marketId, mid, server.clock.now()]);
  server.matcher.moved([{ marketId, mid: price(mid), at: server.clock.now() }]);
  await server.matcher.idle();
};

test('placed, listed, replayed, cancelled: the money leaves the balance and comes back', async () => {
  const before = await balance(one());
  const headers = key();
  const expires = new Date(server.clock.now().getTime() + 3_600_000).toISOString();
  const placed = await place(one(), buying(0.4, { expires_at: expires }), headers);
  if (placed.status !== 201) throw new Error(JSON.stringify(placed.body) + server.lines.slice(-2).join('\n'));
  expect(placed).toMatchObject({
    status: 201,
    body: {
      data: { status: 'open', limit_price: 0.4, amount_usd: 10, quantity: null, held_usd: 10.05, trade_id: null, expires_at: expires },
    },
  });
  expect(placed.body.balance_usd).toBe(before - 10.05);
  expect(await balance(one())).toBe(before - 10.05);
  const again = await place(one(), buying(0.4, { expires_at: expires }), headers);
  expect(again).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: placed.body });
  expect((await place(one(), buying(0.5), headers)).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  const listed = await server.send('GET', `/api/casino/orders?status=open&market_id=${market}`, one().token);
  expect(listed.body).toMatchObject({ data: [{ id: placed.body.data.id, market_title: 'Will it?' }], pagination: { total: 1 } });
  const url = `/api/casino/orders/${placed.body.data.id}`;
  expect((await server.send('GET', url, one().token)).body.data).toEqual(placed.body.data);
  expect((await server.send('GET', url, two().token)).status).toBe(404);
  expect((await server.send('DELETE', url, two().token)).status).toBe(404);
  const cancelled = await server.send('DELETE', url, one().token);
  expect(cancelled).toMatchObject({
    status: 200,
    body: { data: { status: 'cancelled', reason: 'player', held_usd: 0 }, balance_usd: before },
  });
  expect((await server.send('DELETE', url, one().token)).body).toEqual(cancelled.body);
  const rows = (await server.send('GET', '/api/casino/ledger?limit=2', one().token)).body.data;
  expect(rows).toMatchObject([
    { type: 'trade_credit', amount_usd: 10.05, description: 'Limit order no longer holds it' },
    { type: 'trade_debit', amount_usd: -10.05, description: 'Held for a limit order' },
  ]);
});

test('a move of the price fills it; operator and platform see it with whose it is', async () => {
  const placed = await place(one(), buying(0.4));
  await quote(3_000n);
  const { body } = await server.send('GET', `/api/casino/orders/${placed.body.data.id}`, one().token);
  expect(body.data).toMatchObject({ status: 'filled', held_usd: 0, reason: null });
  expect(body.data.price).toBeLessThanOrEqual(0.4);
  const trades = (await server.send('GET', '/api/casino/trades?limit=1', one().token)).body.data;
  expect(trades).toMatchObject([{ id: body.data.trade_id, price: body.data.price, cost_usd: 10 }]);
  const user = encodeId('user', one().id as Id<'user'>);
  const own = await server.send('GET', `/api/operator/orders?user_id=${user}&status=filled`, server.tenants[0].token);
  expect(own.body.data).toMatchObject([{ id: placed.body.data.id, user_id: user, external_user_id: 'one' }]);
  expect(own.body.data[0].operator_slug).toBeUndefined();
  const all = await server.send('GET', `/api/internal/orders?operator=first-casino&market_id=${market}`, server.admin);
  expect(all.body.data.map(({ operator_slug }: { operator_slug: string }) => operator_slug)).toEqual(['first-casino', 'first-casino']);
  expect((await server.send('GET', '/api/operator/orders', server.tenants[1].token)).body.data).toEqual([]);
  const shown = await server.send('GET', `/api/internal/users/${user}/ledger?limit=1`, server.admin);
  expect(shown.status).toBe(200);
  await quote(5_000n);
});

test('a limit that is true already executes at once', async () => {
  const placed = await place(two(), buying(0.9));
  expect(placed.body.data).toMatchObject({ status: 'filled', held_usd: 0 });
  expect(placed.body.data.price).toBeLessThan(0.52);
});

test.each([
  ['limit_price', { limit_price: 0 }],
  ['limit_price', { limit_price: 1 }],
  ['amount_usd', { amount_usd: undefined }],
  ['quantity', { quantity: 1 }],
  ['expires_at', { expires_at: '2020-01-01T00:00:00Z' }],
])('%s is refused when it does not fit', async (field, changes) => {
  const answer = await place(one(), buying(0.4, changes));
  expect(answer).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_ERROR', details: { fields: [{ field }] } } } });
});

test('the book holds what rests at this casino by price, and what the house offers, and nothing of another casino', async () => {
  await configure({ trading: { allow_limit_orders: true }, ui: { show_orderbook: true } }, 1);
  await place(one(), buying(0.4));
  await place(two(), buying(0.4, { amount_usd: 30 }));
  await place(two(), buying(0.35));
  await place(server.tenants[1].players[0], buying(0.4));
  const bought = (await server.send('GET', `/api/casino/positions?market_id=${market}`, two().token)).body.data[0].quantity;
  await place(two(), { market_id: market, outcome: 'yes', side: 'sell', quantity: bought, limit_price: 0.8 });
  const book = (await server.send('GET', `/api/casino/markets/${market}/orderbook`, one().token)).body.data;
  expect(book.yes.bids.slice(1)).toEqual([
    { price: 0.4, quantity: 100, orders: 2, house: false },
    { price: 0.35, quantity: 28.57, orders: 1, house: false },
  ]);
  const detail = (await server.send('GET', `/api/casino/markets/${market}`, one().token)).body.data.prices;
  expect([book.yes.bids[0].price, book.yes.asks[0].price, book.no.bids[0].price, book.no.asks[0].price]).toEqual([
    detail.yes_bid,
    detail.yes_ask,
    detail.no_bid,
    detail.no_ask,
  ]);
  expect(book.yes.asks).toMatchObject([
    { house: true, orders: 0 },
    { price: 0.8, quantity: bought, orders: 1, house: false },
  ]);
  // What the house offers is what one trade may take: no less is refused, a share more is.
  const most = Math.floor(book.yes.asks[0].quantity * book.yes.asks[0].price * 100) / 100;
  const asking = (amount: number) =>
    server.send('POST', '/api/casino/trades', one().token, { ...buying(0.99), amount_usd: amount, dry_run: true }, key());
  expect((await asking(most + 2)).body.error.code).toBe('RISK_LIMIT');
  expect(['INSUFFICIENT_BALANCE', undefined]).toContain((await asking(most - 1)).body.error?.code);
});

test('a book that changes after a stream has begun, and before anybody has looked, is told once; to nobody of another operator', async () => {
  const last = async () => BigInt((await server.db.owner.query('select last_id from sequencer')).rows[0].last_id);
  const errors: unknown[] = [];
  const feed = openPlayerFeed(server.db.database, (error) => errors.push(error));
  const begun = await last();
  expect((await place(one(), buying(0.15))).status).toBe(201);
  const told: FollowedRow[][] = [[], [], []];
  const reader = (tenant: 0 | 1, from: bigint, index: number) =>
    feed.follow(
      {
        operatorId: server.tenants[tenant].operatorId,
        playerId: server.tenants[tenant].players[1].id,
        after: from,
        booksAfter: from,
        walletAt: null,
      },
      (rows) => told[index]?.push(...rows),
    );
  const stops = [reader(0, begun, 0), reader(0, await last(), 1), reader(1, begun, 2)];
  const books = () => told.map((rows) => rows.filter(({ event }) => event === 'orderbook').map(({ data }) => data));
  await expect.poll(() => books()[0]?.length).toBeGreaterThan(0);
  expect((await place(one(), buying(0.16))).status).toBe(201);
  await expect.poll(() => books()[1]?.length).toBeGreaterThan(0);
  for (const stop of stops) stop();
  const changed = { market_id: marketId };
  expect(books()).toEqual([[changed, changed], [changed], []]);
  expect(errors).toEqual([]);
});

test('the stream tells of the order as it goes, and of books that have changed', async () => {
  const base = await server.http.listen({ port: 0, host: '127.0.0.1' });
  const controller = new AbortController();
  const response = await fetch(`${base}/api/casino/stream?markets=${market}`, {
    headers: { authorization: `Bearer ${one().token}` },
    signal: controller.signal,
  });
  let text = '';
  const reading = (async () => {
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += piece;
  })().catch(() => {});
  const heard = (event: string) =>
    [...text.matchAll(new RegExp(`event: ${event}\\ndata: (.*)`, 'g'))].map(([, data]) => JSON.parse(data as string));
  const sees = (condition: () => boolean) => expect.poll(condition, { timeout: 20_000 }).toBe(true);
  await sees(() => heard('balance').length > 0);
  const placed = await place(one(), buying(0.3));
  await sees(() => heard('order').length > 0 && heard('orderbook').length > 0);
  await quote(2_500n);
  await sees(() => heard('order').length > 1 && heard('trade').length > 0);
  const mine = heard('order').filter(({ id }) => id === placed.body.data.id);
  expect(mine.map(({ status }) => status)).toEqual(['open', 'filled']);
  expect(heard('orderbook')[0]).toEqual({ market_id: market });
  await quote(5_000n);
  await place(two(), buying(0.2));
  const before = heard('orderbook').length;
  await sees(() => heard('orderbook').length > before - 1 && heard('order').every(({ id }) => id !== undefined));
  controller.abort();
  await reading;
});

test('switched off: nothing new, what rests is given back, and cancelling goes on', async () => {
  const resting = await place(one(), buying(0.2));
  await configure({ trading: { allow_limit_orders: false }, ui: { show_orderbook: false } });
  const refused = await place(one(), buying(0.2));
  expect(refused).toMatchObject({ status: 403, body: { error: { details: { feature: 'trading.allow_limit_orders' } } } });
  const book = await server.send('GET', `/api/casino/markets/${market}/orderbook`, one().token);
  expect(book).toMatchObject({ status: 403, body: { error: { details: { feature: 'ui.show_orderbook' } } } });
  await server.matcher.sweep();
  const url = `/api/casino/orders/${resting.body.data.id}`;
  expect((await server.send('GET', url, one().token)).body.data).toMatchObject({ status: 'cancelled', reason: 'feature_disabled' });
  expect((await server.send('DELETE', url, one().token)).status).toBe(200);
  expect((await server.send('GET', '/api/casino/orders?status=open', one().token)).body.data).toEqual([]);
});
