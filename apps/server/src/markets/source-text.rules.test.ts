import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { categoryOf } from './category.rules.ts';
import { isDateOnly, readInstant } from './instant.rules.ts';
import { answeredAt, backoff, retryAfter } from './retry.rules.ts';
import { identifier, line, paragraphs, searchText, webAddress } from './text.rules.ts';

vi.setConfig({ testTimeout: 30_000 });

describe('text of a source', () => {
  test('is one clean line', () => {
    expect(line('  Will\u0000 it \u202e rain  —\tin\nNew  York? \ud800', 100)).toBe('Will it rain — in New York?');
    expect(line('a'.repeat(20), 10)).toBe(`${'a'.repeat(9)}…`);
    expect(line('😀'.repeat(5), 6)).toBe('😀😀…');
    expect(line(42, 10)).toBe('');
  });

  test('keeps its paragraphs', () => {
    expect(paragraphs('One.  \r\n\r\n\r\n\r\nTwo\u0007 words.\u2028Three', 100)).toBe('One.\n\nTwo words.\nThree');
  });

  test('never holds what Postgres or a terminal chokes on, and never exceeds its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, longest) => {
        for (const clean of [line(text, longest), paragraphs(text, longest)]) {
          expect(clean.length).toBeLessThanOrEqual(longest);
          expect(clean).not.toMatch(/[\p{Cs}\p{Cf}]|[^\P{Cc}\n]/u);
        }
      }),
    );
  });

  test('ids and addresses are harmless or nothing', () => {
    expect(identifier('0xabc')).toBe('0xabc');
    expect(identifier(123)).toBe('123');
    for (const bad of ['', 'a b', "x'; drop", '../../etc', 'ü', {}, null, 1.5]) expect(identifier(bad)).toBeUndefined();
    expect(webAddress('https://example.com/a.png?x=1')).toBe('https://example.com/a.png?x=1');
    for (const bad of ['javascript:alert(1)', 'data:image/png;base64,x', '//example.com', 'https://a b', 'https://x/"onload='])
      expect(webAddress(bad)).toBeNull();
  });

  test('is found without its accents', () => {
    expect(searchText('Will José  Luna—win? ≥ 66°F')).toBe('will jose luna win 66 f');
  });
});

describe('times of a source', () => {
  test('are read in every spelling it uses', () => {
    const cases: [unknown, string | undefined][] = [
      ['2026-01-23T18:30:00Z', '2026-01-23T18:30:00.000Z'],
      ['2026-01-22T00:01:27.770446Z', '2026-01-22T00:01:27.770Z'],
      ['2026-01-23 20:56:36+00', '2026-01-23T20:56:36.000Z'],
      ['2026-01-23 20:56:36+02:30', '2026-01-23T18:26:36.000Z'],
      ['2026-01-23', '2026-01-23T00:00:00.000Z'],
      ['1766790415550', '2025-12-26T23:06:55.550Z'],
      [1770476912, '2026-02-07T15:08:32.000Z'],
      ['2026-02-30', undefined],
      ['2026-13-01', undefined],
      ['0001-01-01', undefined],
      ['tomorrow', undefined],
      ['', undefined],
      [null, undefined],
      [Number.NaN, undefined],
      [{}, undefined],
      [-5, undefined],
    ];
    for (const [value, expected] of cases) expect(readInstant(value)?.toISOString(), String(value)).toBe(expected);
    expect(isDateOnly(new Date('2026-01-23T00:00:00Z'))).toBe(true);
    expect(isDateOnly(new Date('2026-01-23T00:00:01Z'))).toBe(false);
  });

  test('Retry-After, Date and Age are believed within reason', () => {
    const now = new Date('2026-06-01T12:00:00Z');
    expect(retryAfter('7', now)).toBe(7_000);
    expect(retryAfter('999999', now)).toBe(900_000);
    expect(retryAfter('Mon, 01 Jun 2026 12:00:30 GMT', now)).toBe(30_000);
    expect(retryAfter('Mon, 01 Jun 2026 11:00:00 GMT', now)).toBe(0);
    expect(retryAfter('soon', now)).toBeUndefined();
    expect(answeredAt('Mon, 01 Jun 2026 11:59:58 GMT', '8', now).toISOString()).toBe('2026-06-01T11:59:50.000Z');
    expect(answeredAt('Mon, 01 Jun 2020 11:59:58 GMT', undefined, now)).toEqual(now);
    expect([1, 2, 3, 9].map((failures) => backoff(failures, 1_000, 30_000))).toEqual([1_000, 2_000, 4_000, 30_000]);
  });
});

describe('categories', () => {
  test('come from tags first, from words otherwise', () => {
    const cases: [string[], string, string][] = [
      [['Hide From New', 'Politics', 'Taxes'], 'Cap on losses repealed?', 'politics'],
      [['Finance', 'Economy', 'Business', '2025 Predictions', 'Crypto', 'MicroStrategy', 'Stocks'], 'MicroStrategy sells?', 'economics'],
      [['Pop-Culture '], 'Who?', 'entertainment'],
      [['NBA Playoffs'], 'x', 'sports'],
      [['US-current-affairs'], 'x', 'politics'],
      [['NFTs'], 'x', 'crypto'],
      [[], 'Counter-Strike: Acend vs Bebop (BO3)', 'sports'],
      [[], 'Will Bitcoin hit $150k by June 30, 2026?', 'crypto'],
      [[], 'Fed decision in January?', 'economics'],
      [[], 'Will the Senate vote?', 'politics'],
      [[], 'Highest grossing movie?', 'entertainment'],
      [['rewards 5, 4.5, 50', 'Weather'], 'Will it rain?', 'other'],
      [[], '', 'other'],
    ];
    for (const [tags, title, expected] of cases) expect(categoryOf(tags, title), `${tags} ${title}`).toBe(expected);
  });
});
