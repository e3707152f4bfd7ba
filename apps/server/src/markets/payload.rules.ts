/**
 * The one parser: whatever a source sent, recognised by its shape, becomes events. Total: any input gives a list, and what
 * cannot be used is in it with its reason.
 */
import { quoteOfBook, quoteOfMid } from './book.rules.ts';
import { quoteEvent, readBook, readClobMarket, readHistory } from './clob.rules.ts';
import { readGammaEvent, readGammaMarket, readResolutionRecord } from './gamma.rules.ts';
import { readInstant } from './instant.rules.ts';
import { first, isRecord, type Json, parseJson } from './json.rules.ts';
import { type Frame, type SourceEvent, setAside, type TokenLookup } from './source.rules.ts';
import { line } from './text.rules.ts';
import { isMessage, readMessage } from './websocket.rules.ts';

/** Keys under which pages and archives keep their rows. */
const WRAPPERS = ['data', 'markets', 'events', 'proposals', 'tariff_markets', 'deportation_markets', 'high_volume_markets'];
/** Keys that only other kinds of data have: trades, wallets, guesses at winners; lists of sports and of tags. */
const FOREIGN = ['transactionHash', 'proxyWallet', 'wallet', 'wallets', 'inferred_winner', 'ordering', 'requiresTranslation', 'y'];

/** Reads a payload that may still be text. */
export function readPayload(frame: Frame, lookup: TokenLookup): SourceEvent[] {
  const body = typeof frame.body === 'string' ? parseJson(frame.body) : frame.body;
  if (Array.isArray(body)) return body.flatMap((row) => readRow(row, frame, lookup));
  if (!isRecord(body)) {
    return [setAside(line(frame.key, 200) || '-', 'unparseable', line(typeof frame.body === 'string' ? frame.body : '', 120), frame.at)];
  }
  if (Array.isArray(body['history'])) return readHistory(body['history'], frame, lookup);
  if (isRow(body)) return readRow(body, frame, lookup);
  const wrapped = WRAPPERS.filter((key) => Array.isArray(body[key]));
  if (wrapped.length === 0) return readRow(body, frame, lookup);
  return wrapped.flatMap((key) => (body[key] as unknown[]).flatMap((row) => readRow(row, frame, lookup)));
}

const isForeign = (row: Json): boolean => FOREIGN.some((key) => Object.hasOwn(row, key));
const isRow = (row: Json): boolean => isMessage(row) || isBook(row) || isEvent(row) || isMarket(row);
const isBook = (row: Json): boolean => Array.isArray(row['bids']) && Array.isArray(row['asks']);
const isEvent = (row: Json): boolean => Array.isArray(row['markets']) && 'id' in row && 'title' in row;
const isMarket = (row: Json): boolean => ('conditionId' in row || 'condition_id' in row) && 'question' in row;
const keysOf = (row: Json): string => line(Object.keys(row).slice(0, 8).join(' '), 120);

function readRow(row: unknown, frame: Frame, lookup: TokenLookup): SourceEvent[] {
  if (!isRecord(row)) return [setAside('-', 'unknown_message', `a row that is ${row === null ? 'null' : typeof row}`, frame.at)];
  if (isMessage(row)) return readMessage(row, frame, lookup);
  if (isBook(row)) return [readBook(row, frame, lookup)];
  if (isEvent(row)) return readGammaEvent(row, frame.at);
  if ('condition_id' in row && Array.isArray(row['tokens'])) return readClobMarket(row, frame.at);
  if ('settled_price' in row) return readResolutionRecord(row, frame.at);
  if (isMarket(row)) return readGammaMarket(row, frame.at);
  if (isForeign(row)) return [setAside('-', 'not_market_data', keysOf(row), frame.at)];
  if ('bid' in row && 'ask' in row && 'slug' in row)
    return [readArchived(row, row['slug'], row['ts'], quoteOfBook(row['bid'], row['ask']), frame, lookup)];
  if ('token_id' in row && 'price' in row)
    return [readArchived(row, row['token_id'], row['timestamp'], quoteOfMid(row['price']), frame, lookup)];
  return [setAside('-', 'unknown_message', keysOf(row), frame.at)];
}

/** A row of somebody's archive of quotes: one token or slug, one time, one price. */
function readArchived(
  row: Json,
  token: unknown,
  time: unknown,
  quote: ReturnType<typeof quoteOfMid>,
  { at: heard }: Frame,
  lookup: TokenLookup,
): SourceEvent {
  const at = readInstant(time);
  return quoteEvent(token ?? first(row, 'slug'), at === undefined ? { reason: 'bad_time' } : quote, at ?? heard, heard, lookup);
}
