/** The line to one operator's wallet: its connections, how many requests at a time, and its circuit. A dead wallet fills its own line only. */
import type { Clock } from '../platform/clock.ts';
import { type Circuit, CLOSED, enter, leave, reopensAt } from './circuit.rules.ts';
import type { Guard } from './guard-address.ts';
import { openSender, type Sender } from './send-request.ts';

/** A place in the line. It must be left, once. */
export type Place = { send: Sender['send']; leave(succeeded: boolean): void };
export type Line = {
  /** A place, or why there is none: the circuit is open, or all places stayed taken for `waitMs`. */
  enter(waitMs: number): Promise<Place | 'open' | 'busy'>;
  /** When the circuit lets a request through again, or did while others try; undefined when one may go now. */
  closedUntil(): Date | undefined;
  /** Whether the last request was answered. */
  answering(): boolean;
  close(): Promise<void>;
};
export type Lines = { of(operatorId: bigint, places: number): Line; close(): Promise<void> };

function openLine({ guard, clock, places }: { guard: Guard; clock: Clock; places: number }): Line {
  const sender = openSender(guard, places);
  const waiting: (() => void)[] = [];
  let taken = 0;
  let circuit: Circuit = CLOSED;

  function free(): void {
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  }

  function take(waitMs: number): Promise<boolean> {
    if (taken < places) {
      taken += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const mine = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        const index = waiting.indexOf(mine);
        if (index >= 0) waiting.splice(index, 1);
        resolve(false);
      }, waitMs);
      waiting.push(mine);
    });
  }

  return {
    async enter(waitMs) {
      if (!(await take(waitMs))) return 'busy';
      const startedAt = clock.now();
      const entered = enter(circuit, startedAt);
      circuit = entered.circuit;
      if (!entered.allowed) {
        free();
        return 'open';
      }
      return {
        send: sender.send,
        leave(succeeded) {
          circuit = leave(circuit, { succeeded, tried: entered.tries, startedAt }, clock.now());
          free();
        },
      };
    },
    closedUntil() {
      return enter(circuit, clock.now()).allowed ? undefined : reopensAt(circuit);
    },
    answering: () => circuit.failures === 0,
    close: sender.close,
  };
}

/** One line per operator, opened when first needed and again when its number of places changes. */
export function openLines(options: { guard: Guard; clock: Clock }): Lines {
  const lines = new Map<bigint, { line: Line; places: number }>();
  return {
    of(operatorId, places) {
      const known = lines.get(operatorId);
      if (known?.places === places) return known.line;
      // What is under way on the old one ends by itself.
      const line = openLine({ ...options, places });
      lines.set(operatorId, { line, places });
      return line;
    },
    async close() {
      await Promise.all([...lines.values()].map(({ line }) => line.close()));
    },
  };
}
