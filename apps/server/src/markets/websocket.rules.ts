/** The market channel: a frame is one message or an array of them, in three generations of shapes. */
import { quoteOfBook } from './book.rules.ts';
import { quoteEvent, readBook } from './clob.rules.ts';
import { readGammaMarket } from './gamma.rules.ts';
import { readInstant } from './instant.rules.ts';
import { isRecord, type Json, listOf } from './json.rules.ts';
import { type Frame, type SourceEvent, setAside, type TokenLookup } from './source.rules.ts';
import { identifier, shown } from './text.rules.ts';

/** Messages that say nothing about the price we offer: a trade is no quote, a tick size no price. */
const WITHOUT_PRICE = new Set<unknown>(['last_trade_price', 'tick_size_change']);

export const isMessage = (row: Json): boolean => typeof row['event_type'] === 'string' || Array.isArray(row['price_changes']);

/** One message of the channel. Only best bid and ask make a price; a bare change of depth does not. */
export function readMessage(message: Json, frame: Frame, lookup: TokenLookup): SourceEvent[] {
  const type = message['event_type'] ?? 'price_change';
  if (WITHOUT_PRICE.has(type)) return [];
  switch (type) {
    case 'book':
      return [readBook(message, frame, lookup)];
    case 'price_change':
      return readChanges(message, frame, lookup);
    case 'best_bid_ask':
      return [readTop(message, message, frame, lookup)];
    case 'market_resolved':
      return [readResolved(message, frame, lookup)];
    // The announcement names no end, so it is set aside until the catalogue has the market.
    case 'new_market':
      return readGammaMarket({ ...message, closed: false }, frame.at);
    default:
      return [setAside('-', 'unknown_message', `event_type ${shown(type, 60)}`, frame.at)];
  }
}

function readTop(level: Json, message: Json, { at: heard }: Frame, lookup: TokenLookup): SourceEvent {
  const at = readInstant(message['timestamp']);
  return quoteEvent(
    level['asset_id'],
    at === undefined ? { reason: 'bad_time' } : quoteOfBook(level['best_bid'], level['best_ask']),
    at ?? heard,
    heard,
    lookup,
  );
}

function readChanges(message: Json, frame: Frame, lookup: TokenLookup): SourceEvent[] {
  const changes = listOf(message['price_changes']);
  if (!changes) {
    const known = lookup(identifier(message['asset_id']) ?? '-');
    return [
      known
        ? setAside(known.sourceId, 'depth_only', 'a change without best bid and ask', frame.at)
        : setAside(`token:${identifier(message['asset_id']) ?? '-'}`, 'unknown_market', 'a price of a token we do not carry', frame.at),
    ];
  }
  // Several changes of one token in one message all carry the same top: the last one counts.
  const last = new Map<unknown, Json>();
  for (const change of changes) {
    if (!isRecord(change)) return [setAside('-', 'unknown_message', 'a price change that is no object', frame.at)];
    last.set(change['asset_id'], change);
  }
  return [...last.values()].map((change) => {
    if ('best_bid' in change || 'best_ask' in change) return readTop(change, message, frame, lookup);
    return quoteEvent(change['asset_id'], { reason: 'depth_only' }, frame.at, frame.at, lookup);
  });
}

function readResolved(message: Json, { at: heard }: Frame, lookup: TokenLookup): SourceEvent {
  const winner = identifier(message['winning_asset_id']);
  const known = winner === undefined ? undefined : lookup(winner);
  const at = readInstant(message['timestamp']) ?? heard;
  if (!known) return setAside(identifier(message['market']) ?? '-', 'unknown_market', 'a resolution of a market we do not carry', at);
  return { kind: 'resolution', sourceId: known.sourceId, result: known.side, evidence: `market_resolved, winning token ${winner}`, at };
}
