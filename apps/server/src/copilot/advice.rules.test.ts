import { marketDraft } from '@predictu/contract/shapes/market-draft';
import { cents, price, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Advice, type Facts, factsOf, factsOfPlayer, judgeAdvice, stillStands } from './advice.rules.ts';
import { ANCHOR_BOUNDS } from './house-price.rules.ts';
import type { Limited, Suggestion, Watched } from './suggestion.rules.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const DRAFT = marketDraft.decode({
  question: 'Will Example FC beat Other United on June 20, 2026?',
  description: '',
  category: 'sports',
  outcomes: { yes: 'Example FC is named the winner by the league.', no: 'In every other case.' },
  source: { name: 'The league', url: 'https://league.example/results' },
  cut_off_at: '2026-06-20T18:00:00.000Z',
  time_zone: 'UTC',
  clauses: { tie: 'A draw is no.', postponement: 'Within 7 days it counts, later it is cancelled.', cancellation: 'It is cancelled.' },
  initial_price: 0.55,
  price_reasons: ['Example FC won four of the last seven.'],
});
const MARKET: Watched = {
  marketId: 7n,
  title: 'Will Example FC win?',
  status: 'active',
  anchor: price(5_500n),
  depth: cents(500_000n),
  endAt: new Date('2026-06-20T18:00:00Z'),
  yes: shares(200_000n),
  no: shares(50_000n),
  tradeCount: 12n,
  hourYes: cents(60_000n),
  hourNo: cents(10_000n),
  utilisation: 40,
  resolver: 'operator',
  draft: DRAFT,
  findings: [],
};
const PLAYER: Limited = { playerId: 9n, name: 'Ana', refusals: 6, score: 30, trades: 80, since: NOW };
const market = (changes: Partial<Watched> = {}): Watched => ({ ...MARKET, ...changes });

const ADVICE: Record<Advice['kind'], Omit<Advice, 'evidence'> & { about: (keyof Facts)[] }> = {
  pause: { kind: 'pause', subject: 'm1', severity: 'warning', reason: 'Why.', about: ['bought_yes_last_hour_usd'] },
  reprice: { kind: 'reprice', subject: 'm1', severity: 'warning', reason: 'Why.', about: ['yes_shares'], price_percent: 60 },
  widen: { kind: 'widen', subject: 'm1', severity: 'warning', reason: 'Why.', about: ['limit_used_percent'], committed_usd: 2_500 },
  resolve: { kind: 'resolve', subject: 'm1', severity: 'warning', reason: 'Why.', about: ['hours_left'] },
  fix_wording: { kind: 'fix_wording', subject: 'm1', severity: 'info', reason: 'Why.', about: ['lint_score'] },
  raise_limit: { kind: 'raise_limit', subject: 'p1', severity: 'info', reason: 'Why.', about: ['refused_bets'] },
};
/** An advice whose evidence is what was shown. */
function adviceOn(kind: Advice['kind'], shown: Facts, changes: Partial<Advice> = {}): Advice {
  const { about, ...rest } = ADVICE[kind];
  return { ...rest, evidence: about.map((fact) => ({ fact: fact as never, value: shown[fact] ?? 0 })), ...changes };
}
const judge = (kind: Advice['kind'], live: Watched = MARKET, changes: Partial<Advice> = {}) => {
  const shown = factsOf(live, NOW);
  return judgeAdvice(adviceOn(kind, shown, changes), shown, { market: live }, NOW);
};

const UNCLEAR = market({ tradeCount: 0n, draft: { ...DRAFT, clauses: { ...DRAFT.clauses, tie: '' } } });
const MENDED = [{ field: 'clauses.tie', text: 'A draw is no.' }];
const OVER = market({ endAt: new Date('2026-06-01T11:00:00Z') });

describe('what the live figures bear is queued with the figures as they are', () => {
  test.each([
    ['pause', MARKET, {}, { do: 'pause' }],
    ['reprice', MARKET, {}, { do: 'reprice', anchor: '6000' }],
    ['widen', MARKET, {}, { do: 'widen', liquidity: '250000' }],
    ['resolve', OVER, {}, { do: 'resolve' }],
    ['fix_wording', UNCLEAR, { wording: MENDED }, { do: 'reword', draft: DRAFT }],
  ] as const)('%s', (kind, live, changes, action) => {
    const made = judge(kind, live, changes as Partial<Advice>);
    expect(made).toMatchObject({ kind, marketId: 7n, playerId: null, action, fingerprint: expect.stringMatching(/^claude:/) });
    expect((made as Suggestion).evidence).toHaveLength(1);
  });
  test('raise_limit', () => {
    const shown = factsOfPlayer(PLAYER);
    expect(judgeAdvice(adviceOn('raise_limit', shown), shown, { player: PLAYER }, NOW)).toMatchObject({
      playerId: 9n,
      title: 'Raise the limit of Ana',
    });
  });
});

describe('what they do not bear is refused', () => {
  const refused: readonly (readonly [what: string, kind: Advice['kind'], live: Watched, changes: Partial<Advice>, why: RegExp])[] = [
    ['a figure that was never shown', 'pause', MARKET, { evidence: [{ fact: 'refused_bets', value: 3 }] }, /no figure/],
    ['another value than was shown', 'pause', MARKET, { evidence: [{ fact: 'bought_yes_last_hour_usd', value: 9_999 }] }, /was 600/],
    ['a figure that says nothing about it', 'widen', MARKET, { evidence: [{ fact: 'trades', value: 12 }] }, /speaks for/],
    ['a pause without flow', 'pause', market({ hourYes: cents(100n), hourNo: cents(0n) }), {}, /cause to pause/],
    ['a pause of what is paused', 'pause', market({ status: 'paused' }), {}, /paused/],
    ['no price', 'reprice', MARKET, { price_percent: undefined }, /no price/],
    ['a price beyond ten cents', 'reprice', MARKET, { price_percent: 66 }, /ten cents/],
    ['the price there is', 'reprice', MARKET, { price_percent: 55 }, /not at all/],
    ['a price of certainty', 'reprice', market({ anchor: price(9_800n) }), { price_percent: 100 }, /out of bounds/],
    ['a price away from the players', 'reprice', MARKET, { price_percent: 50 }, /moves away/],
    ['a price without a book', 'reprice', market({ yes: shares(60_000n) }), { price_percent: 56 }, /not loaded/],
    ['more in place of less', 'widen', MARKET, { committed_usd: 6_000 }, /quarter/],
    ['nearly nothing', 'widen', MARKET, { committed_usd: 150 }, /quarter/],
    ['a widening nobody needs', 'widen', market({ utilisation: 10 }), {}, /hardly used/],
    ['a result before the end', 'resolve', MARKET, {}, /cut-off/],
    ['a result the platform names', 'resolve', { ...OVER, resolver: 'platform' }, {}, /platform/],
    ['words after the first trade', 'fix_wording', { ...UNCLEAR, tradeCount: 1n }, { wording: MENDED }, /traded/],
    ['a field that is no wording', 'fix_wording', UNCLEAR, { wording: [{ field: 'initial_price', text: '0.9' }] }, /no wording/],
    ['a field of everything', 'fix_wording', UNCLEAR, { wording: [{ field: '__proto__.x', text: 'y' }] }, /no wording/],
    [
      'words that are no better',
      'fix_wording',
      UNCLEAR,
      { wording: [{ field: 'question', text: 'Will it be a good game?' }] },
      /no better/,
    ],
    [
      'words beyond the length of the field',
      'fix_wording',
      UNCLEAR,
      { wording: [{ field: 'clauses.tie', text: 'x'.repeat(1_999) }] },
      /does not fit|no better/,
    ],
    ['a limit of a market', 'raise_limit', MARKET, { evidence: [{ fact: 'trades', value: 12 }] }, /speaks for/],
  ];
  test.each(refused)('%s', (_, kind, live, changes, why) => {
    expect(judge(kind, live, changes)).toMatch(why);
  });

  test('a figure that moved by more than a tenth while the model was thinking', () => {
    const shown = factsOf(MARKET, NOW);
    const moved = market({ hourYes: cents(50_000n) });
    expect(judgeAdvice(adviceOn('pause', shown), shown, { market: moved }, NOW)).toMatch(/has moved from 600 to 500/);
    expect(judgeAdvice(adviceOn('pause', shown), shown, { market: market({ hourYes: cents(57_000n) }) }, NOW)).toMatchObject({
      kind: 'pause',
    });
  });
  test('a subject that was not shown, or is gone', () => {
    const shown = factsOf(MARKET, NOW);
    expect(judgeAdvice(adviceOn('pause', shown), undefined, { market: MARKET }, NOW)).toMatch(/there is no m1/);
    expect(judgeAdvice(adviceOn('pause', shown), shown, undefined, NOW)).toMatch(/there is no m1/);
  });
  test('a limit the record of the player does not bear', () => {
    const sharp = { ...PLAYER, score: 70 };
    const shown = factsOfPlayer(sharp);
    expect(judgeAdvice(adviceOn('raise_limit', shown), shown, { player: sharp }, NOW)).toMatch(/record/);
  });
});

test('whatever a model asks for: no price leaves its bounds or jumps, no commitment grows', () => {
  const figure = fc.double({ min: -1e7, max: 1e7, noNaN: true });
  const asked = fc.record({ kind: fc.constantFrom('reprice' as const, 'widen' as const), price_percent: figure, committed_usd: figure });
  const live = fc.record({
    anchor: fc.bigInt(100n, 9_900n).map(price),
    depth: fc.bigInt(10_000n, 10_000_000n).map(cents),
    yes: fc.bigInt(0n, 10_000_000n).map(shares),
    no: fc.bigInt(0n, 10_000_000n).map(shares),
    utilisation: fc.integer({ min: 0, max: 100 }),
  });
  fc.assert(
    fc.property(asked, live, ({ kind, ...wanted }, changes) => {
      const at = market(changes);
      const made = judge(kind, at, wanted);
      if (typeof made === 'string') return;
      if (made.action.do === 'reprice') {
        const next = BigInt(made.action.anchor);
        expect(next >= ANCHOR_BOUNDS.low && next <= ANCHOR_BOUNDS.high).toBe(true);
        expect(next - at.anchor <= 1_000n && at.anchor - next <= 1_000n).toBe(true);
      }
      if (made.action.do === 'widen') expect(BigInt(made.action.liquidity) < at.depth).toBe(true);
    }),
  );
});

describe('what was queued stands while what it would change is as it was', () => {
  const queued = judge('reprice') as Suggestion;
  test.each([
    ['as it was', MARKET, [], true],
    ['another price by now', market({ anchor: price(5_600n) }), [], false],
    ['paused by now', market({ status: 'paused' }), [], false],
    ['said by the rules as well', MARKET, [queued], false],
  ] as const)('%s', (_, live, byRules, stands) => {
    expect(stillStands(queued, [live], [], byRules)).toBe(stands);
  });
  test('a market that is gone', () => {
    expect(stillStands(queued, [], [], [])).toBe(false);
  });
});
