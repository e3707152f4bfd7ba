/** Requests a minute by bucket: counted in memory, or in Redis when it is configured (in memory again while Redis is away). */
import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from './clock.ts';

export type Bucket = 'admin' | 'operator' | 'player' | 'public' | 'login' | 'form';
export type Counted = { allowed: boolean; limit: number; remaining: number; resetAt: number; retryAfterSeconds: number };
export type RateLimits = {
  /** Counts one request, at once unless Redis has to be asked. `resetAt` is a Unix time in seconds. */
  count(bucket: Bucket, key: string): Counted | Promise<Counted>;
};

const WINDOW_MS = 60_000;
type Window = { used: number; endsAt: number };
/** How often this key has asked in its window, and for how long that lasts. */
type Usage = { used: number; leftMs: number };

/** Fixed windows that begin with a key's first request: one lookup a request, and no timer per key. */
function memoryWindows(): (key: string) => Usage {
  const windows = new Map<string, Window>();
  let sweepAt = performance.now() + WINDOW_MS;
  return (key) => {
    const now = performance.now();
    if (now >= sweepAt) {
      for (const [name, { endsAt }] of windows) if (endsAt <= now) windows.delete(name);
      sweepAt = now + WINDOW_MS;
    }
    let window = windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { used: 0, endsAt: now + WINDOW_MS };
      windows.set(key, window);
    }
    window.used += 1;
    return { used: window.used, leftMs: window.endsAt - now };
  };
}

/** The same windows, shared through Redis. Throws when Redis is away. */
function redisWindows(redis: Redis): (bucket: Bucket, points: number, key: string) => Promise<Usage> {
  const limiters = new Map<Bucket, RateLimiterRedis>();
  return async (bucket, points, key) => {
    const limiter =
      limiters.get(bucket) ??
      new RateLimiterRedis({ keyPrefix: `rate:${bucket}`, points, duration: WINDOW_MS / 1_000, storeClient: redis });
    limiters.set(bucket, limiter);
    const state = await limiter.consume(key).catch((refused: unknown) => refused);
    if (!(state instanceof RateLimiterRes)) throw state;
    return { used: state.consumedPoints, leftMs: state.msBeforeNext };
  };
}

export function rateLimits(perMinute: Record<Bucket, number>, clock: Clock, redis?: Redis): RateLimits {
  const inMemory = memoryWindows();
  const shared = redis && redisWindows(redis);
  const countedAs = (limit: number, { used, leftMs }: Usage): Counted => ({
    allowed: used <= limit,
    limit,
    remaining: Math.max(0, limit - used),
    resetAt: Math.ceil((clock.now().getTime() + leftMs) / 1_000),
    retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1_000)),
  });

  return {
    count(bucket, key) {
      const limit = perMinute[bucket];
      const name = `${bucket}:${key}`;
      if (!shared) return countedAs(limit, inMemory(name));
      return shared(bucket, limit, key).then(
        (usage) => countedAs(limit, usage),
        () => countedAs(limit, inMemory(name)),
      );
    },
  };
}
