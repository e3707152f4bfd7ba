import { defaultOperatorConfig, operatorConfig } from '@predictu/contract/shapes/operator-config';
import { expect, test } from 'vitest';
import { mergeOperatorConfig } from './operator-config.rules.ts';

const defaults = defaultOperatorConfig(['sports', 'politics', 'crypto']);

test('the defaults are the documented example, with the categories offered', () => {
  expect(operatorConfig.parse(defaults)).toMatchObject({
    trading: {
      default_trade_amount_usd: 1_000n,
      quick_amounts: [500n, 1_000n, 2_500n, 5_000n, 10_000n],
      confirm_trades_above_usd: 10_000n,
    },
    categories: { enabled: ['sports', 'politics', 'crypto'], featured: ['sports', 'politics'], hidden: [] },
  });
});

test('what is set stands beside the defaults of its group', () => {
  const merged = mergeOperatorConfig(defaults, { ui: { show_orderbook: true, theme_override: 'light' }, features: { leaderboard: false } });
  expect(merged.ui).toEqual({ ...defaults.ui, show_orderbook: true, theme_override: 'light' });
  expect(merged.features).toEqual({ ...defaults.features, leaderboard: false });
  expect(merged.trading).toEqual(defaults.trading);
  expect(mergeOperatorConfig(defaults, {})).toEqual(defaults);
});
