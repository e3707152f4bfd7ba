/** Every key of the platform configuration does what it says: what happens before a change of it and at once after. A key without a case fails. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { CATEGORIES, type Category } from '@predictu/contract/shapes/category';
import { DEFAULT_PLATFORM_CONFIG } from '@predictu/contract/shapes/platform-config';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { flatten, unflatten } from '../src/config/config-change.rules.ts';
import { createOperator } from '../src/operators/operators.ts';
import type { Actor } from '../src/platform/actor.ts';
import { readEndpoint } from '../src/wallet/read-endpoint.ts';
import { makeMarket, testId } from './factories.ts';
import { openTestServer, PASSWORD, type TestServer } from './server.ts';

const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'ada@predictu.test', permissions: [] };
const WORKER: Actor = { kind: 'worker', name: 'test' };
const wire = (id: bigint): string => encodeId('market', id as Id<'market'>);
let server: TestServer;
const markets = {} as Record<Category, string>;

beforeAll(async () => {
  server = await openTestServer();
  for (const name of CATEGORIES) markets[name] = wire(await makeMarket(server.db.owner, { category: name }));
});
afterAll(() => server?.close());

const admin = (method: 'GET' | 'POST', path: string, body?: object) => server.send(method, `/api/internal/${path}`, server.admin, body);
async function set(values: Record<string, unknown>): Promise<void> {
  const answer = await admin('POST', 'config', { ...unflatten(values), reason: 'a test' });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}
afterEach(() => set(Object.fromEntries(flatten(DEFAULT_PLATFORM_CONFIG))));

type Trade = { market?: string; amount?: number; real?: boolean };
const buy = ({ market = markets.sports, amount = 20, real = false }: Trade = {}) => {
  const body = { market_id: market, outcome: 'yes', side: 'buy', amount_usd: amount, limit_price: 0.99, dry_run: !real };
  return server.send('POST', '/api/casino/trades', server.tenants[0].players[0].token, body, { 'idempotency-key': `key-${testId()}` });
};
const wallOf = async (trade?: Trade) => {
  const { wall, source } = (await buy(trade)).body.error?.details ?? {};
  return wall === undefined ? null : [wall, source];
};
const spread = async (trade?: Trade): Promise<number> => (await buy(trade)).body.data.receipt.spread;
/** A market that holds shares, so that limits are partly used. */
const held = async (category: Category = 'sports'): Promise<string> => {
  const market = wire(await makeMarket(server.db.owner, { category }));
  expect((await buy({ market, amount: 50, real: true })).status).toBe(201);
  return market;
};
const evaluated = async (who: 0 | 1): Promise<string> => {
  const id = encodeId('user', server.tenants[1].players[who].id as Id<'user'>);
  const answer = await admin('POST', `users/${id}/score/evaluate`, { reason: 'a test' });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return (await admin('GET', `users/${id}`)).body.data.tier;
};
const policy = async () =>
  (await server.db.database.as(WORKER, 'read', (db) => readEndpoint(db, server.tenants[0].operatorId, server.clock.now()))).policy;
/** What the lists and figures behind a switch are answered. */
const answersOf =
  (...paths: string[]) =>
  async () => {
    const answers: string[] = [];
    for (const path of paths) {
      const { status, body } = await admin('GET', path);
      answers.push(status === 200 ? 'on' : body.error.details.reason);
    }
    return answers;
  };

/** The behaviour, the values that change it, and what it is then; `before` is what it is with the documented values. */
type Case = { measure: () => Promise<unknown>; values: Record<string, unknown>; before: unknown; after: unknown };
const wall = (key: string, limit: number, after: [number, string], trade?: Trade): Record<string, Case> => ({
  [key]: { measure: () => wallOf(trade), values: { [key]: limit }, before: null, after },
});
const priced = (key: string, values: Record<string, unknown>, before: number, after: number, trade?: Trade): Record<string, Case> => ({
  [key]: { measure: () => spread(trade), values, before, after },
});
const DISCOUNT = { 'spread.volume_discount_threshold_usd': 0 };

const CASES: Record<string, Case> = {
  ...wall('risk.global_exposure_limit_usd', 10, [5, 'platform']),
  ...Object.assign(
    {},
    ...CATEGORIES.map((name) =>
      wall(`risk.category_limits.${name}`, 1, [3, 'platform'], {
        get market() {
          return markets[name];
        },
      }),
    ),
  ),
  ...wall('risk.per_trade_max_usd', 15, [1, 'platform']),
  ...wall('risk.per_market_max_usd', 5, [2, 'platform']),
  ...wall('defaults.user_max_bet_usd', 15, [1, 'default']),
  ...priced('spread.base_spread_bps', { 'spread.base_spread_bps': 400 }, 0.02, 0.04),
  ...priced('spread.max_spread_bps', { 'spread.base_spread_bps': 150, 'spread.max_spread_bps': 150 }, 0.02, 0.015),
  ...priced('spread.min_spread_bps', { ...DISCOUNT, 'spread.min_spread_bps': 190 }, 0.02, 0.019),
  ...priced('spread.volume_discount_threshold_usd', DISCOUNT, 0.02, 0.0175),
  ...priced('spread.volume_discount_bps', { ...DISCOUNT, 'spread.volume_discount_bps': 40 }, 0.02, 0.016),
  ...priced('spread.volume_discount_enabled', { ...DISCOUNT, 'spread.volume_discount_enabled': false }, 0.02, 0.02),
  'fees.trading_fee_bps': {
    measure: async () => (await buy()).body.data.fee_usd / (await buy()).body.data.cost_usd,
    values: { 'fees.trading_fee_bps': 200 },
    before: expect.closeTo(0.005, 3),
    after: expect.closeTo(0.02, 3),
  },
  'fees.settlement_fee_bps': {
    measure: async () => {
      const market = await held('crypto');
      await admin('POST', `markets/${market}/resolve`, { resolution: 'yes', evidence: 'It is so', evidence_url: 'https://example.com/it' });
      await server.settlement.run();
      const { rows } = await server.db.owner.query(
        `select (select coalesce(sum(fee_cents), 0) from settlement_payouts where market_id = p.market_id)::int * 100 / payout_cents::int as percent
         from settlement_payouts p where market_id = (select max(market_id) from settlement_payouts)`,
      );
      return rows[0].percent;
    },
    values: { 'fees.settlement_fee_bps': 1_000 },
    before: 0,
    after: expect.toSatisfy((percent: number) => percent === 9 || percent === 10),
  },
  'fees.withdrawal_fee_usd': {
    measure: async () => {
      const { id } = server.tenants[0].players[1];
      const body = { action: 'withdraw', amount_usd: 10, reason: 'a test', idempotency_key: `w-${testId()}` };
      const url = `/api/operator/users/${encodeId('user', id as Id<'user'>)}/balance`;
      const { balance_before_usd: before, balance_after_usd: after } = (await server.send('POST', url, server.tenants[0].token, body)).body
        .data;
      const fees = `select coalesce(sum(amount_cents), 0)::int as cents from ledger_entries where type = 'withdrawal_fee'`;
      return [(await server.db.owner.query(fees)).rows[0].cents, before - after];
    },
    values: { 'fees.withdrawal_fee_usd': 2 },
    before: [0, 10],
    after: [200, expect.toSatisfy((moved: number) => moved === 10 || moved === 12)],
  },
  'spread.risk_multiplier': {
    measure: async () => (await spread({ market: await held() })) > 0.03,
    values: { 'spread.risk_multiplier': 4, 'risk.per_market_max_usd': 200 },
    before: false,
    after: true,
  },
  'risk.circuit_breaker_threshold_pct': {
    measure: async () => {
      const list = async () => (await admin('GET', 'risk/circuit-breakers')).body.data[0];
      if (!(await list())) {
        await held('economics');
        const body = { scope: 'category', scope_id: 'economics', trigger_type: 'exposure_pct', cooldown_minutes: 0, auto_reset: true };
        expect((await admin('POST', 'risk/circuit-breakers', body)).status).toBe(201);
        await set({ 'risk.category_limits.economics': 200 });
      }
      const { trigger_threshold, follows_platform, status } = await list();
      return [trigger_threshold, follows_platform, status];
    },
    values: { 'risk.circuit_breaker_threshold_pct': 40 },
    before: [90, true, 'armed'],
    after: [40, true, 'tripped'],
  },
  'features.s2s_enabled': {
    measure: async () => {
      await server.db.owner.query(`update operators set callback_url = 'http://127.0.0.1:1/' where id = $1`, [
        server.tenants[0].operatorId,
      ]);
      const answer = await server.send('POST', '/api/operator/wallet/ping', server.tenants[0].token, {});
      return JSON.stringify(answer.body).includes('switched off');
    },
    values: { 'features.s2s_enabled': false },
    before: false,
    after: true,
  },
  'features.embed_enabled': {
    measure: async () => {
      // Other processes notice within three seconds.
      server.clock.advance(3_000);
      const answers = [
        await server.send('GET', '/api/embed/config?operator=first-casino'),
        await server.send('GET', '/api/embed/markets?operator=first-casino'),
        await server.send('GET', '/api/casino/balance', server.tenants[0].players[0].token),
      ];
      return answers.map(({ status }) => status);
    },
    values: { 'features.embed_enabled': false },
    before: [200, 200, 200],
    after: [403, 403, 403],
  },
  'features.auto_settlement': {
    measure: async () => {
      const said = { resolution: { result: 'yes', evidence: 'the source says so' } };
      const id = await makeMarket(server.db.owner, { mid: 9_900, source_state: said });
      await server.settlement.sweep();
      return (await server.db.owner.query('select status from markets where id = $1', [id])).rows[0].status;
    },
    values: { 'features.auto_settlement': false },
    before: 'resolved',
    after: 'active',
  },
  'features.sharp_detection': {
    measure: () => evaluated(0),
    values: { 'features.sharp_detection': false, 'risk.sharp_score_threshold': 1 },
    before: 'normal',
    after: 'normal',
  },
  'risk.sharp_score_threshold': {
    measure: () => evaluated(0),
    values: { 'risk.sharp_score_threshold': 1 },
    before: 'normal',
    after: 'sharp',
  },
  'risk.restricted_score_threshold': {
    measure: () => evaluated(1),
    values: { 'risk.sharp_score_threshold': 1, 'risk.restricted_score_threshold': 1 },
    before: 'normal',
    after: 'restricted',
  },
  'features.revenue_forecast': {
    measure: async () => (await admin('GET', 'revenue/forecast')).body.data.abstained?.reason === 'feature_disabled',
    values: { 'features.revenue_forecast': false },
    before: false,
    after: true,
  },
  'features.cohort_analytics': {
    measure: answersOf('analytics/cohorts', 'analytics/ltv', 'analytics/patterns'),
    values: { 'features.cohort_analytics': false },
    before: ['on', 'on', 'on'],
    after: ['cohort_analytics_disabled', 'cohort_analytics_disabled', 'cohort_analytics_disabled'],
  },
  'defaults.operator_revenue_share_pct': {
    measure: () =>
      server.db.database.as(ADMIN, 'write', async (db) => {
        const request = { slug: `new-${testId()}`, name: 'New', contactEmail: 'new@example.test' };
        return (await createOperator(db, ADMIN, request, server.clock.now(), server.newId)).platformShareBps;
      }),
    values: { 'defaults.operator_revenue_share_pct': 62.5 },
    before: 3_000,
    after: 3_750,
  },
  'defaults.s2s_retry_max': {
    measure: async () => (await policy()).retryMax,
    values: { 'defaults.s2s_retry_max': 2 },
    before: 5,
    after: 2,
  },
  'defaults.s2s_retry_backoff_ms': {
    measure: async () => (await policy()).backoffMs,
    values: { 'defaults.s2s_retry_backoff_ms': 250 },
    before: 1_000,
    after: 250,
  },
  'defaults.session_timeout_hours': {
    measure: async () => {
      const login = { email: 'member@second-casino.test', password: PASSWORD };
      const { token, expires_at: until } = (await server.send('POST', '/api/auth/operator/login', undefined, login)).body.data;
      const hours = (Date.parse(until) - server.clock.now().getTime()) / 3_600_000;
      const began = server.clock.now();
      const old = server.tenants[1].token;
      server.clock.advance(90 * 60_000);
      const statuses: number[] = [];
      for (const one of [token, old]) statuses.push((await server.send('GET', '/api/operator/settings', one)).status);
      server.clock.set(began);
      return [Math.round(hours), ...statuses];
    },
    values: { 'defaults.session_timeout_hours': 1 },
    before: [8, 200, 200],
    after: [1, 401, 401],
  },
};

test('every key of the schema has a case', () => {
  expect(Object.keys(CASES).sort()).toEqual([...flatten(DEFAULT_PLATFORM_CONFIG).keys()].sort());
});

test.each(Object.entries(CASES))('%s', async (key, { measure, values, before, after }) => {
  expect(Object.keys(values)).toContain(key);
  expect(await measure()).toEqual(before);
  await set(values);
  expect(await measure()).toEqual(after);
});

test('a discount that is switched off is none: the same volume, with and without', async () => {
  // The embed was switched off by a test before.
  server.clock.advance(3_000);
  await set(DISCOUNT);
  expect(await spread()).toBeLessThan(0.018);
  await set({ 'spread.volume_discount_enabled': false });
  expect(await spread()).toBeGreaterThanOrEqual(0.02);
});
