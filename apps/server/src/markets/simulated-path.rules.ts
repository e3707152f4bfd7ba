/**
 * The simulated price of a question: the probability that a hidden random walk ends above zero, given where it stands.
 *
 * With v(t) from 0 to 1 the share of news that has arrived, p(t) = Φ((start + W(v)) / √(1 − v)). That is a martingale within
 * (0, 1) by construction, and it runs to 0 or 1 exactly as the question resolves. W is built by halving (Lévy), so its value
 * at any time is a function of the seed alone: no state, and the same path whatever steps it is read in.
 */

/** 53 mixed bits of a seed, from 0 to 1 exclusive: splitmix-style over two 32-bit halves. */
export function noise(...keys: readonly number[]): number {
  let [high, low] = [0x9e3779b9, 0x85ebca6b];
  for (const key of keys) {
    high = Math.imul(high ^ (key | 0), 0xcc9e2d51);
    high = Math.imul(((high << 15) | (high >>> 17)) ^ low, 0x1b873593);
    low = Math.imul(low ^ Math.floor(key / 4_294_967_296) ^ high, 0x85ebca6b);
    low ^= low >>> 13;
  }
  high = Math.imul(high ^ (low >>> 16), 0x7feb352d);
  low = Math.imul(low ^ (high >>> 15), 0x846ca68b);
  high ^= low >>> 16;
  return ((high >>> 5) * 67_108_864 + (low >>> 6) + 0.5) / 9_007_199_254_740_992;
}

/** A standard normal from two noises (Box and Muller). */
const gaussian = (...keys: readonly number[]): number =>
  Math.sqrt(-2 * Math.log(noise(...keys, 1))) * Math.cos(2 * Math.PI * noise(...keys, 2));

/** The normal distribution function, to 1e-7 (Abramowitz and Stegun 26.2.17). */
export function normalDistribution(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    Math.exp((-x * x) / 2) *
    0.3989422804 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}

/** Halvings of the walk: 2^20 pieces of a life of 60 days are 5 seconds each. */
const HALVINGS = 20;

/** W(v) for v from 0 to 1, by halving towards v. */
export function walk(seed: number, v: number): number {
  let [from, to, left, right] = [0, 1, 0, gaussian(seed, 0)];
  for (let depth = 1, node = 1; depth <= HALVINGS; depth += 1) {
    const middle = (from + to) / 2;
    const value = (left + right) / 2 + (Math.sqrt(to - from) / 2) * gaussian(seed, depth, node);
    node *= 2;
    if (v < middle) {
      to = middle;
      right = value;
    } else {
      from = middle;
      left = value;
      node += 1;
    }
  }
  return left + ((v - from) / (to - from)) * (right - left);
}

/** How news arrives over the life of a question: evenly, in jumps, and in a rush towards the end. Shares add up to 1. */
export type NewsPlan = { jumps: readonly { at: number; size: number }[]; even: number; rush: number };

export function newsPlan(seed: number): NewsPlan {
  const count = Math.floor(noise(seed, 11) * 5);
  const jumps = Array.from({ length: count }, (_, index) => ({
    at: 0.05 + 0.9 * noise(seed, 12, index),
    size: (0.02 + 0.1 * noise(seed, 13, index)) * (index === 0 ? 1.5 : 1),
  }));
  const jumped = jumps.reduce((sum, { size }) => sum + size, 0);
  const even = (1 - jumped) * (0.2 + 0.3 * noise(seed, 14));
  return { jumps, even, rush: 1 - jumped - even };
}

/** The share of news that has arrived when `age` (0 to 1) of the life has passed. A jump takes a thousandth of it. */
function arrived({ jumps, even, rush }: NewsPlan, age: number): number {
  const jumped = jumps.reduce((sum, { at, size }) => sum + size * Math.min(1, Math.max(0, (age - at) * 1_000)), 0);
  return Math.min(1, jumped + even * age + rush * age ** 6);
}

/** The probability of YES when `age` of the life has passed: at 1 it is 0 or 1, the result itself. */
export function probability(seed: number, plan: NewsPlan, start: number, age: number): number {
  const v = age >= 1 ? 1 : arrived(plan, age);
  const standing = start + walk(seed, v);
  const uncertainty = Math.sqrt(1 - v);
  return uncertainty < 1e-6 ? (standing > 0 ? 1 : 0) : normalDistribution(standing / uncertainty);
}
