/**
 * Units are types. Inside, money, prices and shares are branded bigints; they become JSON numbers only in the codecs below.
 *
 * - Cents: one hundredth of a US dollar.
 * - Price: one hundredth of a cent; 0 to 10,000, because one share pays $1.
 * - Shares: one hundredth of a share.
 */
import { z } from 'zod';

declare const unit: unique symbol;
export type Cents = bigint & { readonly [unit]: 'cents' };
export type Price = bigint & { readonly [unit]: 'price' };
export type Shares = bigint & { readonly [unit]: 'shares' };

export const cents = (value: bigint): Cents => value as Cents;
export const price = (value: bigint): Price => value as Price;
export const shares = (value: bigint): Shares => value as Shares;

export const ZERO_CENTS = cents(0n);
export const ZERO_SHARES = shares(0n);
/** The price of certainty: one share of the winning outcome pays $1. */
export const FULL_PRICE = price(10_000n);
/** Largest amount a codec accepts either way: beyond it a JSON number no longer holds every cent. */
const LARGEST_SAFE = 9_007_199_254_740_991n;

/** The mid of the other outcome: yes and no sum to $1. */
export const complement = (p: Price): Price => price(FULL_PRICE - p);

/** A JSON number with at most `decimals` decimals, held as an integer of its last unit. */
function decimal<T extends bigint>(decimals: number, wire: z.ZodNumber) {
  const scale = 10 ** decimals;
  return z.codec(
    wire,
    z.custom<T>((value) => typeof value === 'bigint'),
    {
      decode: (value, context) => {
        const scaled = Math.round(value * scale);
        // Dividing back gives the same double exactly when the text had no more decimals than allowed.
        if (!Number.isSafeInteger(scaled) || scaled / scale !== value) {
          context.issues.push({ code: 'custom', input: value, message: `Expected a number with at most ${decimals} decimals` });
          return z.NEVER;
        }
        return BigInt(scaled) as T;
      },
      encode: (value) => {
        if (value > LARGEST_SAFE || value < -LARGEST_SAFE) throw new RangeError('Amount too large for a JSON number');
        return Number(value) / scale;
      },
    },
  );
}

const LARGEST_USD = 1_000_000_000_000;

/** Signed dollars with at most two decimals <-> cents. */
export const usd = decimal<Cents>(2, z.number().min(-LARGEST_USD).max(LARGEST_USD));
/** Dollars, more than zero, at most two decimals <-> cents. */
export const positiveUsd = decimal<Cents>(2, z.number().positive().max(LARGEST_USD));
/** Dollars, zero or more, at most two decimals <-> cents. */
export const nonNegativeUsd = decimal<Cents>(2, z.number().min(0).max(LARGEST_USD));
/** A probability or share price, 0.0000 to 1.0000 <-> hundredths of a cent. */
export const unitPrice = decimal<Price>(4, z.number().min(0).max(1));
/** A signed difference of prices, -1.0000 to 1.0000 <-> hundredths of a cent. */
export const priceDifference = decimal<Price>(4, z.number().min(-1).max(1));
/** Shares with at most two decimals <-> hundredths of a share. */
export const quantity = decimal<Shares>(2, z.number().min(0).max(LARGEST_USD));
/** Shares, more than zero, at most two decimals <-> hundredths of a share. */
export const positiveQuantity = decimal<Shares>(2, z.number().positive().max(LARGEST_USD));

/** An instant: ISO 8601 in UTC <-> Date. */
export const instant = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
