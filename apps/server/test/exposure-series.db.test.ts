/** Exposure over time: snapshots are what exposure was, the series is what was noted, bounds are kept, nobody sees another's. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { takeExposureSnapshot } from '../src/risk/risk.ts';
import { START } from './factories.ts';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
let market: string;
let key = 0;
const MINUTE_MS = 60_000;
const later = (minutes: number): Date => new Date(START.getTime() + minutes * MINUTE_MS);
const take = (at: Date) => server.db.database.as({ kind: 'worker', name: 'test' }, 'write', (db) => takeExposureSnapshot(db, at));
const buy = (tenant: 0 | 1, amount: number, outcome = 'yes') =>
  server.send(
    'POST',
    '/api/casino/trades',
    server.tenants[tenant].players[0].token,
    { market_id: market, outcome, side: 'buy', amount_usd: amount, limit_price: 0.99 },
    { 'idempotency-key': `es-${(key += 1)}` },
  );
const ask = (query = '', token = server.admin, audience = 'internal') =>
  server.send('GET', `/api/${audience}/exposure/snapshots?to=${later(24 * 60).toISOString()}${query}`, token);
const series = async (query = '', token?: string, audience?: string) => {
  const answer = await ask(query, token, audience);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.data.series;
};
const exposureOf = async (operatorId: bigint, scope: number, scopeKey: bigint): Promise<[number, number, number]> => {
  const { rows } = await server.db.owner.query(
    'select yes_shares, no_shares, cost_cents from exposure where operator_id = $1 and scope = $2 and key = $3',
    [operatorId, scope, scopeKey],
  );
  return [Number(rows[0].yes_shares), Number(rows[0].no_shares), Number(rows[0].cost_cents)];
};

beforeAll(async () => {
  server = await openTestServer();
  market = encodeId('market', server.marketId as Id<'market'>);
  await server.db.owner.query(`update operators set category_limits = '{"sports": 5000}' where id = $1`, [server.tenants[1].operatorId]);
  await buy(0, 10);
  await buy(1, 20, 'no');
});
beforeEach(() => server.db.owner.query('delete from exposure_snapshots'));
afterAll(() => server?.close());

describe('snapshots', () => {
  test('each is what exposure was, by scope, with the limit in force; the next is of its own time', async () => {
    const [first, second] = server.tenants;
    expect(await take(later(2))).toBe(3 * 3);
    const before = await exposureOf(0n, 0, 0n);
    await buy(0, 5);
    await take(later(5));
    const after = await exposureOf(0n, 0, 0n);
    expect(after).not.toEqual(before);
    const whole = await series('&granularity=5m');
    expect(
      whole.map(({ at, yes_exposure_usd, no_exposure_usd, cost_usd }: Record<string, never>) => [
        at,
        yes_exposure_usd,
        no_exposure_usd,
        cost_usd,
      ]),
    ).toEqual(
      [
        [START, before],
        [later(5), after],
      ].map(([at, figures]) => [(at as Date).toISOString(), ...(figures as number[]).map((figure) => figure / 100)]),
    );
    for (const { exposure_usd: total, yes_exposure_usd: yes, no_exposure_usd: no, limit_usd: limit, utilization_pct: percent } of whole) {
      expect([total, limit, percent]).toEqual([Math.round((yes + no) * 100) / 100, 500_000, Math.round((total / 500_000) * 1_000) / 10]);
    }
    const sports = (await series('&category=sports&operator=second-casino'))[0];
    expect(sports).toMatchObject({ limit_usd: 50, status: 'yellow', exposure_usd: expect.any(Number) });
    const own = await series(`&granularity=5m&market_id=${market}`, first.token, 'operator');
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ limit_usd: null, utilization_pct: null, status: 'green' });
    const parts = await Promise.all(
      [first, second].map(async ({ token }) => (await series('&granularity=5m', token, 'operator')).at(-1).exposure_usd),
    );
    expect(Math.round(parts.reduce((sum, part) => sum + part * 100, 0))).toBe(after[0] + after[1]);
  });

  test('one slot has one snapshot; markets are noted once an hour, and once more when they are empty', async () => {
    await take(later(0));
    expect(await take(later(4))).toBe(0);
    expect(await take(later(5))).toBe(6);
    expect(await take(later(60))).toBe(9);
    await server.db.owner.query('create table held as select * from exposure where scope = 2');
    await server.db.owner.query('update exposure set yes_shares = 0, no_shares = 0 where scope = 2');
    expect(await take(later(120))).toBe(9);
    expect((await series(`&market_id=${market}`)).map(({ exposure_usd }: { exposure_usd: number }) => exposure_usd > 0)).toEqual([
      true,
      true,
      false,
    ]);
    expect(await take(later(240))).toBe(6);
    await server.db.owner.query(
      `update exposure e set yes_shares = held.yes_shares, no_shares = held.no_shares from held where (held.operator_id, held.scope, held.key) = (e.operator_id, e.scope, e.key)`,
    );
  });

  test('a week later the first of each hour is kept, the rest forgotten; the very old goes', async () => {
    for (const minutes of [0, 5, 55, 60, 65]) await take(later(minutes));
    const kept = async () =>
      (
        await server.db.owner.query('select distinct at from exposure_snapshots where scope = 0 and at < $1 order by 1', [later(1_000)])
      ).rows.map(({ at }) => at);
    expect(await kept()).toHaveLength(5);
    await take(later(7 * 24 * 60 + 90));
    expect(await kept()).toEqual([later(0), later(60)]);
    await take(later(731 * 24 * 60));
    expect(await kept()).toEqual([]);
  });
});

describe('series', () => {
  test('one point a step, the last within it, in the period and no other', async () => {
    for (const minutes of [0, 5, 55, 60, 120]) await take(later(minutes));
    const at = async (query: string) =>
      (await series(query)).map((point: { at: string }) => (Date.parse(point.at) - START.getTime()) / MINUTE_MS);
    expect(await at('&granularity=5m')).toEqual([0, 5, 55, 60, 120]);
    expect(await at('')).toEqual([55, 60, 120]);
    expect(await at('&granularity=day&from=2026-05-30')).toEqual([120]);
    expect(await at(`&granularity=5m&from=${later(5).toISOString()}`)).toEqual([5, 55, 60, 120]);
    const half = await server.send(
      'GET',
      `/api/internal/exposure/snapshots?granularity=5m&from=${later(5).toISOString()}&to=${later(60).toISOString()}`,
      server.admin,
    );
    expect(half.body.data.series).toHaveLength(2);
    expect(half.body.data).toMatchObject({ scope: 'whole', operator_slug: null, category: null, market_id: null });
  });

  test('an operator sees its own only; what cannot be asked is refused', async () => {
    await take(later(0));
    const [first] = server.tenants;
    expect((await series('', first.token, 'operator'))[0].exposure_usd).toBe((await series('&operator=first-casino'))[0].exposure_usd);
    expect((await ask('&operator=second-casino', first.token, 'operator')).status).toBe(400);
    expect((await ask('&operator=nobody')).status).toBe(404);
    for (const query of [
      'granularity=week',
      'category=tea',
      `category=sports&market_id=${market}`,
      'from=2026-06-30',
      'from=2026-01-01&granularity=5m',
      'from=yesterday',
      'market_id=x',
      'page=1',
    ]) {
      const answer = await ask(`&${query}`);
      expect([query, answer.status, answer.body.error?.code]).toEqual([query, 400, 'BAD_REQUEST']);
    }
  });
});

test('the exposure of one operator, as the platform and as it sees it itself', async () => {
  const [first] = server.tenants;
  const { data } = (await server.send('GET', '/api/internal/operators/first-casino/exposure', server.admin)).body;
  const { high_exposure_users: users, ...own } = (await server.send('GET', '/api/operator/exposure', first.token)).body.data;
  const { operator_slug: slug, top_users: top, ...same } = data;
  expect(slug).toBe('first-casino');
  expect(same).toEqual(own);
  expect(top).toEqual(users);
  const [yes, no] = await exposureOf(first.operatorId, 0, 0n);
  expect(data.total_exposure_usd).toBe((yes + no) / 100);
  expect(data.by_market.map((row: { exposure_usd: number }) => row.exposure_usd)).toEqual([(yes + no) / 100]);
  expect(top).toHaveLength(1);
  const byId = await server.send(
    'GET',
    `/api/internal/operators/${encodeId('operator', first.operatorId as Id<'operator'>)}/exposure`,
    server.admin,
  );
  expect(byId.body.data.operator_slug).toBe('first-casino');
  expect((await server.send('GET', '/api/internal/operators/nobody/exposure', server.admin)).status).toBe(404);
});
