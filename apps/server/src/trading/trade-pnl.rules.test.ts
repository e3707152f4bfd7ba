import { cents, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costBasisOf } from '../pricing/fees.rules.ts';
import { type PositionTrade, sharesOfBuys } from './trade-pnl.rules.ts';

const buy = (id: number, quantity: bigint, amount: bigint): PositionTrade => ({
  id: BigInt(id),
  side: 'buy',
  quantity,
  amount,
  realizedPnl: null,
});
const sell = (id: number, quantity: bigint, amount: bigint, realizedPnl: bigint): PositionTrade => ({
  id: BigInt(id),
  side: 'sell',
  quantity,
  amount,
  realizedPnl,
});
const closed = (realizedPnl: bigint, voided = false) => ({ quantity: 0n, realizedPnl, voided });

describe('by hand', () => {
  const cheap = buy(1, 5_000n, 2_000n);
  const dear = buy(2, 5_000n, 4_000n);

  test('an open position has nothing for its buys yet', () => {
    expect(sharesOfBuys([cheap], { quantity: 5_000n, realizedPnl: 0n, voided: false }).size).toBe(0);
  });
  test('won: each buy has its own payout less its own cost', () => {
    expect([...sharesOfBuys([cheap, dear], closed(4_000n))]).toEqual([
      [1n, 3_000n],
      [2n, 1_000n],
    ]);
  });
  test('lost: each buy has lost what it cost', () => {
    expect([...sharesOfBuys([cheap, dear], closed(-6_000n)).values()]).toEqual([-2_000n, -4_000n]);
  });
  test('void: nobody gained', () => {
    expect([...sharesOfBuys([cheap, dear], closed(0n, true)).values()]).toEqual([0n, 0n]);
  });
  test('sold out: the sale has it all, and a position opened again keeps that apart', () => {
    const sold = [cheap, sell(3, 5_000n, 2_600n, 600n)];
    expect([...sharesOfBuys(sold, closed(600n))]).toEqual([[1n, 0n]]);
    expect([...sharesOfBuys([...sold, dear], { quantity: 5_000n, realizedPnl: 600n, voided: false })]).toEqual([[1n, 0n]]);
    expect([...sharesOfBuys([...sold, dear], closed(600n - 4_000n))]).toEqual([
      [1n, 0n],
      [2n, -4_000n],
    ]);
  });
  test('half sold, then won: the payout by quantity, the cost that was left by cost', () => {
    // $60 for 100 shares; half are sold for $40 (cost $30), the other half pay $50.
    const trades = [cheap, dear, sell(3, 5_000n, 4_000n, 1_000n)];
    expect([...sharesOfBuys(trades, closed(1_000n + 2_000n)).values()]).toEqual([2_500n - 1_000n, 2_500n - 2_000n]);
  });
});

const step = fc.record({
  side: fc.constantFrom('buy' as const, 'sell' as const),
  quantity: fc.bigInt({ min: 1n, max: 100_000n }),
  price: fc.bigInt({ min: 1n, max: 9_999n }),
});

/** A life of a position as the engine writes it. */
function live(steps: readonly { side: 'buy' | 'sell'; quantity: bigint; price: bigint }[]) {
  const trades: PositionTrade[] = [];
  let held = 0n;
  let cost = 0n;
  let realized = 0n;
  for (const [index, { side, quantity: wanted, price }] of steps.entries()) {
    if (side === 'buy') {
      const amount = (wanted * price + 9_999n) / 10_000n;
      trades.push(buy(index + 1, wanted, amount));
      held += wanted;
      cost += amount;
    } else if (held > 0n) {
      const quantity = wanted < held ? wanted : held;
      const amount = (quantity * price) / 10_000n;
      const basis = costBasisOf(cents(cost), shares(quantity), shares(held));
      trades.push(sell(index + 1, quantity, amount, amount - basis));
      held -= quantity;
      cost -= basis;
      realized += amount - basis;
    }
  }
  return { trades, held, cost, realized };
}

test('whatever happened, the trades add up to what the position came to', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), fc.constantFrom('won', 'lost', 'split', 'void'), (steps, result) => {
      const { trades, held, cost, realized } = live(steps);
      const payout = { won: held, lost: 0n, split: held / 2n, void: cost }[result];
      const realizedPnl = realized + payout - cost;
      const given = sharesOfBuys(trades, { quantity: 0n, realizedPnl, voided: result === 'void' });
      const buys = trades.filter(({ side }) => side === 'buy');
      expect([...given.keys()].sort()).toEqual(buys.map(({ id }) => id).sort());
      const sum = trades.reduce((all, trade) => all + (trade.realizedPnl ?? given.get(trade.id) ?? 0n), 0n);
      expect(sum).toBe(realizedPnl);
      if (result === 'lost') for (const { id } of buys) expect(given.get(id)).toBeLessThanOrEqual(0n);
      if (result === 'void') for (const { id } of buys) expect(given.get(id)).toBe(0n);
    }),
    { numRuns: 500 },
  );
});

test('without a sale a buy has exactly its own payout less its own cost', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), fc.boolean(), (steps, won) => {
      const { trades, held, cost } = live(steps.map((one) => ({ ...one, side: 'buy' as const })));
      const given = sharesOfBuys(trades, { quantity: 0n, realizedPnl: (won ? held : 0n) - cost, voided: false });
      for (const { id, quantity, amount } of trades) expect(given.get(id)).toBe((won ? quantity : 0n) - amount);
    }),
  );
});
