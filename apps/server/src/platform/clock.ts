/** The only place that reads the machine's clock: everything else is handed a Clock, so time can be simulated. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved: tests and the simulated history run on it. */
export type VirtualClock = Clock & { set(at: Date): void; advance(milliseconds: number): void };
export function virtualClock(start: Date): VirtualClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    set: (date) => {
      at = date.getTime();
    },
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
}
