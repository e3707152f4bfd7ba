/** Locks out by rate: ten wrong guesses a minute for one key, then nobody is asked. The account itself is never locked. */
import { Failure } from '@predictu/contract/errors';
import type { Redis } from 'ioredis';
import type { Clock } from '../platform/clock.ts';
import { minuteLimit } from '../platform/rate-limits.ts';

const WRONG_GUESSES_A_MINUTE = 10;

export type GuessLimits = {
  /** Runs one guess; throws RATE_LIMITED instead when the key has had too many wrong ones. */
  guess<T>(key: string, setHeader: (name: string, value: string) => void, work: () => Promise<T>): Promise<T>;
};

/** A request for the code is an answer to a right password, so it is not a wrong guess. */
const isWrongGuess = (error: unknown): boolean =>
  error instanceof Failure && error.code === 'UNAUTHORIZED' && error.details?.['reason'] !== 'totp_required';

export function guessLimits(clock: Clock, redis?: Redis): GuessLimits {
  const limit = minuteLimit('guess', WRONG_GUESSES_A_MINUTE, clock, redis);
  return {
    async guess(key, setHeader, work) {
      // Counted before it is tried and given back when it was right: guesses in parallel cannot all slip through.
      const { allowed, retryAfterSeconds } = await limit.count(key);
      if (!allowed) {
        setHeader('retry-after', String(retryAfterSeconds));
        throw new Failure('RATE_LIMITED', 'Too many failed attempts; wait a moment', { retry_after_seconds: retryAfterSeconds });
      }
      try {
        const result = await work();
        await limit.giveBack(key);
        return result;
      } catch (error) {
        if (!isWrongGuess(error)) await limit.giveBack(key);
        throw error;
      }
    },
  };
}
