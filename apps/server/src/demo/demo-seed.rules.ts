/** One seed, the same demo everywhere: draws, people and operators. */
import { CATEGORIES, type Category } from '@predictu/contract/shapes/category';
import { type Cents, cents } from '@predictu/contract/units';

export const DEMO_SEED = 20_261;
export const DEMO_PASSWORD = 'predictu-demo';
export const DEMO_ADMIN = 'admin@predictu.local';

/** Numbers in [0, 1) that repeat by seed (Mulberry32). */
export function draws(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type DemoOperator = {
  slug: string;
  name: string;
  /** Who logs in to its console; the half-onboarded one has nobody yet. */
  member: string | null;
  contact: string;
  status: 'live' | 'configuring';
  website: string;
  categories: readonly Category[];
  maxBet: Cents;
  exposureLimit: Cents;
  /** Of all players. */
  share: number;
  /** Its players' money is kept by its own wallet, the example casino, for the last days. */
  ownWallet: boolean;
  /** First name of its players' external ids. */
  prefix: string;
};

/** The first operator's guest of honour: the example trade is its, and the trickle leaves it alone. */
export const VISITOR = { externalId: 'visitor', username: 'visitor', deposit: cents(100_000n) };

export const DEMO_OPERATORS: readonly DemoOperator[] = [
  {
    slug: 'example-casino',
    name: 'Example Casino',
    member: 'operator@example-casino.local',
    contact: 'tech@example-casino.com',
    status: 'live',
    website: 'https://example-casino.com',
    categories: CATEGORIES,
    maxBet: cents(100_000n),
    exposureLimit: cents(25_000_000n),
    share: 0.62,
    ownWallet: false,
    prefix: 'exc',
  },
  {
    slug: 'lucky-spins',
    name: 'Lucky Spins Casino',
    member: 'operator@lucky-spins.local',
    contact: 'integrations@luckyspins.com',
    status: 'live',
    website: 'https://luckyspins.com',
    categories: ['sports', 'politics', 'entertainment', 'crypto'],
    maxBet: cents(50_000n),
    exposureLimit: cents(15_000_000n),
    share: 0.38,
    ownWallet: true,
    prefix: 'lsc',
  },
  {
    slug: 'harbour-bets',
    name: 'Harbour Bets',
    member: null,
    contact: 'digital@harbour-bets.example',
    status: 'configuring',
    website: 'https://harbour-bets.example',
    categories: ['sports', 'entertainment'],
    maxBet: cents(25_000n),
    exposureLimit: cents(5_000_000n),
    share: 0,
    ownWallet: false,
    prefix: 'hbb',
  },
];

/** The external id of a demo player; its number also seeds its temperament. */
export const externalIdOf = (operator: DemoOperator, index: number): string => `${operator.prefix}-${String(index + 1).padStart(4, '0')}`;
export const indexOfExternalId = (externalId: string): number => Number(externalId.split('-')[1]) - 1;
/** How many of all players are this operator's. */
export const playersOf = ({ share }: DemoOperator, players: number): number => Math.round(share * players);
