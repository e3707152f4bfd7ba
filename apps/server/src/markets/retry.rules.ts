/** When to try a source again. */
import { readInstant } from './instant.rules.ts';

/** Milliseconds to wait before attempt `failures + 1`: doubling from `base`, at most `most`. */
export const backoff = (failures: number, base: number, most: number): number =>
  Math.min(most, base * 2 ** Math.min(20, Math.max(0, failures - 1)));

const MOST_PATIENCE_MS = 15 * 60_000;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The time of an HTTP header like `Sun, 06 Nov 1994 08:49:37 GMT`. */
function httpDate(value: unknown): Date | undefined {
  const parts = typeof value === 'string' ? /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/.exec(value) : null;
  const month = parts ? MONTHS.indexOf(parts[2] as string) + 1 : 0;
  return parts && month > 0 ? readInstant(`${parts[3]}-${String(month).padStart(2, '0')}-${parts[1]}T${parts[4]}Z`) : undefined;
}

/** Retry-After in milliseconds from `now`, as seconds or a date; undefined when absent or unreadable; never more than 15 minutes. */
export function retryAfter(value: unknown, now: Date): number | undefined {
  if (typeof value === 'string' && /^\d{1,6}$/.test(value)) return Math.min(MOST_PATIENCE_MS, Number(value) * 1_000);
  const until = httpDate(value);
  return until && Math.min(MOST_PATIENCE_MS, Math.max(0, until.getTime() - now.getTime()));
}

/** How far a server's clock may be from ours before we trust ours. */
const TRUSTED_SKEW_MS = 5 * 60_000;

/** When an answer was true: the server's own date less the time it lay in a cache, if that is believable. */
export function answeredAt(date: unknown, age: unknown, now: Date): Date {
  const stated = httpDate(date);
  if (!stated || Math.abs(stated.getTime() - now.getTime()) > TRUSTED_SKEW_MS) return now;
  const cached = typeof age === 'string' && /^\d{1,6}$/.test(age) ? Number(age) * 1_000 : 0;
  return new Date(Math.min(stated.getTime(), now.getTime()) - cached);
}
