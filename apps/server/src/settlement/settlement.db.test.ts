/** Settling on a real database: exactly once, to the cent, beside trading, across faults and processes. */
import { cents, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeMarket, makePlayer, setConfig } from '../../test/factories.ts';
import { brokenBooks, buyOf, codeOf, depositOf, type Scene, tradeOf, tradingScene } from '../../test/trading-scene.ts';
import type { Actor } from '../platform/actor.ts';
import { idMaker } from '../platform/ids.ts';
import type { Trading } from '../trading/trading.ts';
import { decideSettlement } from './decide-settlement.ts';
import { entitlementOf, OUTCOMES, type Result } from './entitlement.rules.ts';
import { selectUnpaid, type Unpaid } from './pay.sql.ts';
import { payChunk } from './pay-settlement.ts';
import { approveSettlement, openSettlement, type Proposal, proposeSettlement, type Settlement, withdrawSettlement } from './settlement.ts';
import { writePayouts } from './write-payouts.ts';

class RolledBack extends Error {
  readonly paid: unknown;
  constructor(paid: unknown) {
    super('taken back');
    this.paid = paid;
  }
}

let scene: Scene;
let trading: Trading;
let settlement: Settlement;
let market: bigint;
const admin = (adminId: bigint): Actor => ({ kind: 'admin', adminId, email: 'ada@example.com', permissions: [] });
const log = { info() {}, error() {} };

beforeAll(async () => {
  scene = await tradingScene();
  trading = await scene.open();
  settlement = openOne();
});
beforeEach(async () => {
  market = await makeMarket(scene.owner);
  await scene.owner.query('delete from settlement_settings');
});
afterAll(async () => {
  await settlement?.close();
  await trading?.close();
  await scene?.drop();
});

function openOne(): Settlement {
  const { database, clock } = scene;
  return openSettlement({ database, clock, newId: idMaker(clock), wallet: { wake() {} }, log, automatic: async () => true });
}
const rows = async (text: string, ...values: unknown[]) => (await scene.owner.query(text, values)).rows;
const one = async (text: string, ...values: unknown[]) => (await rows(text, ...values))[0];
const balanceOf = async (player: bigint): Promise<bigint> => (await one('select balance_cents as b from players where id = $1', player)).b;
const change = (adminId = 1n) => ({ actor: admin(adminId), now: scene.clock.now(), newId: idMaker(scene.clock) });
const propose = (outcome: Result, more: Partial<Proposal> = {}) =>
  scene.database.as(admin(1n), 'write', (db) =>
    proposeSettlement(db, { ...change(), marketId: market, outcome, evidence: 'As everybody saw', evidenceUrl: null, ...more }),
  );
async function buy(player: bigint, outcome: 'yes' | 'no', amount = 1_000n, marketId = market) {
  const answer = await trading.submit(tradeOf(scene.operatorId, player, buyOf(marketId, amount, { outcome })));
  if (!('trade' in answer)) throw new Error(`Refused: ${codeOf(answer)}`);
  return answer.trade;
}
const player = (balance = 100_000n) => makePlayer(scene.owner, scene.operatorId, { balance_cents: balance });
async function unpaidOf(id: bigint): Promise<Unpaid> {
  const all = await scene.database.as({ kind: 'worker', name: 'test' }, 'read', selectUnpaid);
  return all.find(({ settlementId }) => settlementId === id) as Unpaid;
}
const record = (id: bigint) => one('select * from settlement_records where settlement_id = $1', id);

test('winners get a dollar a share, losers nothing; positions, exposure and totals are closed', async () => {
  const [winner, loser] = [await player(), await player()];
  const [won, lost] = [await buy(winner, 'yes'), await buy(loser, 'no')];
  const { id } = await propose('yes');
  expect(codeOf(await trading.submit(tradeOf(scene.operatorId, winner, buyOf(market, 1_000n))))).toBe('MARKET_NOT_TRADEABLE');
  await settlement.run();
  expect(await balanceOf(winner)).toBe(won.balanceAfter + won.quantity);
  expect(await balanceOf(loser)).toBe(lost.balanceAfter);
  expect(await one('select status, resolution from markets where id = $1', market)).toEqual({ status: 'resolved', resolution: 'yes' });
  expect(await one('select sum(yes_shares + no_shares)::bigint as open from exposure where scope = 2 and key = $1', market)).toEqual({
    open: 0n,
  });
  const totals = 'select open_shares, realized_pnl_cents, closed_count, won_count from players where id = $1';
  expect(await one(totals, winner)).toEqual({
    open_shares: 0n,
    realized_pnl_cents: won.quantity - won.amount,
    closed_count: 1,
    won_count: 1,
  });
  expect(await one(totals, loser)).toEqual({ open_shares: 0n, realized_pnl_cents: -lost.amount, closed_count: 1, won_count: 0 });
  expect(await record(id)).toMatchObject({
    positions: 2n,
    winners: 1n,
    losers: 1n,
    payout_cents: won.quantity,
    loss_cents: lost.amount,
    paid_through: 2n,
  });
  expect(await brokenBooks(scene.owner)).toEqual([]);
});

test('a split pays 50 cents a share, a void gives the cost back', async () => {
  const holder = await player();
  const split = await buy(holder, 'no', 1_111n);
  await propose('split');
  await settlement.run();
  expect(await balanceOf(holder)).toBe(split.balanceAfter + split.quantity / 2n);
  market = await makeMarket(scene.owner);
  const voided = await buy(holder, 'yes', 1_111n);
  await propose('void');
  await settlement.run();
  expect(await balanceOf(holder)).toBe(voided.balanceAfter + voided.amount);
  expect(await one('select status, resolution from markets where id = $1', market)).toEqual({ status: 'cancelled', resolution: 'void' });
  expect(await brokenBooks(scene.owner)).toEqual([]);
});

test('the SQL of the decision and the rules agree on every position', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...OUTCOMES),
      fc.integer({ min: 0, max: 10_000 }),
      fc.array(
        fc.record({
          outcome: fc.constantFrom('yes' as const, 'no' as const),
          quantity: fc.bigInt(1n, 10_000_000n),
          cost: fc.bigInt(1n, 10_000_000n),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      async (result, feeBps, held) => {
        const marketId = await makeMarket(scene.owner);
        const decided = scene.database.as({ kind: 'worker', name: 'test' }, 'write', async (db) => {
          for (const [index, { outcome, quantity, cost }] of held.entries()) {
            await db.query(
              'insert into positions (operator_id, market_id, player_id, outcome, id, quantity, cost_cents, opened_at) values ($1, $2, $3, $4, $5, $6, $7, now())',
              [scene.operatorId, marketId, BigInt(index + 1), outcome, BigInt(index + 1), quantity, cost],
            );
          }
          const subject = { marketId, outcome: result, feeBps, corrects: null };
          await writePayouts({ db, clock: scene.clock, id: marketId, subject, now: scene.clock.now() });
          const paid = await db.query(
            'select outcome, quantity, cost_cents as cost, payout_cents as payout, fee_cents as fee from settlement_payouts where settlement_id = $1 order by position_id',
            [marketId],
          );
          throw new RolledBack(paid);
        });
        const paid = await decided.catch((error) => (error instanceof RolledBack ? error.paid : Promise.reject(error)));
        const expected = held.map((position) => ({
          ...position,
          ...entitlementOf({ outcome: position.outcome, quantity: shares(position.quantity), cost: cents(position.cost) }, result, feeBps),
        }));
        expect(paid).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});

test('a player who acts before its turn is paid first, once', async () => {
  const [first, second] = [await player(0n), await player(1_000n)];
  await trading.submit(depositOf(scene.operatorId, first, 1_000n));
  const trades = [await buy(first, 'yes', 900n), await buy(second, 'yes', 900n)];
  const { id } = await propose('yes');
  expect(await decideSettlement(scene.database, scene.clock, id)).toBe(true);
  const other = await makeMarket(scene.owner);
  // Only the payout covers this one.
  await buy(first, 'no', 1_200n, other);
  expect(await rows('select n from settlement_early_payouts where settlement_id = $1', id)).toHaveLength(1);
  expect(await brokenBooks(scene.owner)).toEqual([]);
  await settlement.run();
  const credits = await rows(`select amount_cents from ledger_entries where metadata ->> 'settlement' = $1 order by id`, String(id));
  expect(credits.map(({ amount_cents: amount }) => amount)).toEqual(trades.map(({ quantity }) => quantity));
  expect(await one('select closed_count, won_count from players where id = $1', first)).toEqual({ closed_count: 1, won_count: 1 });
  expect(await brokenBooks(scene.owner)).toEqual([]);
});

test('a dry run counts on the payout and pays nothing', async () => {
  const holder = await player(1_000n);
  await buy(holder, 'yes', 900n);
  const { id } = await propose('yes');
  await decideSettlement(scene.database, scene.clock, id);
  const order = tradeOf(scene.operatorId, holder, buyOf(await makeMarket(scene.owner), 1_200n));
  for (const _ of [1, 2]) expect(codeOf(await trading.preview(order))).toBe('done');
  expect(await rows('select n from settlement_early_payouts where settlement_id = $1', id)).toEqual([]);
  await settlement.run();
});

test('paid in pieces by two processes while the players trade: each payout once', async () => {
  const players = await Promise.all(Array.from({ length: 40 }, () => player(2_000n)));
  for (const one of players) await buy(one, Number(one) % 3 === 0 ? 'no' : 'yes', 500n);
  const { id } = await propose('yes');
  await decideSettlement(scene.database, scene.clock, id);
  const unpaid = await unpaidOf(id);
  const other = await makeMarket(scene.owner);
  const payOut = async (sequencerLast: boolean) => {
    while (await payChunk(scene.database, scene.clock, unpaid, { most: 3, sequencerLast }));
  };
  const trade = async (one: bigint) => trading.submit(tradeOf(scene.operatorId, one, buyOf(other, 150n)));
  await Promise.all([payOut(true), payOut(true), payOut(false), ...players.map(trade)]);
  const { rows: credited } = await scene.owner.query(
    `select p.n, p.payout_cents as owed, coalesce(sum(l.amount_cents), 0)::bigint as paid, count(l.id)::int as times from settlement_payouts p
     left join ledger_entries l on l.metadata ->> 'settlement' = p.settlement_id::text and (l.metadata ->> 'n')::bigint = p.n and l.operator_id = p.operator_id
     where p.settlement_id = $1 group by 1, 2`,
    [id],
  );
  expect(credited).toHaveLength(40);
  expect(credited.filter(({ owed, paid, times }) => owed !== paid || times !== (owed > 0n ? 1 : 0))).toEqual([]);
  expect(await one('select sum(closed_count)::int as n from players where id = any($1::bigint[])', players)).toEqual({ n: 40 });
  expect(await brokenBooks(scene.owner)).toEqual([]);
});

test('a process that dies between or within pieces leaves whole pieces; the next one goes on', async () => {
  const players = await Promise.all(Array.from({ length: 7 }, () => player(2_000n)));
  for (const one of players) await buy(one, 'yes', 500n);
  const { id } = await propose('yes');
  await decideSettlement(scene.database, scene.clock, id);
  const unpaid = await unpaidOf(id);
  await payChunk(scene.database, scene.clock, unpaid, { most: 3 });
  const dying: typeof scene.database = {
    ...scene.database,
    as: (actor, mode, work) =>
      scene.database.as(actor, mode, async (db) => {
        await work(db);
        throw new Error('killed');
      }),
    exchange: (actor, mode, statements) =>
      scene.database.exchange(actor, mode, [...statements, { name: 'killed', text: 'select 1 / 0', values: [] }]),
  };
  for (const sequencerLast of [true, false])
    await expect(payChunk(dying, scene.clock, unpaid, { most: 3, sequencerLast })).rejects.toThrow('division');
  expect((await record(id)).paid_through).toBe(3n);
  await expect(decideSettlement(dying, scene.clock, (await propose('no', { marketId: await makeMarket(scene.owner) })).id)).rejects.toThrow(
    'killed',
  );
  await settlement.run();
  expect((await record(id)).paid_through).toBe(7n);
  const { n } = await one(`select count(*)::int as n from ledger_entries where metadata ->> 'settlement' = $1`, String(id));
  expect(n).toBe(7);
  expect(await rows(`select id from market_settlements where status = 'proposed'`)).toEqual([]);
});

test('two processes decide a market once', async () => {
  await buy(await player(), 'yes');
  const { id } = await propose('yes');
  const decided = await Promise.all([1, 2, 3].map(() => decideSettlement(scene.database, scene.clock, id)));
  expect(decided.filter(Boolean)).toHaveLength(1);
  await settlement.run();
});

test('a correction moves the exact difference; what is spent the house bears', async () => {
  const [winner, spender, loser] = [await player(), await player(1_000n), await player()];
  const won = await buy(winner, 'yes');
  const spent = await buy(spender, 'yes', 900n);
  const lost = await buy(loser, 'no');
  const first = await propose('yes');
  await settlement.run();
  const all = await balanceOf(spender);
  const body = { action: 'withdraw', amount: cents(all), reason: 'Out', metadata: null, actor: 'opu_1' } as const;
  await trading.submit({ ...depositOf(scene.operatorId, spender, 1n), ...body });
  await expect(propose('no')).rejects.toMatchObject({ code: 'CONFLICT' });
  const { id } = await propose('no', { correctsId: first.id });
  await settlement.run();
  expect(await balanceOf(winner)).toBe(won.balanceAfter);
  expect(await balanceOf(loser)).toBe(lost.balanceAfter + lost.quantity);
  expect(await balanceOf(spender)).toBe(0n);
  expect(await rows('select player_id, amount_cents from settlement_absorptions where settlement_id = $1', id)).toEqual([
    { player_id: spender, amount_cents: spent.quantity },
  ]);
  const totals = 'select realized_pnl_cents, closed_count, won_count from players where id = $1';
  expect(await one(totals, winner)).toEqual({ realized_pnl_cents: -won.amount, closed_count: 1, won_count: 0 });
  expect(await one(totals, loser)).toEqual({ realized_pnl_cents: lost.quantity - lost.amount, closed_count: 1, won_count: 1 });
  expect(await record(id)).toMatchObject({ payout_cents: lost.quantity - won.quantity - spent.quantity });
  await propose('void', { correctsId: id });
  await settlement.run();
  expect(await balanceOf(winner)).toBe(won.balanceAfter + won.amount);
  expect(await balanceOf(loser)).toBe(lost.balanceAfter + lost.amount);
  // It kept its winnings, so it gets nothing more.
  expect(await balanceOf(spender)).toBe(0n);
  expect(await brokenBooks(scene.owner)).toEqual([]);
});

test('the settlement fee is its own row', async () => {
  await setConfig(scene.owner, { fees: { settlement_fee_bps: 100 } });
  const winner = await player();
  const trade = await buy(winner, 'yes');
  await propose('yes');
  await settlement.run();
  const fee = (trade.quantity + 50n) / 100n;
  expect(await balanceOf(winner)).toBe(trade.balanceAfter + trade.quantity - fee);
  expect(await one('select fees_cents as fees from players where id = $1', winner)).toEqual({ fees: trade.fee + fee });
  await setConfig(scene.owner);
});

test('with four eyes nothing is decided before another person agrees, and with a window not before its end', async () => {
  await scene.owner.query(
    'insert into settlement_settings (operator_id, challenge_minutes, four_eyes, updated_at) values (0, 10, true, now())',
  );
  await buy(await player(), 'yes');
  const { id } = await propose('yes');
  await settlement.run();
  const approve = (adminId: bigint) => scene.database.as(admin(adminId), 'write', (db) => approveSettlement(db, id, change(adminId)));
  await expect(approve(1n)).rejects.toMatchObject({ code: 'CONFLICT' });
  await approve(2n);
  await settlement.run();
  expect(await record(id)).toBeUndefined();
  scene.clock.advance(10 * 60_000);
  await settlement.run();
  expect(await record(id)).toMatchObject({ positions: 1n });
  await scene.owner.query('update markets set priced_at = $1', [scene.clock.now()]);
});

test('a withdrawn proposal opens the market again', async () => {
  const holder = await player();
  await scene.owner.query('insert into settlement_settings (operator_id, challenge_minutes, updated_at) values (0, 10, now())');
  await scene.owner.query('update markets set priced_at = $1', [scene.clock.now()]);
  const { id } = await propose('yes');
  await scene.database.as(admin(1n), 'write', (db) => withdrawSettlement(db, id, 'Too early', change()));
  await buy(holder, 'yes');
  await settlement.run();
  expect(await record(id)).toBeUndefined();
});

test('the source settles a market when its price agrees, and holds it with an alarm when it does not', async () => {
  const said = { resolution: { result: 'yes', evidence: 'named by the exchange', at: '' } };
  const disputed = await makeMarket(scene.owner, { mid: 300, source_state: said });
  const agreed = await makeMarket(scene.owner, { mid: 9_900, source_state: said });
  const unsure = await makeMarket(scene.owner, { mid: 7_000, source_state: said });
  await settlement.sweep();
  await settlement.sweep();
  const found = await rows(
    'select market_id, status, outcome from market_settlements where proposed_by = $1 order by market_id',
    'market-source',
  );
  expect(found).toEqual([
    { market_id: disputed, status: 'held', outcome: 'yes' },
    { market_id: agreed, status: 'decided', outcome: 'yes' },
  ]);
  const events = 'select severity, scope from risk_events where market_id = $1';
  expect(await rows(events, disputed)).toEqual([{ severity: 'critical', scope: { kind: 'settlement_held' } }]);
  // It is traded on, and people are told once.
  expect(await rows(events, unsure)).toEqual([{ severity: 'warning', scope: { kind: 'settlement_unsure' } }]);
  expect(await one('select closed_at from markets where id = $1', unsure)).toEqual({ closed_at: null });
  await propose('no', { marketId: disputed });
  await settlement.run();
  expect(await one('select status, resolution from markets where id = $1', disputed)).toEqual({ status: 'resolved', resolution: 'no' });
});
