/** What any market source tells us, in our own words. Every adapter ends here, and nothing else reaches the tables. */
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents, Price } from '@predictu/contract/units';

export const SOURCES = ['polymarket', 'recorded', 'simulated'] as const;
export type SourceName = (typeof SOURCES)[number];

/** Why something the source sent cannot be used. The names are stable: they are stored, counted and shown. */
export const SET_ASIDE_REASONS = [
  // The payload as a whole.
  'unparseable',
  'unknown_message',
  'not_market_data',
  'empty_history',
  // The market.
  'missing_id',
  'missing_title',
  'not_binary',
  'no_token_ids',
  'missing_end_date',
  'bad_end_date',
  'unknown_state',
  'inactive',
  'past_end',
  // The price.
  'no_price',
  'bad_price',
  'empty_book',
  'one_sided_book',
  'crossed_book',
  'wide_book',
  'depth_only',
  'not_accepting_orders',
  // The result.
  'closed_without_winner',
  'resolution_pending',
  'resolution_conflict',
  'reopened',
  // The order of things.
  'bad_time',
  'from_the_future',
  'duplicate',
  'older_than_known',
  'unknown_market',
] as const;
export type SetAsideReason = (typeof SET_ASIDE_REASONS)[number];

/** Reasons that put the meaning of a whole market in doubt: a market we carry stops being offered until they are gone. */
export const DOUBTFUL: ReadonlySet<SetAsideReason> = new Set<SetAsideReason>([
  'missing_title',
  'not_binary',
  'no_token_ids',
  'missing_end_date',
  'bad_end_date',
  'unknown_state',
  'inactive',
]);

export type Result = 'yes' | 'no' | 'split';

export type MarketDetails = {
  /** The source's ids of the YES and the NO share; null in an archive that did not keep them. */
  tokens: readonly [yes: string, no: string] | null;
  /** What the source calls the two outcomes; YES is the first one unless they are called No and Yes. */
  outcomes: readonly [yes: string, no: string];
  slug: string | null;
  eventTitle: string | null;
  resolutionSource: string | null;
  /** The source's own word on how far its resolution is, and how often it was disputed. */
  resolutionStatus: string | null;
  disputes: number;
  /** The source gave midnight UTC, which is a date rather than a time. */
  endIsDate: boolean;
};

export type MarketEvent = {
  kind: 'market';
  sourceId: string;
  title: string;
  description: string;
  category: Category;
  tags: readonly string[];
  imageUrl: string | null;
  endAt: Date;
  /** Only an open market is taken on; the others update what we carry already. */
  state: 'open' | 'past_end' | 'closed';
  /** null where this interface of the source does not say. */
  liquidity: Cents | null;
  volume: Cents | null;
  details: MarketDetails;
  at: Date;
};
/** The price of YES; mid is strictly between 0 and 1. Bid and ask are null where the source gave a midpoint only. */
export type PriceEvent = { kind: 'price'; sourceId: string; mid: Price; bestBid: Price | null; bestAsk: Price | null; at: Date };
/** The source says how it ended. A signal, not a settlement. */
export type ResolutionEvent = { kind: 'resolution'; sourceId: string; result: Result; evidence: string; at: Date };
export type SetAsideEvent = { kind: 'set_aside'; sourceId: string; reason: SetAsideReason; detail: string; at: Date };
export type SourceEvent = MarketEvent | PriceEvent | ResolutionEvent | SetAsideEvent;

/** Which market and side a token id of the source means. */
export type TokenLookup = (tokenId: string) => { sourceId: string; side: 'yes' | 'no' } | undefined;

/** Around a payload: when it was heard, and what its address said about it. */
export type Frame = {
  body: unknown;
  /** When we received it, or when it was recorded: the source's clock where it sent one. */
  at: Date;
  /** What was asked for, where the payload does not say: the token of a price history. */
  key?: string;
  /** The payload is a fresh answer: its books hold at `at`, whenever they last changed. */
  confirms?: boolean;
};

/** How far ahead of us a source's clock may run, in milliseconds. */
export const CLOCK_TOLERANCE_MS = 60_000;

export const setAside = (sourceId: string, reason: SetAsideReason, detail: string, at: Date): SetAsideEvent => ({
  kind: 'set_aside',
  sourceId,
  reason,
  detail,
  at,
});
