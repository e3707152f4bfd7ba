import type { MarketDraft } from '@predictu/contract/shapes/market-draft';
import { price } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from './finding.rules.ts';
import { lintDraft, scoreOf } from './lint.rules.ts';
import { CLAUSES } from './lint-clauses.rules.ts';
import { datesIn, instantOf } from './question-date.rules.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const BARE: MarketDraft = {
  question: '',
  description: '',
  category: null,
  outcomes: { yes: '', no: '' },
  source: { name: '', url: null },
  cut_off_at: null,
  time_zone: '',
  clauses: { tie: '', postponement: '', cancellation: '' },
  initial_price: null,
  price_reasons: [],
};
const GOOD: MarketDraft = {
  ...BARE,
  question: 'Will the price of Bitcoin be above $150,000 on December 31, 2026?',
  category: 'crypto',
  outcomes: { yes: 'The one-minute candle of BTC/USD that ends at the cut-off closes above $150,000.00.', no: 'In every other case.' },
  source: { name: 'Coinbase BTC-USD', url: 'https://www.coinbase.com/price/bitcoin' },
  cut_off_at: new Date('2026-12-31T23:59:00Z'),
  time_zone: 'UTC',
  clauses: { tie: CLAUSES.tie, postponement: CLAUSES.postponement, cancellation: CLAUSES.cancellation },
  initial_price: price(3_000n),
  price_reasons: ['It stands at $98,000.'],
};
const rulesOf = (draft: MarketDraft): string[] => lintDraft(draft, NOW).findings.map(({ rule }) => rule);
const asked = (question: string): string[] => rulesOf({ ...GOOD, question });

test('a complete draft is without findings and has all points', () => {
  expect(lintDraft(GOOD, NOW)).toEqual({ score: 100, deployable: true, findings: [] });
});

test('an empty draft names everything that is missing and cannot be deployed', () => {
  const { score, deployable, findings } = lintDraft(BARE, NOW);
  expect({ score, deployable }).toEqual({ score: 0, deployable: false });
  expect(findings.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining([
      'question_missing',
      'category_missing',
      'source_missing',
      'cut_off_missing',
      'time_zone_missing',
      'outcome_undefined',
      'price_missing',
    ]),
  );
});

/** Questions as people ask them, and what must be found in them. */
const QUESTIONS: readonly (readonly [question: string, ...rules: string[]])[] = [
  ['Will Bitcoin crash soon?', 'term_ambiguous', 'date_missing'],
  ['Will Ethereum be above 5000 by December 31, 2026?', 'unit_missing'],
  ['Will Tesla announce a significant price cut by December 31, 2026?', 'term_ambiguous'],
  ['Who will win the 2026 World Cup?', 'question_open'],
  ['Bitcoin goes to $200,000 in 2026', 'question_form', 'question_mark'],
  ['Should the Fed cut rates by December 31, 2026?', 'question_opinion'],
  ['Will Apple launch a car and release a phone by December 31, 2026?', 'question_joined'],
  ['Will he resign by December 31, 2026?', 'subject_unnamed'],
  ['Will Russia not invade Moldova by December 31, 2026?', 'question_negated'],
  ['Will Joe Example be assassinated by December 31, 2026?', 'subject_harm'],
  ['Will I win the Lottery by December 31, 2026?', 'self_decided'],
  ['Will Spain beat France on 12/07/2026?', 'date_ambiguous'],
  ['Will Spain beat France tomorrow?', 'date_relative'],
  ['Will Bitcoin be above $150,000 by the end of the year?', 'date_relative'],
  ['Will Bitcoin be above $150,000 by December 31?', 'date_without_year'],
  ['Will Spain beat France at 8pm on December 31, 2026?', 'clock_without_zone'],
  ['Will Spain win? Will France lose in 2026?', 'question_several'],
  ['Will the new song of Taylor Swift be popular in 2026?', 'term_ambiguous'],
  ['Will about 100 people attend the Zurich meetup by December 31, 2026?', 'term_ambiguous'],
  ['Will the Lakers do well in 2026?', 'term_ambiguous'],
  ['Will experts agree on AGI by December 31, 2026?', 'term_ambiguous'],
  ['Will OpenAI attempt to buy a chip company by December 31, 2026?', 'term_ambiguous'],
  ['Will Example FC score at least 3 in the season by December 31, 2026?', 'unit_missing'],
];
test.each(QUESTIONS)('%s', (question, ...rules) => {
  expect(asked(question)).toEqual(expect.arrayContaining([...rules]));
});

/** Questions as well-kept markets ask them: nothing about their wording is an error. */
const CLEAN = [
  'Will the Federal Reserve cut interest rates by 25 bps at its September 2026 meeting?',
  'Will Spain beat France in the final of the 2026 World Cup on July 19, 2026?',
  'Will Ethereum be above $5,000 on December 31, 2026?',
  'Will Anthropic release Claude 6 by December 31, 2026?',
  'Will the temperature in Paris reach 40 degrees Celsius by August 31, 2026?',
  'Will the S&P 500 close above $7,000 on December 31, 2026?',
  'Will Ursula von der Leyen leave the European Commission by December 31, 2026?',
  'Lakers vs. Celtics: will the Lakers win on November 3, 2026?',
  'Will MrBeast have more than 500 million subscribers by December 31, 2026?',
  'Will unemployment in the US be at least 5% in October 2026?',
];
test.each(CLEAN)('%s is fine', (question) => {
  const { findings } = lintDraft({ ...GOOD, question, cut_off_at: datesIn(question, NOW)[0]?.ends ?? GOOD.cut_off_at }, NOW);
  expect(findings.filter(({ severity, field }) => severity === 'error' && field === 'question')).toEqual([]);
});

const DRAFTS: readonly (readonly [what: string, change: Partial<MarketDraft>, rule: string])[] = [
  ['a source that is many', { source: { name: 'Credible reports in the media', url: null } }, 'source_vague'],
  ['Google as a source', { source: { name: 'Google', url: 'https://google.com' } }, 'source_vague'],
  ['a source without an address', { source: { name: 'Coinbase BTC-USD', url: null } }, 'source_without_address'],
  ['a zone that is none', { time_zone: 'Moon/Base' }, 'time_zone_unknown'],
  ['a zone by its short name of many meanings', { time_zone: 'IST!' }, 'time_zone_unknown'],
  ['a cut-off in the past', { cut_off_at: new Date('2026-05-01T00:00:00Z') }, 'cut_off_past'],
  ['a cut-off in half an hour', { cut_off_at: new Date(NOW.getTime() + 1_800_000) }, 'cut_off_near'],
  ['a cut-off after the answer', { cut_off_at: new Date('2027-03-01T00:00:00Z') }, 'cut_off_after_date'],
  ['a cut-off before the day', { cut_off_at: new Date('2026-11-01T00:00:00Z') }, 'cut_off_before_date'],
  [
    'a cut-off in nine years',
    { question: 'Will Bitcoin be above $150,000 in 2035?', cut_off_at: new Date('2035-12-31T00:00:00Z') },
    'cut_off_far',
  ],
  ['no word on the line itself', { clauses: { ...GOOD.clauses, tie: '' } }, 'boundary_missing'],
  [
    'no word on a tie',
    {
      question: 'Will Spain beat France on July 19, 2026?',
      cut_off_at: new Date('2026-07-19T20:00:00Z'),
      clauses: { ...GOOD.clauses, tie: '' },
    },
    'tie_missing',
  ],
  ['no word on postponement', { clauses: { ...GOOD.clauses, postponement: '' } }, 'postponement_missing'],
  ['no word on cancellation', { clauses: { ...GOOD.clauses, cancellation: '' } }, 'cancellation_missing'],
  ['a clause that leaves it open', { clauses: { ...GOOD.clauses, tie: 'The operator decides.' } }, 'clause_discretion'],
  ['a price nobody may trade at', { initial_price: price(5n) }, 'price_out_of_bounds'],
  ['a price without a reason', { price_reasons: [] }, 'price_without_reason'],
  ['outcomes that say the same', { outcomes: { yes: 'It happens.', no: 'It happens.' } }, 'outcomes_alike'],
];
test.each(DRAFTS)('%s', (_, change, rule) => {
  const before = lintDraft(GOOD, NOW).findings.map((one) => one.rule);
  expect(before).not.toContain(rule);
  expect(rulesOf({ ...GOOD, ...change })).toContain(rule);
});

test('a term that the outcomes define is no longer ambiguous', () => {
  const question = 'Will Bitcoin crash by December 31, 2026?';
  expect(asked(question)).toContain('term_ambiguous');
  const outcomes = { ...GOOD.outcomes, yes: '“Crash” means a fall of at least 30% within 24 hours.' };
  expect(rulesOf({ ...GOOD, question, outcomes })).not.toContain('term_ambiguous');
});

describe('fixes', () => {
  const questions = [...QUESTIONS.map(([question]) => question), ...CLEAN];
  const drafts: MarketDraft[] = [
    ...questions.map((question) => ({ ...GOOD, question })),
    ...DRAFTS.map(([, change]) => ({ ...GOOD, ...change })),
    BARE,
    { ...BARE, question: CLEAN[1] as string },
  ];
  test('what is fixed is not found again, and the score never falls', () => {
    let fixed = 0;
    for (const draft of drafts) {
      const report = lintDraft(draft, NOW);
      for (const { rule, field, fix } of report.findings) {
        if (!fix.patch) continue;
        fixed += 1;
        const after = lintDraft({ ...draft, ...fix.patch }, NOW);
        expect([draft.question, after.findings.filter((one) => one.rule === rule && one.field === field)]).toEqual([draft.question, []]);
        expect(after.score).toBeGreaterThanOrEqual(report.score);
      }
    }
    expect(fixed).toBeGreaterThan(30);
  });

  test('every finding says what to do', () => {
    for (const draft of drafts) for (const { message, fix } of lintDraft(draft, NOW).findings) expect(message && fix.text).not.toBe('');
  });
});

test('the score falls with every finding and stays under 60 with an error', () => {
  const severity = fc.constantFrom('error' as const, 'warning' as const, 'note' as const);
  const findings = fc.array(severity, { maxLength: 12 }).map((list) => list.map((one) => ({ severity: one }) as Finding));
  fc.assert(
    fc.property(findings, severity, (list, more) => {
      const [before, after] = [scoreOf(list), scoreOf([...list, { severity: more } as Finding])];
      expect(after).toBeLessThanOrEqual(before);
      expect(after).toBeGreaterThanOrEqual(0);
      if (list.some((one) => one.severity === 'error')) expect(before).toBeLessThan(60);
    }),
  );
});

test('no text makes the lint throw', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.date({ noInvalidDate: true }), (question, zone, at) => {
      const { score } = lintDraft({ ...BARE, question, time_zone: zone, cut_off_at: at }, NOW);
      expect(score).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});

test('a clock on the wall of a zone, in summer and winter', () => {
  expect(instantOf(new Date('2026-07-01T12:00:00Z'), 'America/New_York').toISOString()).toBe('2026-07-01T16:00:00.000Z');
  expect(instantOf(new Date('2026-12-31T23:59:00Z'), 'America/New_York').toISOString()).toBe('2027-01-01T04:59:00.000Z');
  expect(instantOf(new Date('2026-07-01T00:30:00Z'), 'Asia/Kolkata').toISOString()).toBe('2026-06-30T19:00:00.000Z');
});
