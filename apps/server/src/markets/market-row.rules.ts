/** One market as any of the source's interfaces describes it, judged: taken on, closed, or set aside with its reason. */
import { isQuote, quoteOfBook, quoteOfMid, quoteOfPair } from './book.rules.ts';
import { categoryOf } from './category.rules.ts';
import { readAmount, readPrice } from './decimal.rules.ts';
import { isDateOnly, readInstant } from './instant.rules.ts';
import {
  CLOCK_TOLERANCE_MS,
  type MarketDetails,
  type MarketEvent,
  type Result,
  type SetAsideReason,
  type SourceEvent,
  setAside,
} from './source.rules.ts';
import { identifier, line, paragraphs, shown, webAddress } from './text.rules.ts';

/** The same facts under one set of names, still unread. */
export type RawMarket = {
  id: unknown;
  title: unknown;
  description: unknown;
  category: unknown;
  tags: readonly unknown[];
  slug: unknown;
  eventTitle: unknown;
  image: unknown;
  outcomes: readonly unknown[] | undefined;
  tokens: readonly unknown[] | undefined;
  prices: readonly unknown[] | undefined;
  /** Per outcome, whether the source calls it the winner; absent where it does not say. */
  winners: readonly unknown[] | undefined;
  endsEven: boolean;
  end: unknown;
  updated: unknown;
  active: boolean | undefined;
  closed: boolean | undefined;
  archived: boolean | undefined;
  accepting: boolean | undefined;
  /** The row has fields for its book, so their absence means an empty side. */
  hasBook: boolean;
  bestBid: unknown;
  bestAsk: unknown;
  liquidity: unknown;
  volume: unknown;
  resolutionSource: unknown;
  resolutionStatus: unknown;
  resolutionHistory: readonly unknown[] | undefined;
};

const LONGEST_TITLE = 300;
const LONGEST_DESCRIPTION = 10_000;
const MOST_TAGS = 20;

/** The outcomes as [yes, no] and where each stands in the source's own order. */
function orient(outcomes: readonly unknown[]): { labels: readonly [string, string]; yes: 0 | 1 } | undefined {
  if (outcomes.length !== 2) return undefined;
  const [first, second] = [line(outcomes[0], 100), line(outcomes[1], 100)];
  if (first === '' || second === '' || first === second) return undefined;
  const reversed = first.toLowerCase() === 'no' && second.toLowerCase() === 'yes';
  return reversed ? { labels: [second, first], yes: 1 } : { labels: [first, second], yes: 0 };
}

/** Whoever reads only the title must still know what YES means. */
const fullTitle = (title: string, [yes]: readonly [string, string]): string =>
  yes.toLowerCase() === 'yes' ? title : `${line(title, LONGEST_TITLE - 110)} (YES: ${yes})`;

/** Reads one market. `heard` is when the row reached us or was recorded. Total: never throws, one reason at most per question. */
export function readMarket(raw: RawMarket, heard: Date): SourceEvent[] {
  const sourceId = identifier(raw.id);
  if (sourceId === undefined) return [setAside('-', 'missing_id', line(raw.title, 200), heard)];
  const at = raw.updated === undefined ? heard : readInstant(raw.updated);
  if (at === undefined) return [setAside(sourceId, 'bad_time', shown(raw.updated, 200), heard)];
  if (at.getTime() > heard.getTime() + CLOCK_TOLERANCE_MS) return [setAside(sourceId, 'from_the_future', at.toISOString(), heard)];
  const read = readFacts(raw, sourceId, at, heard);
  if ('reason' in read) return [setAside(sourceId, read.reason, read.detail, at)];
  const { market, pair } = read;
  if (market.state === 'closed') return [market, readResult(raw, market, pair)];
  if (market.state === 'past_end') return [market, setAside(sourceId, 'past_end', market.endAt.toISOString(), at)];
  return [market, readQuote(raw, market, pair)];
}

type Doubt = { reason: SetAsideReason; detail: string };
const doubt = (reason: SetAsideReason, detail = ''): Doubt => ({ reason, detail });

/** Open and active, closed, or neither of the two. */
function stateOf({ closed, active, archived }: RawMarket): 'open' | 'closed' | Doubt {
  if (closed === undefined || active === undefined) return doubt('unknown_state', 'closed or active is no truth value');
  if (closed) return 'closed';
  return active && !archived ? 'open' : doubt('inactive');
}

function readFacts(raw: RawMarket, sourceId: string, at: Date, heard: Date): { market: MarketEvent; pair: Pair } | Doubt {
  const orientation = raw.outcomes && orient(raw.outcomes);
  if (!orientation) return doubt('not_binary', shown(raw.outcomes, 200));
  const { labels, yes } = orientation;
  const pair: Pair = (list) => [list?.[yes], list?.[1 - yes]];
  const tokens = readTokens(raw, pair);
  if (tokens === undefined) return doubt('no_token_ids');
  const title = line(raw.title, LONGEST_TITLE);
  if (title === '') return doubt('missing_title');
  if (raw.end === undefined) return doubt('missing_end_date');
  const endAt = readInstant(raw.end);
  if (endAt === undefined) return doubt('bad_end_date', shown(raw.end, 200));
  const state = stateOf(raw);
  if (typeof state !== 'string') return state;
  const tags = raw.tags
    .map((tag) => line(tag, 60))
    .filter((tag) => tag !== '')
    .slice(0, MOST_TAGS);
  const market: MarketEvent = {
    kind: 'market',
    sourceId,
    endAt,
    tags,
    at,
    state: state === 'open' && endAt <= heard ? 'past_end' : state,
    title: fullTitle(title, labels),
    description: paragraphs(raw.description, LONGEST_DESCRIPTION),
    category: categoryOf([...tags, line(raw.category, 60)], `${title} ${line(raw.slug, 200)}`),
    imageUrl: webAddress(raw.image),
    liquidity: readAmount(raw.liquidity) ?? null,
    volume: readAmount(raw.volume) ?? null,
    details: readDetails(raw, tokens, labels, endAt),
  };
  return { market, pair };
}

const readDetails = (raw: RawMarket, tokens: MarketDetails['tokens'], outcomes: MarketDetails['outcomes'], endAt: Date): MarketDetails => ({
  tokens,
  outcomes,
  slug: line(raw.slug, 200) || null,
  eventTitle: line(raw.eventTitle, 300) || null,
  resolutionSource: line(raw.resolutionSource, 500) || null,
  resolutionStatus: line(raw.resolutionStatus, 40) || null,
  disputes: raw.resolutionHistory?.filter((step) => step === 'disputed').length ?? 0,
  endIsDate: isDateOnly(endAt),
});

type Pair = <T>(list: readonly T[] | undefined) => readonly [T | undefined, T | undefined];

/** Two different tokens; none (null) only for a row that has no book either, as archives of prices keep them. */
function readTokens(raw: RawMarket, pair: Pair): readonly [string, string] | null | undefined {
  if (raw.tokens === undefined) return raw.hasBook ? undefined : null;
  const [yes, no] = pair(raw.tokens.map(identifier));
  return raw.tokens.length === 2 && yes !== undefined && no !== undefined && yes !== no ? [yes, no] : undefined;
}

function readQuote(raw: RawMarket, { sourceId, at }: MarketEvent, pair: Pair): SourceEvent {
  if (raw.accepting === false) return setAside(sourceId, 'not_accepting_orders', '', at);
  const [yesPrice, noPrice] = pair(raw.prices);
  // A book in a market row is that of the first outcome.
  const flipped = pair([true, false])[0] === false;
  const quote =
    raw.hasBook && !flipped
      ? quoteOfBook(raw.bestBid, raw.bestAsk)
      : noPrice === undefined
        ? quoteOfMid(yesPrice)
        : quoteOfPair(yesPrice, noPrice);
  if (isQuote(quote)) return { kind: 'price', sourceId, ...quote, at };
  return setAside(sourceId, quote.reason, `bid ${shown(raw.bestBid, 40)} ask ${shown(raw.bestAsk, 40)}`, at);
}

function readResult(raw: RawMarket, { sourceId, at, details }: MarketEvent, pair: Pair): SourceEvent {
  if (details.resolutionStatus === 'proposed' || details.resolutionStatus === 'disputed') {
    return setAside(sourceId, 'resolution_pending', details.resolutionStatus, at);
  }
  const result = raw.winners ? resultOfWinners(pair(raw.winners), raw.endsEven) : resultOfPrices(...pair(raw.prices));
  const evidence = raw.winners ? 'named by the exchange' : `final prices ${shown(raw.prices, 150)}`;
  return result ? { kind: 'resolution', sourceId, result, evidence, at } : setAside(sourceId, 'closed_without_winner', evidence, at);
}

function resultOfWinners([yes, no]: readonly [unknown, unknown], endsEven: boolean): Result | undefined {
  if (endsEven) return 'split';
  if (yes === true && no === false) return 'yes';
  return yes === false && no === true ? 'no' : undefined;
}

/** Final prices name a winner at 0.99 or more against 0.01 or less, and a split at exactly one half each; nothing else does. */
export function resultOfPrices(yes: unknown, no: unknown): Result | undefined {
  const [first, second] = [readPrice(yes), readPrice(no)];
  if (first === undefined || second === undefined) return undefined;
  if (first >= 9_900n && second <= 100n) return 'yes';
  if (first <= 100n && second >= 9_900n) return 'no';
  return first === 5_000n && second === 5_000n ? 'split' : undefined;
}
