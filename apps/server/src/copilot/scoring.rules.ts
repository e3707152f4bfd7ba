/** The probability of a question by its words: the base rate of its kind, moved by decided questions that are like it. */
import { BASE_RATES } from './base-rates.rules.ts';
import { type KindName, kindOf, likeness, wordsOf } from './question.rules.ts';

export type Rates = Readonly<Record<KindName, readonly [yes: number, all: number]>>;
export type Decided = { words: ReadonlySet<string>; yes: boolean };
export type Comparable<D extends Decided> = D & { likeness: number };
export type Score<D extends Decided> = {
  probability: number;
  confidence: number;
  level: 'low' | 'medium' | 'high';
  reasons: string[];
  comparables: Comparable<D>[];
};

/** The first guess counts as this many questions of its kind, the base rate as this many that are wholly alike. */
const GUESS_WEIGHT = 30;
const RATE_WEIGHT = 8;
/** Half of the words in common, and never more than this many. */
const LEAST_LIKENESS = 0.5;
const MOST_COMPARABLES = 20;
/** Words alone never make sure. */
const [LEAST, MOST] = [0.01, 0.99];

const share = (value: number): string => `${Math.round(value * 100)}%`;
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** The most alike first. */
const comparablesOf = <D extends Decided>(question: string, decided: readonly D[]): Comparable<D>[] => {
  const words = wordsOf(question);
  return decided
    .map((one) => ({ ...one, likeness: likeness(words, one.words) }))
    .filter((one) => one.likeness >= LEAST_LIKENESS)
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, MOST_COMPARABLES);
};

export function scoreQuestion<D extends Decided>(question: string, decided: readonly D[], rates: Rates = BASE_RATES): Score<D> {
  const kind = kindOf(question);
  const [yes, all] = rates[kind.name];
  const rate = (yes + GUESS_WEIGHT * kind.prior) / (all + GUESS_WEIGHT);
  const comparables = comparablesOf(question, decided);
  const weight = comparables.reduce((sum, one) => sum + one.likeness, 0);
  const agreed = comparables.reduce((sum, one) => sum + (one.yes ? one.likeness : 0), 0);
  const probability = Math.min(MOST, Math.max(LEAST, (RATE_WEIGHT * rate + agreed) / (RATE_WEIGHT + weight)));
  const known = all / (all + GUESS_WEIGHT);
  const confidence = rounded(1 - (1 - known) * (RATE_WEIGHT / (RATE_WEIGHT + weight)));
  const counted = all > 0 ? `of ${all} recorded ones ${yes} ended with yes` : 'none is on record';
  const reasons = [
    `It asks for ${kind.words}: ${counted}. With a first guess of ${share(kind.prior)} that counts as ${GUESS_WEIGHT} more, the base rate is ${share(rate)}.`,
    comparables.length > 0
      ? `${comparables.length} decided markets here share at least half of its words; ${comparables.filter((one) => one.yes).length} ended with yes.`
      : 'No decided market here shares half of its words.',
    'It knows no news, no prices and not how far away the decision is.',
  ];
  return {
    probability: rounded(probability),
    confidence,
    level: confidence < 0.5 ? 'low' : confidence < 0.85 ? 'medium' : 'high',
    reasons,
    comparables,
  };
}
