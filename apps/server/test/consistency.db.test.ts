/** A small history built as the demo is, asked over HTTP: every number agrees with every other one that says the same. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cents, count, END, type HistoryScene, historyScene, ids, type Row, total } from './history-scene.ts';

const DAY_MS = 86_400_000;
let scene: HistoryScene;
let { admin, sides, ask, all }: HistoryScene = {} as HistoryScene;
const delta = (now: number, before: number): number | null => (before === 0 ? null : Math.round(((now - before) / before) * 1_000) / 10);

beforeAll(async () => {
  scene = await historyScene();
  ({ admin, sides, ask, all } = scene);
}, 600_000);
afterAll(() => scene?.close());

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

test('exposure is the same from every side: operators and categories add up, and an operator sees its part', async () => {
  const { data: whole } = await ask(admin, '/exposure');
  expect(whole.total_exposure_usd).toBeGreaterThan(0);
  expect(total(whole.by_operator, 'exposure_usd')).toBe(cents(whole.total_exposure_usd));
  for (const side of sides) {
    const { data: own } = await ask(side, '/exposure');
    const line = whole.by_operator.find((row: Row) => row.operator_slug === side.slug);
    for (const parts of [own.by_category, line.by_category]) expect(total(parts, 'exposure_usd')).toBe(cents(line.exposure_usd));
    expect(cents(own.total_exposure_usd)).toBe(cents(line.exposure_usd));
    const [held, waiting] = await Promise.all([all(side, '/positions?status=open'), all(side, '/trades?status=pending&side=buy')]);
    const open = [...held, ...waiting].reduce((sum: number, { quantity }: Row) => sum + cents(quantity), 0);
    expect(open).toBe(cents(own.total_exposure_usd));
  }
});

test('invoices are the sums of their lines and their tax, and an operator sees its own', async () => {
  const invoices = await all(admin, '/invoices');
  for (const { id, ...listed } of invoices) {
    const { data } = await ask(admin, `/invoices/${id}`);
    expect([data.amount_usd, data.total_usd]).toEqual([listed.amount_usd, listed.total_usd]);
    expect(total(data.line_items, 'amount_usd')).toBe(cents(data.amount_usd));
    expect(cents(data.amount_usd) + cents(data.tax_usd)).toBe(cents(data.total_usd));
  }
  for (const side of sides) {
    const own = (await ask(side, '/invoices')).data;
    const platforms = invoices.filter(({ operator_slug: slug, status }: Row) => slug === side.slug && status !== 'draft');
    expect(ids(own)).toEqual(ids(platforms));
  }
});

test('what a player has done is the same in the list, on its page and in its own lists', async () => {
  const [side] = sides;
  if (!side) throw new Error('No operator');
  const players = (await all(side, '/users?sort=trade_count')).slice(0, 5);
  expect(players[0].trade_count).toBeGreaterThan(3);
  for (const player of players) {
    const { data: page } = await ask(side, `/users/${player.id}`);
    const trades = await all(side, `/trades?user_id=${player.id}`);
    const filled = trades.filter(({ status }: Row) => status === 'filled' || status === 'settled');
    expect(filled.length).toBe(player.trade_count);
    expect(total(filled, 'cost_usd')).toBe(cents(player.volume_usd));
    expect([page.metrics.trade_count, page.metrics.volume_usd, page.metrics.pnl_usd]).toEqual([
      player.trade_count,
      player.volume_usd,
      player.pnl_usd,
    ]);
  }
});
