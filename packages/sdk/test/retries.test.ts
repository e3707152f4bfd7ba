/** When a request is sent again, for every kind of failure. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FAMILIES } from '../src/error-codes.gen.ts';
import { ApiConnectionError, ApiError, ApiTimeoutError, errorFrom } from '../src/errors.ts';
import type { ResponseInfo } from '../src/response-info.ts';
import { responseInfo } from '../src/response-info.ts';
import { waitBeforeRetry } from '../src/retries.ts';

const settings = { maxRetries: 3, longestWaitMs: 60_000 };
const info = (status: number, retryAfterSeconds: number | null = null): ResponseInfo => ({
  status,
  retryAfterSeconds,
  requestId: 'req_1',
  replayed: false,
  rateLimit: null,
  attempts: 1,
});
const answered = (status: number, code: string, retryable: boolean, retryAfter: number | null = null): ApiError =>
  errorFrom({ error: { code, message: code, details: null, request_id: 'req_1', doc_url: '', retryable } }, info(status, retryAfter));
const wait = (failure: unknown, repeatable: boolean, attempt = 0, chance = 0) =>
  waitBeforeRetry({ attempt, failure, repeatable, chance }, settings);

describe('what is sent again', () => {
  test.each([
    ['429 RATE_LIMITED', answered(429, 'RATE_LIMITED', true), true, true],
    ['409 IN_FLIGHT', answered(409, 'IN_FLIGHT', true), true, true],
    ['503 UNAVAILABLE', answered(503, 'UNAVAILABLE', true), true, true],
    ['503 OUTCOME_UNKNOWN', answered(503, 'OUTCOME_UNKNOWN', true), true, false],
    ['500 INTERNAL_ERROR', answered(500, 'INTERNAL_ERROR', true), true, false],
    ['502 of a proxy', errorFrom('<h1>', info(502)), true, false],
    ['429 of a proxy', errorFrom('<h1>', info(429)), true, true],
    ['a lost connection', new ApiConnectionError('gone'), true, false],
    ['a time limit', new ApiTimeoutError('late'), true, false],
    ['422 PRICE_CHANGED, which may lift', answered(422, 'PRICE_CHANGED', true), false, false],
    ['422 INSUFFICIENT_BALANCE', answered(422, 'INSUFFICIENT_BALANCE', false), false, false],
    ['404', answered(404, 'NOT_FOUND', false), false, false],
    ['a fault of the program', new TypeError('no'), false, false],
  ])('%s', (_name, failure, repeated, evenWhenWriting) => {
    expect(wait(failure, true) !== null).toBe(repeated);
    expect(wait(failure, false) !== null).toBe(evenWhenWriting);
  });

  test('never more often than asked for', () => {
    expect(wait(new ApiConnectionError('gone'), true, 2)).not.toBeNull();
    expect(wait(new ApiConnectionError('gone'), true, 3)).toBeNull();
  });
});

describe('how long it waits', () => {
  test('at least what Retry-After says, spread by chance, and not at all when that is too long', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (seconds, chance) => {
        const waits = wait(answered(429, 'RATE_LIMITED', true, seconds), false, 0, chance);
        if (waits === null) return seconds >= 60;
        return waits >= seconds * 1_000 && waits <= seconds * 1_000 + 250;
      }),
    );
  });

  test('without Retry-After twice as long each time, at least half of it, at most eight seconds', () => {
    const lost = new ApiConnectionError('gone');
    expect([0, 1, 2].map((attempt) => wait(lost, true, attempt, 0))).toEqual([250, 500, 1_000]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, chance) => {
        const waits = waitBeforeRetry({ attempt, failure: lost, repeatable: true, chance }, { ...settings, maxRetries: 100 }) ?? 0;
        const backoff = Math.min(8_000, 500 * 2 ** attempt);
        return waits >= backoff / 2 && waits <= backoff;
      }),
    );
  });

  test('Retry-After may be a date; the end of the window is by our clock, whatever the server’s says', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const headers = {
      date: 'Thu, 01 Jan 2026 01:00:00 GMT',
      'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT',
      'x-ratelimit-limit': '120',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Date.parse('2026-01-01T01:00:30Z') / 1_000),
    };
    const read = responseInfo(new Response(null, { status: 429, headers }), 1, now);
    expect(read).toMatchObject({ retryAfterSeconds: 9, rateLimit: { limit: 120, remaining: 0 } });
    expect(read.rateLimit?.resetsAt.toISOString()).toBe('2026-01-01T00:00:30.000Z');
  });
});

test('every code has a class of its family', () => {
  for (const code of Object.keys(FAMILIES) as (keyof typeof FAMILIES)[]) {
    const error = answered(400, code, false);
    expect(error.name).toBe(FAMILIES[code]);
    expect(error).toBeInstanceOf(ApiError);
    expect(error.code).toBe(code);
  }
});
