/** A small history built as the demo is, asked over HTTP: every number agrees with every other one that says the same. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../src/app.ts';
import { buildDemo } from '../src/demo/build-demo.ts';
import { openPast } from '../src/open-past.ts';
import { virtualClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openServices, type Services } from '../src/services.ts';
import { type TestDatabase, testDatabase } from './database.ts';

const END = new Date('2026-11-20T18:20:00Z');
const SCALE = { days: 8, players: 120, moves: 900 };
const SECRET = 'a-secret-that-is-at-least-32-characters';
const PASSWORD = 'predictu-demo';
const DAY_MS = 86_400_000;
const log = pino({ level: 'silent' });
const clock = virtualClock(END);

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by assertions, which fail on what is not there.
type Row = any;
type Side = { api: string; token: string };
let db: TestDatabase;
let folder: string;
let services: Services;
let http: FastifyInstance;
let admin: Side;
let sides: (Side & { slug: string })[];

async function send(url: string, token?: string, payload?: object): Promise<Row> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await http.inject({ method: payload ? 'POST' : 'GET', url, headers, ...(payload && { payload }) });
  expect(answer.statusCode, `${url}: ${answer.body.slice(0, 400)}`).toBe(200);
  return answer.json();
}
const ask = ({ api, token }: Side, path: string): Promise<Row> => send(`${api}${path}`, token);
const logIn = async (audience: 'admin' | 'operator', email: string): Promise<string> =>
  (await send(`/api/auth/${audience}/login`, undefined, { email, password: PASSWORD })).data.token;

/** Every row of a list, page by page; each page names the same total, which is how many there are. */
async function all(side: Side, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const body = await ask(side, `${path}${path.includes('?') ? '&' : '?'}limit=100&page=${page}`);
    rows.push(...body.data);
    if (body.data.length < 100) {
      expect(rows.length, path).toBe(body.pagination.total);
      return rows;
    }
  }
}
const cents = (dollars: number): number => Math.round(dollars * 100);
const total = (rows: Row[], name: string): number => rows.reduce((sum, row) => sum + cents(row[name]), 0);
const count = (rows: Row[], name: string): number => rows.reduce((sum, row) => sum + row[name], 0);
const ids = (rows: Row[]): string[] => rows.map(({ id }) => id).sort();
const delta = (now: number, before: number): number | null => (before === 0 ? null : Math.round(((now - before) / before) * 1_000) / 10);

beforeAll(async () => {
  db = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'predictu-consistency-'));
  const config = readConfig({
    PREDICTU_DATA_DIR: folder,
    RATE_LIMIT_ADMIN_PER_MINUTE: '1000000',
    RATE_LIMIT_OPERATOR_PER_MINUTE: '1000000',
  });
  await buildDemo({
    clock,
    scale: SCALE,
    openPast: (past) => openPast({ config, secret: SECRET, appUrl: db.appUrl, log, clock: past }),
    progress: { step() {}, end() {} },
    casino: { port: 0, journal: join(folder, 'journal.jsonl'), log },
  });
  services = await openServices({ config, secret: SECRET, appUrl: db.appUrl, log, clock });
  http = buildApp(services);
  admin = { api: '/api/internal', token: await logIn('admin', 'admin@predictu.local') };
  sides = [
    { api: '/api/operator', slug: 'example-casino', token: await logIn('operator', 'operator@example-casino.local') },
    { api: '/api/operator', slug: 'lucky-spins', token: await logIn('operator', 'operator@lucky-spins.local') },
  ];
}, 600_000);
afterAll(async () => {
  await http?.close();
  await services?.close();
  await db?.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('the dashboard’s figures and deltas recompute from the list of trades', async () => {
  const trades = (await all(admin, '/trades')).filter(({ status }) => status === 'filled' || status === 'settled');
  expect(trades.length).toBeGreaterThan(300);
  const within = (from: number, to: number): Row[] =>
    trades.filter(({ created_at: at }) => {
      const age = END.getTime() - Date.parse(at);
      return age <= from * DAY_MS && age > to * DAY_MS;
    });
  for (const [period, days] of [
    ['1d', 1],
    ['7d', 7],
  ] as const) {
    const { data } = await ask(admin, `/dashboard?period=${period}`);
    const [now, before] = [within(days, -1), within(2 * days, days)];
    expect(data.trades).toMatchObject({ total: trades.length, period: now.length, delta_pct: delta(now.length, before.length) });
    expect([cents(data.trades.volume_usd), cents(data.trades.period_volume_usd)]).toEqual([
      total(trades, 'cost_usd'),
      total(now, 'cost_usd'),
    ]);
    expect(data.users.active).toBe(new Set(now.map(({ user_id: user }) => user)).size);
    expect([count(data.chart_data, 'trades'), total(data.chart_data, 'revenue_usd')]).toEqual([now.length, cents(data.revenue.period_usd)]);
    expect(cents(data.revenue.breakdown.spread) + cents(data.revenue.breakdown.fees)).toBe(cents(data.revenue.period_usd));
  }
});

test('what the platform shows is the sum of what its operators see', async () => {
  const [whole, ...parts] = (
    await Promise.all([ask(admin, '/dashboard?period=7d'), ...sides.map((side) => ask(side, '/dashboard?period=7d'))])
  ).map(({ data }) => data);
  const sum = (pick: (data: Row) => number): number => parts.reduce((added, data) => added + pick(data), 0);
  for (const pick of [
    (data: Row) => data.trades.total,
    (data: Row) => data.trades.period,
    (data: Row) => data.users.total,
    (data: Row) => data.users.active,
    (data: Row) => cents(data.revenue.total_usd),
    (data: Row) => cents(data.revenue.period_usd),
    (data: Row) => cents(data.exposure.current_usd),
  ])
    expect(sum(pick), String(pick)).toBe(pick(whole));
  for (const [index, side] of sides.entries()) {
    const { data } = await ask(admin, `/dashboard?period=7d&operator=${side.slug}`);
    expect(parts[index].trades).toEqual(data.trades);
    expect(parts[index].positions.open_count).toBe((await ask(side, '/positions?status=open')).pagination.total);
    expect(cents(parts[index].revenue.operator_share_usd) + cents(parts[index].revenue.predictu_share_usd)).toBe(
      cents(data.revenue.period_usd),
    );
  }
});

describe.each(['day', 'week'])('revenue by the %s', (granularity) => {
  test('has series, operators and categories that add up to its totals, to the cent', async () => {
    const query = `granularity=${granularity}&from=${new Date(END.getTime() - 6 * DAY_MS).toISOString()}`;
    const { totals, series, by_operator: operators, by_category: categories } = (await ask(admin, `/revenue?${query}`)).data;
    expect(totals.trade_count).toBeGreaterThan(100);
    for (const rows of [series, operators, categories]) expect(total(rows, 'gross_usd')).toBe(cents(totals.gross_revenue_usd));
    expect(total(series, 'predictu_usd')).toBe(cents(totals.predictu_share_usd));
    expect([count(series, 'trades'), count(operators, 'trade_count'), count(categories, 'trade_count')]).toEqual(
      Array(3).fill(totals.trade_count),
    );
    for (const side of sides) {
      const own = (await ask(side, `/revenue?${query}`)).data.totals;
      const line = operators.find((row: Row) => row.operator_slug === side.slug);
      expect([own.trade_count, cents(own.gross_revenue_usd)]).toEqual([line.trade_count, cents(line.gross_usd)]);
    }
  });
});

describe.each(['/trades', '/users', '/positions'])('the list %s', (path) => {
  test('of an operator is the platform’s of that operator, and nothing of another one', async () => {
    const [first, second] = await Promise.all(sides.map((side) => all(side, path)));
    expect(first?.length).toBeGreaterThan(0);
    expect(new Set([...ids(first ?? []), ...ids(second ?? [])]).size).toBe((first?.length ?? 0) + (second?.length ?? 0));
    if (path === '/positions') return;
    const whole = await all(admin, path);
    expect(ids(whole)).toEqual(ids([...(first ?? []), ...(second ?? [])]));
    expect(ids(await all(admin, `${path}?operator=${sides[0]?.slug}`))).toEqual(ids(first ?? []));
  });
});

test('each filter of trades leaves exactly the rows it names', async () => {
  const rows = await all(admin, '/trades');
  const some = rows[Math.floor(rows.length / 2)];
  const filters: [query: string, keeps: (row: Row) => boolean][] = [
    ['side=sell', ({ side }) => side === 'sell'],
    ['status=filled', ({ status }) => status === 'filled'],
    ['min_amount=50', ({ cost_usd: amount }) => amount >= 50],
    ['max_amount=20', ({ cost_usd: amount }) => amount <= 20],
    [`market_id=${some.market_id}`, ({ market_id: market }) => market === some.market_id],
    [`user_id=${some.user_id}`, ({ user_id: user }) => user === some.user_id],
    [`from=${some.created_at}`, ({ created_at: at }) => at >= some.created_at],
    [`to=${some.created_at}`, ({ created_at: at }) => at < some.created_at],
  ];
  for (const [query, keeps] of filters) {
    const kept = rows.filter(keeps);
    expect(kept.length, query).toBeGreaterThan(0);
    expect(kept.length, query).toBeLessThan(rows.length + 1);
    expect(ids(await all(admin, `/trades?${query}`)), query).toEqual(ids(kept));
  }
});

test.each([
  ['/trades', 'amount', 'cost_usd'],
  ['/users', 'balance', 'balance_usd'],
  ['/trades', 'created_at', 'created_at'],
])('%s by %s is in order across pages, both ways', async (path, sort, field) => {
  for (const order of ['asc', 'desc']) {
    const values = (await all(admin, `${path}?sort=${sort}&order=${order}`)).map((row) => row[field]);
    expect(values).not.toContain(undefined);
    const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    expect(values).toEqual(order === 'asc' ? sorted : sorted.reverse());
  }
});
