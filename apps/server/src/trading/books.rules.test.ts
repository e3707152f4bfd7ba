/** Whatever is asked in whatever order, the sums agree after every operation. */
import { cents, price, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adjust, MARKET, market, OPERATOR, PLAYER, player, trade, trades, worldOf } from '../../test/trading-world.ts';
import { recomputeFromReceipt } from '../pricing/receipt.rules.ts';
import { decide } from './decide.rules.ts';
import type { Operation, Order } from './operation.rules.ts';
import { playerKey, type World } from './world.rules.ts';

const OTHER_PLAYER = 12n;
const OTHER_MARKET = 102n;
const LIMIT = 60_000n;

const order: fc.Arbitrary<Order> = fc.record({
  marketId: fc.constantFrom(MARKET, OTHER_MARKET),
  outcome: fc.constantFrom('yes' as const, 'no' as const),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  amount: fc.bigInt(50n, 40_000n).map(cents),
  quantity: fc.bigInt(1n, 20_000n).map(shares),
});
const someone = fc.constantFrom(PLAYER, OTHER_PLAYER);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(order, someone).map(([one, playerId]) => trade(one, { playerId })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.array(order, { minLength: 1, maxLength: 4 }), someone)
      .map(([orders, playerId]) => ({ ...trades(...orders), playerId })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('deposit' as const, 'withdraw' as const), fc.bigInt(1n, 30_000n))
      .map(([action, amount]) => adjust(action, amount)),
  },
);

function crowdedWorld(): World {
  const world = worldOf({
    settings: {
      perMarketMax: cents(LIMIT),
      categoryLimits: [null, cents(LIMIT / 2n), null, null, null, null],
      globalLimit: cents(LIMIT + 10_000n),
    },
    market: { mid: price(3_300n) },
  });
  world.players.set(playerKey(OPERATOR, OTHER_PLAYER), player({ id: OTHER_PLAYER, limitTier: 'regular', score: 90 }));
  world.markets.set(OTHER_MARKET, market({ id: OTHER_MARKET, category: 'crypto', mid: price(8_800n) }));
  return world;
}

const sum = (values: Iterable<bigint>): bigint => [...values].reduce((total, value) => total + value, 0n);

function expectBooks(world: World): void {
  const positions = [...world.positions.values()];
  for (const { id, balance, openShares, realizedPnl } of world.players.values()) {
    const mine = world.entries.filter(({ playerId }) => playerId === id);
    expect(balance).toBe(100_000n + sum(mine.map(({ from, amount }) => (from === 'player' ? -amount : amount))));
    expect(balance).toBeGreaterThanOrEqual(0n);
    for (const [index, entry] of mine.entries()) expect(entry.balanceBefore).toBe(mine[index - 1]?.balanceAfter ?? 100_000n);
    const held = positions.filter(({ playerId }) => playerId === id);
    expect(openShares).toBe(sum(held.map(({ quantity }) => quantity)));
    expect(realizedPnl).toBe(sum(held.map((position) => position.realizedPnl)));
  }
  for (const scope of world.exposures.values()) {
    const inside = positions.filter(
      ({ marketId }) => scope.scope === 0 || (scope.scope === 1 ? scope.key === (marketId === MARKET ? 0n : 1n) : scope.key === marketId),
    );
    const of = (outcome: string) => sum(inside.filter((position) => position.outcome === outcome).map(({ quantity }) => quantity));
    expect([scope.yes, scope.no, scope.cost]).toEqual([of('yes'), of('no'), sum(inside.map(({ cost }) => cost))]);
    expect(scope.yes + scope.no).toBeLessThanOrEqual(scope.cap);
  }
}

test('balances, positions, exposure and ledger agree, limits hold, ids rise, prices recompute', () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 30 }), (operations) => {
      const world = crowdedWorld();
      for (const one of operations) {
        decide(world, one);
        expectBooks(world);
      }
      expect(world.newKeys).toHaveLength(operations.length);
      const ids = [...world.trades, ...world.entries, ...world.events].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(world.entries.every(({ id }, index) => index === 0 || id > (world.entries[index - 1]?.id ?? 0n))).toBe(true);
      for (const done of world.trades) expect(recomputeFromReceipt(done.receipt)).toBe(done.price);
    }),
    { numRuns: 300 },
  );
});
