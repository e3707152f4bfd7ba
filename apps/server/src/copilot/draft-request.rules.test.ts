import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amend, asksAnew, draftOf, EMPTY_DRAFT, missing } from './draft-request.rules.ts';
import { amountIn, dollars } from './draft-subject.rules.ts';
import { cutOffIn, zoneIn } from './draft-time.rules.ts';
import { lintDraft } from './lint.rules.ts';

/** A Monday. */
const NOW = new Date('2026-06-01T12:00:00Z');

test('a plain request becomes a draft with nothing missing and no error', () => {
  const draft = draftOf('will Bitcoin be above 150k at the end of the year?', NOW);
  expect(draft).toMatchObject({
    question: 'Will the price of Bitcoin be above $150,000 on December 31, 2026?',
    category: 'crypto',
    source: { name: 'Coinbase BTC-USD', url: 'https://www.coinbase.com/price/bitcoin' },
    time_zone: 'UTC',
  });
  expect(draft.cut_off_at?.toISOString()).toBe('2026-12-31T23:59:00.000Z');
  expect(draft.outcomes.yes).toContain('$150,000');
  expect(missing(draft)).toEqual([]);
  const errors = lintDraft(draft, NOW).findings.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ rule }) => rule)).toEqual(['price_missing']);
});

test.each([
  ['Will ETH dip below 2,000 by June 30?', 'Will the price of Ethereum fall to $2,000 by June 30, 2026?', 'crypto'],
  ['Will ETH be below $2,000 on June 30 2026?', 'Will the price of Ethereum be below $2,000 on June 30, 2026?', 'crypto'],
  ['market on whether the S&P 500 closes above 7000 on 2026-12-31', 'Will the S&P 500 be above $7,000 on December 31, 2026?', 'economics'],
  ['Will Spain beat France on July 19?', 'Will Spain beat France on July 19, 2026?', 'sports'],
  ['Will Example FC win against Other United tomorrow?', 'Will Example FC beat Other United on June 2, 2026?', 'sports'],
  [
    'Will the prime minister of Ruritania resign by the end of the month?',
    'Will the prime minister of Ruritania resign by June 30, 2026?',
    'politics',
  ],
  [
    'create a market on whether Artist X releases a new album in 2027',
    'Will Artist X releases a new album by December 31, 2027?',
    'entertainment',
  ],
])('%s', (text, question, category) => {
  expect(draftOf(text, NOW)).toMatchObject({ question, category });
});

test('what nobody but the operator can say is asked for', () => {
  expect(missing(draftOf('Will the new bridge open?', NOW))).toHaveLength(3);
  expect(missing(EMPTY_DRAFT).length).toBeGreaterThan(3);
  expect(missing(draftOf('Will Spain beat France on July 19?', NOW))).toEqual([expect.stringMatching(/publication/)]);
});

describe('a change of the draft at hand', () => {
  const draft = draftOf('Will Spain beat France on July 19?', NOW);
  test.each([
    ['The source is FIFA, https://www.fifa.com/results', { source: { name: 'FIFA', url: 'https://www.fifa.com/results' } }],
    ['according to UEFA', { source: { name: 'UEFA', url: null } }],
    ['use New York time', { time_zone: 'America/New_York' }],
    ['cut-off July 18, 2026 at 20:00', { cut_off_at: new Date('2026-07-18T20:00:00Z') }],
    ['start at 62%', { initial_price: 6_200n, price_reasons: ['Set by the operator.'] }],
    ['the price should be 0.375', { initial_price: 3_750n }],
    ['category: entertainment', { category: 'entertainment' }],
    [
      'if it is postponed the market is void',
      { clauses: expect.objectContaining({ postponement: 'If it is postponed the market is void' }) },
    ],
    ['a draw counts as no', { clauses: expect.objectContaining({ tie: 'A draw counts as no' }) }],
    ['yes means Spain wins within 90 minutes', { outcomes: expect.objectContaining({ yes: 'Spain wins within 90 minutes' }) }],
  ])('%s', (text, change) => {
    expect(asksAnew(text, draft)).toBe(false);
    const amended = amend(draft, text, NOW);
    expect(amended.changed.length).toBeGreaterThan(0);
    expect(amended.draft).toMatchObject(change);
  });

  test('a new question is a new draft, small talk changes nothing', () => {
    expect(asksAnew('Will Italy beat Germany on July 20?', draft)).toBe(true);
    expect(amend(draft, 'hello there', NOW)).toEqual({ draft, changed: [] });
  });
});

test.each([
  ['end of the year', '2026-12-31T23:59:00.000Z'],
  ['by Friday', '2026-06-05T23:59:00.000Z'],
  ['tomorrow at 8pm', '2026-06-02T20:00:00.000Z'],
  ['end of the month', '2026-06-30T23:59:00.000Z'],
  ['Q3 2026', '2026-09-30T23:59:00.000Z'],
  ['May 3', '2027-05-03T23:59:00.000Z'],
  ['in 2027', '2027-12-31T23:59:00.000Z'],
  ['June 2026', '2026-06-30T23:59:00.000Z'],
])('%s is %s', (text, at) => {
  expect(cutOffIn(text, 'UTC', NOW)?.at.toISOString()).toBe(at);
});

test('the end of a day is that of the zone', () => {
  expect(zoneIn('8pm ET')).toBe('America/New_York');
  expect(cutOffIn('December 31, 2026', 'America/New_York', NOW)?.at.toISOString()).toBe('2027-01-01T04:59:00.000Z');
});

test.each([
  ['150k', '$150,000'],
  ['$1.5m', '$1,500,000'],
  ['7,000', '$7,000'],
  ['0.75', '$0.75'],
  ['2 billion', '$2,000,000,000'],
])('%s is %s', (text, shown) => {
  expect(dollars(amountIn(text)?.cents ?? 0n)).toBe(shown);
});

test('no text makes it throw, and what it makes fits the limits of a draft', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), (text) => {
      const draft = draftOf(text, NOW);
      expect(draft.question.length).toBeLessThanOrEqual(200);
      expect(amend(draft, text, NOW).draft.source.name.length).toBeLessThanOrEqual(200);
    }),
    { numRuns: 500 },
  );
});
