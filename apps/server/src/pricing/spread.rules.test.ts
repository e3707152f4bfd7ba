import { DEFAULT_PLATFORM_CONFIG, platformConfig } from '@predictu/contract/shapes/platform-config';
import { cents, complement, price, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyInputs, anyMid, DEFAULT_SETTINGS, QUIET } from '../../test/pricing-inputs.ts';
import { textTable } from '../../test/text-table.ts';
import { costOf, proceedsOf } from './fees.rules.ts';
import { executionPrice, midOf, type PricingInputs, priceMarket, spreadSettings } from './spread.rules.ts';

const usd = (text: string) => cents(BigInt(Math.round(Number(text.replaceAll(/[$,]/g, '')) * 100)));
const hundredths = (text: string) => BigInt(Math.round(Number(text.replaceAll(',', '')) * 100));
const points = (text: string) => price(BigInt(Math.round(Number(text) * 10_000)));

const CHANGES: Record<string, (inputs: PricingInputs, value: string) => void> = {
  override: (inputs, value) => {
    inputs.spreadOverrideBps = Number(value);
  },
  mid: (inputs, value) => {
    inputs.mid = points(value);
  },
  liquidity: (inputs, value) => {
    inputs.liquidity = usd(value);
  },
  score: (inputs, value) => {
    inputs.score = Number(value);
  },
  age: (inputs, value) => {
    inputs.priceAgeMs = Number(value);
  },
  full: (inputs, value) => {
    inputs.utilisationBps = BigInt(value);
  },
  times: (inputs, value) => {
    inputs.settings.riskMultiplier = Number(value);
  },
  volume: (inputs, value) => {
    inputs.playerVolume = usd(value);
  },
};

describe('the parts of the spread', () => {
  // Everything else quiet: base 200, mid 0.62, $50,000 of liquidity, nothing open, score 50, fresh.
  it.each(
    textTable(`
      why                              | change               | edge | liquidity | score | age | utilisation | discount | bounds | spread
      a quiet market: the base alone   | -                    | 0    | 0         | 0     | 0   | 0           | 0        | 0      | 200
      the operator sets its own base   | override 260         | 0    | 0         | 0     | 0   | 0           | 0        | 0      | 260
      an override of zero is a base    | override 0           | 0    | 0         | 0     | 0   | 0           | 0        | 100    | 100
      10 cents from 1: not yet close   | mid 0.9000           | 0    | 0         | 0     | 0   | 0           | 0        | 0      | 200
      just closer                      | mid 0.9001           | 1    | 0         | 0     | 0   | 0           | 0        | 0      | 201
      5 cents from 0                   | mid 0.0500           | 50   | 0         | 0     | 0   | 0           | 0        | 0      | 250
      5 cents from 1                   | mid 0.9500           | 50   | 0         | 0     | 0   | 0           | 0        | 0      | 250
      one cent from 0                  | mid 0.0100           | 90   | 0         | 0     | 0   | 0           | 0        | 0      | 290
      deep enough                      | liquidity $10,000    | 0    | 0         | 0     | 0   | 0           | 0        | 0      | 200
      a cent less: rounds up           | liquidity $9,999.99  | 0    | 1         | 0     | 0   | 0           | 0        | 0      | 201
      a quarter of deep                | liquidity $2,500     | 0    | 75        | 0     | 0   | 0           | 0        | 0      | 275
      no liquidity                     | liquidity $0         | 0    | 100       | 0     | 0   | 0           | 0        | 0      | 300
      a losing player pays no less     | score 0              | 0    | 0         | 0     | 0   | 0           | 0        | 0      | 200
      a little sharp                   | score 51             | 0    | 0         | 4     | 0   | 0           | 0        | 0      | 204
      sharp                            | score 75             | 0    | 0         | 100   | 0   | 0           | 0        | 0      | 300
      the sharpest                     | score 100            | 0    | 0         | 200   | 0   | 0           | 0        | 0      | 400
      fresh enough                     | age 30000            | 0    | 0         | 0     | 0   | 0           | 0        | 0      | 200
      a millisecond older: rounds up   | age 30001            | 0    | 0         | 0     | 1   | 0           | 0        | 0      | 201
      half way to suspended            | age 75000            | 0    | 0         | 0     | 100 | 0           | 0        | 0      | 300
      at suspension                    | age 120000           | 0    | 0         | 0     | 200 | 0           | 0        | 0      | 400
      no more after it                 | age 900000           | 0    | 0         | 0     | 200 | 0           | 0        | 0      | 400
      a clock a little ahead           | age -500             | 0    | 0         | 0     | 0   | 0           | 0        | 0      | 200
      half full: half of the half      | full 5000            | 0    | 0         | 0     | 0   | 50          | 0        | 0      | 250
      full: 1.5 times                  | full 10000           | 0    | 0         | 0     | 0   | 100         | 0        | 0      | 300
      over full counts as full         | full 14000           | 0    | 0         | 0     | 0   | 100         | 0        | 0      | 300
      no risk multiplier               | full 10000, times 1  | 0    | 0         | 0     | 0   | 0           | 0        | 0      | 200
      a multiplier below 1 is none     | full 10000, times .5 | 0    | 0         | 0     | 0   | 0           | 0        | 0      | 200
      it multiplies every part         | full 10000, score 75 | 0    | 0         | 100   | 0   | 150         | 0        | 0      | 450
      a cent short of the discount     | volume $9,999.99     | 0    | 0         | 0     | 0   | 0           | 0        | 0      | 200
      the volume discount              | volume $10,000       | 0    | 0         | 0     | 0   | 0           | -25      | 0      | 175
      never below the least            | override 90          | 0    | 0         | 0     | 0   | 0           | 0        | 10     | 100
      never above the most             | override 900         | 0    | 0         | 0     | 0   | 0           | 0        | -100   | 800
    `),
  )('$why ($change)', ({ change = '', ...expected }) => {
    const inputs: PricingInputs = { ...QUIET, settings: { ...DEFAULT_SETTINGS } };
    for (const [name = '', value = ''] of change.split(', ').map((part) => part.split(' '))) CHANGES[name]?.(inputs, value);
    const { spread, components } = priceMarket(inputs);
    for (const part of ['edge', 'liquidity', 'score', 'age', 'utilisation', 'discount', 'bounds'] as const) {
      expect([part, components[part]]).toEqual([part, BigInt(expected[part] ?? '')]);
    }
    expect(spread).toBe(BigInt(expected['spread'] ?? ''));
  });
});

describe('the four prices', () => {
  it.each(
    textTable(`
      why                              | mid    | base | open yes | open no | skew    | yes bid | yes ask | no bid | no ask
      nothing open: half each side     | 0.6200 | 200  | 0        | 0       | 0.0000  | 0.6100  | 0.6300  | 0.3700 | 0.3900
      balanced                         | 0.6200 | 200  | 7,000    | 7,000   | 0.0000  | 0.6100  | 0.6300  | 0.3700 | 0.3900
      only YES: three quarters up      | 0.6200 | 200  | 5,000    | 0       | 0.0050  | 0.6150  | 0.6350  | 0.3650 | 0.3850
      only NO: three quarters down     | 0.6200 | 200  | 0        | 5,000   | -0.0050 | 0.6050  | 0.6250  | 0.3750 | 0.3950
      YES three to one                 | 0.6200 | 200  | 3,000    | 1,000   | 0.0025  | 0.6125  | 0.6325  | 0.3675 | 0.3875
      a small book moves little        | 0.6200 | 200  | 100      | 0       | 0.0005  | 0.6105  | 0.6305  | 0.3695 | 0.3895
      1,000 shares are a full book     | 0.6200 | 200  | 1,000    | 0       | 0.0050  | 0.6150  | 0.6350  | 0.3650 | 0.3850
      an odd spread: the rest on top   | 0.6200 | 201  | 0        | 0       | 0.0000  | 0.6100  | 0.6301  | 0.3699 | 0.3900
      cut at the edge of the board     | 0.0050 | 200  | 0        | 0       | 0.0000  | 0.0001  | 0.0198  | 0.9802 | 0.9999
      and at the other                 | 0.9950 | 200  | 0        | 0       | 0.0000  | 0.9803  | 0.9999  | 0.0001 | 0.0197
    `),
  )('$why', (row) => {
    const quoted = priceMarket({
      ...QUIET,
      mid: points(row['mid'] ?? ''),
      spreadOverrideBps: Number(row['base']),
      yesShares: shares(hundredths(row['open yes'] ?? '')),
      noShares: shares(hundredths(row['open no'] ?? '')),
    });
    const { skew, yesBid, yesAsk, noBid, noAsk } = quoted;
    expect([skew, yesBid, yesAsk, noBid, noAsk]).toEqual(
      ['skew', 'yes bid', 'yes ask', 'no bid', 'no ask'].map((name) => points(row[name] ?? '')),
    );
    expect(executionPrice(quoted, 'yes', 'buy')).toBe(yesAsk);
    expect(executionPrice(quoted, 'yes', 'sell')).toBe(yesBid);
    expect(executionPrice(quoted, 'no', 'buy')).toBe(noAsk);
    expect(executionPrice(quoted, 'no', 'sell')).toBe(noBid);
  });

  it('certainty has no price', () => {
    for (const mid of [0n, 10_000n, -1n, 10_001n]) {
      expect(() => priceMarket({ ...QUIET, mid: price(mid) })).toThrow(new RangeError(`No price for a mid of ${mid}`));
    }
    expect(priceMarket({ ...QUIET, mid: price(1n) }).yesBid).toBe(1n);
    expect(priceMarket({ ...QUIET, mid: price(9_999n) }).yesAsk).toBe(9_999n);
  });
});

describe('for every input', () => {
  const outcomes = ['yes', 'no'] as const;

  it('bid <= mid <= ask on both outcomes, strictly inside (0, 1), and both asks together cost at least $1', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const quoted = priceMarket(inputs);
        for (const outcome of outcomes) {
          const bid = executionPrice(quoted, outcome, 'sell');
          const ask = executionPrice(quoted, outcome, 'buy');
          const mid = midOf(inputs.mid, outcome);
          expect(1n <= bid && bid <= mid && mid <= ask && ask <= 9_999n).toBe(true);
        }
        expect(quoted.yesAsk + quoted.noAsk).toBeGreaterThanOrEqual(10_000n);
        expect([quoted.noBid, quoted.noAsk]).toEqual([complement(quoted.yesAsk), complement(quoted.yesBid)]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('the spread lies in its bounds, its parts add up to it, ask = mid + spread/2 + skew and bid = mid - spread/2 + skew', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { spread, skew, components, yesAsk, yesBid, mid } = priceMarket(inputs);
        expect(spread >= BigInt(inputs.settings.minBps) && spread <= BigInt(inputs.settings.maxBps)).toBe(true);
        expect(Object.values(components).reduce((sum: bigint, part) => sum + part, 0n)).toBe(spread);
        const upper = mid + (spread + 1n) / 2n + skew;
        const lower = mid - spread / 2n + skew;
        expect([yesAsk, yesBid]).toEqual([upper > 9_999n ? 9_999n : upper, lower < 1n ? 1n : lower]);
      }),
    );
  });

  const worse: [name: string, change: (inputs: PricingInputs, by: number) => PricingInputs][] = [
    ['utilisation', (inputs, by) => ({ ...inputs, utilisationBps: inputs.utilisationBps + BigInt(by) })],
    ['staleness', (inputs, by) => ({ ...inputs, priceAgeMs: inputs.priceAgeMs + by })],
    ['score', (inputs, by) => ({ ...inputs, score: inputs.score + by / 1_000 })],
    ['liquidity', (inputs, by) => ({ ...inputs, liquidity: cents(inputs.liquidity - BigInt(by)) })],
  ];
  it.each(worse)('a worse %s never narrows the spread and never betters a price', (_, change) => {
    fc.assert(
      fc.property(anyInputs, fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100_000 })), (inputs, by) => {
        const before = priceMarket(inputs);
        const after = priceMarket(change(inputs, by));
        expect(after.spread).toBeGreaterThanOrEqual(before.spread);
        for (const outcome of outcomes) {
          expect(executionPrice(after, outcome, 'buy')).toBeGreaterThanOrEqual(executionPrice(before, outcome, 'buy'));
          expect(executionPrice(after, outcome, 'sell')).toBeLessThanOrEqual(executionPrice(before, outcome, 'sell'));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('a larger volume never costs more', () => {
    fc.assert(
      fc.property(anyInputs, fc.bigInt({ min: 0n, max: 10_000_000n }), (inputs, more) => {
        const after = priceMarket({ ...inputs, playerVolume: cents(inputs.playerVolume + more) });
        expect(after.spread).toBeLessThanOrEqual(priceMarket(inputs).spread);
      }),
    );
  });

  it('more open YES never makes YES cheaper nor NO dearer, and leaves the spread alone', () => {
    fc.assert(
      fc.property(anyInputs, fc.bigInt({ min: 0n, max: 10_000_000n }), (inputs, more) => {
        const before = priceMarket(inputs);
        const after = priceMarket({ ...inputs, yesShares: shares(inputs.yesShares + more) });
        expect(after.spread).toBe(before.spread);
        expect(after.yesAsk >= before.yesAsk && after.yesBid >= before.yesBid).toBe(true);
        expect(after.noAsk <= before.noAsk && after.noBid <= before.noBid).toBe(true);
      }),
    );
  });

  it('buying and selling again at the same mid never pays, whatever else the trade changed', () => {
    fc.assert(
      fc.property(
        anyInputs,
        anyInputs,
        fc.constantFrom(...outcomes),
        fc.bigInt({ min: 1n, max: 10n ** 10n }),
        (bought, sold, outcome, held) => {
          const quantity = shares(held);
          const paid = costOf(executionPrice(priceMarket(bought), outcome, 'buy'), quantity);
          const received = proceedsOf(executionPrice(priceMarket({ ...sold, mid: bought.mid }), outcome, 'sell'), quantity);
          expect(received).toBeLessThanOrEqual(paid);
        },
      ),
    );
  });

  it('holding both outcomes never costs less than the $1 they pay together, whatever the first trade changed', () => {
    fc.assert(
      fc.property(anyMid, anyInputs, anyInputs, fc.bigInt({ min: 1n, max: 10n ** 10n }), (mid, first, second, held) => {
        const yes = costOf(priceMarket({ ...first, mid }).yesAsk, shares(held));
        const no = costOf(priceMarket({ ...second, mid }).noAsk, shares(held));
        expect(yes + no).toBeGreaterThanOrEqual(held);
      }),
    );
  });
});

describe('from the platform configuration', () => {
  const document = structuredClone(DEFAULT_PLATFORM_CONFIG);
  it('every spread key arrives', () => expect(spreadSettings(platformConfig.parse(document))).toEqual(DEFAULT_SETTINGS));
  it('a discount switched off is none', () => {
    const off = { ...document, spread: { ...document.spread, volume_discount_enabled: false } };
    expect(spreadSettings(platformConfig.parse(off)).volumeDiscount).toBeNull();
  });
});
