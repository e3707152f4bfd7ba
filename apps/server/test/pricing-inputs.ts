/** Arbitrary and ordinary inputs of a price, for the tests of pricing. */
import { cents, price, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import type { PricingInputs, SpreadSettings } from '../src/pricing/spread.rules.ts';

export const DEFAULT_SETTINGS: SpreadSettings = {
  baseBps: 200,
  minBps: 100,
  maxBps: 800,
  riskMultiplier: 1.5,
  volumeDiscount: { thresholdCents: cents(1_000_000n), bps: 25 },
};

/** An ordinary player on a deep, empty, fresh market at 62 cents: every part but the base is zero. */
export const QUIET: PricingInputs = {
  mid: price(6_200n),
  settings: DEFAULT_SETTINGS,
  spreadOverrideBps: null,
  liquidity: cents(5_000_000n),
  utilisationBps: 0n,
  yesShares: shares(0n),
  noShares: shares(0n),
  score: 50,
  playerVolume: cents(0n),
  priceAgeMs: 0,
};

const bps = fc.integer({ min: 0, max: 10_000 });
const money = (max: bigint) => fc.bigInt({ min: 0n, max }).map(cents);
const openShares = fc.oneof(fc.bigInt({ min: 0n, max: 200_000n }), fc.bigInt({ min: 0n, max: 10n ** 14n })).map(shares);
/** Ratios with few decimals, as configurations have them. */
const multiplier = fc.integer({ min: 100, max: 1_000 }).map((value) => value / 100);

const anySettings: fc.Arbitrary<SpreadSettings> = fc
  .record({
    baseBps: bps,
    bounds: fc.tuple(bps, bps),
    riskMultiplier: multiplier,
    volumeDiscount: fc.option(fc.record({ thresholdCents: money(10_000_000n), bps })),
  })
  .map(({ bounds: [one, other], ...rest }) => ({ ...rest, minBps: Math.min(one, other), maxBps: Math.max(one, other) }));

export const anyMid = fc
  .oneof(fc.bigInt({ min: 1n, max: 9_999n }), fc.constantFrom(1n, 2n, 99n, 100n, 5_000n, 9_900n, 9_998n, 9_999n))
  .map(price);

export const anyInputs: fc.Arbitrary<PricingInputs> = fc.record({
  mid: anyMid,
  settings: fc.oneof(fc.constant(DEFAULT_SETTINGS), anySettings),
  spreadOverrideBps: fc.option(bps),
  liquidity: money(2_000_000n),
  utilisationBps: fc.bigInt({ min: 0n, max: 10_000n }),
  yesShares: openShares,
  noShares: openShares,
  score: fc.oneof(
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: 0, max: 1_000 }).map((value) => value / 10),
  ),
  playerVolume: money(20_000_000n),
  priceAgeMs: fc.integer({ min: 0, max: 200_000 }),
});
