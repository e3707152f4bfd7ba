/** What is paid as a set is what the rules say: every ledger row and every total of every player, also where one has several payouts in a piece. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMarket, makeOperator, makePlayer, testId } from '../../test/factories.ts';
import { type Scene, tradingScene } from '../../test/trading-scene.ts';
import { PLAN_BY_INDEX } from '../platform/plan-modes.ts';
import { creditPayout, type PaidPlayer, type Payout, payoutMetadata } from '../trading/payout.rules.ts';
import { PAYOUT_COLUMNS } from '../trading/trading.ts';
import { selectUnpaid, type Unpaid } from './pay.sql.ts';
import { paySet } from './pay-set.sql.ts';
import { payChunk } from './pay-settlement.ts';

let scene: Scene;
let shadowId: bigint;
beforeAll(async () => {
  scene = await tradingScene();
  shadowId = await makeOperator(scene.owner, { wallet_mode: 'shadow' });
});
afterAll(() => scene?.drop());

type Given = {
  player: number;
  outcome: 'yes' | 'no';
  quantity: bigint;
  cost: bigint;
  payout: bigint;
  fee: bigint;
  won: boolean;
  early: boolean;
};
const PLAYERS = 3;
const PLAYER = `select id, balance_cents as balance, open_shares as "openShares", fees_cents as fees, realized_pnl_cents as "realizedPnl",
  closed_count as "closedCount", won_count as "wonCount" from players where id = any($1::bigint[])`;

/** Payouts as a decision leaves them; the players hold nothing but what they stand for. */
async function write(operatorId: bigint, players: readonly bigint[], given: readonly Given[], refund: boolean): Promise<bigint> {
  const [id, marketId] = [testId(), await makeMarket(scene.owner)];
  await scene.owner.query(
    `insert into market_settlements (id, market_id, outcome, status, evidence, proposed_by, proposed_at, needs_approval, decided_at, decision_id)
     values ($1, $2, $3, 'decided', 'Seen', 'test', now(), false, now(), $1)`,
    [id, marketId, refund ? 'void' : 'yes'],
  );
  await scene.owner.query(
    `insert into settlement_records (settlement_id, operator_id, market_id, wallet_mode, claw_back, positions, winners, losers, payout_cents, fee_cents,
       loss_cents, cost_cents, decided_at)
     select $1, id, $2, wallet_mode, 'to_zero', $4, 0, 0, 0, 0, 0, 0, now() from operators where id = $3`,
    [id, marketId, operatorId, given.length],
  );
  for (const [index, one] of given.entries()) {
    const playerId = players[one.player];
    await scene.owner.query(
      `insert into settlement_payouts (settlement_id, operator_id, n, market_id, player_id, position_id, outcome, quantity, cost_cents, payout_cents, fee_cents, won, refund)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [id, operatorId, index + 1, marketId, playerId, testId(), one.outcome, one.quantity, one.cost, one.payout, one.fee, one.won, refund],
    );
    if (one.early) await scene.owner.query('insert into settlement_early_payouts values ($1, $2, $3)', [operatorId, id, index + 1]);
    else await scene.owner.query('update players set open_shares = open_shares + $2 where id = $1', [playerId, one.quantity]);
  }
  return id;
}

async function unpaidOf(id: bigint): Promise<Unpaid> {
  const all = await scene.database.as({ kind: 'worker', name: 'test' }, 'read', selectUnpaid);
  return all.find(({ settlementId }) => settlementId === id) as Unpaid;
}

const given: fc.Arbitrary<Given> = fc
  .record({
    player: fc.integer({ min: 0, max: PLAYERS - 1 }),
    outcome: fc.constantFrom('yes' as const, 'no' as const),
    quantity: fc.bigInt(0n, 100_000n),
    cost: fc.bigInt(0n, 100_000n),
    payout: fc.oneof(fc.constant(0n), fc.bigInt(1n, 100_000n)),
    feePart: fc.bigInt(0n, 100n),
    won: fc.boolean(),
    early: fc.boolean(),
  })
  .map(({ feePart, ...one }) => ({ ...one, fee: (one.payout * feePart) / 100n }));

test('by the set and by the rules', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(given, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(
        { sequencerLast: false, playersFirst: false },
        { sequencerLast: true, playersFirst: false },
        { sequencerLast: true, playersFirst: true },
      ),
      fc.integer({ min: 1, max: 5 }),
      async (all, refund, shadow, locks, most) => {
        const operatorId = shadow ? shadowId : scene.operatorId;
        const players = await Promise.all(
          Array.from({ length: PLAYERS }, () => makePlayer(scene.owner, operatorId, { balance_cents: 500n })),
        );
        const id = await write(operatorId, players, all, refund);
        const { rows: before } = await scene.owner.query<PaidPlayer & { id: bigint }>(PLAYER, [players]);
        const { rows: due } = await scene.owner.query<Payout>(
          `select ${PAYOUT_COLUMNS} from settlement_records r join market_settlements s on s.id = r.settlement_id
           join settlement_payouts p on p.operator_id = r.operator_id and p.settlement_id = r.settlement_id where r.settlement_id = $1 order by p.n`,
          [id],
        );
        const held = new Map(before.map((one) => [one.id, { ...one }]));
        const expected = due
          .filter((_, index) => !all[index]?.early)
          .flatMap((payout) =>
            creditPayout(held.get(payout.playerId) as PaidPlayer, payout, shadow ? 'shadow' : 'internal').entries.map((entry) => ({
              ...entry,
              playerId: payout.playerId,
              metadata: JSON.parse(payoutMetadata(payout)),
            })),
          );
        const unpaid = await unpaidOf(id);
        while (await payChunk(scene.database, scene.clock, unpaid, { most, ...locks }));
        const { rows: posted } = await scene.owner.query(
          `select type, from_account as "from", to_account as "to", amount_cents as amount, description, balance_before_cents as "balanceBefore",
             balance_after_cents as "balanceAfter", player_id as "playerId", metadata from ledger_entries where metadata ->> 'settlement' = $1 order by id`,
          [String(id)],
        );
        expect(posted).toEqual(expected);
        const { rows: after } = await scene.owner.query<PaidPlayer & { id: bigint }>(PLAYER, [players]);
        expect(new Map(after.map((one) => [one.id, one]))).toEqual(held);
        const sequencer = await scene.owner.query('select last_id >= (select max(id) from ledger_entries) as covers from sequencer');
        expect(sequencer.rows).toEqual([{ covers: true }]);
      },
    ),
    { numRuns: 40 },
  );
});

test('a player who is not there stops the payment', async () => {
  const one: Given = { player: 0, outcome: 'yes', quantity: 0n, cost: 0n, payout: 5n, fee: 0n, won: true, early: false };
  const id = await write(scene.operatorId, [testId()], [one], false);
  await expect(payChunk(scene.database, scene.clock, await unpaidOf(id))).rejects.toThrow('not there');
});

test('a piece is found by its numbers, whatever is left of the record', async () => {
  const { owner, operatorId } = scene;
  const id = await write(operatorId, [], [], false);
  const fill = (settlement: bigint) =>
    owner.query(
      `insert into settlement_payouts (settlement_id, operator_id, n, market_id, player_id, position_id, outcome, quantity, cost_cents, payout_cents, fee_cents, won, refund)
       select $1, $2, n, 1, n, n, 'yes', 1, 1, 1, 0, true, false from generate_series(1, 5000) n`,
      [settlement, operatorId],
    );
  // The planner knows others and takes the new one, which nobody has analysed, for a single row.
  for (let earlier = 1n; earlier <= 4n; earlier += 1n) await fill(earlier);
  await owner.query('analyze settlement_payouts');
  await fill(id);
  const found: string[] = [];
  for (const playersFirst of [false, true]) {
    const share = { most: 500, seen: 0n, sequencerLast: true, playersFirst, moves: true, now: scene.clock.now(), firstId: 1n };
    for (const { text, values } of paySet({ ...(await unpaidOf(id)), operatorId }, share)) {
      if (!text.includes('settlement_payouts p')) continue;
      await owner.query('begin');
      await owner.query(PLAN_BY_INDEX.text);
      const { rows } = await owner.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...values]);
      await owner.query('rollback');
      found.push(
        ...(rows
          .map((row) => row['QUERY PLAN'])
          .join('\n')
          .match(/settlement_payouts_pkey.*\n.*Index Cond: .*/g) ?? []),
      );
    }
  }
  expect(found.length).toBeGreaterThan(1);
  for (const scan of found) expect(scan).toMatch(/\(n > .*\(n <= /);
});
