/** The job behind leaderboards and notifications: slice by slice, at an instant that may stand still, while others go on trading. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { followResults } from '../src/engagement/follow-results.ts';
import type { Database } from '../src/platform/db.ts';
import { idMaker } from '../src/platform/ids.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { makeMarket, makeOperator, makePlayer, START, testId } from './factories.ts';

const clock = { now: () => START };
let db: TestDatabase;
let operatorId: bigint;
let players: bigint[];
beforeAll(async () => {
  db = await testDatabase();
  operatorId = await makeOperator(db.owner);
  players = [await makePlayer(db.owner, operatorId), await makePlayer(db.owner, operatorId)];
});
afterAll(() => db?.drop());
beforeEach(() => db.owner.query('update player_results_state set last_id = (select last_id from sequencer)'));

const reach = (id: bigint) => db.owner.query('update sequencer set last_id = greatest(last_id, $1)', [id]);

async function trade(marketId: bigint): Promise<void> {
  const id = testId();
  await db.owner.query(
    `insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents,
       balance_after_cents, receipt, created_at) values ($1, $2, $3, $4, 'yes', 'buy', 'filled', 5000, 5000, 100, 50, 1, 1, 0, '{}', $5)`,
    [operatorId, id, players[0], marketId, START],
  );
  await reach(id);
}

/** A market decided just now, of which every player has both sides. */
async function settle(marketId: bigint): Promise<void> {
  const id = testId();
  await db.owner.query(
    `insert into market_settlements (id, market_id, outcome, status, fee_bps, evidence, proposed_by, proposed_at, needs_approval, decide_at, decided_at, decision_id)
     values ($1, $2, 'yes', 'decided', 0, 'Seen', 'test', $3, false, $3, $3, $1)`,
    [id, marketId, START],
  );
  await db.owner.query(
    `insert into settlement_payouts (settlement_id, operator_id, n, market_id, player_id, position_id, outcome, quantity, cost_cents, payout_cents, fee_cents, won, refund)
     select $1, $2, row_number() over (), $3, player_id, $1 + row_number() over (), outcome, 100, 50, case outcome when 'yes' then 100 else 0 end, 0, outcome = 'yes', false
     from unnest($4::bigint[]) as player_id cross join unnest('{yes,no}'::text[]) as outcome`,
    [id, operatorId, marketId, players],
  );
  await reach(id);
}
const told = async () => (await db.owner.query('select count(*)::int as n from player_notifications')).rows[0].n;

test('what was settled in several slices of one instant is told once each', async () => {
  for (let n = 0; n < 3; n += 1) {
    const marketId = await makeMarket(db.owner);
    await trade(marketId);
    await settle(marketId);
  }
  await followResults({ database: db.database, clock, newId: idMaker(clock), slice: 1 });
  expect(await told()).toBe(3 * 4);
});

test('a run ends although trades go on, and leaves them to the next', async () => {
  const marketId = await makeMarket(db.owner);
  for (let n = 0; n < 4; n += 1) await trade(marketId);
  let turns = 0;
  const busy: Pick<Database, 'as'> = {
    async as(actor, mode, work) {
      const done = await db.database.as(actor, mode, work);
      turns += 1;
      if (turns < 50) await trade(marketId);
      return done;
    },
  };
  const look = () => followResults({ database: busy as Database, clock, newId: idMaker(clock), slice: 3 });
  await look();
  expect(turns).toBe(2);
  turns = 50;
  await look();
  const { rows } = await db.owner.query(
    `select sum(volume_cents)::int as board, (select sum(amount_cents)::int from trades where market_id = $1) as trades from leaderboard_results where period = 'all'`,
    [marketId],
  );
  expect(rows[0].board).toBe(rows[0].trades + 3 * 50);
});
