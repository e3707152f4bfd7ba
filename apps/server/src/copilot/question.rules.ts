/** What the words of a question tell before anything has happened: its kind, and how like another question it is. */

const VERSUS = /\bvs\.?\b|\bversus\b/;
const MATCH = /\bwin (against|on \d|in the upcoming|the match|the game)|who will win in|\bbeat\b|\bdefeat\b/;
const TOURNAMENT = /\bwin (the )?.*(league|cup|championship|tournament|open\b|trophy|title|finals?|series|masters|grand prix|bowl)/;
const LEADER =
  /\b(place|finish|come in) (in )?(the )?(top|last|\d|first|second|third)|\b\d(st|nd|rd|th)\b.*\b(place|pick|most)\b|standings|\bmost\b|\btop (batter|bowler|scorer|goalscorer|song|artist|movie|album)|#1|\bnumber one\b/;
const RANGE = /\bbetween\b|\b(?!20\d\d[-–])\d[\d.,]*[kmb%°]?\s?[-–]\s?\$?\d/;
const BY_DATE = /\b(by|before|until)\b.*(\d|\bjan|\bfeb|\bmar|\bapr|\bmay\b|\bjun|\bjul|\baug|\bsep|\boct|\bnov|\bdec|end of)/;

type Kind = {
  name: string;
  /** What a reader is told. */
  words: string;
  is(text: string): boolean;
  /** What is expected before anything was counted: even for two equal sides, one in several for a field. */
  prior: number;
};
const matches = (pattern: RegExp) => (text: string) => pattern.test(text);

/** The first that fits is the kind of a question. The text is in lower case. */
export const KINDS = [
  { name: 'winner', words: 'the winner out of a field', is: (text) => /\bwinner\b/.test(text) && !VERSUS.test(text), prior: 0.08 },
  { name: 'draw', words: 'a draw', is: matches(/\bdraw\b|\bend in a tie\b/), prior: 0.27 },
  { name: 'handicap', words: 'a match with a handicap', is: matches(/\bspread\b|\bhandicap\b|\([+-]\d|\bcover [+-]?\d/), prior: 0.5 },
  {
    name: 'over_under',
    words: 'a total above or below a line',
    is: matches(/\bo\/u\b|over\/under|\btotal (games|sets|goals|points|maps|runs|corners|kills)|be more than \d/),
    prior: 0.5,
  },
  { name: 'both_score', words: 'somebody scoring', is: matches(/\bboth teams\b|\bto score\b|\banytime\b/), prior: 0.4 },
  {
    name: 'exact',
    words: 'an exact number',
    is: matches(/\bexactly\b|\bhow many\b|\bwinning margin\b|\bcorrect score\b|\bwins? \d-\d\b/),
    prior: 0.2,
  },
  { name: 'up_or_down', words: 'up or down', is: matches(/\bup or down\b/), prior: 0.5 },
  {
    name: 'weather',
    words: 'the weather',
    is: matches(/\btemperature\b|\bhurricane\b|\brain\b|\bsnow\b|\bearthquake\b|\bhottest\b|°/),
    prior: 0.2,
  },
  { name: 'range', words: 'a number within a range', is: (text) => RANGE.test(text) && !VERSUS.test(text), prior: 0.15 },
  {
    name: 'touches',
    words: 'a price touched at any time',
    is: matches(/\bhit\b|\bdip to\b|\breach\b|\btouch\b|all.time high|\bath\b/),
    prior: 0.35,
  },
  { name: 'leader', words: 'the first of many', is: (text) => LEADER.test(text) && !VERSUS.test(text), prior: 0.1 },
  {
    name: 'award',
    words: 'an award',
    is: matches(/\baward\b|\bmvp\b|\boscar|\bgrammy|\bnobel|\btrophy\b|of the year|\bplayer of\b|\bbest (actor|actress|picture|director)/),
    prior: 0.1,
  },
  {
    name: 'match',
    words: 'one side winning a match that can be drawn',
    is: (text) =>
      MATCH.test(text) && !VERSUS.test(text) && /^(will|does|do|is|are|has|have|did|can)\b/.test(text) && !TOURNAMENT.test(text),
    prior: 0.4,
  },
  { name: 'head_to_head', words: 'two sides against each other', is: (text) => VERSUS.test(text) || MATCH.test(text), prior: 0.5 },
  { name: 'tournament', words: 'one side winning a competition', is: matches(TOURNAMENT), prior: 0.08 },
  { name: 'first', words: 'the first or the next to do something', is: matches(/\bfirst\b|\bnext\b/), prior: 0.1 },
  {
    name: 'qualifies',
    words: 'qualifying or advancing',
    is: matches(/\bqualif|\badvance\b|\breach the\b|\bmake the (playoffs|final)|\brelegat|\bpromot/),
    prior: 0.25,
  },
  {
    name: 'transfer',
    words: 'a change of teams',
    is: matches(/\bplay for\b|\bsign (with|for)\b|\bjoin\b|\btraded to\b|\btransfer/),
    prior: 0.1,
  },
  {
    name: 'election',
    words: 'an election',
    is: matches(
      /\belection\b|\bprimary\b|\bnominee\b|\bnomination\b|\bseats?\b|\bvotes?\b|\bsenate\b|\bpresident\b|\bprime minister\b|\bgovernor\b/,
    ),
    prior: 0.2,
  },
  { name: 'says', words: 'something being said or posted', is: matches(/\bsay\b|\bmention|\btweets?\b|\bposts?\b/), prior: 0.45 },
  {
    name: 'leaves',
    words: 'somebody leaving a post',
    is: matches(/\bfired\b|\bresign|\bout (as|by|before)\b|\bleave\b|\bstep down\b|\bremoved\b|\bimpeach/),
    prior: 0.15,
  },
  {
    name: 'conflict',
    words: 'an armed conflict',
    is: matches(/\bstrike\b|\bwar\b|\binvade|\bceasefire\b|\battack|\bmissile|\bnuclear\b|\bmilitary\b|\bpeace\b/),
    prior: 0.15,
  },
  { name: 'valuation', words: 'the valuation of something new', is: matches(/\bfdv\b|market cap|\bvaluation\b/), prior: 0.3 },
  {
    name: 'below',
    words: 'a number below a line',
    is: matches(/\bbelow\b|\bunder\b|\bless than\b|\blower\b|\bat most\b|\bfewer\b|<|≤/),
    prior: 0.4,
  },
  {
    name: 'above',
    words: 'a number above a line',
    is: matches(/\babove\b|\bover\b|\bexceed|\bat least\b|\bmore than\b|\bgreater than\b|\bhigher\b|≥|>/),
    prior: 0.4,
  },
  {
    name: 'launch',
    words: 'something being released or announced',
    is: matches(/\blaunch|\brelease|\bairdrop|\bipo\b|\bannounc|\blisted?\b|\bpublic sale\b/),
    prior: 0.35,
  },
  {
    name: 'rates',
    words: 'interest rates or prices in the economy',
    is: matches(/\bfed\b|\binterest rate|\bbps\b|\brate (cut|hike)|\binflation\b|\bcpi\b|\bgdp\b|\bunemployment\b/),
    prior: 0.3,
  },
  { name: 'by_date', words: 'something happening before a date', is: matches(BY_DATE), prior: 0.25 },
  { name: 'other', words: 'a question of no particular kind', is: () => true, prior: 0.3 },
] as const satisfies readonly Kind[];
export type KindName = (typeof KINDS)[number]['name'];

const OTHER = KINDS.at(-1) as Kind;
export function kindOf(question: string): Kind & { name: KindName } {
  const text = question.toLowerCase();
  const kinds: readonly Kind[] = KINDS;
  return (kinds.find(({ is }) => is(text)) ?? OTHER) as Kind & { name: KindName };
}

/** Words that tell nothing about what is asked. */
const EMPTY = new Set(
  'a an the will be is are was were of in on at by to for and or with from as it its this that his her their after before during than vs who what which how many does do did has have'.split(
    ' ',
  ),
);
const MONTH = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/;

/** The words two questions are compared by: without accents, endings, empty words; years and months count as one. */
export function wordsOf(question: string): ReadonlySet<string> {
  const plain = question.normalize('NFD').replace(/[̀-ͯ]/g, '').toLowerCase().replace(/[$,]/g, '');
  const words = plain.match(/[a-z]+|\d+(?:\.\d+)?/g) ?? [];
  return new Set(
    words
      .filter((word) => !EMPTY.has(word) && word.length > 1)
      .map((word) =>
        MONTH.test(word) ? '#month' : /^20\d\d$/.test(word) ? '#year' : /^\d/.test(word) ? '#number' : word.replace(/(es|s)$/, ''),
      ),
  );
}

/** Share of common words among all, 0 to 1. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const word of one) if (other.has(word)) common += 1;
  const all = one.size + other.size - common;
  return all === 0 ? 0 : common / all;
}
