/** The rules engine: makes a draft of a plain request, changes it as asked, and knows what is still missing. No model, no network. */
import type { MarketDraft } from '@predictu/contract/shapes/market-draft';
import { type Price, price } from '@predictu/contract/units';
import { categoryIn, dollars, type Subject, subjectIn } from './draft-subject.rules.ts';
import { cutOffIn, zoneIn } from './draft-time.rules.ts';
import { CLAUSES, tieClauseFor } from './lint-clauses.rules.ts';
import { zonedDay } from './question-date.rules.ts';

export const EMPTY_DRAFT: MarketDraft = {
  question: '',
  description: '',
  category: null,
  outcomes: { yes: '', no: '' },
  source: { name: '', url: null },
  cut_off_at: null,
  time_zone: '',
  clauses: { tie: '', postponement: '', cancellation: '' },
  initial_price: null,
  price_reasons: [],
};
/** Assumed where nobody names a zone. */
const ZONE = 'UTC';
const NO = 'In every other case.';
const ASKS =
  /\b(will|does|do|is|are|has|have|did|can)\b.*\?|^(will|does|is|are|has|have|did|can)\b|\b(market|question|bet|odds)\b.*\b(on|about|for|whether|if|will)\b/i;

/** A request for a new market rather than a change of the one at hand. */
export const asksAnew = (text: string, draft: MarketDraft | null): boolean =>
  draft === null || draft.question === '' || ASKS.test(text.trim());

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function worded(subject: Subject, day: string | null, zone: string): Pick<MarketDraft, 'question' | 'outcomes'> {
  const when = day ?? 'the cut-off';
  if (subject.kind === 'line') {
    const { asset, amount, below, touch } = subject;
    const [line, side] = [dollars(amount), below ? 'below' : 'above'];
    const about = asset.category === 'crypto' ? `the price of ${asset.name}` : asset.name;
    if (touch)
      return {
        question: `Will ${about} ${below ? 'fall to' : 'reach'} ${line}${day ? ` by ${day}` : ''}?`,
        outcomes: {
          yes: `${capital(asset.measure)} trades at ${line} or ${below ? 'lower' : 'higher'} at any time between the opening of this market and the cut-off (${zone}).`,
          no: NO,
        },
      };
    return {
      question: `Will ${about} be ${side} ${line}${day ? ` on ${day}` : ''}?`,
      outcomes: { yes: `The last value of ${asset.measure} at or before the cut-off on ${when} (${zone}) is ${side} ${line}.`, no: NO },
    };
  }
  if (subject.kind === 'contest')
    return {
      question: `Will ${subject.one} beat ${subject.other}${day ? ` on ${day}` : ''}?`,
      outcomes: {
        yes: `${subject.one} is named the winner of its match against ${subject.other} by the organiser, extra time and penalties included.`,
        no: NO,
      },
    };
  const stated = subject.question
    .replace(
      /^(please |can you |could you )?(make|create|draft|open|write|set up)( me)?( a| an)? (market|question|bet)( on| about| for)?( whether| if)?\s*/i,
      '',
    )
    .replace(/[?.!\s]+$/, '');
  const question = /^(will|does|is|are|has|have|did|can)\b/i.test(stated) ? capital(stated) : `Will ${stated}`;
  const act = question.replace(/^\w+\s+/, '');
  return {
    question: `${question}?`,
    outcomes: { yes: act === '' ? '' : `By the cut-off the source states that this has happened: ${act}.`, no: NO },
  };
}

/** A complete draft as far as the words reach. The price is put in by `priced`. */
export function draftOf(text: string, now: Date): MarketDraft {
  const zone = zoneIn(text) ?? ZONE;
  const cut = cutOffIn(text, zone, now);
  const subject = subjectIn(text, cut?.text ?? '');
  const day = cut ? zonedDay(cut.at, zone) : null;
  const words = worded(subject, day, zone);
  const question =
    subject.kind === 'event' && cut && day && !words.question.includes(day)
      ? words.question.replace(
          new RegExp(
            `\\b(by |on |at |before |until |in )?${cut.text.replace(/^(by|on|at|before|until|in) /i, '').replace(/[.*+?^$()|[\]\\]/g, '\\$&')}`,
            'i',
          ),
          `by ${day}`,
        )
      : words.question;
  const base: MarketDraft = {
    ...EMPTY_DRAFT,
    ...words,
    question: question.slice(0, 200),
    category: subject.kind === 'line' ? subject.asset.category : subject.kind === 'contest' ? 'sports' : (categoryIn(text) ?? null),
    source: subject.kind === 'line' ? subject.asset.source : EMPTY_DRAFT.source,
    cut_off_at: cut?.at ?? null,
    time_zone: zone,
  };
  const scheduled = subject.kind !== 'line';
  return {
    ...base,
    clauses: {
      tie: tieClauseFor(base),
      postponement: scheduled
        ? CLAUSES.postponement
        : 'If the source publishes no value for the day, its next value within 7 days counts; without one the market is cancelled.',
      cancellation: CLAUSES.cancellation,
    },
  };
}

const PERCENT = /\b(\d{1,2})\s?(%|percent)|\b(0?\.\d{1,4})\b/;
const CATEGORY_NAMED =
  /\bcategory\b.*\b(sports|crypto|politics|entertainment|economics|other)\b|^(sports|crypto|politics|entertainment|economics|other)\.?$/i;
const SOURCE_NAMED =
  /\b(?:source|resolve[sd]? (?:by|from|on)|according to)\b\s*(?:is|:|=|should be|will be)?\s*([^,;]+?)(?=\s+https?:|[,;]|$)/i;
const CLAUSE = /\b(tie|draw|level|exactly|postpone\w*|delay\w*|late|cancel\w*|abandon\w*)\b/i;

type Change = readonly [field: string, change: Partial<MarketDraft>];
/** What a message may say about one field. */
type Reader = (draft: MarketDraft, text: string, now: Date) => Change | undefined;

const urlIn = (text: string): string | null => /https?:\/\/\S+[\w/]/.exec(text)?.[0] ?? null;
const OUTCOME_NAMED = /\b(yes|no) (?:means|is when|if|when)\s+(.+)/i;
const sourceNamed = (text: string): string | undefined => SOURCE_NAMED.exec(text)?.[1]?.trim();
const clauseNamed = (text: string): string | undefined =>
  OUTCOME_NAMED.test(text) || sourceNamed(text) ? undefined : CLAUSE.exec(text)?.[0]?.toLowerCase();

const readSource: Reader = ({ source }, text) => {
  const url = urlIn(text);
  const host = url && URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : null;
  const named = sourceNamed(text);
  if (!(named && named.length > 1) && !host) return undefined;
  return ['source', { source: { name: (named || source.name || host || '').slice(0, 200), url: host ? url : source.url } }];
};
const readCategory: Reader = (_, text) => {
  const named = CATEGORY_NAMED.exec(text);
  return named ? ['category', { category: (named[1] ?? named[2] ?? '').toLowerCase() as MarketDraft['category'] }] : undefined;
};
const readZone: Reader = (draft, text) => {
  const zone = zoneIn(text.replace(urlIn(text) ?? '', ''));
  return zone && zone !== draft.time_zone ? ['time zone', { time_zone: zone }] : undefined;
};
const readOutcome: Reader = ({ outcomes }, text) => {
  const [, named = '', words = ''] = OUTCOME_NAMED.exec(text) ?? [];
  if (words === '') return undefined;
  const side = named.toLowerCase() as 'yes' | 'no';
  return [`outcome ${side}`, { outcomes: { ...outcomes, [side]: capital(words.trim()).slice(0, 400) } }];
};
const readClause: Reader = ({ clauses }, text) => {
  const named = clauseNamed(text);
  if (!named) return undefined;
  const field = /^(tie|draw|level|exactly)/.test(named) ? 'tie' : /^(cancel|abandon)/.test(named) ? 'cancellation' : 'postponement';
  return [`clause on ${field}`, { clauses: { ...clauses, [field]: capital(text.trim()).slice(0, 600) } }];
};
const readCutOff: Reader = (draft, text, now) => {
  const zone = draft.time_zone || ZONE;
  const cut = clauseNamed(text) ? undefined : cutOffIn(text, zone, now);
  return cut && ['cut-off', { cut_off_at: cut.at, time_zone: zone }];
};
const readPrice: Reader = (_, text) => {
  const found = /\b(price|chance|probability|likel|worth|start|begin|open)|%/i.test(text) ? PERCENT.exec(text) : null;
  if (!found) return undefined;
  const units = found[1] ? BigInt(found[1]) * 100n : BigInt((found[3] ?? '0.5').replace(/^0?\./, '').padEnd(4, '0'));
  return ['price', { initial_price: price(units), price_reasons: ['Set by the operator.'] }];
};
const readQuestion: Reader = (_, text) => {
  const wording = /\b(?:question|title|wording)\b\s*(?:is|:|to|=)\s*(.+\?)/i.exec(text)?.[1];
  return wording ? ['question', { question: wording.trim().slice(0, 200) }] : undefined;
};
/** The zone comes before the cut-off, which is read in it. */
const READERS: readonly Reader[] = [readSource, readCategory, readZone, readOutcome, readClause, readCutOff, readPrice, readQuestion];

/** The draft with what a message says about its fields, and which of them it named. */
export function amend(draft: MarketDraft, text: string, now: Date): { draft: MarketDraft; changed: string[] } {
  let next = draft;
  const changed: string[] = [];
  for (const read of READERS) {
    const found = read(next, text, now);
    if (!found) continue;
    next = { ...next, ...found[1] };
    changed.push(found[0]);
  }
  return { draft: next, changed };
}

export type Guess = { price: Price; reasons: string[] };
export const priced = (draft: MarketDraft, { price: initial, reasons }: Guess): MarketDraft => ({
  ...draft,
  initial_price: initial,
  price_reasons: reasons,
});

/** What nobody but the operator can say. */
export function missing(draft: MarketDraft): string[] {
  return [
    ...(draft.question === '' ? ['What should the market ask? One event, with a number or a name and a date.'] : []),
    ...(draft.cut_off_at === null ? ['Until when? A day, and a time if it matters.'] : []),
    ...(draft.source.name === '' ? ['Which publication states the result? A name and its address.'] : []),
    ...(draft.category === null ? ['Which category: sports, crypto, politics, entertainment, economics or other?'] : []),
  ];
}
