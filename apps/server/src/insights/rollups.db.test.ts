/** Whatever is rolled up already and whatever is not: the figures are those of the facts, for any period, to the last trade. */

import type { Cents } from '@predictu/contract/units';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BEGIN, daysAgo, type FigureScene, figureScene, NOW, plainFigures } from '../../test/figure-scene.ts';
import { draws } from '../demo/demo-seed.rules.ts';
import type { Actor } from '../platform/actor.ts';
import type { Db } from '../platform/db.ts';
import { countTiers } from '../risk/flagged-player.sql.ts';
import { selectActive } from './active.sql.ts';
import { runCheck } from './books.sql.ts';
import { ROLLUP_CHECKS } from './books-rollups.sql.ts';
import { figuresOf, sumMeasures } from './figure.rules.ts';
import { selectFigures, selectTotals, type Window } from './figure.sql.ts';
import { rebuildRollups, rollUp } from './roll-up.ts';
import { bucketsOf, type Granularity } from './rollup-plan.rules.ts';
import { selectSignups } from './signup.sql.ts';
import { selectStanding } from './standing.sql.ts';

const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'ada@example.com', permissions: [] };
let scene: FigureScene;
beforeAll(async () => {
  scene = await figureScene(11);
});
afterAll(() => scene?.drop());

const asAdmin = <T>(work: (db: Db) => Promise<T>): Promise<T> => scene.database.as(ADMIN, 'read', work);
const asOperator = <T>(operatorId: bigint, work: (db: Db) => Promise<T>): Promise<T> =>
  scene.database.as({ kind: 'operator', operatorId, slug: 'x', memberId: 1n, email: 'x', permissions: [] }, 'read', work);

const random = draws(5);
const moment = (): Date => new Date(BEGIN.getTime() + Math.floor(random() * (NOW.getTime() - BEGIN.getTime())));
function periods(): Window[] {
  const cut = (from: Date | null, to: Date | null): Window => ({ label: 'w', from, to });
  const [a, b] = [moment(), moment()].sort((x, y) => x.getTime() - y.getTime()) as [Date, Date];
  const day = new Date('2026-05-26T00:00:00Z');
  return [
    cut(null, null),
    cut(a, b),
    cut(a, new Date(a.getTime() + 1_200_000)),
    cut(daysAgo(7), null),
    cut(daysAgo(10), daysAgo(5)),
    cut(day, null),
    cut(null, b),
    cut(day, day),
  ];
}

async function expectExact(): Promise<void> {
  for (const window of periods()) {
    const plain = await plainFigures(scene, window);
    const [figures, active] = await asAdmin((db) =>
      Promise.all([selectFigures(db, { windows: [window] }), selectActive(db, { windows: [window] })]),
    );
    const users = active.reduce((sum, row) => sum + Number(row.players), 0);
    expect({ window, ...figuresOf(sumMeasures(figures)), users }).toEqual({ window, ...plain });
    for (const operatorId of scene.operators) {
      const own = await asOperator(operatorId, (db) => selectFigures(db, { windows: [window] }));
      const { users: expected, ...rest } = await plainFigures(scene, { ...window, operatorId });
      expect(figuresOf(sumMeasures(own))).toEqual(rest);
      const ownActive = await asAdmin((db) => selectActive(db, { operatorId, windows: [window] }));
      expect(ownActive.reduce((sum, row) => sum + Number(row.players), 0)).toBe(expected);
    }
  }
  const { users: _, ...whole } = await plainFigures(scene, { from: null, to: null });
  expect(figuresOf(sumMeasures(await asAdmin((db) => selectTotals(db))))).toEqual(whole);
}

async function expectSeries(granularity: Granularity): Promise<void> {
  const [from, to] = [daysAgo(6.3), daysAgo(0.4)];
  const series: Window = { label: 's', from, to, by: 'bucket' };
  const [rows, active] = await asAdmin((db) =>
    Promise.all([
      selectFigures(db, { granularity, windows: [series, { label: 'c', from, to, by: 'category' }] }),
      selectActive(db, { granularity, windows: [series] }),
    ]),
  );
  const buckets = bucketsOf(from, to, granularity, 5_000);
  const of = (label: string) => rows.filter((row) => row.label === label);
  for (const [index, start] of buckets.entries()) {
    const end = buckets[index + 1] ?? to;
    const plain = await plainFigures(scene, { from: start < from ? from : start, to: end < to ? end : to });
    const key = start.getTime() / 1_000;
    const users = active.filter((row) => row.key === key).reduce((sum, row) => sum + Number(row.players), 0);
    expect({ start, ...figuresOf(sumMeasures(of('s').filter((row) => row.key === key))), users }).toEqual({ start, ...plain });
  }
  const { users: _, ...whole } = await plainFigures(scene, { from, to });
  expect(figuresOf(sumMeasures(of('s')))).toEqual(whole);
  expect(figuresOf(sumMeasures(of('c')))).toEqual(whole);
}

/** As `predictu verify` does, which also falsifies each check (verify-books.db.test.ts). */
async function expectProven(): Promise<void> {
  await scene.database.as({ kind: 'worker', name: 'verify' }, 'snapshot', async (db) => {
    for (const check of ROLLUP_CHECKS) {
      const { compared, found, examples } = await runCheck(db, check, 3);
      expect({ check: check.name, found, examples }).toEqual({ check: check.name, found: 0n, examples: [] });
      expect(compared).toBeGreaterThan(0n);
    }
  });
}

const contents = async (): Promise<unknown[]> => {
  const tables = ['totals', 'days', 'hours', 'active_days', 'active_hours'];
  return Promise.all(
    tables.map(
      async (table) =>
        (
          await scene.owner.query(
            `select to_jsonb(r) - 'players' as row, to_jsonb(r) ->> 'players' as players from rollup_${table} r order by 1`,
          )
        ).rows,
    ),
  );
};

test('nothing rolled up, then some of it, then tiers changing and late fills: always the figures of the facts', async () => {
  await scene.play(BEGIN, daysAgo(6), 400);
  await expectExact();
  expect(await rollUp(scene.database)).toBeGreaterThan(300n);
  await expectExact();
  await expectProven();
  await scene.play(daysAgo(6), daysAgo(2), 300);
  await expectProven();
  await expectExact();
  await scene.changeTiers();
  expect(await rollUp(scene.database)).toBeGreaterThan(200n);
  await scene.play(daysAgo(2), NOW, 300);
  await expectExact();
  for (const granularity of ['hour', 'day', 'week', 'month'] as const) await expectSeries(granularity);
});

test('two at once add every fact once, and a rebuild comes to the same', async () => {
  const both = await Promise.all([rollUp(scene.database), rollUp(scene.database)]);
  expect(both[0] + both[1]).toBeGreaterThan(200n);
  expect(await rollUp(scene.database)).toBe(0n);
  await expectExact();
  for (const granularity of ['hour', 'day'] as const) await expectSeries(granularity);
  await expectProven();
  const before = await contents();
  await rebuildRollups(scene.database);
  expect(await contents()).toEqual(before);
  const { rows } = await scene.owner.query(`select count(distinct key) as tiers from rollup_days where kind = 'tier'`);
  expect(Number(rows[0].tiers)).toBe(2);
});

test('players are counted when they come, whether rolled up or not', async () => {
  const expected = async (since: Date) =>
    (
      await scene.owner.query('select count(*)::int as total, (count(*) filter (where created_at >= $1))::int as since from players', [
        since,
      ])
    ).rows[0];
  const counted = async (since: Date) => {
    const rows = await asAdmin((db) => selectSignups(db, { since }));
    return { total: rows.reduce((sum, row) => sum + Number(row.total), 0), since: rows.reduce((sum, row) => sum + Number(row.since), 0) };
  };
  const since = new Date(daysAgo(7).getTime() + 60_000);
  expect(await counted(since)).toEqual(await expected(since));
  await scene.owner.query(
    `insert into players (operator_id, id, external_id, created_at) select $1, 5000 + n, 'late' || n, $2::timestamptz + n * interval '13 minutes' from generate_series(1, 9) n`,
    [scene.operators[0], since],
  );
  expect(await counted(since)).toEqual(await expected(since));
  const cut = new Date(since.getTime() + 30 * 60_000);
  expect(await counted(cut)).toEqual(await expected(cut));
  await rollUp(scene.database);
  expect(await counted(cut)).toEqual(await expected(cut));
});

test('players are counted by the tier they have now, each operator’s its own, whether what changed is added up or not', async () => {
  const expectCounted = async (): Promise<void> => {
    const { rows } = await scene.owner.query(
      `select operator_id, count(*) filter (where tier = 'normal')::int as normal, count(*) filter (where tier = 'sharp')::int as sharp,
         count(*) filter (where tier = 'restricted')::int as restricted, count(*) filter (where tier = 'banned')::int as banned from players group by 1`,
    );
    for (const { operator_id: operatorId, ...expected } of rows) expect(await asOperator(BigInt(operatorId), countTiers)).toEqual(expected);
    const counted = Object.values(await asAdmin(countTiers)).reduce((sum, players) => sum + players, 0);
    expect(counted).toBe(rows.reduce((sum, { normal, sharp, restricted, banned }) => sum + normal + sharp + restricted + banned, 0));
    const { flagged } = await asAdmin((db) => selectStanding(db, { marketLimit: 0n as Cents }));
    expect(Number(flagged)).toBe(rows.reduce((sum, { sharp, restricted, banned }) => sum + sharp + restricted + banned, 0));
  };
  await expectCounted();
  await scene.changeTiers();
  await expectCounted();
  await scene.owner.query(`update players set tier = 'banned' where id % 11 = 0`);
  // A tier that is set to what it was is no change.
  await scene.owner.query('update players set tier = tier');
  await scene.owner.query(
    `insert into players (operator_id, id, external_id, tier, created_at) select $1, 7000 + n, 'tier' || n, case when n % 2 = 0 then 'restricted' else 'normal' end, now() from generate_series(1, 5) n`,
    [scene.operators[1]],
  );
  await expectCounted();
  await rollUp(scene.database);
  await expectCounted();
  await expectProven();
  expect((await scene.owner.query('select from rollup_player_moves')).rowCount).toBe(0);
  await scene.changeTiers();
  await expectCounted();
});
