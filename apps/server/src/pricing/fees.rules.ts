/** Amounts of a trade. Every remainder goes to the house: cost up, proceeds down, fee and spread half-up. */
import { type Cents, cents, type Price, type Shares, shares } from '@predictu/contract/units';

/** Shares (hundredths) times price (hundredths of a cent) is this many times cents. */
const PER_CENT = 10_000n;
const HALF = PER_CENT / 2n;

/** What a buyer gets for an amount, rounded down; its cost never exceeds the amount. @throws RangeError for a price of zero. */
export const quantityFor = (amount: Cents, ask: Price): Shares => shares((amount * PER_CENT) / ask);

/** What a buyer pays before the fee, rounded up to the cent. */
export const costOf = (at: Price, quantity: Shares): Cents => cents((quantity * at + PER_CENT - 1n) / PER_CENT);

/** What a seller receives before the fee, rounded down to the cent. */
export const proceedsOf = (at: Price, quantity: Shares): Cents => cents((quantity * at) / PER_CENT);

/** The fee on a cost or on proceeds, half a cent rounded up. `bps` are hundredths of a percent. */
export const feeOf = (amount: Cents, bps: number): Cents => cents((amount * BigInt(bps) + HALF) / PER_CENT);

/** What the house earned on the spread: |price - mid| x quantity, half a cent rounded up. Both prices are of the outcome traded. */
export const spreadRevenue = (at: Price, mid: Price, quantity: Shares): Cents => {
  const distance = at > mid ? at - mid : mid - at;
  return cents((distance * quantity + HALF) / PER_CENT);
};

/** The part of a position's cost that leaves with the shares sold, rounded down: the last sale takes what remains. */
export const costBasisOf = (cost: Cents, sold: Shares, held: Shares): Cents => cents((cost * sold) / held);
