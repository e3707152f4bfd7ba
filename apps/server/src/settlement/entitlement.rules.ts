/** What a position gets when its market is settled. The decision itself is one SQL statement; a test proves it equal to this. Money is cents, shares hundredths. */
import { type Cents, cents, type Shares } from '@predictu/contract/units';
import { feeOf } from '../pricing/fees.rules.ts';

export const OUTCOMES = ['yes', 'no', 'split', 'void'] as const;
export type Result = (typeof OUTCOMES)[number];
export type Entitlement = { payout: Cents; fee: Cents };

/**
 * Winners get $1 a share, losers nothing, a split 50 cents a share rounded down to the cent; a void refunds the cost that is left, without
 * a fee. The settlement fee is of the payout, half a cent rounded up.
 */
export function entitlementOf(
  { outcome, quantity, cost }: { outcome: 'yes' | 'no'; quantity: Shares; cost: Cents },
  result: Result,
  feeBps: number,
): Entitlement {
  if (result === 'void') return { payout: cost, fee: cents(0n) };
  const payout = cents(result === 'split' ? quantity / 2n : result === outcome ? quantity : 0n);
  return { payout, fee: feeOf(payout, feeBps) };
}
