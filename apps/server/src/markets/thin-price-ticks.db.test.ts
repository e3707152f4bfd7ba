/** Old ticks go, and nobody can tell: histories, receipts and young ticks stay as they were. */
import { firstIdAt } from '@predictu/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { makeMarket, makeOperator, makePlayer, START } from '../../test/factories.ts';
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import type { HistoryResolution } from './market-page.rules.ts';
import { priceHistory, thinPriceTicks } from './markets.ts';

const ADMIN: Actor = { kind: 'admin', adminId: 7n, email: 'a@example.com', permissions: [] };
const DAY_MS = 86_400_000;
const FINE_DAYS = 30;
const now = new Date(START.getTime() + 40 * DAY_MS);
/** Where the fine ones begin: the start of a day. */
const border = new Date(Math.floor((now.getTime() - FINE_DAYS * DAY_MS) / DAY_MS) * DAY_MS);
const before = (ms: number): Date => new Date(border.getTime() - ms);

let db: TestDatabase;
let busy: bigint;
let quiet: bigint;
/** A tick that is not the last of its minute, and that a trade was made at. */
let named: bigint;

beforeAll(async () => {
  db = await testDatabase();
  const operatorId = await makeOperator(db.owner);
  const playerId = await makePlayer(db.owner, operatorId);
  busy = await makeMarket(db.owner);
  quiet = await makeMarket(db.owner);
  // Every seven seconds from three days before the border to one after it; ids are times.
  await db.owner.query(
    `insert into price_ticks (market_id, id, mid, at)
     select $1::bigint, $2::bigint + ((n * 7000)::bigint << 22), 2000 + (n * 37) % 6000, $3::timestamptz + n * interval '7 seconds' from generate_series(0, 49371) n`,
    [busy, firstIdAt(before(3 * DAY_MS)), before(3 * DAY_MS)],
  );
  await db.owner.query(
    `insert into price_ticks (market_id, id, mid, at) select $1::bigint, $2::bigint + ((n * 3600000)::bigint << 22), 3000 + n, $3::timestamptz + n * interval '1 hour' from generate_series(0, 95) n`,
    [quiet, firstIdAt(before(3 * DAY_MS)), before(3 * DAY_MS)],
  );
  const { rows } = await db.owner.query<{ id: string; at: Date }>(
    `select id, at from price_ticks where market_id = $1 and at > $2 and date_part('second', at) < 20 order by id limit 1`,
    [busy, before(DAY_MS)],
  );
  const [tick] = rows;
  if (!tick) throw new Error('No tick');
  named = BigInt(tick.id);
  await db.owner.query(
    `insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents, balance_after_cents, receipt, created_at)
     values ($1, $2, $3, $4, 'yes', 'buy', 'filled', 5000, 5000, 100, 50, 1, 1, 0, $5, $6)`,
    [operatorId, named + (9_000n << 22n), playerId, busy, { snapshot_id: String(named) }, tick.at],
  );
});
afterAll(() => db?.drop());

const ticks = async (marketId: bigint, from: Date, to: Date): Promise<bigint[]> => {
  const { rows } = await db.owner.query<{ id: string }>(
    'select id from price_ticks where market_id = $1 and at >= $2 and at < $3 order by id',
    [marketId, from, to],
  );
  return rows.map(({ id }) => BigInt(id));
};

const PERIODS: [HistoryResolution, number, number][] = [
  ['1m', 3 * DAY_MS, 3 * DAY_MS - 60 * 60_000],
  ['1m', DAY_MS, DAY_MS - 16 * 3_600_000],
  ['1m', 600_000, -600_000],
  ['5m', 3 * DAY_MS, 0],
  ['1h', 4 * DAY_MS, -DAY_MS],
  ['1d', 5 * DAY_MS, -DAY_MS],
];
const histories = () =>
  Promise.all(
    [busy, quiet].flatMap((marketId) =>
      PERIODS.map(([resolution, from, to]) =>
        db.database.as(ADMIN, 'read', (tx) => priceHistory(tx, marketId, { from: before(from), to: before(to), resolution })),
      ),
    ),
  );

/** Counts the rows each transaction removed. */
function watched(removed: number[]): Database {
  const { database } = db;
  return {
    as: (actor, mode, work) =>
      database.as(actor, mode, (real) =>
        work({
          each: (...asked) => real.each(...asked),
          async query(text, values, name) {
            const rows = await real.query<never>(text, values, name);
            if (name === 'thin_ticks') removed.push(rows.length);
            return rows;
          },
        }),
      ),
    exchange: database.exchange,
    ping: () => database.ping(),
    close: () => database.close(),
  };
}

test('old ticks become one a minute; histories, young ticks and what receipts name stay', async () => {
  const shown = await histories();
  expect(shown.every((points) => points.length > 0)).toBe(true);
  const young = await ticks(busy, border, now);
  const few = await ticks(quiet, before(9 * DAY_MS), now);
  const old = await ticks(busy, before(9 * DAY_MS), border);

  const removed: number[] = [];
  const count = await thinPriceTicks({ database: watched(removed), now, fineDays: FINE_DAYS });

  const left = await ticks(busy, before(9 * DAY_MS), border);
  expect(left.length).toBe(3 * 24 * 60 + 1);
  expect(left).toContain(named);
  expect(count).toBe(old.length - left.length);
  expect(removed.reduce((all, part) => all + part, 0)).toBe(count);
  expect(Math.max(...removed)).toBeLessThanOrEqual(2_000);
  expect(removed.length).toBeGreaterThan(10);
  expect(await ticks(busy, border, now)).toEqual(young);
  expect(await ticks(quiet, before(9 * DAY_MS), now)).toEqual(few);
  expect(await histories()).toEqual(shown);
});

test('the next night only looks at the day after, and a longer time brings nothing back', async () => {
  const removed: number[] = [];
  const tomorrow = new Date(now.getTime() + DAY_MS);
  const again = (at: Date, fineDays: number) => thinPriceTicks({ database: watched(removed), now: at, fineDays });
  expect(await again(now, FINE_DAYS)).toBe(0);
  expect(await again(now, FINE_DAYS + 10)).toBe(0);
  expect(removed).toEqual([]);
  const young = await ticks(busy, border, now);
  const count = await again(tomorrow, FINE_DAYS);
  expect(count).toBe(young.length - (await ticks(busy, border, now)).length);
  expect(count).toBeGreaterThan(9_000);
  expect((await db.owner.query('select thinned_through from price_tick_state')).rows).toEqual([
    { thinned_through: new Date(border.getTime() + DAY_MS) },
  ]);
});

test('prices go on arriving while a batch is under way', async () => {
  await db.owner.query('begin');
  await db.owner.query('delete from price_ticks where market_id = $1 and id < $2', [busy, firstIdAt(border)]);
  try {
    await db.database.as({ kind: 'worker', name: 'test' }, 'write', async (tx) => {
      await tx.query(`set local lock_timeout = '500ms'`);
      await tx.query('insert into price_ticks (market_id, id, mid, at) values ($1, $2, 5000, $3)', [busy, firstIdAt(now), now]);
    });
  } finally {
    await db.owner.query('rollback');
  }
  expect(await ticks(busy, now, new Date(now.getTime() + 1))).toHaveLength(1);
});
