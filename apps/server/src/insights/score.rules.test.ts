import { cents, FULL_PRICE, type Price, price, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMPONENTS, MAXIMA, SCALES, scorePlayer, standing, tierOfScore, tierRanges } from './score.rules.ts';
import { bettingEnd, MOVE_WINDOW_MS, moveAfter, resultOf } from './score-bet.rules.ts';
import { type Bet, scoreEvidence } from './score-evidence.rules.ts';
import { scoreFlags, scoreRecommendations, showComponents } from './score-words.rules.ts';

const START = Date.UTC(2026, 0, 1);
const bet = (changes: Partial<Bet> = {}): Bet => ({
  marketId: 1n,
  outcome: 'yes',
  category: 'sports',
  price: price(5_000n),
  quantity: shares(2_000n),
  amount: cents(1_000n),
  at: new Date(START),
  result: FULL_PRICE,
  close: price(6_000n),
  move: 0,
  ...changes,
});
const scoreOf = (bets: readonly Bet[]): number => scorePlayer(scoreEvidence(bets)).score;

const anyPrice = fc.bigInt(1n, 9_999n).map(price);
const anyBet: fc.Arbitrary<Bet> = fc.record({
  marketId: fc.bigInt(1n, 12n),
  outcome: fc.constantFrom('yes' as const, 'no' as const),
  category: fc.constant('other'),
  price: anyPrice,
  quantity: fc.bigInt(1n, 100_000n).map(shares),
  amount: fc.bigInt(1n, 1_000_000n).map(cents),
  at: fc.integer({ min: 0, max: 6 * 3_600_000 }).map((after) => new Date(START + after)),
  result: fc.constant(null as Price | null),
  close: fc.constant(null as Price | null),
  move: fc.constantFrom(1 as const, 0 as const, -1 as const, null),
});
/** Results, closing lines and categories belong to markets, not to bets. */
const anyBets = fc
  .tuple(
    fc.array(anyBet, { maxLength: 40 }),
    fc.array(fc.constantFrom('yes' as const, 'no' as const, 'split' as const, 'void' as const, null), { minLength: 13, maxLength: 13 }),
    fc.array(fc.option(fc.bigInt(100n, 9_900n)), { minLength: 13, maxLength: 13 }),
  )
  .map(([bets, results, closes]) =>
    bets.map((one): Bet => {
      const result = resultOf(results[Number(one.marketId)] ?? null, one.outcome);
      const line = closes[Number(one.marketId)] ?? null;
      const close = result === null || line === null ? null : price(one.outcome === 'yes' ? line : 10_000n - line);
      return { ...one, category: one.marketId < 7n ? 'sports' : 'crypto', result, close };
    }),
  );

describe('the score', () => {
  test('without bets every part is half its maximum, and the score 50', () => {
    expect(scorePlayer(scoreEvidence([]))).toEqual({
      score: 50,
      components: { win_rate: 13, edge_detection: 13, timing: 10, volume_pattern: 7, correlation: 7 },
    });
  });

  test('the documented maxima add up to 100', () => {
    expect(COMPONENTS.map((name) => MAXIMA[name])).toEqual([25, 25, 20, 15, 15]);
  });

  test('is within its bounds and the sum of its parts, whatever the bets', () => {
    fc.assert(
      fc.property(anyBets, (bets) => {
        const { score, components } = scorePlayer(scoreEvidence(bets));
        expect(score).toBe(COMPONENTS.reduce((all, name) => all + components[name], 0));
        for (const name of COMPONENTS) {
          expect(Number.isInteger(components[name])).toBe(true);
          expect(components[name]).toBeGreaterThanOrEqual(0);
          expect(components[name]).toBeLessThanOrEqual(MAXIMA[name]);
        }
      }),
    );
  });

  test('does not depend on the order of the bets', () => {
    fc.assert(
      fc.property(
        anyBets.chain((bets) => fc.tuple(fc.constant(bets), fc.shuffledSubarray(bets, { minLength: bets.length }))),
        ([bets, shuffled]) => {
          const [one, other] = [scoreEvidence(bets), scoreEvidence(shuffled)];
          for (const key of Object.keys(one) as (keyof typeof one)[]) expect(other[key]).toBeCloseTo(one[key], 9);
          expect(scorePlayer(other)).toEqual(scorePlayer(one));
        },
      ),
    );
  });

  test('never falls when a loss becomes a win, a line closes better or moves the other way', () => {
    fc.assert(
      fc.property(anyBets, fc.nat(), (bets, chosen) => {
        const one = bets[chosen % Math.max(1, bets.length)];
        if (!one) return;
        const same = (other: Bet): boolean => other.marketId === one.marketId && other.outcome === one.outcome;
        // The other side of the same market gets the opposite: leave it out.
        const others = bets.filter((other) => other.marketId !== one.marketId || other.outcome === one.outcome);
        const better = others.map((other) =>
          same(other)
            ? {
                ...other,
                result: other.result === null ? null : FULL_PRICE,
                close: other.close === null ? null : price(9_900n),
                move: other.move === null ? null : (1 as const),
              }
            : other,
        );
        expect(scoreOf(better)).toBeGreaterThanOrEqual(scoreOf(others));
      }),
      { numRuns: 300 },
    );
  });

  test('few bets leave it near the middle, however they went', () => {
    const wins = (count: number): Bet[] =>
      Array.from({ length: count }, (_, index) => bet({ marketId: BigInt(index), move: 1, close: price(9_900n) }));
    const scores = [0, 1, 3, 10, 30, 100, 300].map((count) => scoreOf(wins(count)));
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(scores[1]).toBeLessThan(55);
    expect(scores[3]).toBeLessThan(80);
    expect(scores.at(-1)).toBeGreaterThan(95);
  });

  test('twenty purchases of one outcome are one settled bet at their average price', () => {
    const many = Array.from({ length: 20 }, (_, index) => bet({ price: price(4_000n + BigInt(index % 2) * 2_000n) }));
    expect(scoreEvidence(many)).toMatchObject({ settled: 1, won: 1, implied: 0.5, surprise: 0.5, information: 0.25 });
  });

  test('a void says nothing, and neither does an open market', () => {
    expect(scoreEvidence([bet({ result: null, close: null })])).toMatchObject({ settled: 0, closed: 0, stakes: 1, timed: 1 });
    expect(resultOf('void', 'yes')).toBeNull();
    expect(resultOf('split', 'no')).toBe(5_000n);
  });
});

describe('parts', () => {
  test.each([
    [{ measure: 0.1, sample: 100 }, 0.5],
    [{ measure: 0.4, sample: 24 }, 0.75],
    [{ measure: -0.2, sample: 24 }, 0.25],
    [{ measure: 9, sample: 24 }, 1],
    [{ measure: 9, sample: 0 }, 0.5],
    [{ measure: 9, sample: 6 }, 0.8],
  ])('standing of %j on the scale of the win rate is %d', (measured, expected) => {
    expect(standing(measured, SCALES.win_rate)).toBeCloseTo(expected, 12);
  });

  test('bets on related markets count together only within an hour and a category', () => {
    const pair = (changes: Partial<Bet>) => scoreEvidence([bet(), bet({ marketId: 2n, ...changes })]);
    expect(pair({})).toMatchObject({ related: 2, together_most: 0.25 });
    expect(pair({}).together).toBeCloseTo(0.01, 12);
    expect(pair({ close: price(4_000n) }).together).toBe(0);
    expect(pair({ category: 'crypto' })).toMatchObject({ related: 0, together: 0 });
    expect(pair({ at: new Date(START + 3_600_001) })).toMatchObject({ related: 0 });
    expect(pair({ at: new Date(START + 3_600_000) })).toMatchObject({ related: 2 });
  });

  test('even stakes are consistent, and larger ones that win make sense of uneven ones', () => {
    const staked = (amounts: readonly number[], wins: (index: number) => boolean) =>
      scoreEvidence(
        amounts.map((amount, index) =>
          bet({ marketId: BigInt(index), amount: cents(BigInt(amount)), result: wins(index) ? FULL_PRICE : price(0n) }),
        ),
      );
    expect(staked([500, 500, 500], () => true)).toMatchObject({ consistency: 1, spikes: 0 });
    expect(staked([100, 100, 100, 600], () => true).spikes).toBe(1);
    const amounts = [100, 100, 100, 100, 900, 900, 900];
    const [right, wrong] = [staked(amounts, (index) => index > 3), staked(amounts, (index) => index < 4)];
    expect(right.staked_surprise).toBeGreaterThan(0);
    expect(scorePlayer(right).components.volume_pattern).toBeGreaterThan(scorePlayer(wrong).components.volume_pattern);
  });
});

describe('from rows to bets', () => {
  const at = new Date(START);
  test.each([
    ['yes', 5_300n, 1],
    ['yes', 4_700n, -1],
    ['no', 5_300n, -1],
    ['no', 4_700n, 1],
    ['yes', null, 0],
  ] as const)('a bet on %s before a move to %s', (outcome, movedTo, expected) => {
    const made = { outcome, mid: price(5_000n), movedTo: movedTo === null ? null : price(movedTo), at };
    expect(moveAfter(made, new Date(START + MOVE_WINDOW_MS))).toBe(expected);
    expect(moveAfter(made, new Date(START + MOVE_WINDOW_MS - 1))).toBeNull();
  });

  test('betting ended with whatever came first', () => {
    const [first, later] = [new Date(START), new Date(START + 1)];
    expect(bettingEnd({ resolution: 'yes', resolved_at: later, closed_at: first, end_at: later })).toEqual(first);
    expect(bettingEnd({ resolution: 'yes', resolved_at: null, closed_at: null, end_at: null })).toBeNull();
  });
});

describe('tiers and words', () => {
  const thresholds = { sharp: 60, restricted: 80 };
  test.each([
    [59, 'normal'],
    [60, 'sharp'],
    [79, 'sharp'],
    [80, 'restricted'],
    [100, 'restricted'],
  ])('a score of %i makes %s', (score, tier) => {
    expect(tierOfScore(score, thresholds)).toBe(tier);
  });

  test('the documented ranges', () => {
    expect(tierRanges(thresholds)).toEqual({ normal: { min: 0, max: 59 }, sharp: { min: 60, max: 79 }, restricted: { min: 80, max: 100 } });
  });

  test('the ranges and the tiers agree for every score and configuration', () => {
    const levels = fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }));
    fc.assert(
      fc.property(levels, fc.integer({ min: 0, max: 100 }), ([a, b], score) => {
        const limits = { sharp: Math.min(a, b), restricted: Math.max(a, b) };
        const { min, max } = tierRanges(limits)[tierOfScore(score, limits)];
        expect(score).toBeGreaterThanOrEqual(min);
        expect(score).toBeLessThanOrEqual(max);
      }),
    );
  });

  test('what stands out is flagged, and advice follows the score and whoever holds the tier', () => {
    const evidence = scoreEvidence(
      Array.from({ length: 120 }, (_, index) => bet({ marketId: BigInt(index), move: 1, close: price(9_900n) })),
    );
    const score = scorePlayer(evidence);
    expect(scoreFlags(evidence, score)).toEqual(
      expect.arrayContaining(['wins_beyond_prices', 'beats_closing_line', 'ahead_of_line_moves']),
    );
    const standingOf = (overridden: boolean) => ({ tier: 'normal' as const, overridden, thresholds, automatic: true });
    expect(scoreRecommendations(score, evidence, standingOf(true)).join(' ')).toMatch(/override/);
    expect(scoreRecommendations(scorePlayer(scoreEvidence([])), scoreEvidence([]), standingOf(false))).toEqual([]);
    expect(showComponents(evidence, score).win_rate).toMatchObject({ max: 25, value: 1, sample: 120 });
  });
});
