/** When a message that could not be handed over is tried again: soon at first, then ever later, for three days. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** After the first attempt, the second, and so on. */
const WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR] as const;
export const MAIL_ATTEMPTS = WAITS.length + 1;
/** Longer than any attempt takes: whoever took a message and died gives it back after this. */
export const MAIL_LEASE_MS = 10 * MINUTE;

/** Of the `attempts` made, the last one just failed; null when it was the last there is. `spread` from 0 to 1 keeps a burst from coming back as one. */
export function nextMailAttempt(attempts: number, now: Date, spread: number): Date | null {
  const wait = WAITS[attempts - 1];
  return wait === undefined ? null : new Date(now.getTime() + Math.round(wait * (1 + spread / 5)));
}
