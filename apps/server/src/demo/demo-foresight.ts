/** The simulated markets of a past, read ahead of its clock: what is said at each instant, and what will be said some hours on. */
import type { Price } from '@predictu/contract/units';
import { simulator } from '../markets/markets.ts';
import { SIMULATOR } from './simulator-settings.ts';

const HOUR_MS = 3_600_000;
const AHEAD_MS = 8 * HOUR_MS;
/** Prices that stand are confirmed at every moment, not at its aftermath; volumes are stated once a day. */
const CONFIRM_MS = HOUR_MS / 6;
const REFRESH_MS = 24 * HOUR_MS;

type World = ReturnType<typeof simulator>;
export type SourceEvents = ReturnType<World['lookAt']>;
export type Foresight = {
  /** Everything said at the next instant. */
  next(): SourceEvents;
  /** Makes what the instant after will need, while others are waited for: nothing is known sooner by it. */
  prepare(): void;
  /** Prices of YES by source id that the instant after the last one changes, and that stand some hours later. */
  soon(): ReadonlyMap<string, Price>;
  later(): ReadonlyMap<string, Price>;
};

/** `instants` are in order. */
export function openForesight(instants: readonly number[]): Foresight {
  const world = simulator({ ...SIMULATOR, confirmMs: CONFIRM_MS, refreshMs: REFRESH_MS });
  const said: SourceEvents[] = [];
  const prepared: SourceEvents[] = [];
  const later = new Map<string, Price>();
  let [place, read] = [0, 0];
  if (instants[0] !== undefined) world.skipTo(new Date(instants[0]));

  const ahead = (): number => (instants[place] ?? 0) + AHEAD_MS;
  function readTo(until: number): void {
    for (; read < instants.length && (instants[read] as number) <= until; read += 1) {
      const events = prepared.shift() ?? world.lookAt(new Date(instants[read] as number));
      for (const event of events) if (event.kind === 'price') later.set(event.sourceId, event.mid);
      said.push(events);
    }
  }
  return {
    next() {
      readTo(ahead());
      place += 1;
      return said.shift() ?? [];
    },
    prepare() {
      for (let next = read + prepared.length; (instants[next] ?? Infinity) <= ahead(); next += 1)
        prepared.push(world.lookAt(new Date(instants[next] as number)));
    },
    soon: () => new Map((said[0] ?? []).flatMap((event) => (event.kind === 'price' ? [[event.sourceId, event.mid]] : []))),
    later: () => later,
  };
}
