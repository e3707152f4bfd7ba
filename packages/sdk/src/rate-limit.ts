/** Waits before asking when the last answers say that nothing is left in this minute, instead of earning a 429. */
import type { RateLimit } from './response-info.ts';
import { chance, nowMs, pause } from './runtime.ts';

const SPREAD_MS = 250;
/** Ends of windows are told in whole seconds: this close they are the same window. */
const SAME_WINDOW_MS = 2_000;

export class RateLimitGate {
  private known: RateLimit | null = null;
  private left = 0;
  private readonly longestWaitMs: number;
  constructor(longestWaitMs: number) {
    this.longestWaitMs = longestWaitMs;
  }

  /** What the last answer said. */
  get latest(): RateLimit | null {
    return this.known;
  }

  /** Takes one request of what is left; with nothing left, waits for the next window unless that is too far away. */
  async enter(signal?: AbortSignal): Promise<void> {
    for (;;) {
      const wait = this.known ? this.known.resetsAt.getTime() - nowMs() : 0;
      if (!this.known || wait <= 0) return;
      if (this.left > 0 || wait > this.longestWaitMs) {
        this.left -= 1;
        return;
      }
      await pause(wait + chance() * SPREAD_MS, signal);
    }
  }

  learn(told: RateLimit | null): void {
    if (!told) return;
    const same = this.known && Math.abs(told.resetsAt.getTime() - this.known.resetsAt.getTime()) < SAME_WINDOW_MS;
    // Answers overtake each other; requests under way are already taken off.
    this.left = same ? Math.min(this.left, told.remaining) : told.remaining;
    this.known = told;
  }
}
