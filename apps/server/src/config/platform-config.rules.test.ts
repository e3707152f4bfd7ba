import { DEFAULT_PLATFORM_CONFIG, platformConfig } from '@predictu/contract/shapes/platform-config';
import { platformConfigPatch } from '@predictu/contract/shapes/platform-config-patch';
import { expect, test } from 'vitest';
import { differences } from './config-change.rules.ts';
import { contradictions, mergeConfig } from './platform-config.rules.ts';

const current = platformConfig.parse(DEFAULT_PLATFORM_CONFIG);
const merged = (patch: object) => mergeConfig(current, platformConfigPatch.parse(patch));
const change = (patch: object) => differences(DEFAULT_PLATFORM_CONFIG, platformConfig.encode(merged(patch)));

test('an empty patch changes nothing', () => {
  expect(merged({})).toEqual(current);
  expect(change({})).toEqual({ keys: [], previous: {}, next: {} });
  expect(change({ risk: { per_trade_max_usd: 5_000 } }).keys).toEqual([]);
});

test('the documented example', () => {
  expect(change({ risk: { global_exposure_limit_usd: 600_000, sharp_score_threshold: 55 }, spread: { base_spread_bps: 250 } })).toEqual({
    keys: ['risk.global_exposure_limit_usd', 'risk.sharp_score_threshold', 'spread.base_spread_bps'],
    previous: { 'risk.global_exposure_limit_usd': 500_000, 'risk.sharp_score_threshold': 60, 'spread.base_spread_bps': 200 },
    next: { 'risk.global_exposure_limit_usd': 600_000, 'risk.sharp_score_threshold': 55, 'spread.base_spread_bps': 250 },
  });
});

test('each section takes its own keys and keeps the rest', () => {
  const patch = {
    fees: { trading_fee_bps: 60 },
    features: { s2s_enabled: false },
    defaults: { s2s_retry_max: 3 },
    spread: { risk_multiplier: 2 },
  };
  expect(change(patch).keys.sort()).toEqual([
    'defaults.s2s_retry_max',
    'features.s2s_enabled',
    'fees.trading_fee_bps',
    'spread.risk_multiplier',
  ]);
});

test('a category limit can be set and taken away', () => {
  const { category_limits: limits } = merged({ risk: { category_limits: { sports: 1, other: null } } }).risk;
  expect(limits).toEqual({ ...current.risk.category_limits, sports: 100n, other: undefined });
  expect('other' in limits).toBe(false);
});

test('what an installation starts with contradicts nothing', () => {
  expect(contradictions(current)).toEqual([]);
});

test.each([
  [{ spread: { min_spread_bps: 201 } }, ['spread.min_spread_bps']],
  [{ spread: { min_spread_bps: 200 } }, []],
  [{ spread: { max_spread_bps: 199 } }, ['spread.base_spread_bps']],
  [{ spread: { max_spread_bps: 200 } }, []],
  [{ spread: { volume_discount_bps: 201 } }, ['spread.volume_discount_bps']],
  [{ risk: { sharp_score_threshold: 81 } }, ['risk.sharp_score_threshold']],
  [{ risk: { sharp_score_threshold: 80 } }, []],
])('%j', (patch, fields) => {
  const problems = contradictions(merged(patch));
  expect(problems.map(({ field }) => field)).toEqual(fields);
  for (const { expected } of problems) expect(expected).toMatch(/^at most [a-z._]+, which is \d+$/);
});
