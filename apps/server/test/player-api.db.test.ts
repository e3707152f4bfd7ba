/** A player's way through the API: look, ask, trade, read back. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeSlowly, makeMarket, START, testId } from './factories.ts';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
let token: string;
let market: string;
beforeAll(async () => {
  server = await openTestServer();
  token = server.tenants[0].players[0].token;
  market = encodeId('market', server.marketId as Id<'market'>);
});
afterAll(() => server?.close());

const buy = (changes: object = {}) => ({ market_id: market, outcome: 'yes', side: 'buy', amount_usd: 10, limit_price: 0.9, ...changes });
const trade = (body: object, key: string) => server.send('POST', '/api/casino/trades', token, body, { 'idempotency-key': key });
const balanceOf = async () => (await server.send('GET', '/api/casino/balance', token)).body.data.balance_usd;

test('a market shows its rules, its history and the prices of this player', async () => {
  await server.db.owner.query('insert into price_ticks (market_id, id, mid, at) values ($1, $2, 5000, $3)', [
    server.marketId,
    testId(),
    START,
  ]);
  const listed = await server.send('GET', '/api/casino/markets?search=will&category=sports&sort=closing', token);
  expect(listed).toMatchObject({ status: 200, body: { data: [{ id: market, yes_price: 0.5, no_price: 0.5 }], pagination: { total: 1 } } });
  const { status, body } = await server.send('GET', `/api/casino/markets/${market}`, token);
  expect(status).toBe(200);
  expect(body.data).toMatchObject({ id: market, tradeable: true, untradeable_reason: null, status: 'active' });
  const { yes_bid, yes_ask, no_bid, no_ask } = body.data.prices;
  expect(yes_bid).toBeLessThan(0.5);
  expect(yes_ask).toBeGreaterThan(0.5);
  expect(yes_ask + no_ask).toBeGreaterThanOrEqual(1);
  expect(no_bid).toBeLessThan(no_ask);
  expect(body.data.price_history.length).toBeGreaterThan(0);
});

test('a market of a category the operator does not offer is not there', async () => {
  const hidden = await makeMarket(server.db.owner, { category: 'other' });
  const { owner } = server.db;
  await changeSlowly(owner, async () => {
    await owner.query(`update operators set allowed_categories = '{sports}' where id = $1`, [server.tenants[0].operatorId]);
  });
  const answer = await server.send('GET', `/api/casino/markets/${encodeId('market', hidden as Id<'market'>)}`, token);
  expect(answer).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
  expect((await server.send('GET', '/api/casino/markets', token)).body.pagination.total).toBe(1);
});

test('a quote binds, once; the trade, its replay and the lists tell one story', async () => {
  const asked = await server.send('POST', '/api/casino/quotes', token, { market_id: market, outcome: 'yes', side: 'buy', amount_usd: 25 });
  expect(asked.status).toBe(200);
  const { quote, price, quantity, cost_usd: cost, fee_usd: fee, total_usd: total } = asked.body.data;
  expect(total).toBeCloseTo(cost + fee, 10);
  const before = await balanceOf();
  const body = { market_id: market, outcome: 'yes', side: 'buy', amount_usd: 25, quote };
  const placed = await trade(body, 'quoted-1');
  expect(placed).toMatchObject({
    status: 201,
    body: { data: { price, quantity, cost_usd: cost, fee_usd: fee, status: 'filled', pnl_usd: null } },
  });
  expect(placed.body.data.receipt.walls_passed).toEqual([1, 2, 3, 4, 5]);
  expect(placed.body.balance_usd).toBeCloseTo(before - total, 10);
  expect(placed.headers['idempotency-replayed']).toBeUndefined();

  const again = await trade(body, 'quoted-1');
  expect(again.body).toEqual(placed.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(await trade(body, 'quoted-2')).toMatchObject({ status: 422, body: { error: { code: 'QUOTE_INVALID' } } });

  const trades = await server.send('GET', `/api/casino/trades?market_id=${market}&side=buy`, token);
  const { receipt: _, ...shown } = placed.body.data;
  expect(trades.body.data).toEqual([{ ...shown, market_title: 'Will it?', category: 'sports' }]);
  const ledger = await server.send('GET', '/api/casino/ledger', token);
  expect(ledger.body.data.map(({ type, amount_usd }: { type: string; amount_usd: number }) => [type, amount_usd])).toEqual([
    ['fee', -fee],
    ['trade_debit', -cost],
    ['deposit', 1_000],
  ]);
  expect(ledger.body.data[0].balance_after_usd).toBe(placed.body.balance_usd);
  const positions = await server.send('GET', '/api/casino/positions?status=open', token);
  expect(positions.body.data).toMatchObject([
    { market_id: market, outcome: 'yes', quantity, cost_basis_usd: cost, current_price: 0.5, status: 'open', trade_count: 1 },
  ]);
  const [{ market_value_usd: value, unrealized_pnl_usd: unrealized, unrealized_pnl_pct: percent }] = positions.body.data;
  expect(unrealized).toBeCloseTo(value - cost, 10);
  expect(percent).toBe(Math.round((unrealized / cost) * 10_000) / 100);
});

test('a dry run decides and writes nothing', async () => {
  const before = await balanceOf();
  const answer = await trade({ market_id: market, outcome: 'no', side: 'buy', amount_usd: 5, dry_run: true }, 'dry-1');
  expect(answer).toMatchObject({ status: 201, body: { dry_run: true, data: { outcome: 'no', status: 'filled' } } });
  expect(await balanceOf()).toBe(before);
  expect((await server.send('GET', '/api/casino/trades?outcome=no', token)).body.pagination.total).toBe(0);
});

test('a sale names shares and realises its part', async () => {
  const answer = await trade({ market_id: market, outcome: 'yes', side: 'sell', quantity: 10, limit_price: 0.01 }, 'sell-1');
  expect(answer).toMatchObject({ status: 201, body: { data: { side: 'sell', quantity: 10 } } });
  expect(answer.body.data.pnl_usd).toBeLessThan(0);
});

test('a batch is all or none', async () => {
  const place = (trades: object[], key: string) =>
    server.send('POST', '/api/casino/trades/batch', token, { trades }, { 'idempotency-key': key });
  const before = await balanceOf();
  const refused = await place([buy(), buy({ amount_usd: 5_000 })], 'batch-1');
  expect(refused).toMatchObject({ status: 422, body: { error: { details: { order: 1 } } } });
  expect(await balanceOf()).toBe(before);
  const placed = await place([buy(), buy({ outcome: 'no' })], 'batch-2');
  expect(placed).toMatchObject({ status: 201, body: { data: [{ outcome: 'yes' }, { outcome: 'no' }] } });
  expect(await balanceOf()).toBe(placed.body.balance_usd);
  expect((await place([buy(), buy({ outcome: 'no' })], 'batch-2')).body).toEqual(placed.body);
});

test('pages and cursors walk the same rows', async () => {
  const all = (await server.send('GET', '/api/casino/ledger?limit=200', token)).body.data.map(({ id }: { id: string }) => id);
  const byPage: string[] = [];
  const byCursor: string[] = [];
  for (let page = 1; byPage.length < all.length; page += 1) {
    const { body } = await server.send('GET', `/api/casino/ledger?limit=3&page=${page}`, token);
    byPage.push(...body.data.map(({ id }: { id: string }) => id));
  }
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await server.send('GET', `/api/casino/ledger?limit=3${cursor && `&cursor=${cursor}`}`, token);
    byCursor.push(...body.data.map(({ id }: { id: string }) => id));
    cursor = body.next_cursor;
  }
  expect(byPage).toEqual(all);
  expect(byCursor).toEqual(all);
  expect(await server.send('GET', '/api/casino/ledger?cursor=nonsense', token)).toMatchObject({ status: 400 });
});

test('a market whose result is proposed says so wherever it stands, and nobody trades in it until the result is withdrawn', async () => {
  const ended = encodeId('market', (await makeMarket(server.db.owner, { title: 'Has it ended already?' })) as Id<'market'>);
  const path = `/api/casino/markets/${ended}`;
  const seen = async (who: string | undefined, at: string) => (await server.send('GET', at, who)).body.data;
  const embed = '?operator=first-casino';
  const one = (list: { id: string }[]) => list.find(({ id }) => id === ended) as { id: string; result_pending: boolean };
  const states = async () => [
    await seen(token, path),
    one(await seen(token, '/api/casino/markets?sort=newest')),
    await seen(undefined, `/api/embed/markets/${ended}${embed}`),
    one(await seen(undefined, `/api/embed/markets${embed}&sort=newest`)),
  ];
  expect((await states()).map(({ result_pending }) => result_pending)).toEqual([false, false, false, false]);
  expect(await seen(token, path)).toMatchObject({ tradeable: true, prices: { yes_bid: expect.any(Number) } });
  await server.send('PUT', '/api/internal/settlements/rules', server.admin, { challenge_minutes: 60, four_eyes: true });
  expect((await trade(buy({ market_id: ended }), 'ended-0')).status).toBe(201);
  const held = async () =>
    (await seen(token, '/api/casino/positions?status=open')).find((row: { market_id: string }) => row.market_id === ended);
  expect(await held()).toMatchObject({ result_pending: false });
  const proposed = await server.send('POST', `/api/internal/markets/${ended}/resolve`, server.admin, {
    resolution: 'yes',
    evidence: 'seen',
  });
  expect(proposed.status, JSON.stringify(proposed.body)).toBe(201);
  for (const state of await states()) expect(state).toMatchObject({ status: 'active', result_pending: true, resolution: null });
  expect(await seen(token, path)).toMatchObject({ tradeable: false, untradeable_reason: 'resolved', prices: null });
  expect(await held()).toMatchObject({ result_pending: true, status: 'open' });
  const refused = await trade(buy({ market_id: ended }), 'ended-1');
  expect(refused.body.error).toMatchObject({ code: 'MARKET_NOT_TRADEABLE', details: { reason: 'resolved' } });
  await server.send('POST', `/api/internal/settlements/${proposed.body.data.id}/withdraw`, server.admin, { reason: 'too early' });
  expect((await states()).map(({ result_pending }) => result_pending)).toEqual([false, false, false, false]);
  expect((await trade(buy({ market_id: ended }), 'ended-2')).status).toBe(201);
});
