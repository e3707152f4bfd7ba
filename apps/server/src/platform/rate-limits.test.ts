import { expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';
import { minuteLimit, rateLimits } from './rate-limits.ts';

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

test('what is given back counts no more, and never below nothing', async () => {
  const limit = minuteLimit('guess', 1, systemClock);
  await limit.giveBack('a');
  expect(await limit.count('a')).toMatchObject({ allowed: true, remaining: 0 });
  expect(await limit.count('a')).toMatchObject({ allowed: false });
  await limit.giveBack('a');
  await limit.giveBack('a');
  await limit.giveBack('a');
  expect(await limit.count('a')).toMatchObject({ allowed: true });
  expect(await limit.count('b')).toMatchObject({ allowed: true });
});

test('through Redis one window is shared by two processes, and given back to both', async () => {
  const used = new Map<string, number>();
  const reply = (name: string, by: number) => {
    used.set(name, (used.get(name) ?? 0) + by);
    return Promise.resolve([String(used.get(name)), 42_000]);
  };
  const redis = {
    status: 'ready',
    defineCommand(name: string) {
      Object.assign(this, { [name]: ([key, by]: [string, string]) => reply(key, Number(by)) });
    },
  };
  const [one, other] = [minuteLimit('guess', 2, systemClock, redis as never), minuteLimit('guess', 2, systemClock, redis as never)];
  expect(await one.count('a')).toMatchObject({ allowed: true, remaining: 1, retryAfterSeconds: 42 });
  expect(await other.count('a')).toMatchObject({ allowed: true, remaining: 0 });
  expect(await one.count('a')).toMatchObject({ allowed: false });
  await other.giveBack('a');
  await other.giveBack('a');
  expect(await one.count('a')).toMatchObject({ allowed: true, remaining: 0 });
});
