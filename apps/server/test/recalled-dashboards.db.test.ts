/** Dashboards from memory against those added up in SQL: the same to the last trade, whatever has been rolled up, filled late, voided or decided again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getDashboard, getOwnDashboard } from '../src/insights/get-dashboard.ts';
import type { RecallPeriods } from '../src/insights/insights.ts';
import { rollUp } from '../src/insights/roll-up.ts';
import type { ColumnIndex } from '../src/platform/column-index.ts';
import { type PackedPeriods, unpackPeriods } from '../src/trading/traded-periods.ts';
import { makeOperator } from './factories.ts';
import { BEGIN, daysAgo, type FigureScene, figureScene, NOW, plainFigures } from './figure-scene.ts';
import { openTestServer, type TestServer } from './server.ts';
import { openTestColumns } from './test-columns.ts';

const PERIODS = ['1d', '7d', '30d', '90d', 'all'] as const;
const ADMIN = { kind: 'admin', adminId: 1n, email: 'ada@example.com', permissions: [] } as const;

let server: TestServer;
let scene: FigureScene;
let index: ColumnIndex;
let idle: bigint;
let recalled = 0;

const remember: RecallPeriods = async (_db, periods) => {
  const packed = await index.consult<PackedPeriods>('trades', { periods });
  if (packed) recalled += 1;
  return packed && unpackPeriods(packed, periods.windows);
};
const addUp: RecallPeriods = async () => undefined;

beforeAll(async () => {
  server = await openTestServer();
  scene = await figureScene(17, server.db);
  idle = await makeOperator(scene.owner, { slug: 'idle-casino' });
  index = openTestColumns(server.db.appUrl);
});
afterAll(async () => {
  await index?.close();
  await server?.close();
});

const slugOf = async (operatorId: bigint): Promise<string> =>
  (await scene.owner.query('select slug from operators where id = $1', [operatorId])).rows[0].slug;

async function dashboards(recall: RecallPeriods, now: Date): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const period of PERIODS) {
    const asAdmin = (operator?: string) =>
      scene.database.as(ADMIN, 'read', (db) => getDashboard(recall)({ db, now } as never, { query: { period, operator } } as never));
    found[`all ${period}`] = await asAdmin();
    for (const operatorId of [...scene.operators, idle]) {
      const slug = await slugOf(operatorId);
      const actor = { kind: 'operator', operatorId, slug, memberId: 1n, email: 'x', permissions: [] } as const;
      found[`${slug} ${period}`] = await asAdmin(slug);
      found[`own ${slug} ${period}`] = await scene.database.as(actor, 'read', (db) =>
        getOwnDashboard(recall)({ db, actor, now } as never, { query: { period } } as never),
      );
    }
  }
  return found;
}

type Shown = { data: { trades: { total: number; period: number }; users: { active: number }; revenue: { settlement_pnl_usd: bigint } } };
async function expectSame(now: Date): Promise<void> {
  const before = recalled;
  const [kept, counted] = [await dashboards(remember, now), await dashboards(addUp, now)];
  expect(recalled - before).toBe(Object.keys(kept).length);
  for (const [name, dashboard] of Object.entries(counted)) expect({ name, dashboard: kept[name] }).toEqual({ name, dashboard });
  const { data } = kept['all 7d'] as Shown;
  const plain = await plainFigures(scene, { from: new Date(now.getTime() - 7 * 86_400_000), to: null });
  expect([data.trades.period, data.users.active, data.revenue.settlement_pnl_usd]).toEqual([
    plain.trades,
    plain.users,
    plain.settlementPnl,
  ]);
}

test('a dashboard is the same from memory and in SQL, before and after everything that moves its figures', {
  timeout: 180_000,
}, async () => {
  await scene.play(BEGIN, daysAgo(6), 250);
  await expect.poll(() => index.consult('trades', { periods: { windows: [] } }), { timeout: 60_000, interval: 50 }).toBeDefined();
  await expectSame(daysAgo(6));
  await rollUp(scene.database);
  // Late fills of trades in days long rolled up, and corrections of results decided before.
  await scene.play(daysAgo(6), daysAgo(2), 250);
  await expectSame(daysAgo(2));
  const { rows } = await scene.owner.query(
    `select (select count(*) from trade_events e join trades t on t.operator_id = e.operator_id and t.id = e.trade_id
         where e.status = 'filled' and date_trunc('day', t.created_at) < date_trunc('day', e.created_at))::int as late,
       (select count(*) from market_settlements where corrects_id is not null)::int as corrections`,
  );
  expect(rows[0].late).toBeGreaterThan(0);
  expect(rows[0].corrections).toBeGreaterThan(0);
  await rollUp(scene.database);
  await scene.changeTiers();
  await scene.play(daysAgo(2), NOW, 150);
  await expectSame(NOW);
  // As the clock moves on hours and days fall out of the periods.
  await expectSame(new Date(NOW.getTime() + 3_600_123));
  await expectSame(new Date(NOW.getTime() + 5 * 86_400_000 + 61_001));
});

test('an operator sees its own trades only, and one without any sees none', async () => {
  const kept = await dashboards(remember, NOW);
  for (const operatorId of scene.operators) {
    const { data } = kept[`own ${await slugOf(operatorId)} all`] as Shown;
    const { rows } = await scene.owner.query(`select count(*)::int as trades from trades where operator_id = $1 and status = 'filled'`, [
      operatorId,
    ]);
    expect(data.trades.total).toBe(rows[0].trades);
  }
  const { data } = kept['own idle-casino all'] as Shown;
  expect([data.trades.total, data.users.active, data.revenue.settlement_pnl_usd]).toEqual([0, 0, 0n]);
});
