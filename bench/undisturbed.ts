/**
 * What is measured in short stretches, of which those count that the machine underneath left alone: it takes processors away in bursts, tens of
 * milliseconds at a time, and a p99 of milliseconds would say how long these are.
 */
import { watchStolen } from './stolen.ts';

/** Percent of all processors' time. */
export const TOLERATED = 0.5;
/** So many times as many stretches as are wanted, and no more, where it is never quiet. */
const MOST_TIMES = 3;
type How = { mostTimes?: number; watch?: typeof watchStolen };

export type Undisturbed<T> = {
  /** As many as were wanted; where too few were left alone, those that lost least. */
  counted: T[];
  /** How many stretches there were, and the most that one of those that count has lost, in percent. */
  measured: number;
  lost: number;
};

export async function undisturbed<T>(
  wanted: number,
  measure: () => Promise<T>,
  { mostTimes = MOST_TIMES, watch = watchStolen }: How = {},
): Promise<Undisturbed<T>> {
  const measured: { result: T; lost: number }[] = [];
  let quiet = 0;
  while (quiet < wanted && measured.length < mostTimes * wanted) {
    const stolen = watch();
    const result = await measure();
    const lost = stolen() ?? 0;
    measured.push({ result, lost });
    if (lost <= TOLERATED) quiet += 1;
  }
  const counted = measured.toSorted((a, b) => a.lost - b.lost).slice(0, wanted);
  return { counted: counted.map(({ result }) => result), measured: measured.length, lost: counted.at(-1)?.lost ?? 0 };
}

/** For people: what counted, and whether that can be trusted. */
export function describeUndisturbed({ counted, measured, lost }: Undisturbed<unknown>): string {
  const told = `${counted.length} of ${measured} stretches`;
  return lost > TOLERATED ? `${told}, of which one lost ${lost.toFixed(1)}% of its time to others: NOT TO BE TRUSTED` : told;
}
