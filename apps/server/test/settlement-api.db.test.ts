/** Settling over HTTP: propose, look, approve, correct; what both consoles see. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeMarket } from './factories.ts';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
let market: string;
let marketId: bigint;
let key = 0;

beforeAll(async () => {
  server = await openTestServer();
});
beforeEach(async () => {
  marketId = await makeMarket(server.db.owner);
  market = encodeId('market', marketId as Id<'market'>);
});
afterAll(() => server?.close());

const buy = async (tenant: 0 | 1, who: 0 | 1, outcome: 'yes' | 'no', amount = 10) => {
  key += 1;
  const body = { market_id: market, outcome, side: 'buy', amount_usd: amount, limit_price: 0.99 };
  const token = server.tenants[tenant].players[who].token;
  const answer = await server.send('POST', '/api/casino/trades', token, body, { 'idempotency-key': `settle-${key}` });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.data;
};
const admin = (method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown) => server.send(method, url, server.admin, body);
const result = (resolution: string) => ({ resolution, evidence: 'Final score 2:1', evidence_url: 'https://example.com/score' });

test('a preview says who is paid what, and resolving does just that', async () => {
  const [won, lost] = [await buy(0, 0, 'yes'), await buy(0, 1, 'no')];
  await buy(1, 0, 'no');
  const preview = await admin('GET', `/api/internal/markets/${market}/settlement-preview?resolution=yes`);
  expect(preview.status, JSON.stringify(preview.body)).toBe(200);
  expect(preview.body.data.operators).toMatchObject([
    { operator_slug: 'first-casino', positions: 2, winners: 1, losers: 1, payout_usd: won.quantity, loss_usd: lost.cost_usd },
    { operator_slug: 'second-casino', positions: 1, winners: 0, losers: 1, payout_usd: 0 },
  ]);
  expect(preview.body.data.payouts[0]).toMatchObject({ operator_slug: 'first-casino', payout_usd: won.quantity });
  const resolved = await admin('POST', `/api/internal/markets/${market}/resolve`, result('yes'));
  expect(resolved.status, JSON.stringify(resolved.body)).toBe(201);
  expect(resolved.body.data).toMatchObject({
    market_id: market,
    resolution: 'yes',
    evidence: 'Final score 2:1',
    proposed_by: expect.stringMatching(/^adm_/),
    proposed_by_name: 'admin@predictu.test',
    approved_by_name: null,
  });
  await server.settlement.run();
  const list = await admin('GET', `/api/internal/settlements?market_id=${market}`);
  expect(list.body.data).toMatchObject([
    {
      status: 'completed',
      positions_settled: 3,
      winners: 1,
      losers: 2,
      total_payout_usd: won.quantity,
      s2s_callbacks_sent: 0,
      processing_time_ms: 0,
    },
  ]);
  const ofOne = await admin('GET', `/api/internal/settlements?market_id=${market}&operator=second-casino&status=completed`);
  expect(ofOne.body.data).toMatchObject([{ positions_settled: 1, winners: 0, total_payout_usd: 0 }]);
  const own = await server.send('GET', `/api/operator/settlements?market_id=${market}`, server.tenants[0].token);
  expect(own.body.data).toMatchObject([
    { operator_positions_settled: 2, operator_payout_usd: won.quantity, operator_loss_usd: lost.cost_usd },
  ]);
  expect(Object.keys(own.body.data[0])).not.toContain('proposed_by');
  const id = resolved.body.data.id as string;
  expect((await admin('GET', `/api/internal/settlements/${id}`)).body.data).toEqual(list.body.data[0]);
  expect((await server.send('GET', `/api/operator/settlements/${id}`, server.tenants[0].token)).body.data).toEqual(own.body.data[0]);
  expect((await admin('POST', `/api/internal/markets/${market}/resolve`, result('no'))).status).toBe(409);
});

test('a settlement an operator has no part in does not exist for it', async () => {
  await buy(0, 0, 'yes');
  const { body } = await admin('POST', `/api/internal/markets/${market}/resolve`, result('yes'));
  await server.settlement.run();
  const of = (tenant: 0 | 1) => server.send('GET', `/api/operator/settlements/${body.data.id}`, server.tenants[tenant].token);
  expect((await of(0)).status).toBe(200);
  expect(await of(1)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
  expect((await admin('GET', '/api/internal/settlements/stl_0000000000000')).status).toBe(404);
});

test('a correction is a settlement of its own, with the differences', async () => {
  const [first, second] = [await buy(0, 0, 'yes'), await buy(0, 1, 'no')];
  const { body } = await admin('POST', `/api/internal/markets/${market}/resolve`, result('yes'));
  await server.settlement.run();
  const corrected = await admin('POST', `/api/internal/settlements/${body.data.id}/correct`, result('no'));
  expect(corrected.status, JSON.stringify(corrected.body)).toBe(201);
  await server.settlement.run();
  const list = await admin('GET', `/api/internal/settlements?market_id=${market}`);
  expect(list.body.data).toMatchObject([
    { id: corrected.body.data.id, corrects_id: body.data.id, total_payout_usd: Math.round((second.quantity - first.quantity) * 100) / 100 },
    { id: body.data.id, corrects_id: null },
  ]);
});

test('with four eyes a result waits in the pending list for another person', async () => {
  await buy(0, 0, 'yes');
  const rules = { challenge_minutes: 0, four_eyes: true };
  expect((await admin('PUT', '/api/internal/settlements/rules', rules)).body.data).toEqual(rules);
  expect((await admin('GET', '/api/internal/settlements/rules')).body.data).toEqual(rules);
  const { body } = await admin('POST', `/api/internal/markets/${market}/resolve`, result('split'));
  await server.settlement.run();
  const pending = await admin('GET', '/api/internal/settlements/pending');
  expect(pending.body).toMatchObject({
    data: [{ market_id: market, status: 'pending', positions_total: 0, failed_callbacks: [] }],
    total: 1,
  });
  const own = await admin('POST', `/api/internal/settlements/${body.data.id}/approve`);
  expect(own.body.error, JSON.stringify(own.body)).toMatchObject({ code: 'CONFLICT', details: { reason: 'same_person' } });
  const withdrawn = await admin('POST', `/api/internal/settlements/${body.data.id}/withdraw`, { reason: 'A mistake' });
  expect(withdrawn.body.data).toMatchObject({ status: 'withdrawn' });
  await admin('PUT', '/api/internal/settlements/rules', { ...rules, four_eyes: false });
  await buy(0, 0, 'yes');
});

test('an operator, or an admin for it, says what a correction does about spent money; the next decision goes by it', async () => {
  const rules = (tenant: 0 | 1, method: 'GET' | 'PUT', body?: unknown) =>
    server.send(method, '/api/operator/settlement-rules', server.tenants[tenant].token, body);
  const own = '/api/internal/operators/first-casino/settlement-rules';
  expect((await rules(0, 'GET')).body.data).toEqual({ claw_back: 'to_zero' });
  const changed = await rules(0, 'PUT', { claw_back: 'allow_debt_to_house' });
  expect(changed.status, JSON.stringify(changed.body)).toBe(200);
  expect((await rules(0, 'PUT', { claw_back: 'everything' })).status).toBe(422);
  expect((await admin('GET', own)).body.data).toEqual({ claw_back: 'allow_debt_to_house' });
  expect((await rules(1, 'GET')).body.data).toEqual({ claw_back: 'to_zero' });
  await buy(0, 0, 'yes');
  await buy(1, 0, 'yes');
  await admin('POST', `/api/internal/markets/${market}/resolve`, result('yes'));
  await server.settlement.run();
  const { rows } = await server.db.owner.query(
    'select o.slug, r.claw_back from settlement_records r join operators o on o.id = r.operator_id where r.market_id = $1 order by 1',
    [marketId],
  );
  expect(rows).toEqual([
    { slug: 'first-casino', claw_back: 'allow_debt_to_house' },
    { slug: 'second-casino', claw_back: 'to_zero' },
  ]);
  expect((await admin('PUT', own, { claw_back: 'to_zero' })).body.data).toEqual({ claw_back: 'to_zero' });
  expect((await rules(0, 'GET')).body.data).toEqual({ claw_back: 'to_zero' });
});
