/** What is due is asked for every hour of every operator and month: an operator that has no trades must not cost a look at all of everybody's. */
import { firstIdAt } from '@predictu/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { makeMarket, makeOperator, makePlayer } from '../../test/factories.ts';
import type { Db } from '../platform/db.ts';
import { selectDue } from './invoice.sql.ts';

const MONTH = { from: new Date('2026-09-01T00:00:00Z'), to: new Date('2026-10-01T00:00:00Z') };
const TRADES = 20_000;
type Plan = { 'Actual Rows': number; 'Actual Loops': number; 'Rows Removed by Filter'?: number; Plans?: Plan[] };

let db: TestDatabase;
let [live, notYetLive]: bigint[] = [];
const trade = (operatorId: bigint, playerId: bigint, marketId: bigint, count: number) =>
  db.owner.query(
    `insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents, balance_after_cents,
       receipt, created_at)
     select $1::bigint, $2::bigint + n * 3 + $1::bigint % 3, $3, $4, 'yes', 'buy', 'filled', 5000, 5000, 100, 50, 1, 1, 0, '{}', $5 from generate_series(1, $6::int) n`,
    [operatorId, firstIdAt(MONTH.from), playerId, marketId, MONTH.from, count],
  );
beforeAll(async () => {
  db = await testDatabase();
  const before = { created_at: new Date('2026-08-20T00:00:00Z') };
  live = await makeOperator(db.owner, { ...before, onboarded_at: before.created_at });
  notYetLive = await makeOperator(db.owner, before);
  await makeOperator(db.owner, before);
  const marketId = await makeMarket(db.owner);
  await trade(live, await makePlayer(db.owner, live), marketId, TRADES);
  const playerId = await makePlayer(db.owner, notYetLive);
  await trade(notYetLive, playerId, marketId, 1);
  await db.owner.query('analyze');
});
afterAll(() => db?.drop());

/** Rows this plan has touched. */
const touched = ({ 'Actual Rows': rows, 'Actual Loops': loops, 'Rows Removed by Filter': removed = 0, Plans = [] }: Plan): number =>
  (rows + removed) * loops + Plans.reduce((sum, part) => sum + touched(part), 0);

test('who is live, or has something to bill, gets an invoice; nobody is looked for among the trades of others', async () => {
  const asked: { text: string; values: readonly unknown[] }[] = [];
  const asking = { query: async (text: string, values: readonly unknown[]) => void asked.push({ text, values }) } as unknown as Db;
  const due = await db.database.as({ kind: 'worker', name: 'test' }, 'read', (tx) => selectDue(tx, [MONTH]));
  expect(due.map(({ operator_id: id }) => id)).toEqual([live, notYetLive]);
  await selectDue(asking, [MONTH]);
  const [{ text, values } = { text: '', values: [] }] = asked;
  const { rows } = await db.owner.query(`explain (analyze, format json) ${text}`, [...values]);
  expect(touched(rows[0]['QUERY PLAN'][0].Plan)).toBeLessThan(100);
});
