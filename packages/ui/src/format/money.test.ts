import { expect, test } from 'vitest';
import { formatShortUsd } from './money.ts';

test.each([
  [0, '$0'],
  [0.25, '$0.25'],
  [0.5, '$0.50'],
  [1, '$1'],
  [-7.5, '−$7.50'],
  [12.4, '$12'],
  [999, '$999'],
  [1_250, '$1.3k'],
  [284_000, '$284k'],
  [2_500_000, '$2.5m'],
])('%d is %s on an axis', (value, text) => {
  expect(formatShortUsd(value)).toBe(text);
});
