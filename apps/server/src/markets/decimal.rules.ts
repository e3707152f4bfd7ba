/** Numbers of a source, read digit by digit: no float ever touches a price or an amount. */
import { type Cents, cents, FULL_PRICE, type Price, price } from '@predictu/contract/units';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
const LONGEST = 100;

export type Rounding = 'down' | 'half_up';

/** A decimal text or JSON number as an integer of 10^-decimals, or undefined when it is not a number. Rounds the magnitude. */
export function scaled(value: unknown, decimals: number, rounding: Rounding): bigint | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : typeof value === 'string' ? value.trim() : '';
  if (text.length > LONGEST) return undefined;
  const parts = DECIMAL.exec(text);
  if (!parts) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const shift = Number(exponent) - fraction.length + decimals;
  const magnitude = shift >= 0 ? digits * 10n ** BigInt(shift) : divide(digits, 10n ** BigInt(-shift), rounding);
  return sign === '-' ? -magnitude : magnitude;
}

const divide = (dividend: bigint, divisor: bigint, rounding: Rounding): bigint =>
  rounding === 'down' ? dividend / divisor : (2n * dividend + divisor) / (2n * divisor);

/** A price from 0 to 1, both included, in hundredths of a cent, half up; undefined when it is none. */
export function readPrice(value: unknown): Price | undefined {
  const units = scaled(value, 4, 'half_up');
  return units !== undefined && units >= 0n && units <= FULL_PRICE ? price(units) : undefined;
}

/** More dollars than any market holds: beyond it the figure is nonsense. */
const LARGEST_AMOUNT = 10n ** 16n;

/** A dollar amount in whole cents, rounded down; undefined when negative, absent or absurd. */
export function readAmount(value: unknown): Cents | undefined {
  const amount = scaled(value, 2, 'down');
  return amount !== undefined && amount >= 0n && amount <= LARGEST_AMOUNT ? cents(amount) : undefined;
}

/** Whether a size at a price level is worth anything. Fine digits do not matter here. */
export const isPositive = (value: unknown): boolean => (scaled(value, 12, 'down') ?? 0n) > 0n;
