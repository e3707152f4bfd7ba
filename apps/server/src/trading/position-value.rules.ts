/** What a position is worth now. Open ones at the mid; a closed or settled one holds nothing any more. */
import { type Cents, cents, complement, FULL_PRICE, type Price, price, type Shares } from '@predictu/contract/units';
import { proceedsOf } from '../pricing/fees.rules.ts';
import type { Outcome } from './operation.rules.ts';

export type PositionStatus = 'open' | 'closed' | 'settled';
export type Resolution = 'yes' | 'no' | 'split' | 'void';
export type HeldPosition = {
  outcome: Outcome;
  quantity: Shares;
  cost: Cents;
  marketStatus: 'active' | 'paused' | 'resolved' | 'cancelled';
  /** Mid of YES. */
  mid: Price | null;
  resolution: Resolution | null;
};
export type PositionValue = {
  status: PositionStatus;
  averagePrice: Price | null;
  currentPrice: Price | null;
  marketValue: Cents | null;
  unrealized: Cents | null;
  /** Percent of the cost, two decimals. */
  unrealizedPercent: number | null;
};

const HALF_SHARE_PRICE = price(FULL_PRICE / 2n);

/** What a share of the outcome pays, or is worth at the mid; null when nothing says so (no price yet, or a void: the cost is refunded). */
function currentPriceOf({ outcome, mid, resolution }: HeldPosition): Price | null {
  if (resolution === 'void') return null;
  if (resolution === 'split') return HALF_SHARE_PRICE;
  if (resolution !== null) return price(resolution === outcome ? FULL_PRICE : 0n);
  if (mid === null) return null;
  return outcome === 'yes' ? mid : complement(mid);
}

const statusOf = ({ marketStatus, quantity }: HeldPosition): PositionStatus =>
  marketStatus === 'resolved' || marketStatus === 'cancelled' ? 'settled' : quantity === 0n ? 'closed' : 'open';

const halfUp = (dividend: bigint, divisor: bigint): bigint =>
  dividend < 0n ? -((-2n * dividend + divisor) / (2n * divisor)) : (2n * dividend + divisor) / (2n * divisor);

/** The average price is half-up to the price unit, the value rounded down to the cent like every proceeds. */
export function valuePosition(position: HeldPosition): PositionValue {
  const { quantity, cost } = position;
  const status = statusOf(position);
  const currentPrice = currentPriceOf(position);
  const averagePrice = quantity > 0n ? price(halfUp(cost * FULL_PRICE, quantity)) : null;
  if (status !== 'open') {
    return { status, averagePrice, currentPrice, marketValue: cents(0n), unrealized: cents(0n), unrealizedPercent: null };
  }
  if (currentPrice === null) return { status, averagePrice, currentPrice, marketValue: null, unrealized: null, unrealizedPercent: null };
  const marketValue = proceedsOf(currentPrice, quantity);
  const unrealized = cents(marketValue - cost);
  const unrealizedPercent = cost > 0n ? Number(halfUp(unrealized * 10_000n, cost)) / 100 : null;
  return { status, averagePrice, currentPrice, marketValue, unrealized, unrealizedPercent };
}
