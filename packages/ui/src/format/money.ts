/** Figures as people read them. Money arrives in dollars, prices as 0 to 1; nothing is rounded for looks. */

const MINUS = '−';
const signed = (value: number, text: string, plus: boolean): string =>
  value < 0 ? `${MINUS}${text}` : plus && value > 0 ? `+${text}` : text;
const grouped = (value: number, least: number, most = least): string =>
  Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: least, maximumFractionDigits: most });

/** `$1,234.50`, `−$5,100.00`. A plus only where a change is meant. */
export const formatUsd = (value: number, { plus = false } = {}): string => signed(value, `$${grouped(value, 2)}`, plus);

/** `$284k`: only for tiles and axes whose exact figure is one hover away. */
export function formatShortUsd(value: number): string {
  const size = Math.abs(value);
  const [scale, unit] = size >= 1e9 ? [1e9, 'b'] : size >= 1e6 ? [1e6, 'm'] : size >= 1e3 ? [1e3, 'k'] : [1, ''];
  const scaled = size / scale;
  // Steps of an axis below a few dollars would all round to the same one.
  const cents = size < 10 && !Number.isInteger(size) ? 2 : 0;
  const decimals = unit === '' ? cents : scaled < 100 ? 1 : 0;
  return signed(
    value,
    `$${scaled.toLocaleString('en-US', { minimumFractionDigits: cents, maximumFractionDigits: decimals })}${unit}`,
    false,
  );
}

/** A price in cents with one decimal: `62.0¢`. */
export const formatPrice = (price: number): string => `${(price * 100).toFixed(1)}¢`;
/** A mid is a chance: `62%`. */
export const formatChance = (price: number): string => `${(price * 100).toFixed(0)}%`;
/** Shares, two decimals when not whole. */
export const formatShares = (quantity: number): string => (Number.isInteger(quantity) ? grouped(quantity, 0) : grouped(quantity, 2));
export const formatCount = (count: number): string => grouped(count, 0);
/** `56.8%`. */
export const formatPercent = (percent: number, { plus = false } = {}): string => signed(percent, `${grouped(percent, 1)}%`, plus);
/** A rate of 0 to 1 as a percentage. */
export const formatRate = (rate: number): string => formatPercent(rate * 100);
