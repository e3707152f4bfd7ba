/** Limit orders on a real database: crossed by moves of the price, raced for, and ended by what happens around them. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { changeSlowly, makeMarket, makeOperator, makePlayer, START, setConfig } from '../../test/factories.ts';
import { allowOrders, buyAt, expectRightBooks, matcherOf, movePrice, orderOf, placing, sellAt } from '../../test/order-scene.ts';
import { buyOf, codeOf, depositOf, freshKey, hashOf, type Scene, tradeOf, tradingScene, until } from '../../test/trading-scene.ts';
import { decideSettlement } from '../settlement/decide-settlement.ts';
import { proposeSettlement } from '../settlement/settlement.ts';
import { type LimitOrder, limitOrderKey, type RestingFields } from './operation.rules.ts';
import type { OrderMatcher, Trading } from './trading.ts';

let scene: Scene;
let engines: [Trading, Trading];
let matchers: [OrderMatcher, OrderMatcher];
let operatorId: bigint;
beforeAll(async () => {
  scene = await tradingScene();
  ({ operatorId } = scene);
  await allowOrders(scene, operatorId);
  // Two processes that both decide: nothing but the database keeps them apart.
  engines = [await scene.open(), await scene.open()];
  matchers = [matcherOf(scene, engines[0]), matcherOf(scene, engines[1])];
});
afterEach(() => expectRightBooks(scene));
afterAll(async () => {
  for (const engine of engines ?? []) await engine.close();
  await scene?.drop();
});

const query = async (text: string, ...values: unknown[]) => (await scene.owner.query(text, values)).rows;
const player = (balance = 100_000n): Promise<bigint> => makePlayer(scene.owner, operatorId, { balance_cents: balance });
const place = async (playerId: bigint, order: RestingFields): Promise<LimitOrder> =>
  orderOf(await engines[0].submit(placing(operatorId, playerId, order)));
const named = ({ id, playerId, marketId, outcome }: LimitOrder) => ({
  operatorId,
  playerId,
  orderId: id,
  marketId,
  outcome,
  key: limitOrderKey(id),
  bodyHash: '0'.repeat(32),
});
const statuses = async (marketId: bigint): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await query('select status, count(*)::int as n from limit_orders where market_id = $1 group by 1', marketId)).map(({ status, n }) => [
      status,
      n,
    ]),
  );
const end = async ({ id }: LimitOrder) => (await query('select status, reason, trade_id from limit_orders where id = $1', id))[0];
const balanceOf = async (playerId: bigint): Promise<bigint> =>
  (await query('select balance_cents from players where id = $1', playerId))[0].balance_cents;
const tradesIn = async (marketId: bigint): Promise<number> =>
  (await query('select count(*)::int as n from trades where market_id = $1', marketId))[0].n;

describe('a move of the price', () => {
  test('executes the orders it crosses and asks about no others', async () => {
    const market = await makeMarket(scene.owner);
    const other = await makeMarket(scene.owner);
    const orders: LimitOrder[] = [];
    for (const limit of [3_000n, 4_000n, 4_500n]) orders.push(await place(await player(), buyAt(market, 1_000n, limit)));
    await place(await player(), buyAt(other, 1_000n, 4_500n));
    await place(await player(), buyAt(market, 1_000n, 4_900n, { outcome: 'no' }));
    const asked: string[] = [];
    const submit: Trading['submit'] = (operation) => {
      asked.push(operation.key);
      return engines[0].submit(operation);
    };
    const counting = matcherOf(scene, { ...engines[0], submit });
    counting.moved(await movePrice(scene, market, 4_200n));
    await counting.idle();
    expect(asked).toEqual([limitOrderKey(orders[2]?.id as bigint)]);
    expect(await statuses(market)).toEqual({ open: 3, filled: 1 });
    counting.moved(await movePrice(scene, market, 5_400n));
    await counting.idle();
    expect(await statuses(market)).toEqual({ open: 2, filled: 2 });
    expect(await tradesIn(other)).toBe(0);
  });

  test('that does not reach what the house asks lets the order rest, without asking again until it comes nearer', async () => {
    const market = await makeMarket(scene.owner);
    const order = await place(await player(), buyAt(market, 1_000n, 4_000n));
    let asked = 0;
    const submit: Trading['submit'] = (operation) => {
      asked += 1;
      return engines[0].submit(operation);
    };
    const counting = matcherOf(scene, { ...engines[0], submit });
    const seen: number[] = [];
    for (const mid of [3_990n, 3_990n, 3_995n, 3_980n, 3_000n]) {
      counting.moved(await movePrice(scene, market, mid));
      await counting.idle();
      seen.push(asked);
    }
    expect(seen).toEqual([1, 1, 1, 2, 3]);
    expect(await end(order)).toMatchObject({ status: 'filled' });
  });

  test('heard twice, by two processes and a sweep at once: every order executes exactly once', async () => {
    const market = await makeMarket(scene.owner);
    const players = await Promise.all(Array.from({ length: 60 }, () => player(2_000n)));
    await Promise.all(players.map((playerId) => place(playerId, buyAt(market, 1_000n, 4_000n))));
    const moves = await movePrice(scene, market, 3_000n);
    for (const matcher of matchers) {
      matcher.moved(moves);
      matcher.moved(moves);
    }
    await Promise.all([...matchers.map((matcher) => matcher.sweep()), ...matchers.map((matcher) => matcher.idle())]);
    expect(await statuses(market)).toEqual({ filled: 60 });
    expect(await tradesIn(market)).toBe(60);
    expect(await query(`select count(*)::int as n from idempotency_keys where key like 'order/%' and owner_id = any($1)`, players)).toEqual(
      [{ n: 60 }],
    );
    expect(new Set(await Promise.all(players.map(balanceOf)))).toEqual(new Set([2_000n - 1_005n]));
  });

  test('missed by everybody is found by the sweep', async () => {
    const market = await makeMarket(scene.owner);
    const order = await place(await player(), buyAt(market, 1_000n, 4_000n));
    await movePrice(scene, market, 3_000n);
    expect(await matchers[1].sweep()).toBe(1);
    expect(await end(order)).toMatchObject({ status: 'filled' });
    expect(await matchers[1].sweep()).toBe(0);
  });
});

describe('races', () => {
  test('cancelled and executed at once by two processes, an order ends one way, and its money is in one place', async () => {
    const market = await makeMarket(scene.owner);
    const orders = await Promise.all(Array.from({ length: 80 }, async () => place(await player(2_000n), buyAt(market, 1_000n, 4_000n))));
    await movePrice(scene, market, 3_000n);
    await Promise.all(
      orders.flatMap((order, index) => [
        (engines[index % 2] as Trading).submit({ kind: 'cancel', ...named(order) }),
        (engines[(index + 1) % 2] as Trading).submit({ kind: 'match', ...named(order) }),
        (engines[index % 2] as Trading).submit({ kind: 'match', ...named(order) }),
      ]),
    );
    const { filled = 0, cancelled = 0, ...others } = await statuses(market);
    expect(others).toEqual({});
    expect(filled + cancelled).toBe(80);
    expect(await tradesIn(market)).toBe(filled);
    for (const order of orders) {
      const { status } = await end(order);
      expect(await balanceOf(order.playerId)).toBe(status === 'filled' ? 2_000n - 1_005n : 2_000n);
    }
    expect(await query('select order_id from limit_order_events where market_id = $1 group by 1 having count(*) <> 2', market)).toEqual([]);
  });

  test('one balance spent by orders, trades and withdrawals through two processes never goes below zero', async () => {
    const market = await makeMarket(scene.owner);
    const playerId = await player(5_000n);
    const withdraw = () => ({ ...depositOf(operatorId, playerId, 700n), action: 'withdraw', actor: 'test', key: freshKey() }) as const;
    const operations = Array.from({ length: 30 }, (_, index) =>
      index % 3 === 0
        ? placing(operatorId, playerId, buyAt(market, 900n, 2_000n))
        : index % 3 === 1
          ? tradeOf(operatorId, playerId, buyOf(market, 800n))
          : withdraw(),
    );
    const answers = await Promise.all(operations.map((operation, index) => (engines[index % 2] as Trading).submit(operation)));
    const codes = new Set(answers.map(codeOf));
    expect(codes).toEqual(new Set(['done', 'INSUFFICIENT_BALANCE']));
    expect(await balanceOf(playerId)).toBeLessThan(1_000n);
    const [{ held }] = await query(
      `select sum(held_cents)::bigint as held from limit_orders where player_id = $1 and status = 'open'`,
      playerId,
    );
    const [{ inside }] = await query(
      `select sum(case when to_account = 'orders' then amount_cents else -amount_cents end)::bigint as inside from ledger_entries
       where player_id = $1 and 'orders' in (from_account, to_account)`,
      playerId,
    );
    expect(inside).toBe(held);
  });

  test('shares offered twice are held once', async () => {
    const market = await makeMarket(scene.owner);
    const playerId = await player();
    const bought = await engines[0].submit(tradeOf(operatorId, playerId, buyOf(market, 2_000n)));
    const quantity = 'trade' in bought ? bought.trade.quantity : 0n;
    const offers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (engines[index % 2] as Trading).submit(placing(operatorId, playerId, sellAt(market, (quantity * 2n) / 5n, 7_000n))),
      ),
    );
    expect(offers.map(codeOf).filter((code) => code === 'done')).toHaveLength(2);
    await movePrice(scene, market, 8_000n);
    await Promise.all(matchers.map((matcher) => matcher.sweep()));
    expect(await statuses(market)).toEqual({ filled: 2 });
  });

  test('a connection lost around the commit of an execution: once, whoever asks again', async () => {
    const market = await makeMarket(scene.owner);
    const orders = await Promise.all(Array.from({ length: 10 }, async () => place(await player(), buyAt(market, 1_000n, 4_000n))));
    await movePrice(scene, market, 3_000n);
    await query('begin');
    await query('lock table limit_orders in share mode');
    const asked = matchers[0].sweep();
    const waiting = () =>
      query(
        `select pid from pg_stat_activity where datname = current_database() and application_name = 'predictu batch' and wait_event_type = 'Lock'`,
      );
    await until(async () => (await waiting()).length > 0);
    for (const { pid } of await waiting()) await query('select pg_terminate_backend($1)', pid);
    await query('commit');
    await asked;
    await matchers[1].sweep();
    expect(await statuses(market)).toEqual({ filled: orders.length });
    expect(await tradesIn(market)).toBe(orders.length);
  });
});

describe('what happens around an order', () => {
  const ADMIN = { kind: 'admin', adminId: 1n, email: 'ada@example.com', permissions: [] } as const;
  let ids = 0n;
  const newId = () => {
    ids += 1n;
    return (1n << 60n) + ids;
  };

  test.each(['yes', 'void'] as const)(
    'its market is closed, then decided %s: the money is back at once, shares are settled whole',
    async (outcome) => {
      const market = await makeMarket(scene.owner);
      const playerId = await player();
      const bought = await engines[0].submit(tradeOf(operatorId, playerId, buyOf(market, 2_000n)));
      const quantity = 'trade' in bought ? bought.trade.quantity : 0n;
      const buying = await place(playerId, buyAt(market, 1_000n, 4_000n));
      const selling = await place(playerId, sellAt(market, quantity, 9_000n));
      const { id } = await scene.database.as(ADMIN, 'write', (db) =>
        proposeSettlement(db, {
          actor: ADMIN,
          now: scene.clock.now(),
          newId,
          marketId: market,
          outcome,
          evidence: 'Seen',
          evidenceUrl: null,
        }),
      );
      expect(await matchers[0].sweep()).toBe(1);
      expect(await end(buying)).toMatchObject({ status: 'cancelled', reason: 'market_closed' });
      await expectRightBooks(scene);
      expect(await decideSettlement(scene.database, scene.clock, id)).toBe(true);
      await expectRightBooks(scene);
      expect(await matchers[0].sweep()).toBe(1);
      expect(await end(selling)).toMatchObject({ status: 'cancelled', reason: 'market_closed' });
      expect(await query('select quantity, held_quantity from positions where market_id = $1', market)).toEqual([
        { quantity: 0n, held_quantity: 0n },
      ]);
    },
  );

  test.each([
    ['player_suspended', (order: LimitOrder) => query(`update players set status = 'suspended' where id = $1`, order.playerId)],
    [
      'player_restricted',
      (order: LimitOrder) => query('update players set blocked_markets = array[$2::bigint] where id = $1', order.playerId, order.marketId),
    ],
    ['expired', async () => void scene.clock.advance(60_000)],
    ['market_ended', (order: LimitOrder) => query('update markets set end_at = $2 where id = $1', order.marketId, START)],
  ])('%s ends it at the next sweep', async (reason, change) => {
    const market = await makeMarket(scene.owner);
    const until = new Date(scene.clock.now().getTime() + 60_000);
    const order = await place(await player(), buyAt(market, 1_000n, 4_000n, { expiresAt: until }));
    expect(await matchers[0].sweep()).toBe(0);
    await change(order);
    expect(await matchers[0].sweep()).toBe(1);
    expect(await end(order)).toMatchObject({ reason, trade_id: null });
    expect(await balanceOf(order.playerId)).toBe(100_000n);
  });

  test('its operator is suspended, or switches limit orders off: those of other operators rest on', async () => {
    const market = await makeMarket(scene.owner);
    let other = 0n;
    await changeSlowly(scene.owner, async () => {
      other = await makeOperator(scene.owner);
    });
    await allowOrders(scene, other);
    const there = await makePlayer(scene.owner, other);
    const order = () => buyAt(market, 1_000n, 4_000n);
    const [mine, theirs] = [await place(await player(), order()), orderOf(await engines[0].submit(placing(other, there, order())))];
    await allowOrders(scene, other, false);
    expect(await matchers[0].sweep()).toBe(1);
    expect(await end(theirs)).toMatchObject({ status: 'cancelled', reason: 'feature_disabled' });
    await allowOrders(scene, other);
    const again = orderOf(await engines[1].submit(placing(other, there, order())));
    await changeSlowly(scene.owner, async () => void (await query(`update operators set status = 'suspended' where id = $1`, other)));
    expect(await matchers[1].sweep()).toBe(1);
    expect(await end(again)).toMatchObject({ status: 'cancelled', reason: 'operator_suspended' });
    expect(await end(mine)).toMatchObject({ status: 'open' });
  });

  test('a wall that the market has met by then refuses it: the refusal stays with the order', async () => {
    const market = await makeMarket(scene.owner);
    const order = await place(await player(), buyAt(market, 5_000n, 4_000n));
    await setConfig(scene.owner, { risk: { per_market_max_usd: 10 } });
    await movePrice(scene, market, 3_000n);
    expect(await matchers[0].sweep()).toBe(1);
    await setConfig(scene.owner);
    expect(await query('select status, reason, refusal from limit_orders where id = $1', order.id)).toMatchObject([
      { status: 'cancelled', reason: 'refused', refusal: { refused: 'RISK_LIMIT', details: { wall: 2 } } },
    ]);
  });
});

test('a key is answered once, by whichever process', async () => {
  const market = await makeMarket(scene.owner);
  const operation = placing(operatorId, await player(), buyAt(market, 1_000n, 4_000n));
  const answers = await Promise.all(engines.map((engine) => engine.submit(operation)));
  expect(answers.map(({ replayed }) => replayed).sort()).toEqual([false, true]);
  expect(orderOf(answers[0] as never)).toEqual(orderOf(answers[1] as never));
  const changed = { ...operation, bodyHash: hashOf('other') };
  expect(codeOf(await engines[1].submit(changed))).toBe('IDEMPOTENCY_KEY_REUSED');
  expect(await statuses(market)).toEqual({ open: 1 });
});
