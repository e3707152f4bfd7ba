/** Markets of an operator's own: deployed, traded through the same engine, priced by their house, resolved the ordinary way, and nobody else's. */
import { decodeId } from '@predictu/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHousePrices } from '../src/copilot/house-prices.ts';
import { verifyBooks } from '../src/insights/verify-books.ts';
import type { Actor } from '../src/platform/actor.ts';
import { DRAFT, deploy } from './copilot-scene.ts';
import { openTestServer, PASSWORD, type TestServer } from './server.ts';

let server: TestServer;
let house: ReturnType<typeof openHousePrices>;
let key = 0;
beforeAll(async () => {
  server = await openTestServer();
  house = openHousePrices({ database: server.db.database, clock: server.clock, log: { warn() {} } });
});
afterAll(() => server?.close());

const own = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown, tenant: 0 | 1 = 0) =>
  server.send(method, `/api/copilot/markets${path}`, server.tenants[tenant].token, body);
const trade = (tenant: 0 | 1, who: 0 | 1, marketId: string, order: object) =>
  server.send(
    'POST',
    '/api/casino/trades',
    server.tenants[tenant].players[who].token,
    { market_id: marketId, outcome: 'yes', ...order },
    { 'idempotency-key': `own-${++key}` },
  );
const buy = (tenant: 0 | 1, who: 0 | 1, marketId: string, amount = 20, outcome = 'yes') =>
  trade(tenant, who, marketId, { side: 'buy', amount_usd: amount, outcome, limit_price: 0.99 });
const member = (tenant: 0 | 1): Actor => ({
  kind: 'operator',
  operatorId: server.tenants[tenant].operatorId,
  slug: '',
  memberId: 1n,
  email: '',
  permissions: [],
});

test('a draft becomes a market its own players trade, and nobody else’s see', async () => {
  const market = await deploy(server);
  expect(market).toMatchObject({ status: 'active', yes_price: 0.55, anchor_price: 0.55, liquidity_usd: 5_000, resolver: 'operator' });
  expect(market.lint.deployable).toBe(true);
  const path = `/api/casino/markets/${market.id}`;
  const seen = await server.send('GET', path, server.tenants[0].players[0].token);
  expect(seen.status, JSON.stringify(seen.body)).toBe(200);
  expect(seen.body.data).toMatchObject({ tradeable: true, yes_price: 0.55 });
  expect(seen.body.data.description).toContain('Postponement:');
  expect((await server.send('GET', path, server.tenants[1].players[0].token)).status).toBe(404);
  const bought = await buy(0, 0, market.id);
  expect(bought.status, JSON.stringify(bought.body)).toBe(201);
  expect((await buy(1, 0, market.id)).status).toBe(404);
  const quote = { market_id: market.id, outcome: 'yes', side: 'buy', amount_usd: 10 };
  expect((await server.send('POST', '/api/casino/quote', server.tenants[1].players[0].token, quote)).status).toBe(404);
  const listed = async (tenant: 0 | 1) =>
    (await server.send('GET', '/api/casino/markets?limit=200', server.tenants[tenant].players[0].token)).body.data.map(
      ({ id }: { id: string }) => id,
    );
  expect(await listed(0)).toContain(market.id);
  expect(await listed(1)).not.toContain(market.id);
  const embed = await server.send('GET', '/api/embed/markets?operator=first-casino&limit=200');
  expect(embed.body.data.map(({ id }: { id: string }) => id)).not.toContain(market.id);
  expect((await own('GET', '', undefined, 1)).body.data).toEqual([]);
  expect((await own('GET', '')).body.data[0]).toMatchObject({ id: market.id, trade_count: 1 });
});

test('errors of the lint stop it, with every finding; so do a twin and a category that is not offered', async () => {
  const token = server.tenants[0].token;
  const post = (draft: object) =>
    server.send('POST', '/api/copilot/markets/deploy', token, { draft, liquidity_usd: 5_000, resolver: 'operator' });
  const unfit = await post({ ...DRAFT, source: { name: '', url: null }, clauses: { ...DRAFT.clauses, tie: '' } });
  expect(unfit).toMatchObject({ status: 422, body: { error: { code: 'DRAFT_UNFIT' } } });
  expect(unfit.body.error.details.findings.map(({ rule }: { rule: string }) => rule)).toEqual(
    expect.arrayContaining(['source_missing', 'tie_missing']),
  );
  const question = 'Will Twin FC beat Other United on June 20, 2026?';
  expect((await post({ ...DRAFT, question })).status).toBe(201);
  expect(await post({ ...DRAFT, question: question.toUpperCase().replace('WILL', 'Will') })).toMatchObject({ status: 409 });
  await server.db.owner.query(`update operators set allowed_categories = '{crypto}' where id = $1`, [server.tenants[1].operatorId]);
  const elsewhere = await server.send('POST', '/api/copilot/markets/deploy', server.tenants[1].token, {
    draft: DRAFT,
    liquidity_usd: 5_000,
    resolver: 'operator',
  });
  expect(elsewhere).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_ERROR' } } });
  await server.db.owner.query(
    `update operators set allowed_categories = '{sports,crypto,politics,entertainment,economics,other}' where id = $1`,
    [server.tenants[1].operatorId],
  );
});

test('the house price is confirmed while time passes, moves within its band, and is stale when nobody stands by it', async () => {
  const market = await deploy(server, 0, {}, 100);
  for (const _ of [1, 2, 3]) expect((await buy(0, 0, market.id, 100)).status).toBe(201);
  server.clock.advance(20_000);
  await house.flush();
  const moved = (await own('GET', '')).body.data[0];
  expect(moved.yes_price).toBe(0.5525);
  expect(moved.priced_at).toBe(server.clock.now().toISOString());
  const { rows } = await server.db.owner.query('select mid, operator_id from price_ticks where market_id = $1 order by id', [
    decodeId('market', market.id),
  ]);
  expect(rows.map(({ mid }) => mid)).toEqual([5_500, 5_525]);
  expect(rows.every(({ operator_id }) => BigInt(operator_id) === server.tenants[0].operatorId)).toBe(true);
  server.clock.advance(130_000);
  expect((await buy(0, 1, market.id, 10)).body.error).toMatchObject({ code: 'MARKET_NOT_TRADEABLE', details: { reason: 'stale' } });
  await house.flush();
  expect((await buy(0, 1, market.id, 10)).status).toBe(201);
});

test('price, depth and offer are changed with a reason; wording only before anybody trades', async () => {
  const market = await deploy(server);
  const patch = (body: object, tenant: 0 | 1 = 0) => own('PATCH', `/${market.id}`, { reason: 'News', ...body }, tenant);
  expect((await patch({ anchor_price: 0.62 })).body.data).toMatchObject({ anchor_price: 0.62, yes_price: 0.62 });
  expect((await patch({ liquidity_usd: 900 })).body.data).toMatchObject({ liquidity_usd: 900 });
  expect((await patch({})).status).toBe(422);
  expect((await patch({ anchor_price: 0.999 })).status).toBe(422);
  const reworded = { ...market.draft, description: 'Extra time counts.' };
  expect((await patch({ draft: reworded })).body.data.draft.description).toBe('Extra time counts.');
  expect((await patch({ draft: { ...reworded, source: { name: '', url: null } } })).body.error.code).toBe('DRAFT_UNFIT');
  expect((await patch({ anchor_price: 0.5 }, 1)).status).toBe(404);
  await house.flush();
  expect((await buy(0, 0, market.id)).status).toBe(201);
  expect((await patch({ draft: { ...reworded, description: 'Changed my mind.' } })).body.error).toMatchObject({
    code: 'CONFLICT',
    details: { reason: 'traded' },
  });
  expect((await patch({ status: 'paused' })).body.data).toMatchObject({ status: 'paused', status_reason: 'News' });
  expect((await buy(0, 0, market.id)).body.error.details.reason).toBe('paused');
  const { rows } = await server.db.owner.query(
    `select action, reason, operator_id from platform_audit_log where subject = $1 order by id`,
    [market.id],
  );
  expect(rows.map(({ action }) => action)).toEqual(['market.deploy', 'market.change', 'market.change', 'market.change', 'market.pause']);
  expect(rows.every(({ operator_id }) => BigInt(operator_id) === server.tenants[0].operatorId)).toBe(true);
});

test('a member names the result, winners are paid, and the books are right', { timeout: 60_000 }, async () => {
  const market = await deploy(server);
  const won = (await buy(0, 0, market.id, 50)).body.data;
  await buy(0, 1, market.id, 30, 'no');
  const result = { resolution: 'yes', evidence: 'Final score 2:1', evidence_url: 'https://league.example/1' };
  expect((await own('POST', `/${market.id}/resolve`, result, 1)).status).toBe(404);
  const before = (await server.send('GET', '/api/casino/balance', server.tenants[0].players[0].token)).body.data;
  const resolved = await own('POST', `/${market.id}/resolve`, result);
  expect(resolved.status, JSON.stringify(resolved.body)).toBe(201);
  await server.settlement.run();
  const after = (await server.send('GET', '/api/casino/balance', server.tenants[0].players[0].token)).body.data;
  expect(after.balance_usd - before.balance_usd).toBeCloseTo(won.quantity, 2);
  expect((await own('POST', `/${market.id}/resolve`, result)).status).toBe(409);
  const { rows } = await server.db.owner.query('select proposed_by from market_settlements where market_id = $1', [
    decodeId('market', market.id),
  ]);
  expect(rows[0].proposed_by).toMatch(/^opu_/);
  const report = await verifyBooks(server.db.database);
  expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
});

test('with four eyes another member approves, and a market the platform resolves is not the operator’s to name', async () => {
  const [{ operatorId, token }] = server.tenants;
  await server.send('PUT', '/api/internal/settlements/rules', server.admin, { challenge_minutes: 0, four_eyes: true });
  const market = await deploy(server);
  const waiting = await own('POST', `/${market.id}/resolve`, { resolution: 'no', evidence: 'Final score 0:1' });
  expect(waiting.body.data.proposal).toMatchObject({ resolution: 'no', needs_approval: true });
  expect((await own('POST', `/${market.id}/approve`)).body.error).toMatchObject({ code: 'CONFLICT', details: { reason: 'same_person' } });
  await server.db.database.as({ kind: 'access' }, 'write', (tx) =>
    server.access.createMember(
      tx,
      member(0),
      { email: 'second@first.test', name: null, password: PASSWORD, operatorId },
      server.clock.now(),
    ),
  );
  const login = await server.send('POST', '/api/auth/operator/login', undefined, { email: 'second@first.test', password: PASSWORD });
  const approved = await server.send('POST', `/api/copilot/markets/${market.id}/approve`, login.body.data.token);
  expect(approved.status, JSON.stringify(approved.body)).toBe(200);
  await server.settlement.run();
  expect((await own('GET', '?status=resolved')).body.data[0]).toMatchObject({ id: market.id, resolution: 'no' });
  await server.send('PUT', '/api/internal/settlements/rules', server.admin, { challenge_minutes: 0, four_eyes: false });
  const draft = { ...DRAFT, question: 'Will the platform resolve this by June 20, 2026?' };
  const theirs = await server.send('POST', '/api/copilot/markets/deploy', token, { draft, liquidity_usd: 5_000, resolver: 'platform' });
  expect((await own('POST', `/${theirs.body.data.id}/resolve`, { resolution: 'no', evidence: 'x' })).body.error.details.reason).toBe(
    'resolver',
  );
  const byAdmin = await server.send('POST', `/api/internal/markets/${theirs.body.data.id}/resolve`, server.admin, {
    resolution: 'no',
    evidence: 'x',
  });
  expect(byAdmin.status).toBe(201);
});

test('plain SQL as another operator, its players, or before anybody is known finds no own market and changes none', async () => {
  const market = await deploy(server);
  const id = decodeId('market', market.id);
  const [, { operatorId, players }] = server.tenants;
  const player: Actor = { kind: 'player', operatorId, playerId: players[0].id, sessionId: 1n };
  for (const actor of [member(1), player, { kind: 'access' } as const]) {
    for (const [text, values] of [
      ['select 1 from markets where id = $1', [id]],
      ['select 1 from price_ticks where market_id = $1', [id]],
    ] as const)
      expect(await server.db.database.as(actor, 'read', (tx) => tx.query(text, [...values]))).toEqual([]);
  }
  const tries = [
    `update markets set status = 'paused' where id = $1 returning 1`,
    'update own_markets set anchor = 100 where market_id = $1 returning 1',
    'select 1 from own_markets where market_id = $1',
  ];
  for (const text of tries)
    expect([text, (await server.db.database.as(member(1), 'write', (tx) => tx.query(text, [id]))).length]).toEqual([text, 0]);
  // Nor those of everybody.
  expect(
    await server.db.database.as(member(1), 'write', (tx) =>
      tx.query(`update markets set mid = 1 where id = $1 returning 1`, [server.marketId]),
    ),
  ).toEqual([]);
  await expect(
    server.db.database.as(member(1), 'write', (tx) =>
      tx.query(`insert into price_ticks (operator_id, market_id, id, mid, at) values (null, $1, 1, 5000, now())`, [server.marketId]),
    ),
  ).rejects.toThrow('row-level security');
});
