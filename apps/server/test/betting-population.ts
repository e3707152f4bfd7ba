/**
 * A population of bettors whose skill is known, on markets whose prices are martingales that learn the news a little late. Casual players
 * choose at random, regulars follow what has just moved, both pay the spread. Sharps of two kinds know something: one hears news before the
 * price does, the other has a better estimate hours ahead. All of it follows from one seed.
 */

import { draws } from '../src/demo/demo-seed.rules.ts';
import { normalDistribution } from '../src/markets/simulated-path.rules.ts';

const CATEGORIES = ['sports', 'crypto', 'politics', 'entertainment', 'economics', 'other'] as const;
/** A market lives for four days. */
export const MINUTES = 5_760;
const FULL = 10_000;

export type World = { markets: PopulationMarket[]; start: number };
export type PopulationMarket = {
  id: bigint;
  category: string;
  /** What is true and what is quoted at each minute, chance of YES. */
  truth: Float64Array;
  quoted: Float64Array;
  result: 'yes' | 'no';
};
export type Kind = 'casual' | 'regular' | 'early' | 'model';
export type Purchase = {
  market: number;
  outcome: 'yes' | 'no';
  minute: number;
  mid: number;
  price: number;
  amount: number;
  quantity: number;
};
export type Bettor = { kind: Kind; skill: number; purchases: Purchase[] };

const gaussian = (draw: () => number): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

function makePath(draw: () => number): Pick<PopulationMarket, 'truth' | 'quoted' | 'result'> {
  const truth = new Float64Array(MINUTES);
  let walk = gaussian(draw) * 0.4;
  const variance = new Float64Array(MINUTES).map(() => (draw() < 0.002 ? 40 : 1));
  const total = variance.reduce((all, part) => all + part, 0) * 1.15;
  let gone = 0;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const part = (variance[minute] as number) / total;
    gone += part;
    walk += gaussian(draw) * Math.sqrt(part);
    truth[minute] = normalDistribution(walk / Math.sqrt(1 - gone));
  }
  const lag = 1 + Math.floor(draw() * 8);
  const quoted = truth.map((_, minute) => Math.min(0.995, Math.max(0.005, truth[Math.max(0, minute - lag)] as number)));
  return { truth, quoted, result: draw() < (truth[MINUTES - 1] as number) ? 'yes' : 'no' };
}

export function makeWorld(seed: number, count: number): World {
  const draw = draws(seed);
  const markets = Array.from({ length: count }, (_, index) => ({
    id: BigInt(index + 1),
    category: CATEGORIES[Math.floor(draw() * CATEGORIES.length)] as string,
    ...makePath(draw),
  }));
  return { markets, start: Date.UTC(2026, 0, 1) };
}

const HALF_SPREAD = 0.01;
type Idea = { market: number; outcome: 'yes' | 'no'; minute: number };

/** How many minutes ahead of the quoted price each kind of sharp looks. */
const FORESIGHT: Record<'early' | 'model', readonly [number, number]> = { early: [0, 0], model: [120, 600] };

function ideaOf({ markets }: World, kind: Kind, draw: () => number): Idea {
  for (let attempt = 0; ; attempt += 1) {
    const market = Math.floor(draw() * markets.length);
    const minute = 30 + Math.floor(draw() * (MINUTES - 700));
    const { truth, quoted } = markets[market] as PopulationMarket;
    const mid = quoted[minute] as number;
    if (mid < 0.05 || mid > 0.95) continue;
    if (kind === 'casual') return { market, minute, outcome: draw() < 0.35 + 0.3 * mid ? 'yes' : 'no' };
    if (kind === 'regular') return { market, minute, outcome: mid >= (quoted[minute - 30] as number) ? 'yes' : 'no' };
    const [least, most] = FORESIGHT[kind];
    const known = truth[minute + least + Math.floor(draw() * (most - least))] as number;
    if (Math.abs(known - mid) >= 0.03 || attempt > 2_000) return { market, minute, outcome: known >= mid ? 'yes' : 'no' };
  }
}

/** One bettor; a sharp acts on what it knows in `skill` of its bets and at random otherwise. */
function makeBettor(
  world: World,
  seed: number,
  kind: Kind,
  trades: number,
  skill = kind === 'casual' || kind === 'regular' ? 0 : 1,
): Bettor {
  const draw = draws(seed);
  const usual = Math.exp(2 + 1.2 * gaussian(draw));
  const evenness = draw() < 0.3 ? 0.05 : 0.3 + 0.7 * draw();
  const purchases = Array.from({ length: trades }, () => {
    const informed = draw() < skill;
    const { market, outcome, minute } = ideaOf(world, kind === 'regular' || informed ? kind : 'casual', draw);
    const yes = (world.markets[market] as PopulationMarket).quoted[minute] as number;
    const mid = Math.round((outcome === 'yes' ? yes : 1 - yes) * FULL);
    const price = Math.min(FULL - 1, mid + HALF_SPREAD * FULL);
    const amount = Math.max(100, Math.round(100 * usual * Math.exp(evenness * gaussian(draw))));
    return { market, outcome, minute, mid, price, amount, quantity: Math.floor((amount * FULL) / price) };
  });
  return { kind, skill, purchases };
}

export const makeBettors = (world: World, seed: number, kind: Kind, count: number, trades: number, skill?: number): Bettor[] =>
  Array.from({ length: count }, (_, index) => makeBettor(world, seed * 1_000_003 + index, kind, trades, skill));

/** The chance that one drawn from `high` stands above one drawn from `low`; equal ones count half. */
export function areaUnderCurve(high: readonly number[], low: readonly number[]): number {
  let above = 0;
  for (const one of high) for (const other of low) above += one > other ? 1 : one === other ? 0.5 : 0;
  return above / (high.length * low.length);
}
