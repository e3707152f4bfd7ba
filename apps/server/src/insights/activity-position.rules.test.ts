import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  newestFirst,
  oldestFirst,
  oldestRunning,
  readCursor,
  readPosition,
  tradesBelow,
  writeCursor,
  writePosition,
} from './activity-position.rules.ts';

const id = fc.bigInt(0n, 2n ** 63n - 1n);
const place = fc.record({ id, number: fc.bigInt(0n, 2n ** 40n) });
const snapshot = fc.tuple(fc.bigInt(3n, 2n ** 62n), fc.uniqueArray(fc.bigInt(0n, 999n), { maxLength: 5 })).map(([low, offsets]) => {
  const running = offsets.map((offset) => low + offset).sort((a, b) => (a < b ? -1 : 1));
  return `${low}:${low + 1_000n}:${running.join(',')}`;
});
const moment = fc.record({ snapshot, lastTrade: id });

test('what is written is read again', () => {
  fc.assert(
    fc.property(moment, place, (at, after) => {
      expect(readCursor(writeCursor({ at, after }))).toEqual({ at, after });
    }),
  );
  fc.assert(
    fc.property(moment, fc.option(fc.record({ to: moment, after: place }), { nil: undefined }), (from, until) => {
      const position = until ? { from, until } : { from };
      expect(readPosition(writePosition(position))).toEqual(position);
    }),
  );
});

test('a page’s cursor is no place in a stream, nor the other way round, and any text is read without a throw', () => {
  fc.assert(
    fc.property(moment, place, fc.string(), (at, after, text) => {
      expect(readPosition(writeCursor({ at, after }))).toBeUndefined();
      expect(readCursor(writePosition({ from: at }))).toBeUndefined();
      expect(readCursor(text)).toBeUndefined();
      expect(readPosition(text)).toBeUndefined();
    }),
  );
});

test.each(['', '0:5:', '6:5:', '3:9:9', '3:9:2', '3:9:5,5', '3:9:6,5', '3:9', '18446744073709551616:18446744073709551617:', '3:9:5,'])(
  'the database would not read %j, so neither do we',
  (text) => {
    const cursor = Buffer.from(`p/${text}/5/9/0`).toString('base64url');
    expect(readCursor(cursor)).toBeUndefined();
    expect(readPosition(Buffer.from(`s/${text}/5`).toString('base64url'))).toBeUndefined();
  },
);

test('the first transaction a snapshot cannot see is its lower end', () => {
  expect(oldestRunning({ snapshot: '12:20:12,14', lastTrade: 0n })).toBe('12');
});

test('a trade stands below every other entry of its id', () => {
  expect(tradesBelow({ id: 7n, number: 3n })).toBe(8n);
  expect(tradesBelow({ id: 7n, number: 0n })).toBe(7n);
  const entries = [
    { id: 7n, number: 0n },
    { id: 7n, number: 3n },
    { id: 8n, number: 1n },
  ];
  expect([...entries].sort(newestFirst)).toEqual([...entries].reverse());
  expect([...entries].reverse().sort(oldestFirst)).toEqual(entries);
});
