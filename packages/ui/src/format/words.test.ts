import { expect, test } from 'vitest';
import { formatCounted } from './words.ts';

test.each([
  [0, '0 trades'],
  [1, '1 trade'],
  [2, '2 trades'],
  [1_000, '1,000 trades'],
])('%d is counted as %s', (count, text) => {
  expect(formatCounted(count, 'trade')).toBe(text);
});

test('a noun of its own plural says it', () => {
  expect([1, 2].map((count) => formatCounted(count, 'reply', 'replies'))).toEqual(['1 reply', '2 replies']);
});
