import { cents, price, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyInputs, QUIET } from '../../test/pricing-inputs.ts';
import { costOf, feeOf, proceedsOf, quantityFor, spreadRevenue } from './fees.rules.ts';
import { makeReceipt, type Receipt, recomputeFromReceipt } from './receipt.rules.ts';
import { executionPrice, midOf, priceMarket } from './spread.rules.ts';

const travelled = (receipt: Receipt): Receipt => JSON.parse(JSON.stringify(receipt));

describe('the worked example of docs/pricing.md', () => {
  const inputs = {
    ...QUIET,
    liquidity: cents(250_000n),
    utilisationBps: 4_500n,
    yesShares: shares(3_000_000n),
    noShares: shares(1_000_000n),
    score: 70,
    playerVolume: cents(1_500_000n),
    priceAgeMs: 12_000,
  };
  const quoted = priceMarket(inputs);

  it('prices', () => {
    expect(quoted).toEqual({
      mid: 6_200n,
      spread: 410n,
      skew: 52n,
      yesBid: 6_047n,
      yesAsk: 6_457n,
      noBid: 3_543n,
      noAsk: 3_953n,
      components: { base: 200n, edge: 0n, liquidity: 75n, score: 80n, age: 0n, utilisation: 80n, discount: -25n, bounds: 0n },
    });
  });

  it('amounts', () => {
    const quantity = quantityFor(cents(5_000n), quoted.yesAsk);
    const cost = costOf(quoted.yesAsk, quantity);
    expect([quantity, cost, feeOf(cost, 50), spreadRevenue(quoted.yesAsk, quoted.mid, quantity)]).toEqual([7_743n, 5_000n, 25n, 199n]);
    expect(proceedsOf(quoted.yesBid, quantity)).toBe(4_682n);
  });

  it('receipt', () => {
    const walls = [{ wall: 1, value: cents(5_000n), limit: cents(10_000n) }];
    const receipt = makeReceipt({ snapshotId: 77n, inputs, quoted, outcome: 'yes', side: 'buy', walls });
    expect(travelled(receipt)).toEqual({
      formula: 1,
      snapshot_id: '77',
      age_ms: 12_000,
      mid: 6_200,
      outcome: 'yes',
      side: 'buy',
      price: 6_457,
      spread: 410,
      skew: 52,
      components: { base: 200, edge: 0, liquidity: 75, score: 80, age: 0, utilisation: 80, discount: -25, bounds: 0 },
      inputs: {
        base_bps: 200,
        min_bps: 100,
        max_bps: 800,
        risk_multiplier: 1.5,
        discount: [1_000_000, 25],
        override_bps: null,
        liquidity_cents: 250_000,
        utilisation_bps: 4_500,
        yes_shares: 3_000_000,
        no_shares: 1_000_000,
        score: 70,
        volume_cents: 1_500_000,
      },
      walls: [{ wall: 1, value_cents: 5_000, limit_cents: 10_000 }],
    });
    expect(makeReceipt({ snapshotId: null, inputs, quoted, outcome: 'no', side: 'sell', walls: [] })).toMatchObject({
      snapshot_id: null,
      outcome: 'no',
      side: 'sell',
      price: 3_543,
      walls: [],
    });
  });
});

describe('a receipt', () => {
  it('recomputes the executed price to the last unit, after a journey through JSON', () => {
    fc.assert(
      fc.property(
        anyInputs,
        fc.constantFrom('yes' as const, 'no' as const),
        fc.constantFrom('buy' as const, 'sell' as const),
        (inputs, outcome, side) => {
          const quoted = priceMarket(inputs);
          const receipt = travelled(makeReceipt({ snapshotId: 1n, inputs, quoted, outcome, side, walls: [] }));
          expect(recomputeFromReceipt(receipt)).toBe(executionPrice(quoted, outcome, side));
          expect(BigInt(receipt.price)).toBe(executionPrice(quoted, outcome, side));
          expect(midOf(price(BigInt(receipt.mid)), outcome)).toBe(midOf(inputs.mid, outcome));
          expect(receipt.spread).toBe(Object.values(receipt.components).reduce((sum, part) => sum + part, 0));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('shows a price that was altered', () => {
    const quoted = priceMarket(QUIET);
    const receipt = makeReceipt({ snapshotId: 1n, inputs: QUIET, quoted, outcome: 'yes', side: 'buy', walls: [] });
    expect(recomputeFromReceipt({ ...receipt, mid: 6_201 })).not.toBe(quoted.yesAsk);
    expect(recomputeFromReceipt({ ...receipt, inputs: { ...receipt.inputs, base_bps: 210 } })).not.toBe(quoted.yesAsk);
    expect(recomputeFromReceipt({ ...receipt, price: 1 })).toBe(quoted.yesAsk);
  });
});
