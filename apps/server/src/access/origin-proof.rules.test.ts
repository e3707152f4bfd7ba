import { describe, expect, test } from 'vitest';
import { judgeProof, namesToAsk, originProblem, recordOf, type TxtAnswer } from './origin-proof.rules.ts';

const LIVE = { loopback: false };

test.each([
  'https://example-casino.com',
  'https://www.example-casino.com',
  'https://example-casino.com:8443',
  'https://xn--bcher-kva.example',
])('%s may be asked for', (origin) => {
  expect(originProblem(origin, LIVE)).toBeNull();
});

test.each([
  ['no address at all', 'nonsense'],
  ['http', 'http://example-casino.com'],
  ['a slash at the end', 'https://example-casino.com/'],
  ['a path', 'https://example-casino.com/play'],
  ['a query', 'https://example-casino.com?x'],
  ['a name and password', 'https://me:secret@example-casino.com'],
  ['capitals', 'https://Example-Casino.com'],
  ['the port that goes without saying', 'https://example-casino.com:443'],
  ['an address', 'https://203.0.113.7'],
  ['an IPv6 address', 'https://[2001:db8::1]'],
  ['an address in disguise', 'https://0x7f.1'],
  ['one label', 'https://intranet'],
  ['this machine', 'http://localhost:3000'],
  ['a wildcard', 'https://*.example.com'],
  ['a script', 'javascript:alert(1)'],
  ['a space that would split a policy', 'https://a.com https://b.com'],
  ['a dot at the end', 'https://example-casino.com.'],
])('%s may not', (_, origin) => {
  expect(originProblem(origin, LIVE)).toEqual(expect.any(String));
});

test('this machine may under development, without a path', () => {
  for (const origin of ['http://localhost:3000', 'http://127.0.0.1:8080', 'https://localhost'])
    expect(originProblem(origin, { loopback: true })).toBeNull();
  expect(originProblem('http://localhost:3000/', { loopback: true })).toEqual(expect.any(String));
  expect(originProblem('http://example-casino.com', { loopback: true })).toEqual(expect.any(String));
});

describe('the proof', () => {
  const origin = 'https://m.casino.example:8443';
  const token = 'pred_verify_abc';
  const judge = (...answers: TxtAnswer[]) => judgeProof(origin, token, answers);
  const none: TxtAnswer = { records: [] };

  test('stands at the domain or beside it', () => {
    expect(namesToAsk(origin)).toEqual(['m.casino.example', '_predictu-verify.m.casino.example']);
    const found: TxtAnswer = { records: ['v=spf1 -all', ` ${recordOf(token)} `] };
    expect(judge(found, none).verified).toBe(true);
    expect(judge(none, found).verified).toBe(true);
    expect(judge({ failure: 'DNS failed' }, found).verified).toBe(true);
  });

  test.each([
    ['another token', { records: ['predictu-verify=pred_verify_abcd'] }, 'another token'],
    ['only a part', { records: [`${recordOf(token)}x`, `x${recordOf(token)}`, token] }, 'another token'],
    ['other records', { records: ['v=spf1 -all'] }, 'no such record'],
    ['a failure', { failure: 'DNS did not answer in time' }, 'did not answer'],
  ] as [string, TxtAnswer, string][])('%s proves nothing and says why', (_, answer, words) => {
    expect(judge(answer, none)).toEqual({ verified: false, detail: expect.stringContaining(words) });
  });
});
