import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RetryFacts, retryState } from './mail-log.rules.ts';

const NOW = new Date('2026-05-01T12:00:00Z');
const at = (ms: number) => new Date(NOW.getTime() + ms);

describe('sending again', () => {
  test.each<[RetryFacts, string]>([
    [{ status: 'failed', linkExpiresAt: null, followed: false }, 'possible'],
    [{ status: 'failed', linkExpiresAt: null, followed: true }, 'possible'],
    [{ status: 'failed', linkExpiresAt: at(1), followed: false }, 'possible'],
    [{ status: 'failed', linkExpiresAt: at(0), followed: false }, 'link_expired'],
    [{ status: 'failed', linkExpiresAt: at(-1), followed: true }, 'link_expired'],
    [{ status: 'failed', linkExpiresAt: at(1), followed: true }, 'link_replaced'],
    [{ status: 'queued', linkExpiresAt: at(-1), followed: true }, 'queued'],
    [{ status: 'sent', linkExpiresAt: null, followed: false }, 'sent'],
  ])('%o is %s', (facts, expected) => {
    expect(retryState(facts, NOW)).toBe(expected);
  });

  test('never brings a link that works no longer, and nothing twice', () => {
    const facts = fc.record({
      status: fc.constantFrom('queued' as const, 'sent' as const, 'failed' as const),
      linkExpiresAt: fc.option(fc.integer({ min: -1e6, max: 1e6 }).map(at), { nil: null }),
      followed: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, (one) => {
        if (retryState(one, NOW) !== 'possible') return;
        expect(one.status).toBe('failed');
        expect(one.linkExpiresAt === null || (one.linkExpiresAt > NOW && !one.followed)).toBe(true);
      }),
    );
  });
});
