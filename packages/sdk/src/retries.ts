/** Whether and when a request is sent again. Pure: the same failure and the same chance give the same answer. */
import { ApiConnectionError, ApiError } from './errors.ts';

export type RetrySettings = { maxRetries: number; longestWaitMs: number };
export type Attempt = {
  /** From 0. */
  attempt: number;
  failure: unknown;
  /** Carried out twice it does no harm: it reads, it sets, or it has an idempotency key. */
  repeatable: boolean;
  /** In [0, 1). */
  chance: number;
};

const FIRST_MS = 500;
const LONGEST_BACKOFF_MS = 8_000;
/** Spreads the clients that were all told to come back at the same moment. */
const SPREAD_MS = 250;

/** With these the server has certainly not carried it out. */
const NOT_DONE: ReadonlySet<string> = new Set(['RATE_LIMITED', 'IN_FLIGHT', 'UNAVAILABLE']);

function worthRepeating(failure: unknown, repeatable: boolean): boolean {
  if (failure instanceof ApiConnectionError) return repeatable;
  if (!(failure instanceof ApiError) || !failure.retryable) return false;
  if (NOT_DONE.has(failure.code) || failure.status === 429) return true;
  // A refusal that may lift by itself, such as a halted market: the program decides, not this library.
  return failure.status >= 500 && repeatable;
}

/** Milliseconds to wait before the next attempt; null when there shall be none. */
export function waitBeforeRetry(
  { attempt, failure, repeatable, chance }: Attempt,
  { maxRetries, longestWaitMs }: RetrySettings,
): number | null {
  if (attempt >= maxRetries || !worthRepeating(failure, repeatable)) return null;
  const told = failure instanceof ApiError ? failure.response.retryAfterSeconds : null;
  const backoff = Math.min(LONGEST_BACKOFF_MS, FIRST_MS * 2 ** attempt);
  const wait = told === null ? backoff * (0.5 + chance / 2) : told * 1_000 + chance * SPREAD_MS;
  return wait <= longestWaitMs ? Math.round(wait) : null;
}
