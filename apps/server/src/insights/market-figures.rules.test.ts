import { DEFAULT_PLATFORM_CONFIG, platformConfig } from '@predictu/contract/shapes/platform-config';
import { cents, price } from '@predictu/contract/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averageOf, baseSpread, imbalanceRatio, liquidityScore, type Surroundings, shownSpread } from './market-figures.rules.ts';

const now = new Date('2026-06-01T12:00:00Z');
const config = platformConfig.parse(DEFAULT_PLATFORM_CONFIG);
const market = {
  status: 'active',
  category: 'sports',
  mid: price(5_000n),
  pricedAt: now,
  liquidity: cents(10_000_000n),
  yes: 0n,
  no: 0n,
} as const;
const calm: Surroundings = { config, now, platform: () => 0n };

test('nothing wider than the base when nothing is wrong; no spread without a price or after the end', () => {
  expect(shownSpread(market, calm)).toBe(baseSpread(config));
  for (const change of [{ mid: null }, { pricedAt: null }, { mid: price(0n) }, { mid: price(10_000n) }, { status: 'resolved' }]) {
    expect(shownSpread({ ...market, ...change }, calm)).toBeNull();
  }
  expect(shownSpread({ ...market, status: 'paused' }, calm)).toBe(200n);
});

test('each scope that fills up widens it, and an operator’s own base counts', () => {
  const half = (limit: bigint) => limit / 2n;
  const { risk } = config;
  const scopes: Surroundings[] = [
    { ...calm, platform: (scope) => (scope === 0 ? half(risk.global_exposure_limit_usd) : 0n) },
    { ...calm, platform: (scope, key) => (scope === 1 && key === 0n ? half(risk.category_limits.sports ?? 0n) : 0n) },
    { ...calm, operator: { exposure: 50n, limit: cents(100n), spreadOverrideBps: null } },
  ];
  for (const surroundings of scopes) expect(shownSpread(market, surroundings)).toBe(250n);
  expect(shownSpread({ ...market, yes: half(risk.per_market_max_usd) }, calm)).toBe(250n);
  const ofOther: Surroundings = { ...calm, platform: (scope, key) => (scope === 1 && key === 1n ? 10n ** 12n : 0n) };
  expect(shownSpread(market, ofOther)).toBe(200n);
  expect(shownSpread(market, { ...calm, operator: { exposure: 0n, limit: cents(100n), spreadOverrideBps: 300 } })).toBe(300n);
});

test('the liquidity score grows from 0 towards 1', () => {
  expect([0n, 1_000_000n, 9_000_000n].map((liquidity) => liquidityScore(cents(liquidity)))).toEqual([0, 0.5, 0.9]);
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n), (a, b) => {
      const [low, high] = [liquidityScore(cents(a)), liquidityScore(cents(a + b))];
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeGreaterThanOrEqual(low);
      expect(high).toBeLessThanOrEqual(1);
    }),
  );
});

test.each([
  [18_200n, 10_200n, 1.78],
  [0n, 5n, 0],
  [5n, 0n, null],
  [1n, 8n, 0.13],
])('%s YES for %s NO is %s', (yes, no, ratio) => expect(imbalanceRatio(yes, no)).toBe(ratio));

test('an average is rounded half up, and zero of nothing', () => {
  expect([averageOf(cents(7n), 2n), averageOf(cents(5n), 4n), averageOf(cents(5n), 0n)]).toEqual([4n, 1n, 0n]);
});
