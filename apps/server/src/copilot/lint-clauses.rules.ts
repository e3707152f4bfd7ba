/** What happens when it ends level, later, or not at all; and the line itself. */
import type { MarketDraft } from '@predictu/contract/shapes/market-draft';
import type { Finding } from './finding.rules.ts';

const LINE = /\b(above|over|below|under|exceed|higher than|lower than|more than|less than|greater than|fewer than)\b|[<>]/i;
const CONTEST = /\bvs\.?\b|\bwin\b|\bwinner\b|\bbeat\b|\bdefeat\b|\bmost\b|\btop\b|\bhighest\b|\bfirst\b|\bbest\b|\belection\b|\bfinish\b/i;
const SCHEDULED =
  /\bvs\.?\b|\bwin\b|\bmatch\b|\bgame\b|\bfinal\b|\bfight\b|\brace\b|\belection\b|\bvote\b|\bceremony\b|\baward|\bcup\b|\bleague\b|\bgrand prix\b|\btournament\b|\blaunch|\brelease|\bmeeting\b|\bdebate\b|\bconcert\b|\bshow\b|\bepisode\b/i;

/** Written to be taken as they are. */
export const CLAUSES = {
  tie: 'If the result is a tie, or the number is exactly the one named, the market resolves to No.',
  sharedWin: 'If the first place is shared, the market resolves to Yes for everybody who shares it.',
  postponement:
    'If the event is postponed and takes place within 7 days of its scheduled time, the market stays open and its result counts. If it is postponed further or without a date, the market is cancelled.',
  cancellation:
    'If the event is cancelled or the source stops publishing for good, the market is cancelled and every stake still held is returned at its cost.',
} as const;

const isLine = ({ question }: MarketDraft): boolean => LINE.test(question);
/** What the missing clause would say for this question. */
export const tieClauseFor = (draft: MarketDraft): string =>
  !isLine(draft) && /\bmost\b|\btop\b|\bhighest\b|\bfirst\b/i.test(draft.question) ? CLAUSES.sharedWin : CLAUSES.tie;

function lintTie(draft: MarketDraft): Finding[] {
  const { question, clauses } = draft;
  if (clauses.tie !== '' || question === '') return [];
  const line = isLine(draft);
  if (!line && !CONTEST.test(question)) return [];
  return [
    {
      rule: line ? 'boundary_missing' : 'tie_missing',
      severity: 'error',
      field: 'clauses.tie',
      message: line
        ? 'Nothing says what happens when the number is exactly the one named.'
        : 'Nothing says what a tie or a shared place means.',
      excerpt: (line ? LINE : CONTEST).exec(question)?.[0] ?? null,
      fix: { text: `Take: ${tieClauseFor(draft)}`, patch: { clauses: { ...clauses, tie: tieClauseFor(draft) } } },
    },
  ];
}

function lintPostponement({ question, clauses }: MarketDraft): Finding[] {
  if (clauses.postponement !== '' || question === '') return [];
  const scheduled = SCHEDULED.exec(question)?.[0] ?? null;
  return [
    {
      rule: 'postponement_missing',
      severity: scheduled === null ? 'warning' : 'error',
      field: 'clauses.postponement',
      message: 'Nothing says what happens when it takes place later than planned.',
      excerpt: scheduled,
      fix: { text: `Take: ${CLAUSES.postponement}`, patch: { clauses: { ...clauses, postponement: CLAUSES.postponement } } },
    },
  ];
}

function lintCancellation({ question, clauses }: MarketDraft): Finding[] {
  if (clauses.cancellation !== '' || question === '') return [];
  return [
    {
      rule: 'cancellation_missing',
      severity: 'error',
      field: 'clauses.cancellation',
      message: 'Nothing says what happens when it does not take place or the source falls silent.',
      excerpt: null,
      fix: { text: `Take: ${CLAUSES.cancellation}`, patch: { clauses: { ...clauses, cancellation: CLAUSES.cancellation } } },
    },
  ];
}

const UNDECIDED = /\b(at our discretion|we decide|operator decides|house decides|as we see fit|sole discretion)\b/i;
const lintDiscretion = (draft: MarketDraft): Finding[] =>
  (['tie', 'postponement', 'cancellation'] as const).flatMap((name): Finding[] => {
    const word = UNDECIDED.exec(draft.clauses[name])?.[0];
    if (word === undefined) return [];
    const text = 'Write the rule itself: players must be able to work the result out without asking.';
    return [
      {
        rule: 'clause_discretion',
        severity: 'error',
        field: `clauses.${name}`,
        message: 'The clause decides nothing.',
        excerpt: word,
        fix: { text, patch: null },
      },
    ];
  });

export const lintClauses = (draft: MarketDraft): Finding[] => [
  ...lintTie(draft),
  ...lintPostponement(draft),
  ...lintCancellation(draft),
  ...lintDiscretion(draft),
];
