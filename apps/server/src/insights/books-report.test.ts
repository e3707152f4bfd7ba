import { expect, test } from 'vitest';
import { booksReport } from './books-report.ts';
import type { BookResult } from './verify-books.ts';

const right: BookResult = { name: 'prices', claim: 'every price recomputes', ok: true, compared: 1_234_567, found: 0, differences: [] };
const wrong: BookResult = {
  name: 'exposure',
  claim: 'exposure equals positions',
  ok: false,
  compared: 12,
  found: 1_011,
  differences: [{ subject: 'the platform', expected: 'yes 1', found: 'yes 2' }],
};

test('right books are one line a check and a verdict', () => {
  expect(booksReport({ ok: true, checks: [right] }).split('\n')).toEqual([
    'ok    prices               1,234,567  every price recomputes',
    '',
    'The books are right: 1 checks, no difference.',
  ]);
});

test('a failed check shows what was expected and found, and how many more there are', () => {
  expect(
    booksReport({ ok: false, checks: [right, wrong] })
      .split('\n')
      .slice(1),
  ).toEqual([
    'FAIL  exposure                    12  exposure equals positions',
    '        the platform: expected yes 1; found yes 2',
    '        ... and 1,010 more',
    '',
    'The books are wrong: 1 of 2 checks failed (exposure).',
  ]);
});
