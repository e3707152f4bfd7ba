import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calibrationOf, metricsOf, verdictOf } from './metrics.rules.ts';
import { KINDS, kindOf, likeness, wordsOf } from './question.rules.ts';
import { scoreQuestion } from './scoring.rules.ts';

test.each([
  ['Houston Astros vs. Cincinnati Reds', 'head_to_head'],
  ['Will Spain win against France on July 19?', 'match'],
  ['Will the match Henan vs Qingdao end in a draw?', 'draw'],
  ['Corentin Moutet vs. Pablo Llamas Ruiz: Total Sets O/U 2.5', 'over_under'],
  ['Will the Memphis Grizzlies win the NBA Western Conference Finals?', 'tournament'],
  ['Portland Classic Winner', 'winner'],
  ['Will Gold close between $4,000 and $4,100?', 'range'],
  ['Will the 2025-26 season begin in Paris?', 'other'],
  ['Katana FDV above $1B one day after launch?', 'valuation'],
  ['Will Bitcoin hit $150k?', 'touches'],
  ['Will Lyon place 2nd for the 2025-26 Ligue 1 season?', 'leader'],
])('%s is about %s', (question, kind) => {
  expect(kindOf(question).name).toBe(kind);
});

test('every kind has its prior strictly between 0 and 1, and the last takes everything', () => {
  for (const { prior } of KINDS) expect(prior > 0 && prior < 1).toBe(true);
  expect(KINDS.at(-1)?.is('')).toBe(true);
});

test('likeness is 1 of itself, symmetric, and between 0 and 1', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const [a, b] = [wordsOf(one), wordsOf(other)];
      expect(likeness(a, b)).toBe(likeness(b, a));
      expect(likeness(a, b)).toBeGreaterThanOrEqual(0);
      expect(likeness(a, b)).toBeLessThanOrEqual(1);
      if (a.size > 0) expect(likeness(a, a)).toBe(1);
    }),
  );
});

test('years, months and numbers of two questions count as the same word', () => {
  expect(likeness(wordsOf('Bitcoin above $100,000 in May 2026?'), wordsOf('Bitcoin above $150,000 in June 2027?'))).toBe(1);
});

const decided = (title: string, yes: boolean) => ({ words: wordsOf(title), yes });

test('questions that are alike pull the score to how they ended, and make it surer', () => {
  const question = 'Will Example FC qualify for the Champions League?';
  const alone = scoreQuestion(question, []);
  const alike = Array.from({ length: 6 }, () => decided(question, true));
  const pulled = scoreQuestion(question, alike);
  expect(pulled.probability).toBeGreaterThan(alone.probability);
  expect(pulled.confidence).toBeGreaterThan(alone.confidence);
  expect(pulled.comparables).toHaveLength(6);
  expect(scoreQuestion(question, [decided('Will it rain in Oslo?', true)]).probability).toBe(alone.probability);
});

test('a score is a probability and never sure; one more yes never lowers it', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.tuple(fc.string(), fc.boolean()), { maxLength: 10 }), (question, rows) => {
      const list = rows.map(([title, yes]) => decided(title, yes));
      const { probability, confidence } = scoreQuestion(question, list);
      expect(probability).toBeGreaterThanOrEqual(0.01);
      expect(probability).toBeLessThanOrEqual(0.99);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(scoreQuestion(question, [...list, decided(question, true)]).probability).toBeGreaterThanOrEqual(probability);
    }),
  );
});

test('Brier, hits and returns of four questions, by hand', () => {
  const metrics = metricsOf([
    { probability: 0.8, marketPrice: 0.5, yes: true },
    { probability: 0.3, marketPrice: 0.4, yes: false },
    { probability: 0.6, marketPrice: 0.6, yes: false },
    { probability: 0.5, marketPrice: null, yes: true },
  ]);
  // (0.04 + 0.09 + 0.36 + 0.25) / 4; of the three with a price: 0.49 / 3 and (0.25 + 0.16 + 0.36) / 3.
  expect(metrics).toMatchObject({ count: 4, brier: 0.185, marketCount: 3, brierWherePriced: 0.1633, marketBrier: 0.2567 });
  // Right, right, wrong, half; the market is at one half once.
  expect(metrics).toMatchObject({ hitRate: 0.625, marketHitRate: 0.5 });
  // $1 on yes at 0.5 returns 1, $1 on no at 0.6 returns 2/3, the third stakes nothing.
  expect(metrics.roi).toBeCloseTo((1 + 2 / 3) / 2, 3);
  // The favourite: yes at 0.5 +1, no at 0.6 +2/3, yes at 0.6 -1.
  expect(metrics.marketRoi).toBeCloseTo((1 + 2 / 3 - 1) / 3, 3);
  expect(metrics.roiDelta).toBeCloseTo(0.8333 - 0.2222, 3);
});

test('nothing is measured of nothing, and little is not compared', () => {
  expect(metricsOf([])).toMatchObject({ count: 0, brier: null, roi: null, roiDelta: null });
  expect(verdictOf(metricsOf([]))).toMatch(/too few/);
  const many = (probability: number, marketPrice: number) =>
    metricsOf(Array.from({ length: 40 }, () => ({ probability, marketPrice, yes: true })));
  expect(verdictOf(many(0.9, 0.6))).toMatch(/score has been the better/);
  expect(verdictOf(many(0.6, 0.9))).toMatch(/market has been the better/);
  expect(verdictOf(many(0.6, 0.6))).toMatch(/equally good/);
});

test('every question is in one bin of the calibration', () => {
  const outcome = fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), marketPrice: fc.constant(null), yes: fc.boolean() });
  fc.assert(
    fc.property(fc.array(outcome), (outcomes) => {
      const bins = calibrationOf(outcomes);
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(outcomes.length);
      for (const { count, meanProbability, from, to } of bins)
        if (count > 0) expect((meanProbability ?? -1) >= from - 0.0001 && (meanProbability ?? 2) <= to + 0.0001).toBe(true);
    }),
  );
});
