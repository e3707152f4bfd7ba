/** Locks out by rate: ten wrong guesses a minute for one key, then nobody is asked. The account itself is never locked. */
import { Failure } from '@predictu/contract/errors';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

const WRONG_GUESSES_A_MINUTE = 10;

export type GuessLimits = {
  /** Runs one guess; throws RATE_LIMITED instead when the key has had too many wrong ones. */
  guess<T>(key: string, setHeader: (name: string, value: string) => void, work: () => Promise<T>): Promise<T>;
};

/** A request for the code is an answer to a right password, so it is not a wrong guess. */
const isWrongGuess = (error: unknown): boolean =>
  error instanceof Failure && error.code === 'UNAUTHORIZED' && error.details?.['reason'] !== 'totp_required';

export function guessLimits(redis?: Redis): GuessLimits {
  const options = { keyPrefix: 'guess', points: WRONG_GUESSES_A_MINUTE, duration: 60 };
  const memory = new RateLimiterMemory(options);
  const limiter = redis ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: memory }) : memory;
  return {
    async guess(key, setHeader, work) {
      // Counted before it is tried and given back when it was right: guesses in parallel cannot all slip through.
      await limiter.consume(key).catch((full: unknown) => {
        if (!(full instanceof RateLimiterRes)) throw full;
        const seconds = Math.max(1, Math.ceil(full.msBeforeNext / 1_000));
        setHeader('retry-after', String(seconds));
        throw new Failure('RATE_LIMITED', 'Too many failed attempts; wait a moment', { retry_after_seconds: seconds });
      });
      try {
        const result = await work();
        await limiter.reward(key);
        return result;
      } catch (error) {
        if (!isWrongGuess(error)) await limiter.reward(key);
        throw error;
      }
    },
  };
}
