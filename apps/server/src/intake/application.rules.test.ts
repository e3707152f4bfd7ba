import { APPLICATION_STATUSES, DECIDED_STATUSES } from '@predictu/contract/shapes/application';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { landsAs, nextStatuses, refusedStatus, websiteHost } from './application.rules.ts';

const status = fc.constantFrom(...APPLICATION_STATUSES);
const decided = fc.constantFrom(...DECIDED_STATUSES);

describe('what a reviewer may set', () => {
  test('what is refused is exactly what is not offered', () => {
    fc.assert(fc.property(status, decided, (from, to) => (refusedStatus(from, to) === undefined) === nextStatuses(from).includes(to)));
  });

  test('what has become an operator, or repeats another, is never decided again', () => {
    for (const from of ['provisioned', 'duplicate'] as const) expect(nextStatuses(from)).toEqual([]);
  });

  test('no status follows itself', () => {
    for (const from of APPLICATION_STATUSES) expect(nextStatuses(from)).not.toContain(from);
  });

  test('an approval is reached only from what a person has before them, never from spam or a rejection', () => {
    expect(APPLICATION_STATUSES.filter((from) => nextStatuses(from).includes('approved'))).toEqual([
      'received',
      'in_review',
      'needs_information',
    ]);
  });
});

describe('what a submission lands as', () => {
  test.each([
    ['', undefined, 'received'],
    ['  ', undefined, 'received'],
    ['', 7n, 'duplicate'],
    ['+1 555', undefined, 'spam'],
    ['+1 555', 7n, 'spam'],
  ])('honeypot %j, original %s: %s', (honeypot, original, expected) => {
    expect(landsAs({ honeypot, original })).toBe(expected);
  });
});

describe('the host of a website', () => {
  test.each([
    ['https://www.Halcyon.com/play', 'halcyon.com'],
    ['http://halcyon.com:8080?x=1', 'halcyon.com'],
    ['https://user@halcyon.com.', 'halcyon.com'],
    ['https://evil.com/halcyon.com', 'evil.com'],
    ['https://', undefined],
    ['ftp://halcyon.com', undefined],
  ])('%s: %s', (url, host) => expect(websiteHost(url)).toBe(host));

  test('neither path nor letters change it', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'] }), (url) => {
        const host = websiteHost(url);
        return host !== undefined && websiteHost(`${new URL(url).origin.toUpperCase().replace('HTTPS', 'https')}/elsewhere`) === host;
      }),
    );
  });
});
