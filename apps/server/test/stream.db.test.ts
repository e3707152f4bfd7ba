/** The stream of a player over a real connection: order, resume, nobody else's rows. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { price } from '@predictu/contract/units';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { START } from './factories.ts';
import { openTestServer, type Person, type TestServer } from './server.ts';

let server: TestServer;
let base: string;
let market: string;
let key = 0;
const open: AbortController[] = [];
beforeAll(async () => {
  server = await openTestServer();
  base = await server.http.listen({ port: 0, host: '127.0.0.1' });
  market = encodeId('market', server.marketId as Id<'market'>);
});
afterEach(() => {
  for (const controller of open.splice(0)) controller.abort();
});
afterAll(() => server?.close());

// biome-ignore lint/suspicious/noExplicitAny: looked into by assertions.
type Event = { id: string; event: string; data: any };

/** Reads events one by one. */
async function listen(player: Person, { query = '', lastEventId = '' } = {}): Promise<() => Promise<Event>> {
  const controller = new AbortController();
  open.push(controller);
  const response = await fetch(`${base}/api/casino/stream${query}`, {
    headers: { authorization: `Bearer ${player.token}`, ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: controller.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  if (!response.body) throw new Error('A stream has a body');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async () => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const value = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        const data = value('data');
        if (data !== undefined) return { id: value('id') ?? '', event: value('event') ?? '', data: JSON.parse(data) };
        continue;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error('The stream ended');
      text += value;
    }
  };
}

const buy = (player: Person) =>
  server.send(
    'POST',
    '/api/casino/trades',
    player.token,
    { market_id: market, outcome: 'yes', side: 'buy', amount_usd: 5, limit_price: 0.99 },
    { 'idempotency-key': `s-${(key += 1)}` },
  );

test('prices and balance as they are, then own rows in order, and nobody else’s', async () => {
  const [player, other] = server.tenants[0].players;
  const next = await listen(player);
  expect(await next()).toMatchObject({ event: 'price', data: { market_id: market, yes_price: 0.5, no_price: 0.5 } });
  expect(await next()).toMatchObject({ event: 'balance', data: { balance_usd: 1_000, entry: null } });
  await buy(other);
  const placed = await buy(player);
  const events = [await next(), await next(), await next()];
  expect(events.map(({ event }) => event)).toEqual(['trade', 'balance', 'balance']);
  expect(events[0]?.data).toMatchObject({ id: placed.body.data.id, market_title: 'Will it?' });
  expect(events.at(-1)?.data.balance_usd).toBe(placed.body.balance_usd);
  const ids = events.map(({ id }) => BigInt(id));
  expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
  server.tellPrices([{ marketId: server.marketId, id: 1n, mid: price(6_000n), bestBid: null, bestAsk: null, at: START }]);
  expect(await next()).toMatchObject({ event: 'price', data: { yes_price: 0.6, no_price: 0.4 }, id: events.at(-1)?.id });
});

test('after a break, every own row since the last one seen arrives exactly once', async () => {
  const player = server.tenants[1].players[0];
  const next = await listen(player);
  await next();
  const { id: start } = await next();
  const trades: string[] = [];
  for (let i = 0; i < 4; i += 1) trades.push((await buy(player)).body.data.id);
  const seen: Event[] = [];
  for (let i = 0; i < 5; i += 1) seen.push(await next());
  const lastSeen = seen.at(-1)?.id ?? '';
  const resumed = await listen(player, { lastEventId: lastSeen, query: `?markets=${market}` });
  const price1 = await resumed();
  const balance = await resumed();
  expect([price1.event, balance.event]).toEqual(['price', 'balance']);
  expect([price1.id, balance.id]).toEqual([lastSeen, lastSeen]);
  const rest: Event[] = [];
  for (let i = seen.length; i < 12; i += 1) rest.push(await resumed());
  const all = [...seen, ...rest];
  expect(new Set(all.map(({ id }) => id)).size).toBe(12);
  expect(all.filter(({ event }) => event === 'trade').map(({ data }) => data.id)).toEqual(trades);
  expect(all.every(({ id }) => BigInt(id) > BigInt(start))).toBe(true);
  await server.send('POST', `/api/operator/users/${encodeId('user', player.id as Id<'user'>)}/balance`, server.tenants[1].token, {
    action: 'deposit',
    amount_usd: 7,
    reason: 'gift',
    idempotency_key: 'gift',
  });
  expect(await resumed()).toMatchObject({ event: 'balance', data: { entry: { type: 'deposit', amount_usd: 7 } } });
});

test('a stream of two markets tells nothing about others', async () => {
  const player = server.tenants[0].players[1];
  const next = await listen(player, { query: `?markets=${encodeId('market', 99n as Id<'market'>)}` });
  expect(await next()).toMatchObject({ event: 'balance' });
  server.tellPrices([{ marketId: server.marketId, id: 2n, mid: price(6_100n), bestBid: null, bestAsk: null, at: START }]);
  await buy(player);
  expect(await next()).toMatchObject({ event: 'trade' });
});

test('a server that closes ends its streams', async () => {
  const other = await openTestServer();
  const url = await other.http.listen({ port: 0, host: '127.0.0.1' });
  const response = await fetch(`${url}/api/casino/stream`, { headers: { authorization: `Bearer ${other.tenants[0].players[0].token}` } });
  const text = response.text();
  await Promise.all([text, other.http.close()]);
  expect(await text).toContain('event: balance');
  await other.close();
});
