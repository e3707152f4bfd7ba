/** The CLOB, the source's exchange: market pages, books, price histories. Everything is per token; YES is made of either. */
import { isQuote, mirrored, type NoQuote, type Quote, quoteOfLevels, quoteOfMid } from './book.rules.ts';
import { readInstant } from './instant.rules.ts';
import { first, flag, isRecord, type Json, listOf } from './json.rules.ts';
import { readMarket } from './market-row.rules.ts';
import { CLOCK_TOLERANCE_MS, type Frame, type SourceEvent, setAside, type TokenLookup } from './source.rules.ts';
import { identifier, line } from './text.rules.ts';

/** One market object of the CLOB. Its prices are per token and it names winners. */
export function readClobMarket(row: Json, heard: Date): SourceEvent[] {
  const tokens = (listOf(row['tokens']) ?? []).map((token) => (isRecord(token) ? token : {}));
  return readMarket(
    {
      id: first(row, 'condition_id'),
      title: first(row, 'question'),
      description: first(row, 'description'),
      category: undefined,
      tags: listOf(row['tags']) ?? [],
      slug: first(row, 'market_slug'),
      eventTitle: undefined,
      image: first(row, 'image', 'icon'),
      outcomes: tokens.map((token) => token['outcome']),
      tokens: tokens.map((token) => token['token_id']),
      prices: tokens.map((token) => token['price']),
      winners: tokens.map((token) => token['winner']),
      endsEven: row['is_50_50_outcome'] === true,
      end: first(row, 'end_date_iso'),
      updated: undefined,
      active: flag(row['active']),
      closed: flag(row['closed']),
      archived: flag(row['archived']),
      accepting: flag(row['accepting_orders']),
      hasBook: false,
      bestBid: undefined,
      bestAsk: undefined,
      liquidity: undefined,
      volume: undefined,
      resolutionSource: undefined,
      resolutionStatus: undefined,
      resolutionHistory: undefined,
    },
    heard,
  );
}

/** The price event of one token's quote, or why there is none. */
export function quoteEvent(token: unknown, quote: Quote | NoQuote, at: Date, heard: Date, lookup: TokenLookup): SourceEvent {
  const tokenId = identifier(token);
  const known = tokenId === undefined ? undefined : lookup(tokenId);
  if (known === undefined)
    return setAside(`token:${line(tokenId ?? '-', 100)}`, 'unknown_market', 'a price of a token we do not carry', at);
  if (!isQuote(quote)) return setAside(known.sourceId, quote.reason, '', at);
  if (at.getTime() > heard.getTime() + CLOCK_TOLERANCE_MS) return setAside(known.sourceId, 'from_the_future', at.toISOString(), heard);
  return { kind: 'price', sourceId: known.sourceId, ...(known.side === 'yes' ? quote : mirrored(quote)), at };
}

/** A whole book of one token, from HTTP or the websocket. Its levels come in any order. */
export function readBook(book: Json, { at: heard, confirms }: Frame, lookup: TokenLookup): SourceEvent {
  const [bids, asks] = [listOf(book['bids']), listOf(book['asks'])];
  const at = confirms ? heard : readInstant(book['timestamp']);
  const quote = bids && asks ? quoteOfLevels(bids, asks) : ({ reason: 'unknown_message' } as const);
  return quoteEvent(book['asset_id'], at === undefined ? { reason: 'bad_time' } : quote, at ?? heard, heard, lookup);
}

/** `{history: [{t, p}]}`: midpoints of the token the request named, oldest first. */
export function readHistory(points: readonly unknown[], { at: heard, key }: Frame, lookup: TokenLookup): SourceEvent[] {
  if (points.length === 0) return [setAside(`token:${line(key ?? '-', 100)}`, 'empty_history', '', heard)];
  return points.map((point) => {
    const { t, p } = isRecord(point) ? point : {};
    const at = readInstant(t);
    return quoteEvent(key, at === undefined ? { reason: 'bad_time' } : quoteOfMid(p), at ?? heard, heard, lookup);
  });
}
