/** What is asked about, out of the words of a request: an asset and its line, a contest, or an event. */
import type { Category } from '@predictu/contract/shapes/category';

type Asset = { names: RegExp; name: string; category: Category; source: { name: string; url: string }; measure: string };
const coinbase = (pair: string, slug: string) => ({ name: `Coinbase ${pair}`, url: `https://www.coinbase.com/price/${slug}` });
const fred = (series: string) => ({
  name: `FRED ${series}, Federal Reserve Bank of St. Louis`,
  url: `https://fred.stlouisfed.org/series/${series}`,
});
const ASSETS: readonly Asset[] = [
  { names: /\b(bitcoin|btc)\b/i, name: 'Bitcoin', category: 'crypto', source: coinbase('BTC-USD', 'bitcoin'), measure: 'BTC-USD' },
  { names: /\b(ethereum|ether|eth)\b/i, name: 'Ethereum', category: 'crypto', source: coinbase('ETH-USD', 'ethereum'), measure: 'ETH-USD' },
  { names: /\b(solana|sol)\b/i, name: 'Solana', category: 'crypto', source: coinbase('SOL-USD', 'solana'), measure: 'SOL-USD' },
  { names: /\bxrp\b/i, name: 'XRP', category: 'crypto', source: coinbase('XRP-USD', 'xrp'), measure: 'XRP-USD' },
  { names: /\b(dogecoin|doge)\b/i, name: 'Dogecoin', category: 'crypto', source: coinbase('DOGE-USD', 'dogecoin'), measure: 'DOGE-USD' },
  {
    names: /\bs&p( ?500)?\b|\bspx\b/i,
    name: 'the S&P 500',
    category: 'economics',
    source: fred('SP500'),
    measure: 'the closing level of the S&P 500',
  },
  {
    names: /\bnasdaq\b/i,
    name: 'the Nasdaq Composite',
    category: 'economics',
    source: fred('NASDAQCOM'),
    measure: 'the closing level of the Nasdaq Composite',
  },
  {
    names: /\b(wti|crude|oil)\b/i,
    name: 'WTI crude oil',
    category: 'economics',
    source: fred('DCOILWTICO'),
    measure: 'the daily WTI spot price',
  },
];

/** Words that decide the category; the first that fits. */
const CATEGORIES: readonly (readonly [RegExp, Category])[] = [
  [/\b(bitcoin|btc|ethereum|eth|crypto|token|solana|xrp|doge|stablecoin|airdrop)\b/i, 'crypto'],
  [
    /\b(election|president|senate|congress|parliament|minister|governor|vote|party|law|bill|impeach|resign|war|ceasefire|nato|treaty|sanctions?)\b/i,
    'politics',
  ],
  [/\b(fed|interest rates?|inflation|cpi|gdp|unemployment|recession|stock|s&p|nasdaq|earnings|ipo|tariffs?|oil|gold)\b/i, 'economics'],
  [
    /\b(match|game|cup|league|championship|beat|vs|win against|tournament|final|nba|nfl|nhl|mlb|premier league|grand prix|tennis|football|goal|olympics|ufc)\b/i,
    'sports',
  ],
  [/\b(movie|film|album|song|oscar|grammy|netflix|box office|show|series|singer|actor|actress|concert|spotify)\b/i, 'entertainment'],
];
export const categoryIn = (text: string): Category | undefined => CATEGORIES.find(([pattern]) => pattern.test(text))?.[1];

/** 150k, $1.5m, 150,000 or 7000 as a whole number of cents. */
export function amountIn(text: string): { cents: bigint; text: string } | undefined {
  const [found, digits = '', fraction = '', unit = ''] =
    /(?<![\d-])[$]?\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?\s?(k|m|bn?|thousand|million|billion)?\b(?!\s*(%|percent|st|nd|rd|th|:))/i.exec(
      text,
    ) ?? [];
  if (found === undefined) return undefined;
  const scales: Record<string, bigint> = { k: 1_000n, t: 1_000n, m: 1_000_000n, b: 1_000_000_000n };
  const scale = scales[unit.slice(0, 1).toLowerCase()] ?? 1n;
  return { cents: BigInt(`${digits.replaceAll(',', '')}${fraction.padEnd(2, '0')}`) * scale, text: found.trim() };
}
export const dollars = (amount: bigint): string => {
  const [whole, rest] = [String(amount / 100n).replace(/\B(?=(\d{3})+$)/g, ','), String(amount % 100n).padStart(2, '0')];
  return rest === '00' ? `$${whole}` : `$${whole}.${rest}`;
};

const BELOW = /\b(below|under|less than|lower than|drop(?:s)? (?:to|below)|fall(?:s)? (?:to|below)|dip(?:s)? (?:to|below)|down to)\b/i;
const TOUCH = /\b(hit|hits|reach|reaches|touch|touches|cross|crosses|dip|dips|drop to|fall to)\b/i;

export type Line = { kind: 'line'; asset: Asset; amount: bigint; below: boolean; touch: boolean };
export type Contest = { kind: 'contest'; one: string; other: string };
export type Event = { kind: 'event'; question: string };
export type Subject = Line | Contest | Event;

const NAME = "[A-Z0-9][\\w.&'’-]*(?:\\s+(?:of|de|la|[A-Z0-9][\\w.&'’-]*))*";

/** `day` are the words that named the day; they are no amount and no name. */
export function subjectIn(text: string, day: string): Subject {
  const rest = day === '' ? text : text.replace(day, ' ');
  const asset = ASSETS.find(({ names }) => names.test(rest));
  const amount = amountIn(asset ? rest.replace(/s&p ?500/i, 's&p') : rest);
  if (asset && amount) return { kind: 'line', asset, amount: amount.cents, below: BELOW.test(rest), touch: TOUCH.test(rest) };
  const contest = new RegExp(`(${NAME})\\s+(?:beat|beats|defeat|defeats|win against|wins against|vs\\.?|versus)\\s+(${NAME})`).exec(
    rest.replace(/^will\s+/i, ''),
  );
  if (contest) return { kind: 'contest', one: (contest[1] ?? '').trim(), other: (contest[2] ?? '').trim() };
  return { kind: 'event', question: text };
}
