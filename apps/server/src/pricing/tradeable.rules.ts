/** Whether a market can be traded now, and if not, why. */
import type { Category } from '@predictu/contract/shapes/category';
import { type Cents, cents, FULL_PRICE, type Price, price } from '@predictu/contract/units';
import { STALE_SUSPEND_MS, STALE_WIDEN_MS } from './spread.rules.ts';

export type MarketStatus = 'active' | 'paused' | 'resolved' | 'cancelled';
export type MarketState = {
  status: MarketStatus;
  mid: Price | null;
  pricedAt: Date | null;
  endAt: Date | null;
  liquidity: Cents;
  category: Category;
};
export type Bounds = { low: Price; high: Price };
export type UntradeableReason =
  | 'paused'
  | 'resolved'
  | 'cancelled'
  | 'expired'
  | 'no_price'
  | 'stale'
  | 'out_of_bounds'
  | 'illiquid'
  | 'category';
export type Tradeability = { tradeable: true; degraded: boolean } | { tradeable: false; reason: UntradeableReason };

/** New bets are taken on mids from 0.01 to 0.99, both included. */
const TRADING_BOUNDS: Bounds = { low: price(100n), high: price(9_900n) };
/** Least upstream liquidity for new bets: $100. */
const LEAST_LIQUIDITY = cents(10_000n);

/** What `tradeability` asks of a market that may be bought, as bounds a query can compare with. */
export const tradeableFacts = (now: Date) => ({
  now,
  pricedAfter: new Date(now.getTime() - STALE_SUSPEND_MS),
  lowest: TRADING_BOUNDS.low,
  highest: TRADING_BOUNDS.high,
  leastLiquidity: LEAST_LIQUIDITY,
});

const no = (reason: UntradeableReason): Tradeability => ({ tradeable: false, reason });

/**
 * Buys need everything; a sale only lets a player out, so pause, category, liquidity and the trading bounds do not stop it:
 * it needs an undecided market before its end and a fresh price strictly between 0 and 1.
 */
export function tradeability(
  market: MarketState,
  {
    allowedCategories,
    now,
    bounds = TRADING_BOUNDS,
    side = 'buy',
  }: { allowedCategories: readonly string[]; now: Date; bounds?: Bounds; side?: 'buy' | 'sell' },
): Tradeability {
  const buying = side === 'buy';
  if (market.status === 'resolved' || market.status === 'cancelled') return no(market.status);
  if (buying && market.status === 'paused') return no('paused');
  if (buying && !allowedCategories.includes(market.category)) return no('category');
  if (market.endAt !== null && now >= market.endAt) return no('expired');
  if (market.mid === null || market.pricedAt === null) return no('no_price');
  const age = now.getTime() - market.pricedAt.getTime();
  if (age > STALE_SUSPEND_MS) return no('stale');
  const { low, high } = buying ? bounds : { low: 1n, high: FULL_PRICE - 1n };
  if (market.mid < low || market.mid > high) return no('out_of_bounds');
  if (buying && market.liquidity < LEAST_LIQUIDITY) return no('illiquid');
  return { tradeable: true, degraded: age > STALE_WIDEN_MS };
}
