/** Answers by rules: the draft, why its price, and what is still to be said. */
import type { MarketDraft } from '@predictu/contract/shapes/market-draft';
import { price } from '@predictu/contract/units';
import { amend, asksAnew, draftOf, type Guess, missing, priced } from './draft-request.rules.ts';
import type { Concluded, Engine, KnownMarket, Request, Said } from './engine.ts';
import { likeness, wordsOf } from './question.rules.ts';

const SCALE = 10_000;
/** Less alike, another market's price says nothing about this one. */
const SAME_QUESTION = 0.6;
const [LEAST, MOST] = [200n, 9_800n];

const within = (units: bigint): bigint => (units < LEAST ? LEAST : units > MOST ? MOST : units);
const quoted = (title: string): string => `“${title.replace(/[\p{C}“”]/gu, ' ').slice(0, 120)}”`;
const percent = (units: bigint): string => `${Number(units) / 100}%`;

/** The price of a market that asks nearly the same, or else what the words alone say. */
async function guess({ findMarkets, score }: Request, { question }: MarketDraft): Promise<Guess> {
  const words = wordsOf(question);
  const alike = (await findMarkets(question))
    .filter((one): one is KnownMarket & { mid: bigint } => one.mid !== null)
    .map((market) => ({ market, alike: likeness(words, wordsOf(market.title)) }))
    .sort((one, other) => other.alike - one.alike)[0];
  if (alike && alike.alike >= SAME_QUESTION) {
    const { title, mid } = alike.market;
    return { price: price(within(mid)), reasons: [`A market that asks nearly the same, ${quoted(title)}, stands at ${percent(mid)}.`] };
  }
  const { probability, level, reasons } = await score(question);
  const units = within(BigInt(Math.round((probability * SCALE) / 100) * 100));
  return {
    price: price(units),
    reasons: [...reasons.slice(0, 2), `That is a first guess with ${level} confidence: set your own price if you know more.`],
  };
}

async function draftFor(request: Request, text: string): Promise<{ draft: MarketDraft; opening: string }> {
  const { draft, now } = request;
  if (draft && !asksAnew(text, draft)) {
    const { draft: amended, changed } = amend(draft, text, now);
    const opening =
      changed.length > 0
        ? `Changed: ${changed.join(', ')}.`
        : 'I could not tell what to change. Name the field: source, cut-off, time zone, price, category, a clause, or the question.';
    return { draft: amended, opening };
  }
  const made = draftOf(text, now);
  if (made.question === '') return { draft: made, opening: 'Tell me what the market should ask.' };
  return { draft: priced(made, await guess(request, made)), opening: 'Here is a draft.' };
}

const described = (draft: MarketDraft): string[] =>
  [
    draft.question && `It asks: ${draft.question}`,
    draft.cut_off_at &&
      `Trading ends ${draft.cut_off_at.toISOString().slice(0, 16).replace('T', ' ')} UTC; the zone it speaks in is ${draft.time_zone}.`,
    draft.source.name && `It resolves by ${draft.source.name}.`,
    draft.initial_price !== null && `It begins at ${percent(draft.initial_price)}: ${draft.price_reasons[0] ?? ''}`,
  ].filter((line): line is string => Boolean(line));

export const rulesEngine: Engine = {
  name: 'rules',
  model: null,
  async *answer(request: Request): AsyncGenerator<Said, Concluded> {
    const text = request.messages.at(-1)?.text ?? '';
    const { draft, opening } = await draftFor(request, text);
    yield { kind: 'draft', draft };
    const questions = missing(draft);
    const asking =
      questions.length > 0 ? [`Still to be said: ${questions.join(' ')}`] : ['Nothing is missing; look at what the lint says beside it.'];
    const sentences = [opening, ...described(draft), ...asking];
    for (const [index, sentence] of sentences.entries()) yield { kind: 'text', text: index === 0 ? sentence : ` ${sentence}` };
    return { message: sentences.join(' '), draft, questions };
  },
};
