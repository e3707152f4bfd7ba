import { cents } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustmentMovements, chain, tradeMovements } from './entry.rules.ts';

const amounts = { outcome: 'yes', price: 5_100n, quantity: 1_960n, amount: cents(1_000n), fee: cents(5n) } as const;

describe('movements', () => {
  test('of a buy: cost to the house, fee to the fees, both from the player', () => {
    expect(tradeMovements({ ...amounts, side: 'buy' })).toEqual([
      { type: 'trade_debit', from: 'player', to: 'house', amount: 1_000n, description: 'Bought 19.60 yes at 0.5100' },
      { type: 'trade_fee', from: 'player', to: 'fees', amount: 5n, description: 'Trading fee' },
    ]);
  });

  test('of a sale: proceeds from the house, fee from the player', () => {
    expect(
      tradeMovements({ ...amounts, side: 'sell', quantity: 5n }).map(({ type, from, to, description }) => [type, from, to, description]),
    ).toEqual([
      ['trade_credit', 'house', 'player', 'Sold 0.05 yes at 0.5100'],
      ['trade_fee', 'player', 'fees', 'Trading fee'],
    ]);
  });

  test('of adjustments: between bank and player, the withdrawal fee beside', () => {
    const of = (action: 'deposit' | 'withdraw') =>
      adjustmentMovements(action, cents(100n), cents(7n), 'why').map(({ type, from, to, amount }) => [type, from, to, amount]);
    expect(of('deposit')).toEqual([['deposit', 'bank', 'player', 100n]]);
    expect(of('withdraw')).toEqual([
      ['withdrawal', 'player', 'bank', 100n],
      ['withdrawal_fee', 'player', 'fees', 7n],
    ]);
  });
});

test('entries chain from the balance before to the balance after, and nothing leaves no row', () => {
  const movement = fc.record({ incoming: fc.boolean(), amount: fc.bigInt(0n, 1_000n) }).map(({ incoming, amount }) => {
    const [from, to] = incoming ? (['house', 'player'] as const) : (['player', 'fees'] as const);
    return { type: 'correction' as const, from, to, amount: cents(amount), description: '' };
  });
  fc.assert(
    fc.property(fc.bigInt(0n, 10_000n).map(cents), fc.array(movement), (balance, movements) => {
      const { entries, balance: after } = chain(balance, movements);
      expect(entries).toHaveLength(movements.filter(({ amount }) => amount > 0n).length);
      const moved = movements.reduce((sum, { to, amount }) => sum + (to === 'player' ? amount : -amount), 0n);
      expect(after).toBe(balance + moved);
      let before: bigint = balance;
      for (const entry of entries) {
        expect(entry.balanceBefore).toBe(before);
        expect(entry.balanceAfter - before).toBe(entry.to === 'player' ? entry.amount : -entry.amount);
        before = entry.balanceAfter;
      }
    }),
  );
});
