import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Endpoint, knownEndpoints } from './read-endpoint.ts';

const KEPT_MS = 1_000;
const OPERATOR = 7n;
const endpoint = (callbackUrl: string, key: object | undefined = {}): Endpoint =>
  ({ settings: { operatorId: OPERATOR, callbackUrl }, key, secrets: [], policy: {}, obstacle: null }) as unknown as Endpoint;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an endpoint is forgotten in time, however often it is used', () => {
  const known = knownEndpoints(KEPT_MS, () => Promise.reject(new Error('not asked')));
  known.put(endpoint('first'));
  vi.advanceTimersByTime(KEPT_MS - 1);
  known.put(endpoint('second'));
  expect(known.get(OPERATOR)?.settings.callbackUrl).toBe('first');
  vi.advanceTimersByTime(1);
  expect(known.get(OPERATOR)).toBeUndefined();
});

test('one that is soon forgotten is read again once, and lives its own life then', async () => {
  const read = vi.fn(async () => endpoint('renewed'));
  const known = knownEndpoints(KEPT_MS, read);
  known.put(endpoint('first'));
  known.renew(OPERATOR);
  expect(read).not.toHaveBeenCalled();
  vi.advanceTimersByTime(KEPT_MS - 100);
  known.renew(OPERATOR);
  known.renew(OPERATOR);
  expect(known.get(OPERATOR)?.settings.callbackUrl).toBe('first');
  await vi.advanceTimersByTimeAsync(0);
  expect(read).toHaveBeenCalledTimes(1);
  expect(known.get(OPERATOR)?.settings.callbackUrl).toBe('renewed');
  vi.advanceTimersByTime(KEPT_MS - 1);
  expect(known.get(OPERATOR)?.settings.callbackUrl).toBe('renewed');
  vi.advanceTimersByTime(1);
  expect(known.get(OPERATOR)).toBeUndefined();
});

test('one that cannot be read again is forgotten as if nobody had tried', async () => {
  const known = knownEndpoints(KEPT_MS, () => Promise.reject(new Error('the database is away')));
  known.put(endpoint('first'));
  vi.advanceTimersByTime(KEPT_MS - 100);
  known.renew(OPERATOR);
  await vi.advanceTimersByTimeAsync(99);
  expect(known.get(OPERATOR)?.settings.callbackUrl).toBe('first');
  await vi.advanceTimersByTimeAsync(1);
  expect(known.get(OPERATOR)).toBeUndefined();
});

test('one without a key is not kept, nor what is renewed without one', async () => {
  const known = knownEndpoints(KEPT_MS, async () => ({ ...endpoint('renewed'), key: undefined }));
  known.put({ ...endpoint('first'), key: undefined });
  expect(known.get(OPERATOR)).toBeUndefined();
  known.put(endpoint('second'));
  vi.advanceTimersByTime(KEPT_MS - 100);
  known.renew(OPERATOR);
  await vi.advanceTimersByTimeAsync(0);
  expect(known.get(OPERATOR)).toBeUndefined();
});
