/** A score in words: the value and sentence of each part, flags that name what stands out, and what a person might do. */
import { COMPONENTS, type ComponentName, MAXIMA, measure, type PlayerScore, SCALES, type Thresholds, tierOfScore } from './score.rules.ts';
import type { ScoreEvidence } from './score-evidence.rules.ts';

export type ShownComponent = { score: number; max: number; value: number | null; detail: string; sample: number };

const share = (part: number, whole: number): number | null => (whole > 0 ? Math.round((part / whole) * 10_000) / 10_000 : null);
const percent = (value: number | null): string => (value === null ? 'none' : `${Math.round(value * 1_000) / 10}%`);
const points = (value: number): string => `${value >= 0 ? '+' : ''}${Math.round(value * 1_000) / 10} points`;

/** How a part stands against its own scale, whatever its sample. */
function strength(name: ComponentName, evidence: ScoreEvidence): 'minimal' | 'slight' | 'marked' | 'strong' {
  const { middle, span } = SCALES[name];
  const position = 0.5 + (measure(name, evidence).measure - middle) / (2 * span);
  return position < 0.4 ? 'minimal' : position < 0.6 ? 'slight' : position < 0.9 ? 'marked' : 'strong';
}

type Words = { value: number | null; detail: string; sample: number };
const NOTHING_SETTLED = 'No settled bets yet';

const WORDS: Record<ComponentName, (evidence: ScoreEvidence) => Words> = {
  win_rate(evidence) {
    const { settled, won, implied } = evidence;
    const value = share(won, settled);
    const detail = `Win rate ${percent(value)} - the prices paid implied ${percent(share(implied, settled))}, ${strength('win_rate', evidence)} surprise`;
    return { value, detail: settled === 0 ? NOTHING_SETTLED : detail, sample: settled };
  },
  edge_detection(evidence) {
    const { closed, closing_gain: gain } = evidence;
    const value = share(gain, closed);
    const detail = `Avg CLV edge ${points(value ?? 0)} - ${strength('edge_detection', evidence)}`;
    return { value, detail: closed === 0 ? 'No settled bets with a closing line yet' : detail, sample: closed };
  },
  timing({ timed, before_gain: gain, before_loss: loss }) {
    const value = share(gain, timed);
    const detail = `${percent(value)} of bets placed within 5min of line movement in their favour, ${percent(share(loss, timed))} against`;
    return { value, detail: timed === 0 ? 'No bets with a line to watch yet' : detail, sample: timed };
  },
  volume_pattern(evidence) {
    const { stakes, consistency, spikes } = evidence;
    const value = stakes > 0 ? share(measure('volume_pattern', evidence).measure, 1) : null;
    const sizing = consistency >= 0.7 ? 'Consistent' : consistency >= 0.45 ? 'Varying' : 'Erratic';
    const detail = `${sizing} sizing, ${spikes === 0 ? 'no spike patterns' : `${spikes} ${spikes === 1 ? 'stake' : 'stakes'} above five times the median`}`;
    return { value, detail: stakes === 0 ? 'No bets yet' : detail, sample: stakes };
  },
  correlation(evidence) {
    const { related, together, together_most: most } = evidence;
    const value = share(together, most);
    const level = { minimal: 'Low', slight: 'Some', marked: 'Marked', strong: 'High' }[strength('correlation', evidence)];
    return {
      value,
      detail: related === 0 ? 'No bets on related markets together yet' : `${level} cross-market correlation (${value})`,
      sample: related,
    };
  },
};

/** The five parts as shown: documented fields, and `sample`, how many bets each speaks of. */
export const showComponents = (evidence: ScoreEvidence, { components }: PlayerScore): Record<ComponentName, ShownComponent> =>
  Object.fromEntries(COMPONENTS.map((name) => [name, { score: components[name], max: MAXIMA[name], ...WORDS[name](evidence) }])) as Record<
    ComponentName,
    ShownComponent
  >;

/** Settled outcomes below which a score says little. */
const SMALL_SAMPLE = 30;
const FLAGS: Record<ComponentName, string> = {
  win_rate: 'wins_beyond_prices',
  edge_detection: 'beats_closing_line',
  timing: 'ahead_of_line_moves',
  volume_pattern: 'uniform_stakes',
  correlation: 'related_bets_win_together',
};
/** A part that stands this high, of its maximum, stands out. */
const STANDS_OUT = 0.8;

/** What stands out, in words that programs can compare. */
export function scoreFlags(evidence: ScoreEvidence, { components }: PlayerScore): string[] {
  const flags = COMPONENTS.filter((name) => components[name] >= STANDS_OUT * MAXIMA[name]).map((name) => FLAGS[name]);
  if (evidence.stakes >= SMALL_SAMPLE && evidence.spikes > 0.02 * evidence.stakes) flags.push('stake_spikes');
  if (evidence.stakes > 0 && evidence.settled < SMALL_SAMPLE) flags.push('small_sample');
  return flags;
}

export type Standing = {
  tier: 'normal' | 'sharp' | 'restricted' | 'banned';
  overridden: boolean;
  thresholds: Thresholds;
  automatic: boolean;
};
/** A score this close below a threshold is worth a look. */
const NEAR = 5;

/** What a person might do about the player; empty when the score asks for nothing. */
export function scoreRecommendations({ score }: PlayerScore, evidence: ScoreEvidence, standing: Standing): string[] {
  const { tier, overridden, thresholds, automatic } = standing;
  const scored = tierOfScore(score, thresholds);
  const advice: string[] = [];
  if (tier === 'banned') {
    if (scored === 'normal') advice.push('The score no longer speaks for the ban: review it.');
    return advice;
  }
  if (scored !== tier) {
    if (overridden) advice.push(`The override holds the tier ${tier}; the score makes ${scored}: confirm or release the override.`);
    else if (!automatic) advice.push(`Sharp detection is off: the tier stays ${tier}, the score makes ${scored}.`);
  }
  if (scored === 'restricted') advice.push('Keep the restricted limits, and review the latest bets for a common source of information.');
  else if (scored === 'sharp') advice.push('Consider a lower maximum bet; the spread is already wider for this score.');
  else if (score >= thresholds.sharp - NEAR) advice.push('Close to the sharp threshold: look again after the next settlements.');
  if (scored !== 'normal' && evidence.settled < SMALL_SAMPLE) advice.push(`Only ${evidence.settled} settled outcomes: treat with care.`);
  return advice;
}

/** Why a score made a tier, as a sentence with its numbers. */
export function tierReason({ score, components }: PlayerScore, { sharp, restricted }: Thresholds): string {
  const parts = COMPONENTS.map((name) => `${name.replaceAll('_', ' ')} ${components[name]} of ${MAXIMA[name]}`).join(', ');
  return `Score ${score} (sharp from ${sharp}, restricted from ${restricted}): ${parts}`;
}
