/** Requests a minute by bucket: in memory, or shared through Redis when it is configured (memory again while Redis is away). */

import type { Redis } from 'ioredis';
import {
  type IRateLimiterOptions,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { Clock } from './clock.ts';

export type Bucket = 'admin' | 'operator' | 'player' | 'public' | 'login';
export type Counted = { allowed: boolean; limit: number; remaining: number; resetAt: number; retryAfterSeconds: number };
export type RateLimits = {
  /** Counts one request. `resetAt` is a Unix time in seconds. */
  count(bucket: Bucket, key: string): Promise<Counted>;
};

export function rateLimits(perMinute: Record<Bucket, number>, clock: Clock, redis?: Redis): RateLimits {
  const limiter = (bucket: Bucket): RateLimiterAbstract => {
    const options: IRateLimiterOptions = { keyPrefix: `rate:${bucket}`, points: perMinute[bucket], duration: 60 };
    const memory = new RateLimiterMemory(options);
    return redis ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: memory }) : memory;
  };
  const limiters: Record<Bucket, RateLimiterAbstract> = {
    admin: limiter('admin'),
    operator: limiter('operator'),
    player: limiter('player'),
    public: limiter('public'),
    login: limiter('login'),
  };

  return {
    async count(bucket, key) {
      const outcome = await limiters[bucket].consume(key).then(
        (state) => ({ allowed: true, state }),
        (state: unknown) => ({ allowed: false, state }),
      );
      if (!(outcome.state instanceof RateLimiterRes)) throw outcome.state;
      const { msBeforeNext, remainingPoints } = outcome.state;
      return {
        allowed: outcome.allowed,
        limit: perMinute[bucket],
        remaining: Math.max(0, remainingPoints),
        resetAt: Math.ceil((clock.now().getTime() + msBeforeNext) / 1_000),
        retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
      };
    },
  };
}
