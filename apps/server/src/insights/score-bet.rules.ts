/** From stored rows to bets as the score sees them: in terms of the outcome bought, with result, closing line and the move after. */
import { complement, FULL_PRICE, type Price, price } from '@predictu/contract/units';
import type { Bet } from './score-evidence.rules.ts';

/** A line has moved when its mid is this far from where it was: two points. */
export const MOVE = 200;
export const MOVE_WINDOW_MS = 300_000;

/** The bounds within which bets are possible: a line beyond them is decided and no longer a line. */
export const LINE_BOUNDS = { low: price(100n), high: price(9_900n) };

export type MarketEnd = {
  resolution: 'yes' | 'no' | 'split' | 'void' | null;
  resolved_at: Date | null;
  closed_at: Date | null;
  end_at: Date | null;
};

/** When betting on a resolved market ended: at its end, its closing or its resolution, whatever came first. */
export function bettingEnd({ resolved_at, closed_at, end_at }: MarketEnd): Date | null {
  const ends = [resolved_at, closed_at, end_at].flatMap((at) => (at === null ? [] : [at.getTime()]));
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

/** What a share of the outcome paid; null for no result, and for a void, which says nothing about a bet. */
export function resultOf(resolution: MarketEnd['resolution'], outcome: 'yes' | 'no'): Price | null {
  if (resolution === null || resolution === 'void') return null;
  if (resolution === 'split') return price(FULL_PRICE / 2n);
  return resolution === outcome ? FULL_PRICE : price(0n);
}

export const ofOutcome = (yes: Price, outcome: 'yes' | 'no'): Price => (outcome === 'yes' ? yes : complement(yes));

/** Where the line went within the window after a bet, by the first mid far enough away; null before the window is over. */
export function moveAfter(bet: { outcome: 'yes' | 'no'; mid: Price; movedTo: Price | null; at: Date }, now: Date): Bet['move'] {
  if (now.getTime() < bet.at.getTime() + MOVE_WINDOW_MS) return null;
  if (bet.movedTo === null) return 0;
  return bet.movedTo > bet.mid === (bet.outcome === 'yes') ? 1 : -1;
}
