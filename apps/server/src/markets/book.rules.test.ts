import { price } from '@predictu/contract/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isQuote, mirrored, quoteOfBook, quoteOfLevels, quoteOfMid, quoteOfPair, WIDEST_BOOK } from './book.rules.ts';

test('a book makes a price only when both sides mean something', () => {
  const cases: [unknown, unknown, string | bigint][] = [
    ['0.48', '0.52', 5_000n],
    [0.485, 0.49, 4_875n],
    ['0.5', '0.5', 5_000n],
    ['0.001', '0.002', 15n],
    [undefined, '0.3', 'one_sided_book'],
    ['0.3', undefined, 'one_sided_book'],
    ['0', '0.02', 'one_sided_book'],
    ['0.98', '1', 'one_sided_book'],
    [undefined, 1, 'empty_book'],
    ['', null, 'empty_book'],
    ['0.6', '0.4', 'crossed_book'],
    ['0.01', '0.99', 'wide_book'],
    ['1', '1', 'bad_price'],
    ['0', '0', 'bad_price'],
    ['x', '0.5', 'bad_price'],
    ['0.5', '1.5', 'bad_price'],
    ['-0.1', '0.1', 'bad_price'],
    [{}, '0.5', 'bad_price'],
  ];
  for (const [bid, ask, expected] of cases) {
    const quote = quoteOfBook(bid, ask);
    expect(isQuote(quote) ? quote.mid : quote.reason, `${bid} ${ask}`).toBe(expected);
  }
});

test('a midpoint is strictly between 0 and 1, and a pair adds up', () => {
  expect(quoteOfMid('0.5')).toEqual({ mid: 5_000n, bestBid: null, bestAsk: null });
  for (const bad of [0, 1, '0.99999', '0.00001', 'x']) expect(quoteOfMid(bad)).toEqual({ reason: 'bad_price' });
  expect(quoteOfMid(undefined)).toEqual({ reason: 'no_price' });
  expect(quoteOfPair('0.185', '0.815')).toMatchObject({ mid: 1_850n });
  expect(quoteOfPair('0.185', '0.185')).toEqual({ reason: 'bad_price' });
  expect(quoteOfPair('0.185', undefined)).toEqual({ reason: 'bad_price' });
});

test('levels come in any order and without size they do not count', () => {
  const level = (p: string, size = '1') => ({ price: p, size });
  expect(quoteOfLevels([level('.30'), level('.32')], [level('.36'), level('.34')])).toEqual({
    mid: 3_300n,
    bestBid: 3_200n,
    bestAsk: 3_400n,
  });
  expect(quoteOfLevels([level('.32', '0'), level('.30')], [level('.34')])).toMatchObject({ bestBid: 3_000n });
  expect(quoteOfLevels([level('.3'), { price: '.31' }], [level('.34')])).toEqual({ reason: 'bad_price' });
  expect(quoteOfLevels([], [])).toEqual({ reason: 'empty_book' });
});

test('whatever a book says, bid <= mid <= ask inside (0, 1), and its mirror says the same of the other outcome', () => {
  const side = fc.oneof(
    fc.integer({ min: -10, max: 1_010 }).map((n) => n / 1_000),
    fc.string(),
    fc.constant(undefined),
  );
  fc.assert(
    fc.property(side, side, (bid, ask) => {
      const quote = quoteOfBook(bid, ask);
      if (!isQuote(quote)) return;
      const [low, high] = [quote.bestBid ?? quote.mid, quote.bestAsk ?? quote.mid];
      expect(low <= quote.mid && quote.mid <= high && low > 0n && high < 10_000n && high - low <= WIDEST_BOOK).toBe(true);
      expect(mirrored(mirrored(quote))).toEqual(quote);
      expect(mirrored(quote).mid + quote.mid).toBe(10_000n);
    }),
  );
  expect(mirrored({ mid: price(3_000n), bestBid: price(2_900n), bestAsk: null })).toEqual({ mid: 7_000n, bestBid: null, bestAsk: 7_100n });
});
