/** The question itself: one, measurable, in words that have one meaning. */
import type { MarketDraft } from '@predictu/contract/shapes/market-draft';
import type { Finding, Severity } from './finding.rules.ts';

/** A word with more than one meaning, and what would have one. */
const AMBIGUOUS: readonly (readonly [RegExp, string])[] = [
  [/\bsoon\b|\bshortly\b|\bin the near future\b|\beventually\b|\bone day\b/i, 'a date'],
  [
    /\bsignificant(ly)?\b|\bsubstantial(ly)?\b|\bmassive(ly)?\b|\bhuge(ly)?\b|\bbig(gest)?\b|\bmajor\b|\bdramatic(ally)?\b/i,
    'a number and its unit',
  ],
  [/\baround\b(?! the)|\bapproximately\b|\babout \$?\d|\bnearly\b|\balmost\b|\broughly\b|\bcirca\b|~\s?\$?\d/i, 'an exact number'],
  [/\bsuccess(ful|fully)?\b|\bfail(ure|s|ed)?\b|\bflop\b|\bdo well\b|\bperform well\b/i, 'what would be counted as it'],
  [
    /\bpopular\b|\bfamous\b|\bviral\b|\btrending\b|\bgood\b|\bbad\b|\bgreat\b|\bbetter\b|\bworse\b|\bbest\b|\bworst\b|\bbeautiful\b/i,
    'a ranking or count that somebody publishes',
  ],
  [
    /\bcrash(es|ed)?\b|\bmoon\b|\bsoar(s|ed)?\b|\bplummet\b|\bsurge(s|d)?\b|\bcollapse(s|d)?\b|\brally\b|\bplunge(s|d)?\b/i,
    'a change in percent between two times',
  ],
  [/\blikely\b|\bprobably\b|\bmight\b|\bmaybe\b|\bpossibly\b/i, 'a plain statement'],
  [/\bmost (people|experts|fans)\b|\beveryone\b|\bexperts\b|\bpeople think\b|\bconsidered\b|\bregarded\b/i, 'who says so, and where'],
  [/\bnormal\b|\breasonable\b|\bfair(ly)?\b|\bexpected\b|\busual\b|\bserious(ly)?\b|\bserious\b/i, 'the measure that is meant'],
  [/\bset to\b|\bon track\b|\bplan(s|ning)? to\b|\bintend(s)? to\b|\btry\b|\battempt to\b/i, 'the act itself'],
];
const PRONOUN = /\b(he|she|they|him|her|them|it|this|that|these|those|the guy|the company|the team)\b/i;
const REFERS_BACK = /^(will|does|is|are|has|have|did|can)\s+(he|she|they|it|this|that|these|those|the company|the team)\b/i;
const TWO_EVENTS = /\b(and|or|and\/or|as well as)\b/i;
const TWO_VERBS =
  /\b(win|lose|resign|launch|release|announce|reach|hit|exceed|close|sign|leave|pass|beat|qualify|drop|fall|rise|buy|sell|fire|hire|invade|visit)\b.*\b(and|or)\b.*\b(win|lose|resign|launch|release|announce|reach|hit|exceed|close|sign|leave|pass|beat|qualify|drop|fall|rise|buy|sell|fire|hire|invade|visit)\b/i;
const NEGATED = /\bnot\b|n't\b|\bnever\b|\bfail to\b|\bwithout\b/i;
const OPEN_QUESTION = /^(who|what|which|when|where|why|how)\b/i;
const YES_NO = /^(will|does|do|is|are|has|have|had|did|can|could|should|would|was|were)\b/i;
const OPINION = /^(should|could|would|can|might)\b/i;
const HARM = /\b(assassinat|murder|kill(ed|s)?\b|suicide|die|dies|death of|terror attack|mass shooting|overdose)/i;
const SELF_DECIDED = /\b(i|we|my|our)\b/i;
const NUMBER_LINE =
  /\b(above|over|below|under|exceed|at least|more than|less than|reach|hit|cross)\s+(?:the )?([$€£]?\s?\d[\d.,]*)\s*([a-z%°$€£]+)?/i;
const UNIT_BEFORE = /[$€£]/;
const KNOWN_UNIT =
  /^(k|m|bn?|million|billion|thousand|trillion|%|percent|points?|goals?|usd|eur|gbp|dollars?|euros?|degrees?|°c?f?|celsius|fahrenheit|votes?|seats?|games?|sets?|runs?|views?|subscribers?|followers?|tweets?|posts?|bps|basis|users?|units?|cars?|tickets?|copies|km|miles?|minutes?|hours?|days?|years?|medals?|wins?|kills?|maps?|corners?|cards?|people|deaths?|cases|streams?|mm|cm|inches|barrels?|jobs)(?![a-z])/i;
const PRICED = /\b(bitcoin|btc|ethereum|eth|solana|sol|xrp|doge|gold|silver|oil|s&p|nasdaq|dow|dax|stock|share)\b/i;

const finding = (severity: Severity, rule: string, message: string, excerpt: string | null, text: string, question?: string): Finding => ({
  rule,
  severity,
  field: 'question',
  message,
  excerpt,
  fix: { text, patch: question === undefined ? null : { question } },
});

/** The form: there is one question, and it is answered by yes or no. */
function lintForm(question: string): Finding[] {
  if (question === '')
    return [finding('error', 'question_missing', 'There is no question.', null, 'Ask what will have happened until when.')];
  const found: Finding[] = [];
  if (OPEN_QUESTION.test(question))
    found.push(
      finding(
        'error',
        'question_open',
        'It cannot be answered by yes or no.',
        question.split(' ')[0] ?? null,
        'Name one answer and ask whether it will be that one; one market for each.',
      ),
    );
  else if (!YES_NO.test(question) && !/\bvs\.?\b/i.test(question))
    found.push(finding('warning', 'question_form', 'It is a statement, not a question.', null, 'Begin with “Will”.'));
  if ((question.match(/\?/g) ?? []).length > 1)
    found.push(finding('error', 'question_several', 'It asks more than once.', null, 'Make one market of each question.'));
  else if (!question.endsWith('?'))
    found.push(finding('note', 'question_mark', 'It has no question mark.', null, 'Add it.', `${question.replace(/[.!\s]+$/, '')}?`));
  if (OPINION.test(question))
    found.push(
      finding(
        'error',
        'question_opinion',
        'It asks for an opinion; nothing that happens can settle it.',
        question.split(' ')[0] ?? null,
        'Ask what will happen.',
        question.replace(OPINION, 'Will'),
      ),
    );
  return found;
}

/** What is asked: one event, seen from one side, that somebody can measure and nobody here decides. */
function lintEvent(question: string): Finding[] {
  const found: Finding[] = [];
  const joined = TWO_VERBS.exec(question);
  if (joined && TWO_EVENTS.test(joined[0]))
    found.push(
      finding(
        'error',
        'question_joined',
        'Two events are joined: one may happen without the other.',
        joined[0],
        'Ask for one of them, or say in the outcomes that both have to happen.',
      ),
    );
  if (REFERS_BACK.test(question))
    found.push(
      finding(
        'error',
        'subject_unnamed',
        'Nobody knows who or what is meant.',
        PRONOUN.exec(question)?.[0] ?? null,
        'Name the person, team or thing in full.',
      ),
    );
  const negated = NEGATED.exec(question);
  if (negated && YES_NO.test(question))
    found.push(
      finding(
        'warning',
        'question_negated',
        '“Yes” would mean that something does not happen; players read past it.',
        negated[0],
        'Ask for the event itself and swap the outcomes.',
      ),
    );
  const harm = HARM.exec(question);
  if (harm)
    found.push(
      finding(
        'error',
        'subject_harm',
        'A market on harm to people rewards it, and most licences forbid it.',
        harm[0],
        'Choose another question.',
      ),
    );
  const self = SELF_DECIDED.exec(question);
  if (self) found.push(finding('error', 'self_decided', 'Whoever asks can decide it.', self[0], 'Ask about something outside your hands.'));
  return found;
}

/** A line without a unit is no line. */
function lintMeasure(question: string): Finding[] {
  const [excerpt, , number = '', unit] = NUMBER_LINE.exec(question) ?? [];
  if (excerpt === undefined || UNIT_BEFORE.test(number) || (unit !== undefined && KNOWN_UNIT.test(unit) && !/^(k|m|bn?)$/i.test(unit)))
    return [];
  const dollars = PRICED.test(question) ? question.replace(number, `$${number.trim()}`) : undefined;
  if (dollars === undefined && unit !== undefined && !/^(k|m|bn?|by|on|in|at|before|until|during|this)$/i.test(unit)) return [];
  const text = dollars === undefined ? 'Write what is counted: dollars, percent, goals.' : 'Take US dollars.';
  return [finding(dollars === undefined ? 'error' : 'warning', 'unit_missing', 'The number has no unit.', excerpt.trim(), text, dollars)];
}

const NAMED_TOPIC = /[A-Z][a-zA-Z]+|\b[A-Z]{2,}\b/;

export function lintQuestion({ question, outcomes }: MarketDraft): Finding[] {
  const form = lintForm(question);
  if (question === '') return [...form, ...lintOutcomes(outcomes)];
  const ambiguous = AMBIGUOUS.flatMap(([pattern, instead]): Finding[] => {
    const word = pattern.exec(question)?.[0];
    // Where the outcomes say what the word means, it has one meaning.
    if (!word || outcomes.yes.toLowerCase().includes(`“${word.toLowerCase()}” means`)) return [];
    return [
      finding(
        'error',
        'term_ambiguous',
        `“${word}” means different things to different players.`,
        word,
        `Write ${instead} in its place, or define it in the outcomes: “${word}” means …`,
      ),
    ];
  });
  const unnamed =
    NAMED_TOPIC.test(question.slice(1)) || /\d/.test(question)
      ? []
      : [finding('warning', 'subject_vague', 'It names nobody and nothing in particular.', null, 'Name the person, team, asset or event.')];
  return [...form, ...lintEvent(question), ...ambiguous, ...lintMeasure(question), ...unnamed, ...lintOutcomes(outcomes)];
}

function lintOutcomes({ yes, no }: MarketDraft['outcomes']): Finding[] {
  const missing = (['yes', 'no'] as const).filter((side) => (side === 'yes' ? yes : no) === '');
  const found = missing.map(
    (side): Finding => ({
      rule: 'outcome_undefined',
      severity: side === 'yes' ? 'error' : 'warning',
      field: `outcomes.${side}`,
      message: `Nothing says what has to have happened for “${side}”.`,
      excerpt: null,
      fix:
        side === 'no'
          ? { text: '“No” is everything else.', patch: { outcomes: { yes, no: 'In every other case.' } } }
          : { text: 'Write the event with its number, place and time.', patch: null },
    }),
  );
  if (yes !== '' && yes.toLowerCase() === no.toLowerCase())
    found.push({
      rule: 'outcomes_alike',
      severity: 'error',
      field: 'outcomes.no',
      message: 'Both outcomes say the same.',
      excerpt: no,
      fix: { text: '“No” is everything else.', patch: { outcomes: { yes, no: 'In every other case.' } } },
    });
  return found;
}
