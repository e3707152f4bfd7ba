/** A decision of more positions than one stretch: each written and closed once, numbered as if it had been one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMarket, makeOperator } from '../../test/factories.ts';
import { type Scene, tradingScene } from '../../test/trading-scene.ts';
import type { Subject } from './decide.sql.ts';
import { FIRST_STRETCH } from './pace.rules.ts';
import { writePayouts } from './write-payouts.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await tradingScene();
});
afterAll(() => scene?.drop());

const PLAYERS = 1_100;
const rows = async <T extends object>(text: string, ...values: unknown[]): Promise<T[]> => (await scene.owner.query<T>(text, values)).rows;

/** Every second player holds both outcomes: a stretch ends between the two. */
const hold = (operatorId: bigint, marketId: bigint): Promise<unknown> =>
  scene.owner.query(
    `insert into positions (operator_id, market_id, player_id, outcome, id, quantity, cost_cents, realized_pnl_cents, opened_at)
     select $1::bigint, $2, player, outcome, $1::bigint + 3 * player + length(outcome), 100 + player, 40, 7, now()
     from generate_series(1, ${PLAYERS}) as player cross join unnest(array['no', 'yes']) as outcome where outcome = 'no' or player % 2 = 0`,
    [operatorId, marketId],
  );

test.each(['yes', 'split', 'void'] as const)('stretches of a market that is decided as %s', async (outcome) => {
  const marketId = await makeMarket(scene.owner);
  const operators = [scene.operatorId, await makeOperator(scene.owner), await makeOperator(scene.owner)];
  for (const operatorId of operators.slice(0, 2)) await hold(operatorId, marketId);
  expect(PLAYERS * 1.5).toBeGreaterThan(FIRST_STRETCH.size * 3);
  const expected = await rows(
    `select operator_id, player_id, outcome, quantity, cost_cents,
       row_number() over (partition by operator_id order by ($2::text <> 'yes' or outcome = 'yes') desc, player_id, outcome) as n,
       case $2 when 'void' then cost_cents when 'split' then quantity / 2 else case when outcome = 'yes' then quantity else 0 end end as payout_cents
     from positions where market_id = $1 order by operator_id, n`,
    marketId,
    outcome,
  );
  const subject: Subject = { marketId, outcome, feeBps: 0, corrects: null };
  await scene.database.as({ kind: 'worker', name: 'test' }, 'write', (db) =>
    writePayouts({ db, clock: scene.clock, id: marketId, subject, now: scene.clock.now() }),
  );
  const written = await rows(
    `select operator_id, player_id, outcome, quantity, cost_cents, n, payout_cents from settlement_payouts where settlement_id = $1 order by operator_id, n`,
    marketId,
  );
  expect(written).toEqual(expected);
  const wrong = await rows(
    `select p.player_id from positions p join settlement_payouts s on s.settlement_id = p.market_id and s.position_id = p.id and s.operator_id = p.operator_id
     where p.market_id = $1 and (p.quantity <> 0 or p.cost_cents <> 0 or p.closed_at is null or p.realized_pnl_cents <> 7 + s.payout_cents - 40)`,
    marketId,
  );
  expect(wrong).toEqual([]);
});
