/** The source's tags, categories and wording, mapped to our six categories. */
import type { Category } from '@predictu/contract/shapes/category';

/** Whole tags, in lower case with single spaces. Housekeeping tags ("Hide From New", "Earn 4%") are simply not here. */
const TAGS: Record<Exclude<Category, 'other'>, readonly string[]> = {
  sports: [
    'sports',
    'sport',
    'esports',
    'games',
    'soccer',
    'football',
    'nba',
    'nba playoffs',
    'nfl',
    'nfl playoffs',
    'super bowl',
    'mlb',
    'nhl',
    'hockey',
    'basketball',
    'baseball',
    'tennis',
    'golf',
    'ufc',
    'mma',
    'boxing',
    'cricket',
    'f1',
    'formula 1',
    'chess',
    'poker',
    'olympics',
    'epl',
    'premier league',
    'la liga',
    'bundesliga',
    'serie a',
    'ligue 1',
    'champions league',
    'fifa world cup',
    'ncaa',
    'cbb',
    'cfb',
    'counter strike',
    'counter strike 2',
    'dota 2',
    'league of legends',
    'valorant',
    'rugby',
    'racing',
  ],
  crypto: [
    'crypto',
    'crypto prices',
    'bitcoin',
    'ethereum',
    'solana',
    'xrp',
    'dogecoin',
    'nfts',
    'nft',
    'airdrops',
    'stablecoins',
    'defi',
    'token sales',
    'pre market',
    'microstrategy',
    'metamask',
    'megaeth',
    'up or down',
  ],
  politics: [
    'politics',
    'us current affairs',
    'global politics',
    'elections',
    'us election',
    'global elections',
    'world elections',
    'primaries',
    'midterms',
    'geopolitics',
    'macro geopolitics',
    'world',
    'world affairs',
    'foreign policy',
    'trump',
    'trump presidency',
    'congress',
    'senate',
    'president',
    'ukraine',
    'israel',
    'gaza',
    'iran',
    'middle east',
    'nato',
    'courts',
    'scotus',
    'nyc mayor',
    'military strikes',
  ],
  economics: [
    'economy',
    'economics',
    'economic policy',
    'finance',
    'business',
    'stocks',
    'fed',
    'fed rates',
    'jerome powell',
    'inflation',
    'gdp',
    'macro',
    'macro indicators',
    'taxes',
    'trade war',
    'tariffs',
    'ipo',
    'ipos',
    'earnings',
    'commodities',
    'acquisitions',
    'indices',
    'equities',
    'big tech',
    'derivatives',
    'fannie mae',
    'jobs',
    'interest rates',
  ],
  entertainment: [
    'entertainment',
    'culture',
    'pop culture',
    'art',
    'movies',
    'music',
    'celebrities',
    'awards',
    'oscars',
    'grammys',
    'tv',
    'video games',
    'gta vi',
    'taylor swift',
    'box office',
    'streaming',
    'youtube',
    'mrbeast',
    'eurovision',
    'netflix',
  ],
};

/** Words of a title, tried in this order when no tag speaks: the first category with a match wins. */
const WORDS: readonly [Category, RegExp][] = [
  [
    'sports',
    /\b(?:vs|nba|nfl|mlb|nhl|ufc|epl|atp|wta|cup|playoffs?|match|moneyline|o\/u|championship|tournament|league|grand prix|super bowl|counter strike|dota|valorant|lol|bo3|bo5|spread|beat|over\/under|kills|maps|rounds|head coach|gp|open|handicap)\b/,
  ],
  [
    'crypto',
    /\b(?:bitcoin|btc|ethereum|ether|eth|solana|sol|xrp|dogecoin|crypto|token|airdrop|stablecoin|fdv|opensea|nfts?|binance|coinbase|microstrategy|usdt|usdc)\b/,
  ],
  [
    'economics',
    /\b(?:fed|inflation|cpi|gdp|recession|unemployment|interest rates?|rate cut|tariffs?|stock|s p 500|nasdaq|ipo|earnings|jobs report|ecb|treasury|oil|gold|market cap|nvidia|tesla deliveries)\b/,
  ],
  [
    'politics',
    /\b(?:president\w*|election|senate|congress|minister|parliament|trump|biden|governor|mayor|vote|republicans?|democrats?|democratic|nominee|ceasefire|russia|ukraine|israel|iran|china|war|deport\w*|impeach\w*|supreme court|government|nato)\b/,
  ],
  [
    'entertainment',
    /\b(?:movie|film|album|song|oscars?|grammys?|box office|netflix|spotify|billboard|actor|actress|celebrity|season|gta|rotten tomatoes|youtube|eurovision|tour)\b/,
  ],
];
/** The source's own main headings say more than its many small tags. */
const HEADINGS = new Set([
  'sports',
  'esports',
  'crypto',
  'politics',
  'geopolitics',
  'elections',
  'economy',
  'finance',
  'culture',
  'pop culture',
  'entertainment',
]);
/** When two categories have as many tags, the earlier one wins. */
const PRECEDENCE = ['sports', 'crypto', 'economics', 'politics', 'entertainment'] as const;

/** A label as it is compared: lower case, separators as single spaces. */
const plainLabel = (label: string): string =>
  label
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%/]+/gu, ' ')
    .trim();

const CATEGORY_OF_TAG = new Map(PRECEDENCE.flatMap((category) => TAGS[category].map((tag) => [tag, category] as const)));

/** The category most tags name, headings counting twice; without a telling tag, the one the words of the title suggest; else `other`. */
export function categoryOf(tags: readonly string[], title: string): Category {
  const counts = new Map<Category, number>();
  for (const tag of new Set(tags.map(plainLabel))) {
    const named = CATEGORY_OF_TAG.get(tag);
    if (named) counts.set(named, (counts.get(named) ?? 0) + (HEADINGS.has(tag) ? 2 : 1));
  }
  const most = Math.max(0, ...counts.values());
  const winner = PRECEDENCE.find((category) => most > 0 && counts.get(category) === most);
  if (winner) return winner;
  const words = ` ${plainLabel(title)} `;
  return WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other';
}
