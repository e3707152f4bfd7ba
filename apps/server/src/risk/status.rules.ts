/** How full a limit is, and its colour. */
import type { Cents } from '@predictu/contract/units';

export type StatusColour = 'green' | 'yellow' | 'red';

const FULL_BPS = 10_000n;
const YELLOW_BPS = 6_000n;
const RED_BPS = 9_000n;

/** Exposure against its limit in basis points, 0 to 10,000; a limit of zero is full. Null (no limit) is empty. */
export function utilisationBps(exposure: bigint, limit: Cents | null): bigint {
  if (limit === null) return 0n;
  if (exposure >= limit) return FULL_BPS;
  return exposure <= 0n ? 0n : (exposure * FULL_BPS) / limit;
}

/** Yellow from 60 percent, red from 90. */
export const statusColour = (utilisation: bigint): StatusColour =>
  utilisation >= RED_BPS ? 'red' : utilisation >= YELLOW_BPS ? 'yellow' : 'green';

/** The colour a limit has just turned because of a trade, or undefined when it did not get worse: what a risk event is for. */
export function turned(before: bigint, after: bigint): 'yellow' | 'red' | undefined {
  const was = statusColour(before);
  const is = statusColour(after);
  if (is === 'red' && was !== 'red') return 'red';
  return is === 'yellow' && was === 'green' ? 'yellow' : undefined;
}
