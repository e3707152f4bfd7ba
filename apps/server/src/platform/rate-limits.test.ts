import { expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';
import { rateLimits } from './rate-limits.ts';

const LIMITS = { admin: 2, operator: 3, player: 3, public: 3, login: 1, form: 1 };

test('each key has its own minute, and the one request too many says when to come back', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'], now: new Date('2026-06-01T12:00:00Z') });
  try {
    const limits = rateLimits(LIMITS, systemClock);
    expect(await limits.count('admin', 'a')).toEqual({
      allowed: true,
      limit: 2,
      remaining: 1,
      resetAt: Date.UTC(2026, 5, 1, 12, 1) / 1_000,
      retryAfterSeconds: 60,
    });
    vi.advanceTimersByTime(15_000);
    expect(await limits.count('admin', 'a')).toMatchObject({ allowed: true, remaining: 0, retryAfterSeconds: 45 });
    expect(await limits.count('admin', 'a')).toMatchObject({ allowed: false, remaining: 0, retryAfterSeconds: 45 });
    expect(await limits.count('admin', 'b')).toMatchObject({ allowed: true, remaining: 1 });
    expect(await limits.count('operator', 'a')).toMatchObject({ allowed: true, limit: 3 });
    vi.advanceTimersByTime(45_000);
    expect(await limits.count('admin', 'a')).toMatchObject({ allowed: true, remaining: 1, retryAfterSeconds: 60 });
  } finally {
    vi.useRealTimers();
  }
});

test('while Redis is away the process counts by itself', async () => {
  const away = { status: 'end', defineCommand() {}, multi: () => ({ set: () => ({}) }) };
  const limits = rateLimits(LIMITS, systemClock, away as never);
  expect(await limits.count('login', 'x')).toMatchObject({ allowed: true });
  expect(await limits.count('login', 'x')).toMatchObject({ allowed: false });
});
