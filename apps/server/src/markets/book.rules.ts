/** From what a book or a row says to one price of YES, or the reason why there is none. */
import { complement, FULL_PRICE, type Price, price } from '@predictu/contract/units';
import { isPositive, readPrice } from './decimal.rules.ts';
import type { SetAsideReason } from './source.rules.ts';

export type Quote = { mid: Price; bestBid: Price | null; bestAsk: Price | null };
export type NoQuote = { reason: SetAsideReason };
export const isQuote = (value: Quote | NoQuote): value is Quote => 'mid' in value;

/** Ten cents: the middle of a wider book is nobody's opinion. */
export const WIDEST_BOOK = price(1_000n);

/**
 * The price of a two-sided book, mid rounded down to the unit. A bid of 0 and an ask of 1 are what an empty side looks like.
 * `undefined` and null mean an absent side, anything else unreadable is `bad_price`.
 */
export function quoteOfBook(bid: unknown, ask: unknown): Quote | NoQuote {
  const [bestBid, bestAsk] = [readSide(bid, 0n), readSide(ask, FULL_PRICE)];
  if (bestBid === 'bad' || bestAsk === 'bad') return { reason: 'bad_price' };
  if (bestBid === 'none' || bestAsk === 'none') return { reason: bestBid === bestAsk ? 'empty_book' : 'one_sided_book' };
  if (bestBid > bestAsk) return { reason: 'crossed_book' };
  if (bestAsk - bestBid > WIDEST_BOOK) return { reason: 'wide_book' };
  return { mid: price((bestBid + bestAsk) / 2n), bestBid, bestAsk };
}

function readSide(value: unknown, empty: bigint): Price | 'none' | 'bad' {
  if (value === undefined || value === null || value === '') return 'none';
  const read = readPrice(value);
  if (read === undefined) return 'bad';
  if (read === empty) return 'none';
  // The far end of the scale on this side is no offer anybody could mean.
  return read === FULL_PRICE - empty ? 'bad' : read;
}

/** A bare midpoint or last price, strictly between 0 and 1. */
export function quoteOfMid(value: unknown): Quote | NoQuote {
  if (value === undefined || value === null || value === '') return { reason: 'no_price' };
  const mid = readPrice(value);
  return mid === undefined || mid === 0n || mid === FULL_PRICE ? { reason: 'bad_price' } : { mid, bestBid: null, bestAsk: null };
}

/** The prices of both outcomes, which must add up to $1 within a cent. */
export function quoteOfPair(yes: unknown, no: unknown): Quote | NoQuote {
  const quote = quoteOfMid(yes);
  const other = readPrice(no);
  if (!isQuote(quote)) return quote;
  if (other === undefined) return { reason: 'bad_price' };
  const sum = quote.mid + other;
  return sum >= FULL_PRICE - 100n && sum <= FULL_PRICE + 100n ? quote : { reason: 'bad_price' };
}

/** What a quote of the NO share says about YES. */
export const mirrored = ({ mid, bestBid, bestAsk }: Quote): Quote => ({
  mid: complement(mid),
  bestBid: bestAsk && complement(bestAsk),
  bestAsk: bestBid && complement(bestBid),
});

/** Best bid and ask of price levels in any order; a level without size does not count. An unreadable level spoils the book. */
export function quoteOfLevels(bids: readonly unknown[], asks: readonly unknown[]): Quote | NoQuote {
  const [bid, ask] = [best(bids, (a, b) => a > b), best(asks, (a, b) => a < b)];
  return bid === 'bad' || ask === 'bad' ? { reason: 'bad_price' } : quoteOfBook(bid, ask);
}

function best(levels: readonly unknown[], better: (a: bigint, b: bigint) => boolean): unknown {
  let found: { value: unknown; read: Price } | undefined;
  for (const level of levels) {
    const { price: value, size } = (typeof level === 'object' && level !== null ? level : {}) as { price?: unknown; size?: unknown };
    const read = readPrice(value);
    if (read === undefined || size === undefined) return 'bad';
    if (isPositive(size) && (found === undefined || better(read, found.read))) found = { value, read };
  }
  return found?.value;
}
