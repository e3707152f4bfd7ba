/**
 * How simulated players behave. Pure: every choice is made from numbers in [0, 1) that the caller draws,
 * so one seed always gives the same population and the same evening of trading.
 */
import { type Cents, cents, type Price, type Shares, shares } from '@predictu/contract/units';

export type TemperamentName = 'casual' | 'regular' | 'whale' | 'sharp';
export type Temperament = {
  name: TemperamentName;
  /** Part of the population, percent. */
  share: number;
  limitTier: 'new' | 'regular' | 'vip';
  /** First deposit, dollars. */
  deposit: readonly [least: number, most: number];
  /** One stake, dollars. */
  stake: readonly [least: number, most: number];
  /** How often this player acts, relative to a casual one. */
  activity: number;
  /** Chance that an action sells something held instead of buying. */
  selling: number;
  /** Chance that a purchase follows the market's move of the last hours instead of a whim. */
  follows: number;
};

const TEMPERAMENTS: readonly Temperament[] = [
  { name: 'casual', share: 62, limitTier: 'new', deposit: [20, 120], stake: [1, 10], activity: 1, selling: 0.15, follows: 0.2 },
  { name: 'regular', share: 28, limitTier: 'regular', deposit: [100, 800], stake: [5, 60], activity: 3, selling: 0.3, follows: 0.4 },
  { name: 'whale', share: 4, limitTier: 'vip', deposit: [5_000, 40_000], stake: [100, 900], activity: 2, selling: 0.35, follows: 0.4 },
  { name: 'sharp', share: 6, limitTier: 'vip', deposit: [1_000, 8_000], stake: [40, 400], activity: 4, selling: 0.45, follows: 0.95 },
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
export const amountBetween = ([least, most]: readonly [number, number], draw: number): Cents =>
  cents(BigInt(Math.round(least + (most - least) * draw ** 2)) * 100n);

export type MarketView = { marketId: bigint; mid: Price /** The mid some hours ago. */; earlier: Price };
export type Holding = { marketId: bigint; outcome: 'yes' | 'no'; quantity: Shares };
export type Intent =
  | { side: 'buy'; marketId: bigint; outcome: 'yes' | 'no'; amount: Cents }
  | { side: 'sell'; marketId: bigint; outcome: 'yes' | 'no'; quantity: Shares };

/** Markets at the front of the list are the popular ones. */
const pick = <T>(list: readonly T[], draw: number): T | undefined => list[Math.floor(draw * list.length)];

/** What a player does next, or nothing when there is nothing to trade. Uses five draws. */
export function nextIntent(
  temperament: Temperament,
  markets: readonly MarketView[],
  holdings: readonly Holding[],
  draw: () => number,
): Intent | undefined {
  const [act, which, side, size, whim] = [draw(), draw(), draw(), draw(), draw()];
  const held = act < temperament.selling ? pick(holdings, which) : undefined;
  if (held) {
    const part = size < 0.5 ? held.quantity : shares((held.quantity * BigInt(Math.ceil(size * 100))) / 100n);
    if (part > 0n) return { side: 'sell', marketId: held.marketId, outcome: held.outcome, quantity: part };
  }
  const market = pick(markets, which ** 1.6);
  if (!market) return undefined;
  const moved = market.mid - market.earlier;
  const follows = moved !== 0n && whim < temperament.follows;
  const outcome = (follows ? moved > 0n : side < 0.55) ? 'yes' : 'no';
  return { side: 'buy', marketId: market.marketId, outcome, amount: amountBetween(temperament.stake, size) };
}

const FIRST = [
  'lucky',
  'quiet',
  'red',
  'river',
  'north',
  'silver',
  'early',
  'bold',
  'green',
  'late',
  'sunny',
  'paper',
  'iron',
  'swift',
  'plain',
  'amber',
] as const;
const SECOND = [
  'fox',
  'otter',
  'harbor',
  'dice',
  'comet',
  'lark',
  'anchor',
  'badger',
  'maple',
  'rook',
  'heron',
  'lantern',
  'pilot',
  'pepper',
  'wolf',
  'mill',
] as const;

/** A player's display name. */
export const usernameOf = (index: number, draw: number): string =>
  `${FIRST[index % FIRST.length]}_${SECOND[Math.floor(draw * SECOND.length)]}_${index + 1}`;
