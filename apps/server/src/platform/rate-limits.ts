/** How often somebody may do something in a minute: counted in memory, or in Redis when it is configured (in memory again while Redis is away). */
import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from './clock.ts';

export type Bucket = 'admin' | 'operator' | 'player' | 'public' | 'login' | 'form';
/** `resetAt` is a Unix time in seconds. */
export type Counted = { allowed: boolean; limit: number; remaining: number; resetAt: number; retryAfterSeconds: number };
export type RateLimits = {
  /** Counts one request, at once unless Redis has to be asked. */
  count(bucket: Bucket, key: string): Counted | Promise<Counted>;
};
export type MinuteLimit = {
  /** Counts once more for the key, at once unless Redis has to be asked. */
  count(key: string): Counted | Promise<Counted>;
  /** Takes back what was counted once. */
  giveBack(key: string): Promise<void>;
};

const WINDOW_MS = 60_000;
type Window = { used: number; endsAt: number };
/** How often this key has asked in its window, and for how long that lasts. */
type Usage = { used: number; leftMs: number };

/** Fixed windows that begin with a key's first request: one lookup a request, and no timer per key. */
function memoryWindows(): { take(key: string): Usage; giveBack(key: string): void } {
  const windows = new Map<string, Window>();
  let sweepAt = performance.now() + WINDOW_MS;
  return {
    take(key) {
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
    },
    giveBack(key) {
      const window = windows.get(key);
      if (window && window.used > 0) window.used -= 1;
    },
  };
}

/** The same windows, shared through Redis. Throws when Redis is away. */
function redisWindows(name: string, points: number, redis: Redis) {
  const limiter = new RateLimiterRedis({ keyPrefix: `rate:${name}`, points, duration: WINDOW_MS / 1_000, storeClient: redis });
  return {
    async take(key: string): Promise<Usage> {
      const state = await limiter.consume(key).catch((refused: unknown) => refused);
      if (!(state instanceof RateLimiterRes)) throw state;
      return { used: state.consumedPoints, leftMs: state.msBeforeNext };
    },
    giveBack: (key: string): Promise<unknown> => limiter.reward(key),
  };
}

/** `limit` a minute for each key; `name` is what the limit is of, the same in every process. */
export function minuteLimit(name: string, limit: number, clock: Clock, redis?: Redis): MinuteLimit {
  const inMemory = memoryWindows();
  const shared = redis && redisWindows(name, limit, redis);
  const countedAs = ({ used, leftMs }: Usage): Counted => ({
    allowed: used <= limit,
    limit,
    remaining: Math.max(0, limit - used),
    resetAt: Math.ceil((clock.now().getTime() + leftMs) / 1_000),
    retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1_000)),
  });

  return {
    count: (key) => (shared ? shared.take(key).then(countedAs, () => countedAs(inMemory.take(key))) : countedAs(inMemory.take(key))),
    async giveBack(key) {
      if (shared) await shared.giveBack(key).catch(() => inMemory.giveBack(key));
      else inMemory.giveBack(key);
    },
  };
}

export function rateLimits(perMinute: Record<Bucket, number>, clock: Clock, redis?: Redis): RateLimits {
  const ofBucket = (bucket: Bucket): MinuteLimit => minuteLimit(bucket, perMinute[bucket], clock, redis);
  const limits: Record<Bucket, MinuteLimit> = {
    admin: ofBucket('admin'),
    operator: ofBucket('operator'),
    player: ofBucket('player'),
    public: ofBucket('public'),
    login: ofBucket('login'),
    form: ofBucket('form'),
  };
  return { count: (bucket, key) => limits[bucket].count(key) };
}
