import { type Cents, cents, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { creditPayout, type PaidPlayer, type Payout, payoutMetadata } from './payout.rules.ts';

const payout = (changes: Partial<Payout> = {}): Payout => ({
  operatorId: 1n,
  settlementId: 2n,
  n: 3n,
  marketId: 4n,
  playerId: 5n,
  positionId: 6n,
  outcome: 'yes',
  quantity: shares(1_000n),
  cost: cents(600n),
  payout: cents(1_000n),
  fee: cents(0n),
  earlierPayout: cents(0n),
  earlierFee: cents(0n),
  earlierAbsorbed: cents(0n),
  refund: false,
  won: true,
  earlierWon: false,
  correction: false,
  clawBack: 'to_zero',
  ...changes,
});
const player = (balance: bigint, changes: Partial<PaidPlayer> = {}): PaidPlayer => ({
  balance: cents(balance),
  openShares: shares(5_000n),
  fees: cents(10n),
  realizedPnl: cents(0n),
  closedCount: 0,
  wonCount: 0,
  ...changes,
});
/** A correction of a position from one payout to another. */
const corrected = (from: bigint, to: bigint, changes: Partial<Payout> = {}): Payout =>
  payout({
    quantity: shares(0n),
    cost: cents(0n),
    earlierPayout: cents(from),
    payout: cents(to),
    correction: true,
    earlierWon: true,
    won: false,
    ...changes,
  });
const rows = (entries: ReturnType<typeof creditPayout>['entries']) =>
  entries.map(({ type, from, to, amount, balanceAfter }) => `${type} ${from}>${to} ${amount} =${balanceAfter}`);

describe('a first settlement', () => {
  test('credits a winner, takes the fee beside it and closes the totals', () => {
    const winner = player(50n);
    const { entries, absorbed, net } = creditPayout(winner, payout({ fee: cents(20n) }), 'internal');
    expect(rows(entries)).toEqual(['settlement_credit house>player 1000 =1050', 'settlement_fee player>fees 20 =1030']);
    expect({ absorbed, net }).toEqual({ absorbed: 0n, net: 980n });
    expect(winner).toEqual({ balance: 1_030n, openShares: 4_000n, fees: 30n, realizedPnl: 400n, closedCount: 1, wonCount: 1 });
  });

  test('posts nothing for a loser, whose totals close all the same', () => {
    const loser = player(50n);
    const { entries, net } = creditPayout(loser, payout({ payout: cents(0n), won: false }), 'internal');
    expect({ entries, net }).toEqual({ entries: [], net: 0n });
    expect(loser).toMatchObject({ balance: 50n, openShares: 4_000n, realizedPnl: -600n, closedCount: 1, wonCount: 0 });
  });

  test('refunds under its own name', () => {
    const { entries } = creditPayout(player(0n), payout({ refund: true, payout: cents(600n) }), 'internal');
    expect(entries[0]).toMatchObject({ type: 'refund', description: 'Refund of yes' });
  });

  test('of an outside wallet moves the wallet’s account, not the balance', () => {
    const outside = player(0n);
    const { entries, net } = creditPayout(outside, payout({ fee: cents(20n) }), 'seamless');
    expect(rows(entries)).toEqual(['settlement_credit house>wallet 1000 =0', 'settlement_fee wallet>fees 20 =0']);
    expect({ net, balance: outside.balance }).toEqual({ net: 980n, balance: 0n });
  });

  test('of a shadow player moves totals only', () => {
    const shadow = player(7n);
    expect(creditPayout(shadow, payout(), 'shadow')).toEqual({ entries: [], absorbed: 0n, net: 0n });
    expect(shadow).toMatchObject({ balance: 7n, closedCount: 1, realizedPnl: 400n });
  });
});

describe('a correction', () => {
  test.each<[string, bigint, Payout, string[], Cents]>([
    ['up pays the difference', 0n, corrected(0n, 1_000n), ['correction house>player 1000 =1000'], cents(0n)],
    ['down takes it back', 1_000n, corrected(1_000n, 0n), ['correction player>house 1000 =0'], cents(0n)],
    ['takes what the balance covers', 300n, corrected(1_000n, 0n), ['correction player>house 300 =0'], cents(700n)],
    ['takes nothing where the house bears debts', 300n, corrected(1_000n, 0n, { clawBack: 'allow_debt_to_house' }), [], cents(1_000n)],
    [
      'counts what was left with the player as received',
      0n,
      corrected(0n, 1_000n, { earlierAbsorbed: cents(700n) }),
      ['correction house>player 300 =300'],
      cents(0n),
    ],
    [
      'returns the fee of what is taken back, out of which it may be taken',
      0n,
      corrected(1_000n, 0n, { earlierFee: cents(20n) }),
      ['correction fees>player 20 =20', 'correction player>house 20 =0'],
      cents(980n),
    ],
  ])('%s', (_, balance, given, expected, absorbed) => {
    const result = creditPayout(player(balance), given, 'internal');
    expect(rows(result.entries)).toEqual(expected);
    expect(result.absorbed).toBe(absorbed);
  });

  test('takes nothing from an outside wallet, and closes nothing again', () => {
    const outside = player(0n, { closedCount: 1, wonCount: 1 });
    const { entries, absorbed, net } = creditPayout(outside, corrected(1_000n, 0n), 'seamless');
    expect({ entries, absorbed, net }).toEqual({ entries: [], absorbed: 1_000n, net: 0n });
    expect(outside).toMatchObject({ closedCount: 1, wonCount: 0, realizedPnl: -1_000n });
  });
});

test('whatever is corrected how often: no balance below zero, and what the player has is what the last result gives plus what was left with it', () => {
  const step = fc.record({
    payout: fc.bigInt(0n, 2_000n),
    feeBps: fc.bigInt(0n, 1_000n),
    spent: fc.bigInt(0n, 2_000n),
    clawBack: fc.constantFrom('to_zero' as const, 'allow_debt_to_house' as const),
  });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('internal' as const, 'seamless' as const),
      (steps, mode) => {
        const holder = player(0n);
        let earlier = { payout: cents(0n), fee: cents(0n), absorbed: cents(0n) };
        let received = 0n;
        let first = true;
        for (const { payout: amount, feeBps, spent, clawBack } of steps) {
          const fee = cents((amount * feeBps + 5_000n) / 10_000n);
          const base = first ? payout() : corrected(0n, 0n);
          const given: Payout = {
            ...base,
            payout: cents(amount),
            fee,
            earlierPayout: earlier.payout,
            earlierFee: earlier.fee,
            earlierAbsorbed: earlier.absorbed,
            clawBack,
          };
          const { entries, absorbed, net } = creditPayout(holder, given, mode);
          received += net;
          expect(holder.balance).toBeGreaterThanOrEqual(0n);
          expect(entries.every(({ amount: moved, balanceAfter }) => moved > 0n && balanceAfter >= 0n)).toBe(true);
          if (mode === 'seamless') expect(net).toBeGreaterThanOrEqual(0n);
          earlier = { payout: cents(amount), fee, absorbed };
          expect(received).toBe(amount - fee + absorbed);
          holder.balance = cents(holder.balance - (holder.balance < spent ? holder.balance : spent));
          first = false;
        }
      },
    ),
  );
});

test('a payout is named by its settlement and number', () => {
  expect(payoutMetadata(payout())).toBe('{"settlement":"2","n":3}');
});
