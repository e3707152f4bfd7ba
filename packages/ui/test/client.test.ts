import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError, createClient } from '../src/api/client.ts';

const answers: Response[] = [];
const asked = vi.fn(async (..._: unknown[]) => answers.shift() ?? Response.json({ data: 1 }));
const tooMany = (seconds: number) =>
  Response.json({ error: { code: 'RATE_LIMITED', message: 'Too many' } }, { status: 429, headers: { 'retry-after': String(seconds) } });
const client = () => createClient({ endpoints: {}, token: () => null });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', asked);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  asked.mockClear();
  answers.length = 0;
});

test('a question that meets the limit is asked again when the server says, and nobody hears of it', async () => {
  answers.push(tooMany(7));
  const answer = client().open('/a');
  await vi.advanceTimersByTimeAsync(6_900);
  expect(asked).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect((await answer).status).toBe(200);
  expect(asked).toHaveBeenCalledTimes(2);
});

test('while it rests no other question is sent; acts are, and are not repeated', async () => {
  answers.push(tooMany(10));
  const api = client();
  const [first, second] = [api.open('/a'), vi.advanceTimersByTimeAsync(1_000).then(() => api.open('/b'))];
  await vi.advanceTimersByTimeAsync(2_000);
  expect(asked.mock.calls.map(([to]) => to)).toEqual(['/a']);
  answers.push(tooMany(20));
  await expect(api.open('/act', { method: 'POST' })).rejects.toMatchObject({ status: 429, waitMs: 20_000 });
  await vi.advanceTimersByTimeAsync(19_000);
  expect(asked).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(2_000);
  await Promise.all([first, second]);
  expect(asked.mock.calls.map(([to]) => to).sort()).toEqual(['/a', '/a', '/act', '/b']);
});

test('after three times it is said', async () => {
  answers.push(tooMany(1), tooMany(1), tooMany(1));
  const answer = client()
    .open('/a')
    .catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await answer).toBeInstanceOf(ApiError);
  expect(asked).toHaveBeenCalledTimes(3);
});

test('who leaves waits no longer', async () => {
  answers.push(tooMany(30));
  const stop = new AbortController();
  const answer = client()
    .open('/a', { signal: stop.signal })
    .catch((error: Error) => error.name);
  await vi.advanceTimersByTimeAsync(1_000);
  stop.abort();
  expect(await answer).toBe('AbortError');
  expect(asked).toHaveBeenCalledTimes(1);
});
