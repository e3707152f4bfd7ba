/** A history built as the demo is, or that of a running one, asked over HTTP: every number agrees with every other one that says the same. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cents, count, type HistoryScene, historyScene, ids, type Row, total } from './history-scene.ts';

const DAY_MS = 86_400_000;
let scene: HistoryScene;
let { admin, sides, ask, all, still, now, until }: HistoryScene = {} as HistoryScene;
const delta = (now: number, before: number): number | null => (before === 0 ? null : Math.round(((now - before) / before) * 1_000) / 10);

beforeAll(async () => {
  scene = await historyScene();
  ({ admin, sides, ask, all, still, now, until } = scene);
}, 600_000);
afterAll(() => scene?.close());

const isFilled = ({ status }: Row): boolean => status === 'filled' || status === 'settled';
/** Trades whose age at `at` is less than `from` days and not less than `to`. */
const ofAge = (trades: Row[], at: Date, from: number, to: number): Row[] =>
  trades.filter(({ created_at: created }) => {
    const age = at.getTime() - Date.parse(created);
    return age <= from * DAY_MS && age > to * DAY_MS;
  });

test.each([
  ['1d', 1],
  ['7d', 7],
] as const)('the figures and deltas of the dashboard of %s recompute from the list of trades', async (period, days) => {
  const older = scene.moves ? (await all(admin, '/trades')).filter(isFilled) : [];
  await still(async () => {
    const begun = now();
    const { data } = await ask(admin, `/dashboard?period=${period}`);
    const ended = now();
    const later = (await all(admin, scene.moves ? `/trades?from=${until.toISOString()}&to=${ended.toISOString()}` : '/trades')).filter(
      isFilled,
    );
    const trades = [...older, ...later];
    expect(trades.length).toBeGreaterThan(300);
    const [current, before] = [ofAge(trades, ended, days, -1), ofAge(trades, ended, 2 * days, days)];
    expect([ofAge(trades, begun, days, -1), ofAge(trades, begun, 2 * days, days)]).toEqual([current, before]);
    expect(data.trades).toMatchObject({ total: trades.length, period: current.length, delta_pct: delta(current.length, before.length) });
    expect([cents(data.trades.volume_usd), cents(data.trades.period_volume_usd)]).toEqual([
      total(trades, 'cost_usd'),
      total(current, 'cost_usd'),
    ]);
    expect(data.users.active).toBe(new Set(current.map(({ user_id: user }) => user)).size);
    expect([count(data.chart_data, 'trades'), total(data.chart_data, 'revenue_usd')]).toEqual([
      current.length,
      cents(data.revenue.period_usd),
    ]);
    expect(cents(data.revenue.breakdown.spread) + cents(data.revenue.breakdown.fees)).toBe(cents(data.revenue.period_usd));
  });
});

test('what the platform shows is the sum of what its operators see', async () => {
  await still(async () => {
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
});

describe.each(['day', 'week'])('revenue by the %s', (granularity) => {
  test('has series, operators and categories that add up to its totals, to the cent', async () => {
    await still(async () => {
      const query = `granularity=${granularity}&from=${new Date(now().getTime() - 6 * DAY_MS).toISOString()}`;
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
});

test('exposure is the same from every side: operators and categories add up, and an operator sees its part', async () => {
  await still(async () => {
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
});

test('invoices are the sums of their lines and their tax, and an operator sees its own', async () => {
  await still(async () => {
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
});

test('what a player has done is the same in the list, on its page and in its own lists', async () => {
  const [side] = sides;
  if (!side) throw new Error('No operator');
  for (const place of [0, 1, 2, 3, 4]) {
    await still(async () => {
      const { data: players } = await ask(side, '/users?sort=trade_count&limit=5');
      const player = players[place];
      expect(player.trade_count).toBeGreaterThan(3);
      const { data: page } = await ask(side, `/users/${player.id}`);
      const trades = await all(side, `/trades?user_id=${player.id}&to=${new Date(now().getTime() + DAY_MS).toISOString()}`);
      const filled = trades.filter(({ status }: Row) => status === 'filled' || status === 'settled');
      expect(filled.length).toBe(player.trade_count);
      expect(total(filled, 'cost_usd')).toBe(cents(player.volume_usd));
      expect([page.metrics.trade_count, page.metrics.volume_usd, page.metrics.pnl_usd]).toEqual([
        player.trade_count,
        player.volume_usd,
        player.pnl_usd,
      ]);
    });
  }
});
