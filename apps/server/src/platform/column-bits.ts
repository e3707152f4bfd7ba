/** Sets of places of a column table, a bit a place: a million are 125 kB, and are joined, counted and walked in fractions of a millisecond. */

const FIRST_WORDS = 1 << 5;

export const wordsFor = (count: number): number => (count + 31) >>> 5;
export const hasPlace = (bits: Uint32Array, place: number): boolean => (((bits[place >>> 5] as number) >>> (place & 31)) & 1) === 1;
export function putPlace(bits: Uint32Array, place: number, is: boolean): void {
  const word = place >>> 5;
  const bit = 1 << (place & 31);
  bits[word] = is ? (bits[word] as number) | bit : (bits[word] as number) & ~bit;
}
/** The same set with room for a place. */
export function roomFor(bits: Uint32Array, place: number): Uint32Array {
  if (place >>> 5 < bits.length) return bits;
  const grown = new Uint32Array(Math.max(FIRST_WORDS, bits.length * 2, wordsFor(place + 1)));
  grown.set(bits);
  return grown;
}
/** All places below `count`; whatever stands behind them is not in the set. */
export function fillBits(bits: Uint32Array, count: number): void {
  bits.fill(-1);
  if ((count & 31) !== 0) bits[bits.length - 1] = (1 << (count & 31)) - 1;
}

const onesOf = (word: number): number => {
  let ones = word - ((word >>> 1) & 0x55555555);
  ones = (ones & 0x33333333) + ((ones >>> 2) & 0x33333333);
  return Math.imul((ones + (ones >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};
export function countBits(bits: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < bits.length; i += 1) count += onesOf(bits[i] as number);
  return count;
}

let listed = new Uint32Array(0);
/** The places of a set of so many, in ascending order; valid until the next call. */
export function placesOf(bits: Uint32Array, total: number): Uint32Array {
  if (listed.length < total) listed = new Uint32Array(total * 2);
  const places = listed.subarray(0, total);
  let n = 0;
  for (let i = 0; i < bits.length; i += 1) {
    for (let rest = bits[i] as number; rest !== 0; rest &= rest - 1) {
      places[n] = (i << 5) + 31 - Math.clz32(rest & -rest);
      n += 1;
    }
  }
  return places;
}

/** What is left of the word of these 32 places. */
export function keptOf(word: number, at: number, keeps: (place: number) => boolean): number {
  let kept = word;
  for (let rest = word; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    if (!keeps((at << 5) + 31 - Math.clz32(bit))) kept &= ~bit;
  }
  return kept;
}

/** At most `limit` places after the first `skip` of them, from the lowest or the highest. */
function walk(bits: Uint32Array, fromHighest: boolean, skip: number, limit: number): Uint32Array {
  const taken = new Uint32Array(limit);
  let skipped = 0;
  let n = 0;
  for (let step = 0; step < bits.length && n < limit; step += 1) {
    const i = fromHighest ? bits.length - 1 - step : step;
    let rest = bits[i] as number;
    const ones = onesOf(rest);
    if (skipped + ones <= skip) {
      skipped += ones;
      continue;
    }
    for (; rest !== 0 && n < limit; skipped += 1) {
      const bit = fromHighest ? 31 - Math.clz32(rest) : 31 - Math.clz32(rest & -rest);
      rest &= ~(1 << bit);
      if (skipped < skip) continue;
      taken[n] = (i << 5) + bit;
      n += 1;
    }
  }
  return taken.subarray(0, n);
}

/** A page of a set of so many in the order of places, walked from the end that is nearer. */
export function pageOfBits(
  bits: Uint32Array,
  { total, descending, offset, limit }: { total: number; descending: boolean; offset: number; limit: number },
): Uint32Array {
  const most = Math.max(0, Math.min(limit, total - offset));
  const after = total - offset - most;
  return offset > after ? walk(bits, !descending, after, most).reverse() : walk(bits, descending, offset, most);
}

/** At most `limit` places of a set from a place on, or down from the one before it. */
export function placesBeyond(bits: Uint32Array, from: number, descending: boolean, limit: number): Uint32Array {
  const word = from >>> 5;
  const part = descending ? bits.slice(0, word + 1) : bits.slice();
  if (!descending) part.fill(0, 0, word);
  const lower = (1 << (from & 31)) - 1;
  if (word < part.length) part[word] = (part[word] as number) & (descending ? lower : ~lower);
  return walk(part, descending, 0, limit);
}
