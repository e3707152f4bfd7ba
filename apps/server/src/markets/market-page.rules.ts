/** How lists of markets are sorted and searched, and how price histories are cut into points. */

export const MARKET_SORTS = [
  'volume',
  'trade_count',
  'exposure',
  'source_volume',
  'price_change',
  'created_at',
  'end_date',
  'newest',
  'closing',
] as const;
export type MarketSort = (typeof MARKET_SORTS)[number];
export type SortOrder = 'asc' | 'desc';

/** Words of a search as a prefix query of the `simple` dictionary, all of them required; empty when no word is left. */
export const prefixQuery = (words: string): string =>
  words
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 8)
    .map((word) => `${word}:*`)
    .join(' & ');

/** Words every other question has. */
const EMPTY_WORDS = new Set([
  'will',
  'with',
  'than',
  'that',
  'this',
  'more',
  'most',
  'before',
  'after',
  'above',
  'below',
  'over',
  'from',
  'into',
  'have',
  'market',
  'next',
]);
const LEAST_LETTERS = 4;

/** The words of a title that say what it is about, any of them, as a query of the `simple` dictionary; empty when none is left. */
export const likeWords = (words: string): string =>
  [...new Set(words.split(' '))]
    .filter((word) => word.length >= LEAST_LETTERS && !EMPTY_WORDS.has(word))
    .slice(0, 12)
    .join(' | ');

/** Widths of history points in seconds. */
export const RESOLUTIONS = { '1m': 60, '5m': 300, '1h': 3_600, '1d': 86_400 } as const;
export type HistoryResolution = keyof typeof RESOLUTIONS;
/** A history has at most this many points: an older start moves up. */
const MOST_POINTS = 1_000;

/** The start of the first point: aligned to its width, and late enough to keep the number of points. */
export function historyStart(from: Date, to: Date, resolution: HistoryResolution): Date {
  const width = RESOLUTIONS[resolution] * 1_000;
  const earliest = to.getTime() - (MOST_POINTS - 1) * width;
  return new Date(Math.floor(Math.max(from.getTime(), earliest) / width) * width);
}
