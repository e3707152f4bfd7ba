/** The forecast over HTTP: from the revenue of complete days, in parts that add up, or with a reason why not. */
import { firstIdAt } from '@predictu/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forecastRevenue } from '../src/insights/forecast.rules.ts';
import { rollUp } from '../src/insights/roll-up.ts';
import { DAY_MS } from '../src/insights/rollup-plan.rules.ts';
import { START } from './factories.ts';
import { openTestServer, type TestServer } from './server.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by assertions, which fail on what is not there.
type Data = any;
const TODAY = new Date(Math.floor(START.getTime() / DAY_MS) * DAY_MS);
const DAYS = 60;
let server: TestServer;

beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.close());

/** One trade a day of each operator at noon, today included. */
async function play(from: number, to: number): Promise<void> {
  let last = 0n;
  for (let ago = from; ago >= to; ago -= 1) {
    const at = new Date(TODAY.getTime() - ago * DAY_MS + DAY_MS / 2 - 1);
    for (const [index, { operatorId, players }] of server.tenants.entries()) {
      last = firstIdAt(at) + BigInt(index);
      await server.db.owner.query(
        `insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents,
           balance_after_cents, receipt, created_at, wallet_mode)
         values ($1, $2, $3, $4, 'yes', 'buy', 'filled', 5000, 5000, 100, 5000, $5, $6, 0, '{}', $7, 'internal')`,
        [operatorId, last, players[0].id, server.marketId, 1_000 * (index + 1), 5_000 + (ago % 7) * 700, at],
      );
    }
  }
  await server.db.owner.query('update sequencer set last_id = $1', [last]);
}
const get = async (query = ''): Promise<Data> => {
  const { status, body } = await server.send('GET', `/api/internal/revenue/forecast${query}`, server.admin);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.data;
};
const cents = (rows: Data[], name: string): number => rows.reduce((sum, row) => sum + Math.round(row[name] * 100), 0);

test('nothing is said of a short history, and why', async () => {
  expect(await get()).toMatchObject({
    horizon: '30d',
    projected_revenue_usd: null,
    confidence_interval: null,
    history_days: 0,
    abstained: { reason: 'history_too_short' },
  });
});

test('complete days, rolled up or not, make the forecast; today does not', async () => {
  await play(DAYS, 20);
  await rollUp(server.db.database);
  await play(19, 0);
  const rows = (
    await server.db.owner.query(
      `select o.slug, (extract(epoch from $1::timestamptz - date_trunc('day', t.created_at, 'UTC')) / 86400)::int as ago, sum(t.fee_cents + t.spread_cents)::int as gross
       from trades t join operators o on o.id = t.operator_id where t.created_at < $1 group by 1, 2`,
      [TODAY],
    )
  ).rows;
  const slugs = ['first-casino', 'second-casino'];
  for (const horizon of [30, 60, 90]) {
    const data = await get(`?horizon=${horizon}d`);
    const expected = forecastRevenue(
      slugs.map((slug) => ({
        slug,
        days: Array.from({ length: DAYS }, (_, day) => rows.find((row) => row.slug === slug && row.ago === DAYS - day)?.gross ?? 0),
      })),
      horizon,
    );
    if ('reason' in expected) throw new Error(expected.message);
    expect(Math.round(data.projected_revenue_usd * 100)).toBe(Number(expected.projected));
    expect(data).toMatchObject({ horizon: `${horizon}d`, history_days: DAYS, abstained: null, growth_rate_pct: expected.growthPct });
    expect([cents(data.series, 'projected_usd'), cents(data.by_operator, 'projected_usd'), cents(data.drivers, 'impact_usd')]).toEqual(
      Array(3).fill(Number(expected.projected)),
    );
    expect(data.series.length).toBe(horizon);
    expect(data.series[0].date).toBe(new Date(TODAY.getTime() + DAY_MS).toISOString().slice(0, 10));
    expect(data.confidence_interval.low_usd).toBeLessThanOrEqual(data.projected_revenue_usd);
    expect(data.confidence_interval.high_usd).toBeGreaterThanOrEqual(data.projected_revenue_usd);
  }
});

test('switched off, it says so and nothing else; unreadable parameters are refused', async () => {
  const set = (on: boolean) =>
    server.db.owner.query(`update platform_config set document = jsonb_set(document, '{features,revenue_forecast}', '${on}')`);
  await set(false);
  expect(await get()).toMatchObject({
    projected_revenue_usd: null,
    by_operator: [],
    series: [],
    drivers: [],
    abstained: { reason: 'feature_disabled' },
  });
  await set(true);
  for (const query of ['?horizon=45d', '?horizon=', '?operator=first-casino']) {
    const { status, body } = await server.send('GET', `/api/internal/revenue/forecast${query}`, server.admin);
    expect([query, status, body.error?.code]).toEqual([query, 400, 'BAD_REQUEST']);
  }
  expect((await server.send('GET', '/api/internal/revenue/forecast', server.tenants[0].token)).status).toBe(403);
});
