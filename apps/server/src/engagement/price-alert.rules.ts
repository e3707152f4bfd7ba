/** When a price alert goes off, and what of many prices matters to it. */
import type { Price } from '@predictu/contract/units';

type Alert = { direction: 'above' | 'below'; price: Price };
export const isReached = ({ direction, price }: Alert, mid: Price | null): boolean =>
  mid !== null && (direction === 'above' ? mid >= price : mid <= price);

type Moved = { marketId: bigint; mid: Price | null };
/** The lowest and highest price of each market: an alert between two looks is not missed. */
export function spansOf(changes: readonly Moved[]): { marketId: bigint; low: Price; high: Price }[] {
  const spans = new Map<bigint, { marketId: bigint; low: Price; high: Price }>();
  for (const { marketId, mid } of changes) {
    if (mid === null) continue;
    const known = spans.get(marketId);
    if (!known) spans.set(marketId, { marketId, low: mid, high: mid });
    else spans.set(marketId, { marketId, low: mid < known.low ? mid : known.low, high: mid > known.high ? mid : known.high });
  }
  return [...spans.values()];
}
