/** The platform's part of revenue, one definition for invoices and every page of figures. Basis points, half up to the cent. */
import { type Cents, cents } from '@predictu/contract/units';

const BPS = 10_000n;

/** A part of an amount in basis points, half up to the cent, away from zero for losses. */
export function partOf(amount: bigint, bps: number): Cents {
  const product = amount * BigInt(bps);
  const size = product < 0n ? -product : product;
  const part = (2n * size + BPS) / (2n * BPS);
  return cents(product < 0n ? -part : part);
}

/** The platform's part of a revenue, half up to the cent. */
export const platformShare = (gross: bigint, shareBps: number): Cents => partOf(gross, shareBps);

/** The platform's part of each of several revenues, so that the parts add up to the part of the whole. */
export function platformShares(grosses: readonly bigint[], shareBps: number): Cents[] {
  let sum = 0n;
  let through = cents(0n);
  return grosses.map((gross) => {
    const before = through;
    sum += gross;
    through = platformShare(sum, shareBps);
    return cents(through - before);
  });
}
