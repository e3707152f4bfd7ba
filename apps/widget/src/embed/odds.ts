/** A price of 0 to 1 as the odds a player reads best. */
import { formatChance } from '@predictu/ui/format/money.ts';
import type { OddsFormat } from './choices.ts';

const LARGEST_DENOMINATOR = 50;

/** The simplest fraction within half a percent of the value. */
function fraction(value: number): string {
  for (let below = 1; below <= LARGEST_DENOMINATOR; below += 1) {
    const above = Math.round(value * below);
    if (above > 0 && Math.abs(above / below - value) <= value * 0.005) return `${above}/${below}`;
  }
  return `${Math.max(1, Math.round(value * LARGEST_DENOMINATOR))}/${LARGEST_DENOMINATOR}`;
}

/** Whole cents; a tenth where whole cents would say nothing. */
const cents = (price: number): string => {
  const value = price * 100;
  return `${Math.abs(value - Math.round(value)) < 0.005 || (value >= 1 && value <= 99) ? Math.round(value) : Math.round(value * 10) / 10}¢`;
};

export function formatOdds(price: number, format: OddsFormat): string {
  if (price <= 0 || price >= 1) return format === 'percent' ? formatChance(price) : cents(price);
  switch (format) {
    case 'price':
      return cents(price);
    case 'percent':
      return formatChance(price);
    case 'decimal':
      return (1 / price).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    case 'fractional':
      return fraction((1 - price) / price);
    case 'american':
      return price >= 0.5 ? `−${Math.round((price / (1 - price)) * 100)}` : `+${Math.round(((1 - price) / price) * 100)}`;
  }
}
