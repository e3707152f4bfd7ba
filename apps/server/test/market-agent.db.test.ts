/** The MarketAgent's queue: made once, expiring, decided by people, carried out by the ordinary acts. */
import { decodeId } from '@predictu/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { suggestDecisions } from '../src/copilot/copilot.ts';
import { deploy } from './copilot-scene.ts';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
let key = 0;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.close());

const run = () => suggestDecisions(server.db.database, server.clock.now(), server.newId);
const decisions = async (query = '', tenant: 0 | 1 = 0) =>
  (await server.send('GET', `/api/copilot/agent/decisions${query}`, server.tenants[tenant].token)).body.data;
const decide = (body: object, tenant: 0 | 1 = 0) =>
  server.send('POST', '/api/copilot/agent/decisions', server.tenants[tenant].token, { reason: 'Looked at it', ...body });
const buy = (marketId: string, amount = 300) =>
  server.send(
    'POST',
    '/api/casino/trades',
    server.tenants[0].players[0].token,
    { market_id: marketId, outcome: 'yes', side: 'buy', amount_usd: amount, limit_price: 0.99 },
    { 'idempotency-key': `agent-${++key}` },
  );

test('live figures become suggestions with evidence, once however often it looks', async () => {
  const market = await deploy(server, 0, {}, 500);
  expect((await buy(market.id)).status).toBe(201);
  await run();
  const first = await decisions(`?status=open&market_id=${market.id}`);
  expect(first.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['pause', 'reprice']);
  expect(first[0].evidence.length).toBeGreaterThan(1);
  await run();
  expect(await decisions(`?status=open&market_id=${market.id}`)).toEqual(first);
  expect(await decisions('', 1)).toEqual([]);
});

test('accepting does the ordinary act, with its own audit row', async () => {
  const [pause] = await decisions('?kind=pause&status=open');
  expect((await decide({ suggestion_id: pause.id, decision: 'accept' }, 1)).status).toBe(404);
  const accepted = await decide({ suggestion_id: pause.id, decision: 'accept' });
  expect(accepted.status, JSON.stringify(accepted.body)).toBe(200);
  expect(accepted.body.data).toMatchObject({ status: 'accepted', decision_reason: 'Looked at it' });
  expect((await buy(pause.market_id, 10)).body.error.details.reason).toBe('paused');
  const { rows } = await server.db.owner.query('select action from platform_audit_log where subject = any($1) order by id', [
    [pause.market_id, pause.id],
  ]);
  expect(rows.map(({ action }) => action)).toEqual(['market.deploy', 'market.pause', 'agent.accept']);
  expect((await decide({ suggestion_id: pause.id, decision: 'reject' })).status).toBe(409);
});

test('a rejected one stays away, one whose reason is gone expires', async () => {
  const market = await deploy(server, 0, {}, 500);
  await buy(market.id);
  await run();
  const [reprice] = await decisions(`?kind=reprice&status=open&market_id=${market.id}`);
  expect((await decide({ suggestion_id: reprice.id, decision: 'reject' })).body.data.status).toBe('rejected');
  await run();
  expect(await decisions(`?kind=reprice&status=open&market_id=${market.id}`)).toEqual([]);
  const [pause] = await decisions(`?kind=pause&status=open&market_id=${market.id}`);
  server.clock.advance(2 * 3_600_000);
  await run();
  expect((await decisions(`?market_id=${market.id}&status=expired`)).map(({ id }: { id: string }) => id)).toEqual([pause.id]);
});

test('another price is set at once, and the next suggestion begins from it', async () => {
  const market = await deploy(server, 0, {}, 500);
  await buy(market.id);
  await run();
  const [reprice] = await decisions(`?kind=reprice&status=open&market_id=${market.id}`);
  expect((await decide({ suggestion_id: reprice.id, decision: 'accept' })).status).toBe(200);
  const list = (await server.send('GET', '/api/copilot/markets', server.tenants[0].token)).body.data;
  expect(list.find(({ id }: { id: string }) => id === market.id).anchor_price).toBeGreaterThan(0.55);
});

test('past its cut-off a result is asked for, and accepting takes the result with its evidence', async () => {
  const market = await deploy(server);
  await server.db.owner.query('update markets set end_at = $2 where id = $1', [
    decodeId('market', market.id),
    new Date(server.clock.now().getTime() - 60_000),
  ]);
  await run();
  const [resolve] = await decisions(`?kind=resolve&status=open&market_id=${market.id}`);
  expect(resolve.needs_result).toBe(true);
  expect((await decide({ suggestion_id: resolve.id, decision: 'accept' })).status).toBe(422);
  expect((await decisions(`?kind=resolve&status=open&market_id=${market.id}`)).length).toBe(1);
  const done = await decide({ suggestion_id: resolve.id, decision: 'accept', resolution: 'no', evidence: 'The league says 0:1' });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  await server.settlement.run();
  const { rows } = await server.db.owner.query('select status, resolution from markets where id = $1', [decodeId('market', market.id)]);
  expect(rows[0]).toEqual({ status: 'resolved', resolution: 'no' });
});

test('a player who keeps running into its limit gets a higher one, from somebody who may', async () => {
  const [{ operatorId, players }] = server.tenants;
  const { id } = players[1];
  await server.db.owner.query(`update players set limit_tier = 'regular', trade_count = 80, score = 30 where id = $1`, [id]);
  for (let n = 0; n < 6; n += 1)
    await server.db.owner.query(
      `insert into risk_events (id, operator_id, type, severity, wall, message, scope, player_id, created_at) values ($1, $2, 'wall_violation', 'info', 1, 'x', '{}', $3, $4)`,
      [server.newId(), operatorId, id, server.clock.now()],
    );
  await run();
  const [raise] = await decisions('?kind=raise_limit&status=open');
  await server.db.owner.query(`update operator_members set permissions = '{read,write}' where operator_id = $1`, [operatorId]);
  expect((await decide({ suggestion_id: raise.id, decision: 'accept' })).status).toBe(403);
  await server.db.owner.query(`update operator_members set permissions = '{read,write,users,config,billing}' where operator_id = $1`, [
    operatorId,
  ]);
  expect((await decide({ suggestion_id: raise.id, decision: 'accept' })).status).toBe(200);
  const { rows } = await server.db.owner.query('select limit_tier from players where id = $1', [id]);
  expect(rows[0].limit_tier).toBe('vip');
});
