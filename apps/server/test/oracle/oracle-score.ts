/**
 * The score computed a second time, straight from what happened: every definition of docs/scoring.md written out again, in floating
 * point, bet by bet and pair by pair. Shares no code with the rules.
 */
import type { Bettor, World } from '../betting-population.ts';
import { MINUTES } from '../betting-population.ts';

type Outcome = { market: number; outcome: 'yes' | 'no'; paid: number; staked: number; first: number; result: number; close: number };

const clamp = (value: number, low: number, high: number): number => (value < low ? low : value > high ? high : value);
const total = (values: readonly number[]): number => {
  let all = 0;
  for (const value of values) all += value;
  return all;
};
const grid = (chance: number): number => Math.round(chance * 10_000);

/** The last line of each market between one and ninety-nine percent. */
function closesOf({ markets }: World): number[] {
  return markets.map(({ quoted }) => {
    let close = Number.NaN;
    for (let minute = 0; minute < MINUTES; minute += 1) {
      const yes = grid(quoted[minute] as number);
      if (yes >= 100 && yes <= 9_900) close = yes;
    }
    return close;
  });
}

function outcomesOf(world: World, closes: readonly number[], { purchases }: Bettor): Outcome[] {
  const found: Outcome[] = [];
  const seen = new Set<string>();
  for (const { market: place, outcome: side } of purchases) {
    if (seen.has(`${place} ${side}`)) continue;
    seen.add(`${place} ${side}`);
    const own = purchases.filter(({ market, outcome }) => market === place && outcome === side);
    const [one] = own;
    const market = one && world.markets[one.market];
    if (!one || !market) continue;
    const close = closes[one.market] as number;
    const quantity = total(own.map((purchase) => purchase.quantity));
    found.push({
      market: one.market,
      outcome: one.outcome,
      paid: Math.floor(total(own.map((purchase) => purchase.price * purchase.quantity)) / quantity) / 10_000,
      staked: total(own.map(({ amount }) => amount)),
      first: Math.min(...own.map(({ minute }) => minute)),
      result: market.result === one.outcome ? 1 : 0,
      close: (one.outcome === 'yes' ? close : 10_000 - close) / 10_000,
    });
  }
  return found;
}

/** -1, 0 or 1: the first minute of the five after a purchase with a line two points away. */
function movesOf(world: World, { purchases }: Bettor): number[] {
  return purchases.map(({ market, outcome, minute }) => {
    const line = world.markets[market]?.quoted as Float64Array;
    for (const later of [1, 2, 3, 4, 5]) {
      if (minute + later >= MINUTES) break;
      const change = grid(line[minute + later] as number) - grid(line[minute] as number);
      if (Math.abs(change) >= 200) return change > 0 === (outcome === 'yes') ? 1 : -1;
    }
    return 0;
  });
}

/** Sittings by chaining: bets of one category belong together when a chain of steps of an hour at most joins them. */
function sittingsOf(world: World, outcomes: readonly Outcome[]): Outcome[][] {
  const category = (outcome: Outcome): string => world.markets[outcome.market]?.category ?? '';
  const left = new Set(outcomes);
  const sittings: Outcome[][] = [];
  while (left.size > 0) {
    const [seed] = left;
    const sitting: Outcome[] = [];
    const open = seed ? [seed] : [];
    while (open.length > 0) {
      const next = open.pop() as Outcome;
      if (!left.delete(next)) continue;
      sitting.push(next);
      for (const other of left) if (category(other) === category(next) && Math.abs(other.first - next.first) <= 60) open.push(other);
    }
    sittings.push(sitting);
  }
  return sittings;
}

function correlation(world: World, outcomes: readonly Outcome[]): { measure: number; sample: number } {
  let [together, most, sample] = [0, 0, 0];
  for (const sitting of sittingsOf(world, outcomes)) {
    const markets = [...new Set(sitting.map(({ market }) => market))].map((market) => {
      const own = sitting.filter((outcome) => outcome.market === market);
      return { gain: total(own.map(({ close, paid }) => close - paid)), spread: total(own.map(({ paid }) => paid * (1 - paid))) };
    });
    if (markets.length < 2) continue;
    sample += markets.length;
    for (const [index, one] of markets.entries()) {
      for (const other of markets.slice(index + 1)) {
        const product = one.gain * other.gain;
        if (one.gain > 0 && other.gain > 0) together += product / (markets.length - 1);
        if (one.gain < 0 && other.gain < 0) together -= product / (markets.length - 1);
        most += Math.sqrt(one.spread * other.spread) / (markets.length - 1);
      }
    }
  }
  return { measure: most > 0 ? together / most : 0, sample };
}

function staking({ purchases }: Bettor, outcomes: readonly Outcome[]): { measure: number; sample: number } {
  const stakes = purchases.map(({ amount }) => amount);
  const mean = total(stakes) / stakes.length;
  const deviation = Math.sqrt(total(stakes.map((stake) => (stake - mean) ** 2)) / stakes.length);
  const even = 1 / (1 + deviation / mean);
  const spread = ({ paid }: Outcome): number => paid * (1 - paid);
  const weighted = total(outcomes.map((outcome) => outcome.staked * spread(outcome)));
  const surprise = total(outcomes.map(({ staked, result, paid }) => staked * (result - paid))) / weighted;
  const sample = weighted ** 2 / total(outcomes.map((outcome) => outcome.staked ** 2 * spread(outcome)));
  const sense = clamp(0.5 + (sample / (sample + 4)) * clamp(surprise / 0.8, -1.5, 1.5), 0, 1);
  return { measure: even + (1 - even) * sense, sample: stakes.length };
}

/** For a bettor of this world: the five parts in points, not rounded. */
export function scoreOracle(world: World): (bettor: Bettor) => number[] {
  const closes = closesOf(world);
  return (bettor) => pointsOf(world, bettor, outcomesOf(world, closes, bettor));
}

function pointsOf(world: World, bettor: Bettor, outcomes: readonly Outcome[]): number[] {
  const spread = total(outcomes.map(({ paid }) => paid * (1 - paid)));
  const moves = movesOf(world, bettor);
  const part = (
    max: number,
    middle: number,
    span: number,
    prior: number,
    { measure, sample }: { measure: number; sample: number },
  ): number => max * clamp(0.5 + (sample / (sample + prior)) * clamp((measure - middle) / 2 / span, -1.5, 1.5), 0, 1);
  return [
    part(25, 0.1, 0.3, 24, { measure: total(outcomes.map(({ result, paid }) => result - paid)) / spread, sample: spread }),
    part(25, 0.08, 0.25, 24, { measure: total(outcomes.map(({ close, paid }) => close - paid)) / spread, sample: spread }),
    part(20, 0.05, 0.1, 20, { measure: total(moves) / moves.length, sample: outcomes.length }),
    part(15, 0.85, 0.3, 30, staking(bettor, outcomes)),
    part(15, 0.04, 0.12, 20, correlation(world, outcomes)),
  ];
}
