/**
 * The price of an operator's own market: what the operator says (the anchor), moved a little towards the loaded side. The move is bounded by a quarter
 * of the narrowest spread. A price that follows its own flow can be pushed by one player and collected by the next: a round trip gains at most twice the
 * bound and pays at least half a spread, so here it gains nothing (docs/decisions/0022-copilot.md).
 */
import { type Cents, type Price, price, type Shares } from '@predictu/contract/units';

export type House = {
  anchor: Price;
  yes: Shares;
  no: Shares;
  /** How much the operator has committed: at this many net shares the move is full. */
  depth: Cents;
  /** The narrowest spread anybody may be given. */
  leastSpread: Price;
};

export const ANCHOR_BOUNDS = { low: price(100n), high: price(9_900n) };

/** How far the price may stand from its anchor. */
export const bandOf = (leastSpread: Price): Price => price(leastSpread / 4n);

const clamp = (value: bigint, low: bigint, high: bigint): bigint => (value < low ? low : value > high ? high : value);

/** A share pays $1, so a hundredth of a share and a cent are the same number. */
export function housePrice({ anchor, yes, no, depth, leastSpread }: House): Price {
  const band = bandOf(leastSpread);
  const full = depth > 0n ? depth : 1n;
  const move = clamp((band * (yes - no)) / full, -band, band);
  return price(clamp(anchor + move, ANCHOR_BOUNDS.low, ANCHOR_BOUNDS.high));
}
