/** How good the scores are, on recorded markets the base rates were not counted from: each test set is later than what was counted. */
import { expect, test } from 'vitest';
import { countKinds, hasRecordedQuestions, type RecordedQuestion, recordedQuestions } from '../../test/recorded-questions.ts';
import { BASE_RATES } from './base-rates.rules.ts';
import { metricsOf } from './metrics.rules.ts';
import { wordsOf } from './question.rules.ts';
import { scoreQuestion } from './scoring.rules.ts';

const SPRING = new Date('2026-04-20T00:00:00Z');
const SUMMER = new Date('2026-06-01T00:00:00Z');
if (!hasRecordedQuestions) process.stdout.write('skipped: scoring evaluation, no recorded data\n');

type Known = { words: ReadonlySet<string>; yes: boolean };
/** Those that share at least half of the words of a question: no other can be half like it. */
function candidates(known: readonly Known[]): (question: string) => Known[] {
  const byWord = new Map<string, Known[]>();
  for (const one of known)
    for (const word of one.words) {
      const list = byWord.get(word);
      if (list) list.push(one);
      else byWord.set(word, [one]);
    }
  return (question) => {
    const words = wordsOf(question);
    const common = new Map<Known, number>();
    for (const word of words) for (const one of byWord.get(word) ?? []) common.set(one, (common.get(one) ?? 0) + 1);
    return [...common].filter(([, count]) => 2 * count >= words.size).map(([one]) => one);
  };
}

/** Scores what was decided in `[from, to)` by what was decided before `from`, and nothing else. */
function evaluate(questions: readonly RecordedQuestion[], from: Date, to: Date) {
  const rates = countKinds(questions, from);
  const known = questions.filter(({ decidedAt }) => decidedAt < from).map(({ question, yes }) => ({ words: wordsOf(question), yes }));
  const among = candidates(known);
  const asked = questions.filter(({ decidedAt }) => decidedAt >= from && decidedAt < to);
  const outcomes = asked.map(({ question, yes, firstMid }) => ({
    probability: scoreQuestion(question, among(question), rates).probability,
    marketPrice: firstMid,
    yes,
  }));
  const rate = known.filter(({ yes }) => yes).length / known.length;
  const constant = asked.reduce((sum, { yes }) => sum + (rate - (yes ? 1 : 0)) ** 2, 0) / asked.length;
  return { ...metricsOf(outcomes), constant };
}

test.skipIf(!hasRecordedQuestions)(
  'better than one half at creation time, on two later periods, and the market beside it',
  { timeout: 120_000 },
  () => {
    const questions = recordedQuestions();
    expect(countKinds(questions, SUMMER)).toEqual(BASE_RATES);
    const spring = evaluate(questions, SPRING, SUMMER);
    const summer = evaluate(questions, SUMMER, new Date('2027-01-01T00:00:00Z'));
    process.stdout.write(
      [spring, summer]
        .map(
          ({ count, brier, hitRate, constant, marketCount, marketBrier, roi, marketRoi, calibration }) =>
            `scoring: ${count} questions, Brier ${brier}, always the mean ${Math.round(constant * 10_000) / 10_000}, hits ${hitRate}; market ${marketBrier} of ${marketCount}, roi ${roi} against ${marketRoi}\n  ${calibration
              .filter(({ count: n }) => n > 0)
              .map(({ from, count: n, meanProbability, shareYes }) => `${from}+ ${n}: said ${meanProbability}, was ${shareYes}`)
              .join('; ')}\n`,
        )
        .join(''),
    );
    for (const { count, brier, constant } of [spring, summer]) {
      expect(count).toBeGreaterThan(1_000);
      expect(brier).toBeLessThan(0.25);
      expect(brier).toBeLessThan(constant);
    }
    expect(spring.brier).toBeLessThan(0.13);
    expect(summer.brier).toBeLessThan(0.22);
    // No false claim: where a market had a price, it knew more than the words do.
    expect(summer.marketBrier).toBeLessThan(summer.brier ?? 0);
  },
);
