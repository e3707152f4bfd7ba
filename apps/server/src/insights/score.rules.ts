/**
 * The score of a player, 0 (recreational) to 100 (sharp), out of the evidence of its bets. docs/scoring.md has the sources and a worked
 * example of each part. One formula for all five:
 *
 *   part = max x (1/2 + weight x deviation) within [0, max],  weight = sample / (sample + prior),
 *   deviation = (measure - middle) / (2 x span) within [-1.5, 1.5]
 *
 * Without evidence a part is half its maximum, and no evidence moves it further from there than its weight allows.
 */
import type { ScoreEvidence } from './score-evidence.rules.ts';

export const COMPONENTS = ['win_rate', 'edge_detection', 'timing', 'volume_pattern', 'correlation'] as const;
export type ComponentName = (typeof COMPONENTS)[number];
/** Documented maxima; they add up to 100. */
export const MAXIMA: Record<ComponentName, number> = { win_rate: 25, edge_detection: 25, timing: 20, volume_pattern: 15, correlation: 15 };

export type Scale = {
  /** The measure that scores half. */
  middle: number;
  /** How far above the middle the full maximum is reached, and below it zero. */
  span: number;
  /** The sample that has half the say. */
  prior: number;
};
export const SCALES: Record<ComponentName, Scale> = {
  win_rate: { middle: 0.1, span: 0.3, prior: 24 },
  edge_detection: { middle: 0.08, span: 0.25, prior: 24 },
  timing: { middle: 0.05, span: 0.1, prior: 20 },
  volume_pattern: { middle: 0.85, span: 0.3, prior: 30 },
  correlation: { middle: 0.04, span: 0.12, prior: 20 },
};

/** What is measured, on how much. */
export type Measured = { measure: number; sample: number };

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** The measure of each part: log-odds, log-odds, net share, sense of the stakes, correlation. */
export function measure(name: ComponentName, evidence: ScoreEvidence): Measured {
  switch (name) {
    case 'win_rate':
      return { measure: ratio(evidence.surprise, evidence.information), sample: evidence.information };
    case 'edge_detection':
      return { measure: ratio(evidence.closing_gain, evidence.closing_information), sample: evidence.closing_information };
    case 'timing':
      return { measure: ratio(evidence.before_gain - evidence.before_loss, evidence.timed), sample: evidence.timed_outcomes };
    case 'volume_pattern':
      return { measure: stakingSense(evidence), sample: evidence.stakes };
    case 'correlation':
      return { measure: ratio(evidence.together, evidence.together_most), sample: evidence.related };
  }
}

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** An extreme measure counts as three times the span at most, so a third of the full weight is needed for a full part. */
const MOST_DEVIATION = 1.5;

/** How much of its maximum a part gets, 0 to 1. */
export function standing({ measure: value, sample }: Measured, { middle, span, prior }: Scale): number {
  const deviation = within((value - middle) / (2 * span), -MOST_DEVIATION, MOST_DEVIATION);
  return within(0.5 + (sample / (sample + prior)) * deviation, 0, 1);
}

/** Staking is judged by its evenness, and what is uneven about it by whether the larger stakes were the right ones. */
const STAKED: Scale = { middle: 0, span: 0.4, prior: 4 };
const stakingSense = ({ consistency, staked_surprise: surprise, staked_information: sample }: ScoreEvidence): number =>
  consistency + (1 - consistency) * standing({ measure: surprise, sample }, STAKED);

export type PlayerScore = { score: number; components: Record<ComponentName, number> };

/** Sums of floats in another order may differ in the last bits: whoever is that close to the next whole number has reached it. */
const TOLERANCE = 1e-9;

/** Whole parts that add up to the whole score: each rounded down, what is missing given to those that lost most, in their order. */
export function scorePlayer(evidence: ScoreEvidence): PlayerScore {
  const exact = COMPONENTS.map((name) => ({ name, points: MAXIMA[name] * standing(measure(name, evidence), SCALES[name]) }));
  const score = Math.floor(exact.reduce((total, { points }) => total + points, 0) + 0.5 + TOLERANCE);
  const components = Object.fromEntries(
    exact.map(({ name, points }) => [name, Math.floor(points + TOLERANCE)]),
  ) as PlayerScore['components'];
  const missing = score - COMPONENTS.reduce((total, name) => total + components[name], 0);
  const byLoss = [...exact].sort((a, b) => b.points - components[b.name] - (a.points - components[a.name]));
  for (const { name } of byLoss.slice(0, missing)) components[name] += 1;
  return { score, components };
}

export type Thresholds = { sharp: number; restricted: number };
export type ScoreTier = 'normal' | 'sharp' | 'restricted';

/** The tier a score makes; equal to a threshold reaches it. A ban is never made by a score. */
export const tierOfScore = (score: number, { sharp, restricted }: Thresholds): ScoreTier =>
  score >= restricted ? 'restricted' : score >= sharp ? 'sharp' : 'normal';

/** Whole scores of each tier, both ends included. */
export function tierRanges({ sharp, restricted }: Thresholds): Record<ScoreTier, { min: number; max: number }> {
  const [first, second] = [Math.ceil(sharp), Math.ceil(restricted)];
  return { normal: { min: 0, max: first - 1 }, sharp: { min: first, max: second - 1 }, restricted: { min: second, max: 100 } };
}
