/** Dashboards, revenue and operators over HTTP: they agree with each other, and with the facts recomputed by another path. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rollUp } from '../src/insights/roll-up.ts';
import { BEGIN, daysAgo, type FigureScene, figureScene, NOW, plainFigures } from './figure-scene.ts';
import { openTestServer, type TestServer } from './server.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by assertions, which fail on what is not there.
type Data = any;
let server: TestServer;
let scene: FigureScene;

beforeAll(async () => {
  server = await openTestServer();
  scene = await figureScene(3, server.db);
  server.clock.set(NOW);
  await scene.play(BEGIN, daysAgo(3), 300);
  await rollUp(server.db.database);
  await scene.play(daysAgo(3), NOW, 200);
});
afterAll(() => server?.close());

const get = async (url: string, token = server.admin): Promise<Data> => {
  const { status, body } = await server.send('GET', url, token);
  expect(status, `${url}: ${JSON.stringify(body)}`).toBe(200);
  return body.data;
};
const cents = (dollars: number): number => Math.round(dollars * 100);
const total = (rows: Data[], name: string): number => rows.reduce((sum, row) => sum + cents(row[name]), 0);
const count = (rows: Data[], name: string): number => rows.reduce((sum, row) => sum + row[name], 0);
const delta = (now: number, before: number): number | null => (before === 0 ? null : Math.round(((now - before) / before) * 1_000) / 10);
const slugs = ['first-casino', 'second-casino', 'figures-2'];

describe.each([
  ['1d', 1],
  ['7d', 7],
  ['30d', 30],
] as const)('the dashboard of %s', (period, days) => {
  test('is what the facts say, with deltas against the period before', async () => {
    const data = await get(`/api/internal/dashboard?period=${period}`);
    const [now, before, day, all] = await Promise.all([
      plainFigures(scene, { from: daysAgo(days), to: null }),
      plainFigures(scene, { from: daysAgo(2 * days), to: daysAgo(days) }),
      plainFigures(scene, { from: daysAgo(1), to: null }),
      plainFigures(scene, { from: null, to: null }),
    ]);
    expect(data.trades).toMatchObject({
      total: all.trades,
      count_24h: day.trades,
      period: now.trades,
      delta_pct: delta(now.trades, before.trades),
    });
    expect([cents(data.trades.volume_usd), cents(data.trades.volume_24h_usd)]).toEqual([Number(all.volume), Number(day.volume)]);
    expect([cents(data.revenue.total_usd), cents(data.revenue.period_usd)]).toEqual([Number(all.gross), Number(now.gross)]);
    expect(data.revenue.delta_pct).toBe(delta(Number(now.gross), Number(before.gross)));
    expect(cents(data.revenue.breakdown.spread) + cents(data.revenue.breakdown.fees)).toBe(cents(data.revenue.period_usd));
    expect(data.users).toMatchObject({ active: now.users, active_24h: day.users, delta_pct: delta(now.users, before.users) });
    expect([count(data.chart_data, 'trades'), total(data.chart_data, 'revenue_usd')]).toEqual([now.trades, Number(now.gross)]);
    expect(data.chart_data.length).toBe(days + 1);
    // Now is no midnight: the day the period begins in and today are not whole.
    expect(data.chart_data.map(({ partial }: Data) => partial)).toEqual(
      data.chart_data.map((_: Data, index: number) => index === 0 || index === days),
    );
    const [{ players, fresh }] = (
      await scene.owner.query('select count(*)::int as players, (count(*) filter (where created_at >= $1))::int as fresh from players', [
        daysAgo(7),
      ])
    ).rows;
    expect(data.users).toMatchObject({ total: players, new_7d: fresh });
  });

  test('of the platform is the sum of its operators, each as it sees itself', async () => {
    const whole = await get(`/api/internal/dashboard?period=${period}`);
    const parts: Data[] = await Promise.all(slugs.map((slug) => get(`/api/internal/dashboard?period=${period}&operator=${slug}`)));
    for (const [group, names] of [
      ['users', ['total', 'active_24h', 'active_7d', 'active', 'new_7d']],
      ['trades', ['total', 'count_24h', 'period']],
    ] as const) {
      for (const name of names) expect([name, whole[group][name]]).toEqual([name, parts.reduce((sum, part) => sum + part[group][name], 0)]);
    }
    for (const name of ['total_usd', 'period_usd', 'settlement_pnl_usd']) {
      expect(cents(whole.revenue[name])).toBe(parts.reduce((sum, part) => sum + cents(part.revenue[name]), 0));
    }
    for (const [index, tenant] of server.tenants.entries()) {
      const own = await get(`/api/operator/dashboard?period=${period}`, tenant.token);
      expect(own.operator.slug).toBe(slugs[index]);
      for (const name of ['users', 'trades', 'settlements', 'chart_data']) expect(own[name]).toEqual(parts[index][name]);
      expect(own.revenue).toMatchObject({ total_usd: parts[index].revenue.total_usd, period_usd: parts[index].revenue.period_usd });
      expect(cents(own.revenue.operator_share_usd) + cents(own.revenue.predictu_share_usd)).toBe(cents(own.revenue.period_usd));
    }
  });
});

test('for all time there is no period before, and everything is in the period', async () => {
  const data = await get('/api/internal/dashboard?period=all');
  expect([data.users.delta_pct, data.trades.delta_pct, data.revenue.delta_pct]).toEqual([null, null, null]);
  expect([data.trades.period, data.revenue.period_usd]).toEqual([data.trades.total, data.revenue.total_usd]);
  expect(count(data.chart_data, 'trades')).toBe(data.trades.total);
});

describe.each(['hour', 'day', 'week', 'month'])('revenue by the %s', (granularity) => {
  const [from, to] = [daysAgo(9.4), daysAgo(1.3)];
  const query = `granularity=${granularity}&from=${from.toISOString()}&to=${to.toISOString()}`;

  test('adds up in every direction, to the cent, and is what the facts say', async () => {
    const { totals, by_operator, by_category, series, period } = await get(`/api/internal/revenue?${query}`);
    const plain = await plainFigures(scene, { from, to });
    expect(period).toEqual({ from: from.toISOString(), to: to.toISOString() });
    expect(totals).toMatchObject({ trade_count: plain.trades, unique_traders: plain.users });
    expect([cents(totals.gross_revenue_usd), cents(totals.trade_volume_usd), cents(totals.settlement_pnl_usd)]).toEqual([
      Number(plain.gross),
      Number(plain.volume),
      Number(plain.settlementPnl),
    ]);
    expect(cents(totals.predictu_share_usd) + cents(totals.operator_share_usd)).toBe(cents(totals.gross_revenue_usd));
    for (const rows of [by_operator, by_category, series]) expect(total(rows, 'gross_usd')).toBe(cents(totals.gross_revenue_usd));
    expect(total(series, 'predictu_usd')).toBe(cents(totals.predictu_share_usd));
    expect(total(by_operator, 'predictu_share_usd')).toBe(cents(totals.predictu_share_usd));
    expect(total(by_category, 'operator_share_usd')).toBe(cents(totals.operator_share_usd));
    expect([count(series, 'trades'), count(by_operator, 'trade_count'), count(by_category, 'trade_count')]).toEqual(
      Array(3).fill(plain.trades),
    );
  });

  test('of an operator is the platform’s line of it, on both sides', async () => {
    const whole = await get(`/api/internal/revenue?${query}`);
    for (const [index, tenant] of server.tenants.entries()) {
      const own = await get(`/api/operator/revenue?${query}`, tenant.token);
      const line = whole.by_operator.find((row: Data) => row.operator_slug === slugs[index]);
      expect(own.totals).toMatchObject({
        gross_revenue_usd: line.gross_usd,
        predictu_share_usd: line.predictu_share_usd,
        trade_count: line.trade_count,
      });
      const ofOne = await get(`/api/internal/operators/${slugs[index]}/revenue?${query}`);
      expect(ofOne.totals).toMatchObject({ revenue_usd: line.gross_usd, operator_share_usd: own.totals.operator_share_usd });
      expect(ofOne.series.map((row: Data) => [row.date, row.revenue_usd])).toEqual(
        own.series.map((row: Data) => [row.date, row.gross_usd]),
      );
      expect(total(own.series, 'operator_share_usd')).toBe(cents(own.totals.operator_share_usd));
      expect(own.revenue_share_pct).toBe(66.67);
    }
  });
});

test('operators are listed with the figures of their pages, filtered and sorted', async () => {
  const { body } = await server.send('GET', '/api/internal/operators?sort=revenue&order=asc', server.admin);
  expect(body.total).toBe(3);
  const revenues = body.data.map((row: Data) => row.revenue_total_usd);
  expect(revenues).toEqual(revenues.toSorted((a: number, b: number) => a - b));
  for (const row of body.data) {
    const detail = await get(`/api/internal/operators/${row.slug}`);
    const { user_count, trade_count, revenue_total_usd, revenue_30d_usd } = row;
    expect(detail.metrics).toMatchObject({ user_count, trade_count, revenue_total_usd, revenue_30d_usd });
  }
  const found = async (query: string) => (await get(`/api/internal/operators?${query}`)).map(({ slug }: Data) => slug);
  expect(await found('search=CASINO&sort=name&order=asc')).toHaveLength(3);
  expect(await found('search=second')).toEqual(['second-casino']);
  expect(await found('search=%25')).toEqual([]);
  expect(await found('status=suspended')).toEqual([]);
});

test.each([
  ['/api/internal/dashboard?period=2d', 400],
  ['/api/internal/dashboard?operator=nobody', 404],
  ['/api/internal/revenue?from=yesterday', 400],
  ['/api/internal/revenue?from=2026-06-02&to=2026-06-01', 400],
  ['/api/internal/revenue?from=2020-01-01&granularity=hour', 400],
  ['/api/internal/revenue?unknown=1', 400],
  ['/api/internal/operators?sort=slug', 400],
  ['/api/internal/operators/nobody', 404],
  ['/api/internal/operators/nobody/revenue', 404],
])('%s is answered with %s', async (url, status) => {
  const { status: got, body } = await server.send('GET', url, server.admin);
  expect([got, body.error.code]).toEqual([status, status === 400 ? 'BAD_REQUEST' : 'NOT_FOUND']);
});
