/** Taking note of warnings, what a breaker would halt, and where exposure sits: over HTTP. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
let market: string;
beforeAll(async () => {
  server = await openTestServer();
  market = encodeId('market', server.marketId as Id<'market'>);
});
afterAll(() => server?.close());

const admin = (method: 'GET' | 'POST', path: string, body?: unknown) => server.send(method, `/api/internal/${path}`, server.admin, body);
const open = async (): Promise<{ id: string; acknowledged_by: string | null }[]> =>
  (await admin('GET', 'risk/events?acknowledged=false')).body.data;
const breaker = (body: object) =>
  admin('POST', 'risk/circuit-breakers', { trigger_type: 'manual', cooldown_minutes: 0, auto_reset: false, ...body });

test('a warning is open until somebody takes note of it, and stays noted', async () => {
  const { id } = (await breaker({ scope: 'global' })).body.data;
  for (const act of ['trip', 'reset', 'disarm']) await admin('POST', `risk/circuit-breakers/${id}/${act}`, { reason: 'a drill' });
  const before = await open();
  expect(before).toHaveLength(2);
  const [disarmed, tripped] = before;
  expect((await admin('POST', 'risk/events/acknowledge', { event_ids: [tripped?.id] })).body.data).toEqual({ acknowledged: 1 });
  expect(await open()).toEqual([disarmed]);
  const noted = (await admin('GET', 'risk/events?acknowledged=true')).body.data;
  expect(noted).toMatchObject([{ id: tripped?.id, acknowledged_at: expect.any(String), acknowledged_by: expect.any(String) }]);
  expect((await admin('POST', 'risk/events/acknowledge', { through: disarmed?.id })).body.data).toEqual({ acknowledged: 1 });
  expect((await admin('POST', 'risk/events/acknowledge', { through: disarmed?.id })).body.data).toEqual({ acknowledged: 0 });
  expect(await open()).toEqual([]);
  const { rows } = await server.db.owner.query(
    `select after from platform_audit_log where action = 'risk_events.acknowledged' order by id`,
  );
  expect(rows).toMatchObject([{ after: { count: 1, event_ids: [tripped?.id] } }, { after: { count: 1, through: disarmed?.id } }]);
  expect((await admin('POST', 'risk/events/acknowledge', { event_ids: [] })).status).toBe(422);
});

test('a preview says how full a scope is and who has just bought in it', async () => {
  const [tenant] = server.tenants;
  const trade = { market_id: market, outcome: 'yes', side: 'buy', amount_usd: 5, limit_price: 0.99 };
  const placed = await server.send('POST', '/api/casino/trades', tenant.players[0].token, trade, { 'idempotency-key': 'look' });
  expect(placed.status, JSON.stringify(placed.body)).toBe(201);
  const bought = { buys: 1, players: 1, volume_usd: placed.body.data.cost_usd, exposure_usd: placed.body.data.quantity };
  const whole = (await admin('GET', 'risk/circuit-breakers/preview?scope=global')).body.data;
  expect(whole).toMatchObject({ scope_label: 'The whole platform', exposure_usd: bought.exposure_usd, limit_usd: 500_000 });
  expect(whole.operators[0]).toEqual({ operator_slug: 'first-casino', ...bought });
  const ofOther = (await admin('GET', 'risk/circuit-breakers/preview?scope=operator&scope_id=second-casino')).body.data;
  expect(ofOther.operators).toEqual([{ operator_slug: 'second-casino', buys: 0, players: 0, volume_usd: 0, exposure_usd: 0 }]);
  const ofMarket = (await admin('GET', `risk/circuit-breakers/preview?scope=market&scope_id=${market}`)).body.data;
  expect(ofMarket).toMatchObject({ exposure_usd: bought.exposure_usd, open_markets: 1 });
  expect((await admin('GET', 'risk/circuit-breakers/preview?scope=market')).status).toBe(400);
  expect((await admin('GET', 'risk/circuit-breakers/preview?scope=operator&scope_id=nobody')).status).toBe(404);
});

test('the exposure of an operator is the sum of its categories', async () => {
  const { data } = (await admin('GET', 'exposure')).body;
  expect(data.by_operator).toHaveLength(2);
  for (const { exposure_usd, by_category } of data.by_operator) {
    const sum = by_category.reduce((total: number, category: { exposure_usd: number }) => total + category.exposure_usd, 0);
    expect(sum).toBeCloseTo(exposure_usd, 6);
  }
  expect(data.by_operator[0].exposure_usd).toBeGreaterThan(0);
});
