/** A status is a shape, a word, and then a colour: never the colour alone. */
import { formatWords } from '../format/words.ts';

const SHAPES = {
  full: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  half: (
    <>
      <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" />
      <path d="M5 1a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  quarter: (
    <>
      <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" />
      <path d="M5 5V1a4 4 0 0 1 4 4z" fill="currentColor" />
    </>
  ),
  open: <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" />,
  waiting: <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeDasharray="2 1.6" />,
  triangle: <path d="M5 .8 9.6 9H.4z" fill="currentColor" />,
  square: <rect x="1.2" y="1.2" width="7.6" height="7.6" fill="currentColor" />,
  diamond: <path d="M5 .6 9.4 5 5 9.4.6 5z" fill="currentColor" />,
} as const;
export type Shape = keyof typeof SHAPES;
export type Tone = 'ok' | 'warn' | 'danger' | 'ink-2' | 'ink-3';

/** The documented states of every noun. */
const STATES: Record<string, readonly [Shape, Tone]> = {
  live: ['full', 'ok'],
  active: ['full', 'ok'],
  completed: ['full', 'ok'],
  paid: ['full', 'ok'],
  clear: ['full', 'ok'],
  ok: ['full', 'ok'],
  normal: ['full', 'ok'],
  filled: ['full', 'ok'],
  confirmed: ['full', 'ok'],
  verified: ['full', 'ok'],
  delivered: ['full', 'ok'],
  healthy: ['full', 'ok'],
  green: ['full', 'ok'],
  low: ['full', 'ok'],
  settled: ['full', 'ink-2'],
  resolved: ['full', 'ink-2'],
  closed: ['full', 'ink-2'],
  testing: ['half', 'ink-2'],
  processing: ['half', 'ink-2'],
  pending: ['half', 'ink-2'],
  in_progress: ['half', 'ink-2'],
  configuring: ['quarter', 'ink-2'],
  onboarding: ['quarter', 'ink-2'],
  draft: ['quarter', 'ink-2'],
  trial: ['quarter', 'ink-2'],
  in_review: ['half', 'ink-2'],
  approved: ['waiting', 'ink-2'],
  provisioned: ['full', 'ok'],
  needs_information: ['waiting', 'warn'],
  rejected: ['square', 'ink-3'],
  spam: ['square', 'ink-3'],
  armed: ['open', 'ink-2'],
  sent: ['open', 'ink-2'],
  open: ['open', 'ink-2'],
  inactive: ['open', 'ink-3'],
  disarmed: ['open', 'ink-3'],
  waiting: ['waiting', 'ink-2'],
  queued: ['waiting', 'ink-2'],
  unverified: ['waiting', 'ink-2'],
  unknown: ['waiting', 'warn'],
  yellow: ['triangle', 'warn'],
  medium: ['triangle', 'warn'],
  elevated: ['triangle', 'warn'],
  watch: ['triangle', 'warn'],
  warning: ['triangle', 'warn'],
  held: ['triangle', 'warn'],
  paused: ['triangle', 'warn'],
  degraded: ['triangle', 'warn'],
  cooldown: ['triangle', 'warn'],
  proposed: ['half', 'warn'],
  tripped: ['square', 'danger'],
  failed: ['square', 'danger'],
  suspended: ['square', 'danger'],
  overdue: ['square', 'danger'],
  banned: ['square', 'danger'],
  high: ['square', 'danger'],
  critical: ['square', 'danger'],
  red: ['square', 'danger'],
  cancelled: ['square', 'ink-3'],
  void: ['square', 'ink-3'],
  down: ['square', 'danger'],
  sharp: ['diamond', 'warn'],
  restricted: ['diamond', 'danger'],
};

export function ShapeMark({ shape, tone, size = 10 }: { shape: Shape; tone: Tone; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 10 10" style={{ color: `var(--${tone})` }} aria-hidden="true">
      {SHAPES[shape]}
    </svg>
  );
}

/** A documented status; `words` where the screen says it differently. */
export function Status({ value, words }: { value: string; words?: string }) {
  const [shape, tone] = STATES[value] ?? ['open', 'ink-2'];
  return (
    <span className="status">
      <ShapeMark shape={shape} tone={tone} />
      {words ?? formatWords(value)}
    </span>
  );
}

/** The side of a market: blue or ember, and always the word. */
export const OutcomeTag = ({ outcome }: { outcome: string }) => <span className={`tag ${outcome}`}>{formatWords(outcome)}</span>;
