/**
 * How simulated players behave. Pure: every choice is made from numbers in [0, 1) that the caller draws,
 * so one seed always gives the same population and the same months of trading.
 */
import { type Cents, cents, type Price, type Shares, shares } from '@predictu/contract/units';

export type TemperamentName = 'casual' | 'regular' | 'whale' | 'sharp' | 'bonus_hunter';
type Dollars = readonly [least: number, most: number];
export type Temperament = {
  name: TemperamentName;
  /** Part of the population, percent. */
  share: number;
  limitTier: 'new' | 'regular' | 'vip';
  /** One deposit, dollars. */
  deposit: Dollars;
  /** One stake, dollars. */
  stake: Dollars;
  /** How often this player acts while it plays at all, relative to a casual one. */
  activity: number;
  /** Mean days from the first visit to the last. */
  staysDays: number;
  /** Chance that an action sells something held instead of buying. */
  selling: number;
  /** Chance that a purchase follows the market's move of the last hours instead of a whim. */
  follows: number;
  /** Chance that a purchase follows what this player knows of the hours to come, where that can be known. */
  knows: number;
  /** Chance that a purchase is of the likelier outcome of a nearly decided question. */
  favourites: number;
};

const NOTHING_SPECIAL = { follows: 0.2, knows: 0, favourites: 0 };
const TEMPERAMENTS: readonly Temperament[] = [
  {
    ...NOTHING_SPECIAL,
    name: 'casual',
    share: 62,
    limitTier: 'new',
    deposit: [20, 120],
    stake: [1, 12],
    activity: 1,
    staysDays: 26,
    selling: 0.15,
  },
  {
    ...NOTHING_SPECIAL,
    name: 'regular',
    share: 22,
    limitTier: 'regular',
    deposit: [80, 500],
    stake: [3, 45],
    activity: 3,
    staysDays: 75,
    selling: 0.3,
    follows: 0.4,
  },
  {
    ...NOTHING_SPECIAL,
    name: 'whale',
    share: 3,
    limitTier: 'vip',
    deposit: [2_500, 12_000],
    stake: [50, 620],
    activity: 1.6,
    staysDays: 80,
    selling: 0.4,
    follows: 0.4,
  },
  {
    ...NOTHING_SPECIAL,
    name: 'sharp',
    share: 2,
    limitTier: 'vip',
    deposit: [800, 5_000],
    stake: [20, 180],
    activity: 6,
    staysDays: 250,
    selling: 0.25,
    knows: 0.85,
  },
  {
    ...NOTHING_SPECIAL,
    name: 'bonus_hunter',
    share: 11,
    limitTier: 'new',
    deposit: [50, 100],
    stake: [4, 10],
    activity: 5,
    staysDays: 4,
    selling: 0.45,
    favourites: 0.8,
  },
];

/** The temperament of a draw in [0, 1). */
export function temperamentOf(draw: number): Temperament {
  let left = draw * TEMPERAMENTS.reduce((sum, { share }) => sum + share, 0);
  for (const temperament of TEMPERAMENTS) {
    left -= temperament.share;
    if (left < 0) return temperament;
  }
  return TEMPERAMENTS[0] as Temperament;
}

/** A whole number of dollars between two bounds, small ones more often; in cents. */
export const amountBetween = ([least, most]: Dollars, draw: number): Cents =>
  cents(BigInt(Math.round(least + (most - least) * draw ** 2)) * 100n);

export type MarketView = {
  marketId: bigint;
  mid: Price;
  /** The mid some hours ago. */
  earlier: Price;
  /** Where the mid will be in minutes and in hours: only the past knows its future. */
  soon?: Price;
  later?: Price;
};
export type Holding = { marketId: bigint; outcome: 'yes' | 'no'; quantity: Shares };
export type Intent =
  | { side: 'buy'; marketId: bigint; outcome: 'yes' | 'no'; amount: Cents }
  | { side: 'sell'; marketId: bigint; outcome: 'yes' | 'no'; quantity: Shares };

/** Markets at the front of the list are the popular ones. */
const pick = <T>(list: readonly T[], draw: number): T | undefined => list[Math.floor(draw * list.length)];

/** A move of this much within minutes is worth more than the spread; in hundredths of a cent. */
const SOON_WORTH = 200n;
const LATER_WORTH = 450n;
/** Nobody watches every market at once. */
const WATCHED = 14;
const size = (value: bigint): bigint => (value < 0n ? -value : value);

/** What somebody who knows would buy: a move of the next minutes first, else the best of the markets it watches. */
function knownBuy(markets: readonly MarketView[], draw: number): { market: MarketView; rises: boolean } | undefined {
  let best: { market: MarketView; edge: bigint } | undefined;
  const first = Math.floor(draw * markets.length);
  const better = (market: MarketView, edge: bigint, worth: bigint): void => {
    if (size(edge) >= worth && (!best || size(edge) > size(best.edge))) best = { market, edge };
  };
  for (const market of markets) better(market, (market.soon ?? market.mid) - market.mid, SOON_WORTH);
  if (!best) {
    for (let index = 0; index < Math.min(WATCHED, markets.length); index += 1) {
      const market = markets[(first + index) % markets.length] as MarketView;
      better(market, (market.later ?? market.mid) - market.mid, LATER_WORTH);
    }
  }
  return best && { market: best.market, rises: best.edge > 0n };
}

/** Nobody keeps so little: two shares. */
const CRUMBS = 200n;
const isFavourite = ({ mid }: MarketView): boolean => mid >= 7_500n || mid <= 2_500n;

/** What a player does next, or nothing when there is nothing to trade. Uses five draws. */
export function nextIntent(
  temperament: Temperament,
  markets: readonly MarketView[],
  holdings: readonly Holding[],
  draw: () => number,
): Intent | undefined {
  const [act, which, side, howMuch, whim] = [draw(), draw(), draw(), draw(), draw()];
  const held = act < temperament.selling ? pick(holdings, which) : undefined;
  if (held) {
    const part =
      howMuch < 0.5 || held.quantity < CRUMBS ? held.quantity : shares((held.quantity * BigInt(Math.ceil(howMuch * 100))) / 100n);
    if (part > 0n) return { side: 'sell', marketId: held.marketId, outcome: held.outcome, quantity: part };
  }
  const amount = amountBetween(temperament.stake, howMuch);
  const buy = ({ marketId }: MarketView, yes: boolean): Intent => ({ side: 'buy', marketId, outcome: yes ? 'yes' : 'no', amount });
  if (whim < temperament.knows && markets.some(({ later }) => later !== undefined)) {
    const known = knownBuy(markets, which);
    return known && buy(known.market, known.rises);
  }
  if (whim < temperament.favourites) {
    const sure = pick(markets.filter(isFavourite), which);
    if (sure) return buy(sure, sure.mid >= 5_000n);
  }
  const market = pick(markets, which ** 1.6);
  if (!market) return undefined;
  const moved = market.mid - market.earlier;
  const follows = moved !== 0n && whim < temperament.follows;
  return buy(market, follows ? moved > 0n : side < 0.55);
}
