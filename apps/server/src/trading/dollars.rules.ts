/** Cents as a refusal shows them. */

/** For `details`, named `_usd`; also hundredths of a share as shares. */
export const usd = (value: bigint): number => Number(value) / 100;
/** For messages; zero or more. */
export const dollars = (value: bigint): string => `$${value / 100n}.${String(value % 100n).padStart(2, '0')}`;
