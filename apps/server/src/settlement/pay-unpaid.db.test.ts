/** Paying beside others: who waits for whom, what is given up and begun again, and several operators at once. */
import { cents } from '@predictu/contract/units';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMarket, makeOperator, makePlayer, testId } from '../../test/factories.ts';
import { buyOf, codeOf, type Scene, tradeOf, tradingScene, until } from '../../test/trading-scene.ts';
import { selectUnpaid, type Unpaid } from './pay.sql.ts';
import { payChunk } from './pay-settlement.ts';
import { payUnpaid } from './pay-unpaid.ts';

let scene: Scene;
let other: pg.Client;
beforeAll(async () => {
  scene = await tradingScene();
  other = new pg.Client({ connectionString: scene.ownerUrl });
  await other.connect();
});
afterAll(async () => {
  await other?.end();
  await scene?.drop();
});

const one = async (text: string, ...values: unknown[]) => (await scene.owner.query(text, values)).rows[0];
const payment = () => ({ database: scene.database, clock: scene.clock, wallet: { wake() {} }, closed: () => false });

/** A decided settlement of new players of these operators: so many receive a dollar each, so many nothing. */
async function decided(operators: readonly bigint[], winners: number, losers: number): Promise<bigint> {
  const [id, marketId] = [testId(), await makeMarket(scene.owner)];
  await scene.owner.query(
    `insert into market_settlements (id, market_id, outcome, status, evidence, proposed_by, proposed_at, needs_approval, decided_at, decision_id)
     values ($1, $2, 'yes', 'decided', 'Seen', 'test', now(), false, now(), $1)`,
    [id, marketId],
  );
  for (const operatorId of operators) {
    await scene.owner.query(
      `with crowd as (
         insert into players (operator_id, id, external_id, limit_tier, open_shares, created_at)
         select $3, (select greatest(max(id), $1::bigint) from players) + 1000000 + n, $1::bigint || '-' || n, 'vip', 100, now() from generate_series(1, $4::int + $5::int) as n
         returning id
       ), noted as (
         insert into settlement_records (settlement_id, operator_id, market_id, wallet_mode, claw_back, positions, winners, losers, payout_cents, fee_cents, loss_cents,
           cost_cents, decided_at)
         values ($1, $3, $2, 'internal', 'to_zero', $4 + $5, $4, $5, $4 * 100, 0, 0, 0, now())
       )
       insert into settlement_payouts (settlement_id, operator_id, n, market_id, player_id, position_id, outcome, quantity, cost_cents, payout_cents, fee_cents, won, refund)
       select $1, $3, n, $2, id, id, 'yes', 100, 50, case when n <= $4 then 100 else 0 end, 0, n <= $4, false from (select id, row_number() over (order by id) as n from crowd) c`,
      [id, marketId, operatorId, winners, losers],
    );
  }
  return id;
}
async function unpaidOf(id: bigint): Promise<Unpaid> {
  const all = await scene.database.as({ kind: 'worker', name: 'test' }, 'read', selectUnpaid);
  return all.find(({ settlementId }) => settlementId === id) as Unpaid;
}
const paid = (id: bigint) =>
  one(
    `select count(*) filter (where p.open_shares = 0)::int as closed, coalesce(sum(p.balance_cents), 0)::int as cents, min(r.paid_through)::int as through,
       (select count(*)::int from ledger_entries l where l.metadata ->> 'settlement' = $1::bigint::text) as entries
     from settlement_payouts o join settlement_records r using (operator_id, settlement_id) join players p on p.operator_id = o.operator_id and p.id = o.player_id
     where o.settlement_id = $1`,
    id,
  );
async function meanwhile(lock: string, values: readonly unknown[], work: () => Promise<void>): Promise<void> {
  await other.query('begin');
  await other.query(lock, [...values]);
  try {
    await work();
  } finally {
    await other.query('rollback');
  }
}
const SEQUENCER = 'select from sequencer for no key update';

test('who receives nothing is paid while somebody else has the sequencer; the end of a record waits for it', async () => {
  const unpaid = await unpaidOf(await decided([scene.operatorId], 0, 4));
  await meanwhile(SEQUENCER, [], async () => {
    expect(await payChunk(scene.database, scene.clock, unpaid, { most: 3, sequencerLast: true })).toMatchObject({ count: 3, heldMs: 0 });
    expect(await payChunk(scene.database, scene.clock, unpaid, { most: 3, sequencerLast: true })).toBe('held');
  });
  expect(await paid(unpaid.settlementId)).toEqual({ closed: 3, cents: 0, through: 3, entries: 0 });
  expect(await payChunk(scene.database, scene.clock, unpaid, { most: 3, sequencerLast: true })).toMatchObject({ finished: true });
});

test('a piece that waits long for the sequencer gives up its players and has paid nothing', async () => {
  const unpaid = await unpaidOf(await decided([scene.operatorId], 3, 0));
  await meanwhile(SEQUENCER, [], async () => {
    for (const sequencerLast of [true, false]) expect(await payChunk(scene.database, scene.clock, unpaid, { sequencerLast })).toBe('held');
    await other.query(
      'select from players where id in (select player_id from settlement_payouts where settlement_id = $1) for update nowait',
      [unpaid.settlementId],
    );
  });
  expect(await paid(unpaid.settlementId)).toEqual({ closed: 0, cents: 0, through: 0, entries: 0 });
  expect(await payChunk(scene.database, scene.clock, unpaid)).toMatchObject({ finished: true, count: 3 });
  expect(await paid(unpaid.settlementId)).toEqual({ closed: 3, cents: 300, through: 3, entries: 3 });
});

test('a player who is paid early while a piece is under way is not paid twice', async () => {
  for (const [openShares, playersFirst] of [
    [0, false],
    [1_000, false],
    [1_000, true],
  ]) {
    const unpaid = await unpaidOf(await decided([scene.operatorId], 3, 0));
    const { player } = await one(
      'select player_id as player from settlement_payouts where settlement_id = $1 and n = 2',
      unpaid.settlementId,
    );
    await scene.owner.query('update players set open_shares = open_shares + $2 where id = $1', [player, openShares]);
    await other.query('begin');
    await other.query('update players set balance_cents = balance_cents + 100, open_shares = open_shares - 100 where id = $1', [player]);
    const paying = payChunk(scene.database, scene.clock, unpaid, { sequencerLast: true, playersFirst: playersFirst === true });
    const waits = `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await until(async () => (await one(waits)).n === 1);
    await other.query('insert into settlement_early_payouts values ($1, $2, 2)', [scene.operatorId, unpaid.settlementId]);
    await other.query('commit');
    if (playersFirst) expect(await paying).toMatchObject({ finished: true, count: 3 });
    else {
      expect(await paying).toBe('held');
      expect(await paid(unpaid.settlementId)).toMatchObject({ cents: 100, through: 0, entries: 0 });
      expect(await payChunk(scene.database, scene.clock, unpaid, { sequencerLast: true })).toMatchObject({ finished: true, count: 3 });
    }
    expect(await paid(unpaid.settlementId)).toMatchObject({ cents: 300, through: 3, entries: 2 });
    expect(await one('select open_shares::int as open from players where id = $1', player)).toEqual({ open: openShares });
  }
});

test('somebody who holds a player for long stops its payment, not the trading of others', async () => {
  const id = await decided([scene.operatorId], 2, 0);
  const trading = await scene.open();
  const trader = await makePlayer(scene.owner, scene.operatorId, { balance_cents: 10_000n });
  const held = await one('select player_id as player from settlement_payouts where settlement_id = $1 and n = 2', id);
  let paying: Promise<void> | undefined;
  await meanwhile('select from players where id = $1 for update', [held.player], async () => {
    paying = payUnpaid(payment());
    const waits = `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await until(async () => (await one(waits)).n === 1);
    const order = buyOf(await makeMarket(scene.owner), cents(1_000n));
    expect(codeOf(await trading.submit(tradeOf(scene.operatorId, trader, order)))).toBe('done');
    expect(await paid(id)).toMatchObject({ closed: 0, through: 0 });
  });
  await paying;
  expect(await paid(id)).toEqual({ closed: 2, cents: 200, through: 2, entries: 2 });
  await trading.close();
});

test('a connection that is cut within a piece leaves none of it', async () => {
  const unpaid = await unpaidOf(await decided([scene.operatorId], 3, 0));
  await meanwhile(SEQUENCER, [], async () => {
    const cut = payChunk(scene.database, scene.clock, unpaid, { sequencerLast: true });
    cut.catch(() => {});
    const waiting = `from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await until(async () => (await one(`select pg_terminate_backend(pid) ${waiting}`)) !== undefined);
    await expect(cut).rejects.toThrow('terminat');
  });
  expect(await paid(unpaid.settlementId)).toEqual({ closed: 0, cents: 0, through: 0, entries: 0 });
  await payUnpaid(payment());
  expect(await paid(unpaid.settlementId)).toEqual({ closed: 3, cents: 300, through: 3, entries: 3 });
});

test('several operators at once: each payout once, and what fails for one stops no other', async () => {
  const operators = [scene.operatorId, ...(await Promise.all([1, 2, 3, 4].map(() => makeOperator(scene.owner))))];
  const id = await decided(operators, 1_500, 1_500);
  await payUnpaid(payment());
  expect(await paid(id)).toEqual({ closed: 15_000, cents: 750_000, through: 3_000, entries: 7_500 });
  expect(await unpaidOf(id)).toBeUndefined();
  const broken = await decided(operators, 1_500, 0);
  await scene.owner.query(
    'update players set id = -id where id = (select player_id from settlement_payouts where settlement_id = $1 and operator_id = $2 and n = 1400)',
    [broken, operators[2]],
  );
  await expect(payUnpaid(payment())).rejects.toThrow('not there');
  expect((await unpaidOf(broken)).operatorId).toBe(operators[2]);
  expect((await paid(broken)).entries).toBeGreaterThanOrEqual(6_000);
});
