/** Limits of players' own and self-exclusion: through the API, and in the one place that decides trades. */
import { randomUUID } from 'node:crypto';
import { encodeId, type Id } from '@predictu/contract/ids';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeMarket, makePlayer, START, testId } from './factories.ts';
import { openTestServer, type Person, type TestServer } from './server.ts';
import { brokenBooks, buyOf, codeOf, tradeOf } from './trading-scene.ts';

let server: TestServer;
let market: string;
let key: { apiKey: string; apiSecret: string };
beforeAll(async () => {
  server = await openTestServer();
  market = encodeId('market', server.marketId as Id<'market'>);
  const [{ operatorId }] = server.tenants;
  key = await server.db.database.as({ kind: 'access' }, 'write', (tx) =>
    server.access.createKeyPair(tx, { operatorId, name: 'limits' }, server.clock.now()),
  );
});
afterEach(async () => expect(await brokenBooks(server.db.owner)).toEqual([]));
afterAll(() => server?.close());

let me: Person;
const signIn = async (externalId: string): Promise<string> => {
  const seconds = Math.floor(server.clock.now().getTime() / 1_000);
  const launch = await new SignJWT({ sub: externalId, iat: seconds, exp: seconds + 60, jti: randomUUID() })
    .setProtectedHeader({ alg: 'HS256', kid: key.apiKey })
    .sign(Buffer.from(key.apiSecret));
  return (await server.send('POST', '/api/auth/embed-init', undefined, { token: launch })).body.data.token;
};
const externalId = (): string => `limits-${me.id}`;
/** A player of its own for each test, at the same instant. */
beforeEach(async () => {
  server.clock.set(START);
  await server.db.owner.query('update markets set priced_at = $1, end_at = $2', [START, new Date('2030-01-01')]);
  const [{ operatorId }] = server.tenants;
  const id = await makePlayer(server.db.owner, operatorId, { external_id: 'limits' });
  await server.db.owner.query(`update players set external_id = 'limits-' || id where id = $1`, [id]);
  me = { operatorId, id, token: '' };
  me.token = await signIn(externalId());
});
const move = async (milliseconds: number): Promise<void> => {
  server.clock.set(new Date(server.clock.now().getTime() + milliseconds));
  await server.db.owner.query('update markets set priced_at = $1', [server.clock.now()]);
  me.token = await signIn(externalId());
};
const MINUTE = 60_000;
const DAY = 86_400_000;

const get = (path: string, token = me.token) => server.send('GET', path, token);
const put = (body: object) => server.send('PUT', '/api/casino/limits', me.token, body);
const order = (amount: number) => ({ market_id: market, outcome: 'yes', side: 'buy', amount_usd: amount, limit_price: 0.99 });
const trade = (body: object) => server.send('POST', '/api/casino/trades', me.token, body, { 'idempotency-key': `own-${testId()}` });
const said = ({ status, body }: Awaited<ReturnType<typeof trade>>) => body.error?.code ?? status;
const limitOf = async (kind: string) =>
  (await get('/api/casino/limits')).body.data.limits.find((limit: { kind: string }) => limit.kind === kind);

describe('limits', () => {
  test('count what was spent before they were set, to the cent, in trades, quotes and dry runs', async () => {
    const before = await trade(order(20));
    expect(before.status).toBe(201);
    const { cost_usd: cost, fee_usd: fee } = before.body.data;
    const spent = Math.round((cost + fee) * 100) / 100;
    expect((await put({ kind: 'stake_day', amount_usd: spent + 5 })).status).toBe(200);
    expect(await limitOf('stake_day')).toMatchObject({ amount_usd: spent + 5, used_usd: spent, remaining_usd: 5, pending: null });
    for (const answer of [
      await trade(order(5)),
      await trade({ ...order(5), dry_run: true }),
      await server.send('POST', '/api/casino/quotes', me.token, { market_id: market, outcome: 'yes', side: 'buy', amount_usd: 5 }),
    ]) {
      expect(answer.status).toBe(422);
      expect(answer.body.error).toMatchObject({ code: 'OWN_LIMIT', details: { kind: 'stake_day', limit_usd: spent + 5, used_usd: spent } });
    }
    expect(said(await trade(order(4)))).toBe(201);
  });

  test('are cut at once and raised after a day; what waits is shown and can be cancelled', async () => {
    await put({ kind: 'stake_week', amount_usd: 10 });
    const raised = await put({ kind: 'stake_week', amount_usd: 500 });
    const { pending } = raised.body.data.limits.find(({ kind }: { kind: string }) => kind === 'stake_week');
    expect(pending).toMatchObject({ amount_usd: 500, effective_at: new Date(server.clock.now().getTime() + 86_400_000).toISOString() });
    expect(said(await trade(order(11)))).toBe('OWN_LIMIT');
    const cancelled = await server.send('POST', '/api/casino/limits/cancel', me.token, { kind: 'stake_week' });
    expect(cancelled.status).toBe(200);
    expect(await limitOf('stake_week')).toMatchObject({ amount_usd: 10, pending: null });
    expect((await server.send('POST', '/api/casino/limits/cancel', me.token, { kind: 'stake_week' })).body.error.code).toBe('CONFLICT');
    await put({ kind: 'stake_week', amount_usd: null });
    await move(DAY);
    expect(said(await trade(order(11)))).toBe(201);
  });

  test('on losses give back what a sale returns; sales are never refused', async () => {
    await put({ kind: 'loss_month', amount_usd: 30 });
    const bought = await trade(order(25));
    expect(said(await trade(order(10)))).toBe('OWN_LIMIT');
    await put({ kind: 'loss_month', amount_usd: 1 });
    const sale = { market_id: market, outcome: 'yes', side: 'sell', quantity: bought.body.data.quantity, limit_price: 0.01 };
    expect(said(await trade(sale))).toBe(201);
    const { used_usd: used } = await limitOf('loss_month');
    expect(used).toBeGreaterThan(0);
    expect(used).toBeLessThan(5);
  });

  test('on time end a session until a break', async () => {
    await put({ kind: 'session', minutes: 15 });
    expect(said(await trade(order(2)))).toBe(201);
    await move(14 * MINUTE);
    expect(said(await trade(order(2)))).toBe(201);
    await move(MINUTE);
    expect((await trade(order(2))).body.error).toMatchObject({ code: 'OWN_LIMIT', details: { kind: 'session', limit_minutes: 15 } });
    expect((await get('/api/casino/limits')).body.data.session).toMatchObject({ ends_at: server.clock.now().toISOString() });
    await move(29 * MINUTE);
    expect(said(await trade(order(2)))).toBe(201);
  });

  test.each([
    { kind: 'stake_day' },
    { kind: 'session', amount_usd: 5 },
    { kind: 'stake_day', amount_usd: -1 },
    { kind: 'session', minutes: 1 },
  ])('%j is no limit', async (body) => expect((await put(body)).status).toBe(422));

  test('are seen by the operator and the platform, not by another operator', async () => {
    await put({ kind: 'stake_day', amount_usd: 12 });
    const [own, foreign] = server.tenants;
    const id = encodeId('user', me.id as Id<'user'>);
    const paths: [string, string][] = [
      [`/api/operator/users/${id}/limits`, own.token],
      [`/api/internal/users/${id}/limits`, server.admin],
    ];
    const mine = (await get('/api/casino/limits')).body.data;
    for (const [path, token] of paths) expect((await get(path, token)).body.data).toEqual(mine);
    expect((await get(`/api/operator/users/${id}/limits`, foreign.token)).status).toBe(404);
    const { rows } = await server.db.owner.query(`select action from platform_audit_log where actor_kind = 'player' and actor_id = $1`, [
      String(me.id),
    ]);
    expect(rows.map(({ action }) => action)).toContain('player.own_limit');
  });
});

describe('many trades at once', () => {
  test.each([
    ['stake_day', 100n],
    ['loss_week', 137n],
  ])('never pass %s by a cent', async (kind, dollars) => {
    const limit = dollars * 100n + 37n;
    const already = Math.round((await limitOf(kind)).used_usd * 100);
    await put({ kind, amount_usd: (already + Number(limit)) / 100 });
    const markets = await Promise.all([makeMarket(server.db.owner), makeMarket(server.db.owner), makeMarket(server.db.owner)]);
    await server.db.owner.query('update markets set priced_at = $1, end_at = $2', [server.clock.now(), new Date('2030-01-01')]);
    const amounts = Array.from({ length: 120 }, (_, index) => BigInt(150 + ((index * 37) % 400)));
    const answers = await Promise.all(
      amounts.map((amount, index) =>
        server.trading.submit(tradeOf(me.operatorId, me.id, buyOf(markets[index % 3] as bigint, amount), `${kind}-${testId()}`)),
      ),
    );
    const codes = answers.map(codeOf);
    expect(new Set(codes)).toEqual(new Set(['done', 'OWN_LIMIT']));
    const spent = answers.reduce((sum, answer) => sum + ('trade' in answer ? answer.trade.amount + answer.trade.fee : 0n), 0n);
    expect(spent <= limit).toBe(true);
    // The smallest that was refused last no longer fitted: nothing was held back that could have been spent.
    expect(limit - spent).toBeLessThan(160n);
    const { rows } = await server.db.owner.query(
      `select sum(amount_cents + fee_cents) as spent from trades where player_id = $1 and side = 'buy' and created_at = $2`,
      [me.id, server.clock.now()],
    );
    expect(BigInt(rows[0].spent)).toBe(spent);
    expect(Math.round((await limitOf(kind)).used_usd * 100)).toBe(already + Number(spent));
  });

  test('and a cut between them: what is answered after the cut obeys it', async () => {
    await put({ kind: 'stake_day', amount_usd: 500 });
    const marketId = await makeMarket(server.db.owner, { priced_at: server.clock.now(), end_at: new Date('2030-01-01') });
    const buy = () => server.trading.submit(tradeOf(me.operatorId, me.id, buyOf(marketId, 200n), `cut-${testId()}`));
    const before = Promise.all(Array.from({ length: 30 }, buy));
    const cut = await put({ kind: 'stake_day', amount_usd: 1 });
    expect(cut.status).toBe(200);
    expect((await Promise.all(Array.from({ length: 30 }, buy))).map(codeOf)).toEqual(Array(30).fill('OWN_LIMIT'));
    await before;
  });
});

describe('self-exclusion', () => {
  test('stops buys and deposits until its end, not sales or withdrawals, and cannot be shortened', async () => {
    const bought = await trade(order(5));
    const excluded = await server.send('POST', '/api/casino/self-exclusion', me.token, { period: '7d' });
    expect(excluded.body.data.self_exclusion).toEqual({
      since: server.clock.now().toISOString(),
      until: new Date(server.clock.now().getTime() + 7 * 86_400_000).toISOString(),
      permanent: false,
    });
    expect(said(await trade(order(5)))).toBe('SELF_EXCLUDED');
    expect(said(await trade({ ...order(5), dry_run: true }))).toBe('SELF_EXCLUDED');
    const [own] = server.tenants;
    const adjust = (action: string) =>
      server.send('POST', `/api/operator/users/${encodeId('user', me.id as Id<'user'>)}/balance`, own.token, {
        action,
        amount_usd: 1,
        reason: 'Cashier',
        idempotency_key: `own-${testId()}`,
      });
    expect((await adjust('deposit')).body.error.code).toBe('SELF_EXCLUDED');
    expect((await adjust('withdraw')).status).toBe(200);
    const sale = { market_id: market, outcome: 'yes', side: 'sell', quantity: bought.body.data.quantity, limit_price: 0.01 };
    expect(said(await trade(sale))).toBe(201);
    const shorter = await server.send('POST', '/api/casino/self-exclusion', me.token, { period: '24h' });
    expect([shorter.status, shorter.body.error.code]).toEqual([409, 'CONFLICT']);
    await move(7 * DAY);
    expect(said(await trade(order(5)))).toBe(201);
  });
});
