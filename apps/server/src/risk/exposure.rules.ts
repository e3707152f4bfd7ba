/** How full the scopes are, as people read it. Hundredths of a share are cents: a share pays $1. */
import type { Category } from '@predictu/contract/shapes/category';
import { type Cents, cents } from '@predictu/contract/units';
import { type StatusColour, statusColour, utilisationBps } from './status.rules.ts';

/** Percent of a limit with one decimal, half up; null without a limit; a limit of zero is full. */
export function percentOf(value: bigint, limit: bigint | null): number | null {
  if (limit === null) return null;
  if (limit === 0n) return 100;
  return Number((value * 2_000n + limit) / (2n * limit)) / 10;
}

export type Gauge<Limit> = { exposure_usd: Cents; limit_usd: Limit; utilization_pct: number | null; status: StatusColour };

/** One scope against its limit. */
export function gauge<Limit extends Cents | null>(exposure: bigint, limit: Limit): Gauge<Limit> {
  const status = statusColour(utilisationBps(exposure, limit));
  return { exposure_usd: cents(exposure), limit_usd: limit, utilization_pct: percentOf(exposure, limit), status };
}

/** What a market would really cost in its worst outcome: the larger payout less what was paid for the open shares. */
export const worstLoss = (yesShares: bigint, noShares: bigint, cost: bigint): Cents =>
  cents((yesShares > noShares ? yesShares : noShares) - cost);

/** An operator's own limits of categories, as its row holds them. */
export const categoryLimit = (limits: Readonly<Record<string, number>>, name: Category): Cents | null =>
  limits[name] === undefined ? null : cents(BigInt(limits[name]));
