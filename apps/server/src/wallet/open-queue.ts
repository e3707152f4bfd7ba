/** What this process still has to deliver, by operator: one run at a time each, again when asked meanwhile, and again when the next call is due. */
import type { Clock } from '../platform/clock.ts';
import type { Log } from './deliver-calls.ts';

export type Queue = {
  /** Runs soon, unless the process only acts when told. */
  wake(operatorId: bigint): void;
  /** Runs now, after the run under way; resolves when it has ended. */
  drain(operatorId: bigint): Promise<void>;
  close(): Promise<void>;
};
export type QueueOptions = {
  clock: Clock;
  log: Log;
  autonomous: boolean;
  /** Delivers what is due; resolves with when to come again. */
  work(operatorId: bigint): Promise<Date | null>;
};

const LONGEST_TIMER_MS = 60_000;

export function openQueue({ clock, log, autonomous, work }: QueueOptions): Queue {
  const running = new Map<bigint, Promise<void>>();
  const again = new Set<bigint>();
  const timers = new Map<bigint, NodeJS.Timeout>();
  let closed = false;

  function later(operatorId: bigint, at: Date): void {
    clearTimeout(timers.get(operatorId));
    const delay = Math.min(LONGEST_TIMER_MS, Math.max(0, at.getTime() - clock.now().getTime()));
    timers.set(operatorId, setTimeout(() => wake(operatorId), delay).unref());
  }

  async function run(operatorId: bigint): Promise<void> {
    try {
      do {
        again.delete(operatorId);
        const next = await work(operatorId);
        if (next && autonomous && !closed) later(operatorId, next);
      } while (again.has(operatorId) && !closed);
    } catch (error) {
      log.error({ err: error, operator: String(operatorId) }, 'Delivering wallet calls failed; the sweep tries again');
    } finally {
      running.delete(operatorId);
    }
  }

  function start(operatorId: bigint): Promise<void> {
    const begun = run(operatorId);
    running.set(operatorId, begun);
    return begun;
  }

  function wake(operatorId: bigint): void {
    if (!autonomous || closed) return;
    if (running.has(operatorId)) again.add(operatorId);
    else void start(operatorId);
  }

  return {
    wake,
    async drain(operatorId) {
      await running.get(operatorId);
      await (running.get(operatorId) ?? start(operatorId));
    },
    async close() {
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
