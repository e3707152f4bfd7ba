/** What administrators and operators change: configuration, breakers, markets, balances. In force at once, audited, without holes. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { booksReport } from '../src/insights/books-report.ts';
import { verifyBooks } from '../src/insights/verify-books.ts';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
let market: string;
let key = 0;
beforeAll(async () => {
  server = await openTestServer();
  market = encodeId('market', server.marketId as Id<'market'>);
});
afterAll(() => server?.close());

const admin = (method: 'GET' | 'POST', path: string, body?: unknown) => server.send(method, `/api/internal/${path}`, server.admin, body);
const buy = (amount = 5) =>
  server.send(
    'POST',
    '/api/casino/trades',
    server.tenants[0].players[0].token,
    { market_id: market, outcome: 'yes', side: 'buy', amount_usd: amount, limit_price: 0.99 },
    { 'idempotency-key': `a-${(key += 1)}` },
  );
const sell = () =>
  server.send(
    'POST',
    '/api/casino/trades',
    server.tenants[0].players[0].token,
    { market_id: market, outcome: 'yes', side: 'sell', quantity: 0.5, limit_price: 0.01 },
    { 'idempotency-key': `a-${(key += 1)}` },
  );
const audits = async (): Promise<{ action: string; reason: string; actor_kind: string }[]> =>
  (await server.db.owner.query('select action, reason, actor_kind, before, after from platform_audit_log order by at, id')).rows;
const caps = async (): Promise<Record<string, bigint>> =>
  Object.fromEntries(
    (await server.db.owner.query('select scope, cap_shares, yes_shares + no_shares as held from exposure where operator_id = 0')).rows.map(
      (row) => [`${row.scope}`, BigInt(row.cap_shares)],
    ),
  );

describe('configuration', () => {
  test('a partial change answers what changed, is in force for the next trade, and is audited', async () => {
    expect((await buy()).status).toBe(201);
    const changed = await admin('POST', 'config', {
      risk: { per_trade_max_usd: 7, category_limits: { sports: 9_000, other: null } },
      spread: { base_spread_bps: 200 },
      reason: 'a quiet day',
    });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        data: {
          updated_keys: ['risk.category_limits.sports', 'risk.category_limits.other', 'risk.per_trade_max_usd'],
          previous_values: {
            'risk.per_trade_max_usd': 5_000,
            'risk.category_limits.sports': 200_000,
            'risk.category_limits.other': 50_000,
          },
          new_values: { 'risk.per_trade_max_usd': 7, 'risk.category_limits.sports': 9_000, 'risk.category_limits.other': null },
          audit_id: expect.stringMatching(/^aud_/),
          updated_by: expect.stringMatching(/^adm_/),
        },
      },
    });
    expect(await buy(8)).toMatchObject({ status: 422, body: { error: { code: 'RISK_LIMIT', details: { wall: 1, limit_usd: 7 } } } });
    const { data } = (await admin('GET', 'config')).body;
    expect(data.risk).toMatchObject({ per_trade_max_usd: 7, category_limits: { sports: 9_000 } });
    expect(data.risk.category_limits).not.toHaveProperty('other');
    expect(data.updated_by).toBe(changed.body.data.updated_by);
    expect(await audits()).toContainEqual(
      expect.objectContaining({
        action: 'config.updated',
        reason: 'a quiet day',
        actor_kind: 'admin',
        after: changed.body.data.new_values,
      }),
    );
    expect((await caps())['1']).toBe(900_000n);
  });

  test('a limit below what is held keeps what is held and lets nothing in', async () => {
    await admin('POST', 'config', { risk: { global_exposure_limit_usd: 1 }, reason: 'stop' });
    const held = (await admin('GET', 'exposure')).body.data;
    expect(held.utilization_pct).toBeGreaterThan(100);
    expect(held.status).toBe('red');
    expect(Number((await caps())['0'])).toBe(Math.round(held.total_exposure_usd * 100));
    expect(await buy(5)).toMatchObject({ body: { error: { code: 'RISK_LIMIT', details: { wall: 5 } } } });
    expect((await sell()).status).toBe(201);
    await admin('POST', 'config', { risk: { global_exposure_limit_usd: 500_000 }, reason: 'go' });
    expect((await buy()).status).toBe(201);
  });

  test.each([
    [{ spread: { min_spread_bps: 300 } }, 'spread.min_spread_bps'],
    [{ spread: { base_spread_bps: 900 } }, 'spread.base_spread_bps'],
    [{ risk: { sharp_score_threshold: 90 } }, 'risk.sharp_score_threshold'],
    [{ spread: { volume_discount_bps: 201 } }, 'spread.volume_discount_bps'],
  ])('contradicting values are refused: %j', async (patch, field) => {
    const before = (await admin('GET', 'config')).body;
    const answer = await admin('POST', 'config', { ...patch, reason: 'by mistake' });
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_ERROR', details: { fields: [{ field }] } } } });
    expect((await admin('GET', 'config')).body).toEqual(before);
  });

  test('no reason, no change', async () => {
    expect(await admin('POST', 'config', { risk: { per_trade_max_usd: 8 } })).toMatchObject({ status: 422 });
    expect(await admin('POST', 'config', { risk: { no_such_key: 8 }, reason: 'x' })).toMatchObject({ status: 422 });
  });
});

describe('circuit breakers', () => {
  const create = (body: object) =>
    admin('POST', 'risk/circuit-breakers', { trigger_type: 'manual', cooldown_minutes: 5, auto_reset: false, ...body });
  const act = (id: string, action: string) => admin('POST', `risk/circuit-breakers/${id}/${action}`, { reason: `${action} for a test` });

  test('every scope: created armed, tripped it halts buys and not sales, reset it lets buys through', async () => {
    const operator = encodeId('operator', server.tenants[0].operatorId as Id<'operator'>);
    const scopes: [object, string | null][] = [
      [{ scope: 'global' }, null],
      [{ scope: 'category', scope_id: 'sports' }, 'sports'],
      [{ scope: 'market', scope_id: market }, market],
      [{ scope: 'operator', scope_id: 'first-casino' }, operator],
    ];
    for (const [scope, scopeId] of scopes) {
      const created = await create(scope);
      expect(created).toMatchObject({
        status: 201,
        body: { data: { ...scope, scope_id: scopeId, status: 'armed', tripped_at: null, created_by: expect.stringMatching(/^adm_/) } },
      });
      const { id } = created.body.data;
      expect(await act(id, 'trip')).toMatchObject({ status: 200, body: { data: { status: 'tripped', trip_reason: 'trip for a test' } } });
      expect(await buy()).toMatchObject({ status: 422, body: { error: { code: 'CIRCUIT_BREAKER' } } });
      expect((await sell()).status).toBe(201);
      expect(await act(id, 'trip')).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } });
      expect(await act(id, 'reset')).toMatchObject({ status: 200, body: { data: { status: 'armed', tripped_at: null } } });
      expect((await buy()).status).toBe(201);
      expect(await act(id, 'disarm')).toMatchObject({ status: 200, body: { data: { status: 'disarmed' } } });
      expect(await act(id, 'trip')).toMatchObject({ status: 409 });
      expect(await act(id, 'arm')).toMatchObject({ status: 200, body: { data: { status: 'armed' } } });
    }
    const listed = (await admin('GET', 'risk/circuit-breakers')).body;
    expect(listed.total).toBe(4);
    expect(listed.data[0]).toMatchObject({
      scope: 'operator',
      scope_label: 'Example Casino',
      trigger_threshold: null,
      current_value: expect.any(Number),
    });
    const events = (await admin('GET', 'risk/events?type=circuit_breaker&severity=critical')).body;
    expect(events.pagination.total).toBe(4);
    expect(events.data[0]).toMatchObject({ type: 'circuit_breaker', operator_slug: 'first-casino', auto_resolved: false });
    expect((await audits()).filter(({ action }) => action.startsWith('breaker.')).length).toBe(4 * 5);
  });

  test.each([
    [{ scope: 'category', scope_id: 'weather' }, 422],
    [{ scope: 'category' }, 422],
    [{ scope: 'global', scope_id: 'x' }, 422],
    [{ scope: 'market', scope_id: 'mkt_0000000000001' }, 404],
    [{ scope: 'operator', scope_id: 'nobody' }, 404],
    [{ scope: 'global', trigger_type: 'manual', trigger_threshold: 90 }, 422],
    [{ scope: 'global', trigger_threshold: 50 }, 422],
  ])('%j is refused', async (body, status) => {
    const before = (await admin('GET', 'risk/circuit-breakers')).body.total;
    expect((await create(body)).status).toBe(status);
    expect((await admin('GET', 'risk/circuit-breakers')).body.total).toBe(before);
  });

  test('one that is not there', async () => {
    expect(await act('cb_0000000000001', 'trip')).toMatchObject({ status: 404 });
  });
});

test('a paused market stops buys, lets players out, and goes on when resumed', async () => {
  const change = (action: string) => admin('POST', `markets/${market}/${action}`, { reason: `${action} it` });
  expect(await change('pause')).toMatchObject({ status: 200, body: { data: { id: market, status: 'paused', status_reason: 'pause it' } } });
  expect(await buy()).toMatchObject({ body: { error: { code: 'MARKET_NOT_TRADEABLE', details: { reason: 'paused' } } } });
  expect((await sell()).status).toBe(201);
  expect(await change('resume')).toMatchObject({ status: 200, body: { data: { status: 'active', status_reason: null } } });
  expect((await buy()).status).toBe(201);
  expect(await admin('POST', 'markets/mkt_0000000000001/pause', { reason: 'x' })).toMatchObject({ status: 404 });
});

test('an adjustment has the documented answer, happens once, and is audited once', async () => {
  const [{ id }] = server.tenants[0].players;
  const user = encodeId('user', id as Id<'user'>);
  const body = {
    action: 'deposit',
    amount_usd: 50,
    reason: 'Promotional credit',
    idempotency_key: 'promo',
    metadata: { promotion_id: 'welcome' },
  };
  const adjust = () => server.send('POST', `/api/operator/users/${user}/balance`, server.tenants[0].token, body);
  const first = await adjust();
  expect(first).toMatchObject({
    status: 200,
    body: {
      data: {
        ledger_entry_id: expect.stringMatching(/^ldg_/),
        user_id: user,
        action: 'deposit',
        amount_usd: 50,
        reason: 'Promotional credit',
        idempotency_key: 'promo',
        metadata: { promotion_id: 'welcome' },
        operator_admin_id: expect.stringMatching(/^opu_/),
        created_at: expect.any(String),
      },
    },
  });
  const { balance_before_usd: before, balance_after_usd: after } = first.body.data;
  expect(after - before).toBeCloseTo(50, 10);
  const again = await adjust();
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect((await audits()).filter(({ action }) => action === 'balance.deposit')).toHaveLength(1);
  const { rows } = await server.db.owner.query(`select metadata from ledger_entries where description = 'Promotional credit'`);
  expect(rows).toEqual([{ metadata: expect.objectContaining({ promotion_id: 'welcome', actor: first.body.data.operator_admin_id }) }]);
});

test('operators see their own exposure and risk, and shared breakers without the figures of others', async () => {
  await admin('POST', 'risk/circuit-breakers', {
    scope: 'global',
    trigger_type: 'exposure_pct',
    trigger_threshold: 99.5,
    cooldown_minutes: 1,
    auto_reset: true,
  });
  const [{ id }] = (await admin('GET', 'risk/circuit-breakers')).body.data;
  await admin('POST', `risk/circuit-breakers/${id}/trip`, { reason: 'look' });
  const { data } = (await server.send('GET', '/api/operator/risk', server.tenants[1].token)).body;
  expect(data).toMatchObject({
    exposure: { total_usd: 0 },
    circuit_breakers: { active_count: 1, breakers: [{ scope: 'global', current_value: null, trigger_threshold: 99.5 }] },
  });
  const platform = (await admin('GET', 'risk')).body.data;
  expect(platform).toMatchObject({ status: 'critical', circuit_breakers: { global_active: true } });
  await admin('POST', `risk/circuit-breakers/${id}/reset`, { reason: 'looked' });
  const mine = (await server.send('GET', '/api/operator/exposure', server.tenants[0].token)).body.data;
  const all = (await admin('GET', 'exposure')).body.data;
  expect(mine.total_exposure_usd).toBe(all.total_exposure_usd);
  expect(mine.by_market[0]).toMatchObject({ market_id: market, yes_exposure_usd: mine.total_exposure_usd, no_exposure_usd: 0 });
  expect(mine.high_exposure_users[0]).toMatchObject({ exposure_usd: mine.total_exposure_usd, position_count: 1 });
});

test('the books are right after all of it', async () => {
  const report = await verifyBooks(server.db.database);
  expect(report.ok, booksReport(report)).toBe(true);
});
