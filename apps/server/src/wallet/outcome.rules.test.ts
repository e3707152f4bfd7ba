import { describe, expect, test } from 'vitest';
import { type Expected, judge, neverLeft, type Reply } from './outcome.rules.ts';

const expected: Expected = { method: 'BET_MAKE', requestId: 'req_1', transactionId: 'txn_1' };
const answered = (body: unknown, status = 200): Reply => ({
  kind: 'answered',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const ok = { status: 'OK', balance: 4_200, transaction_id: 'txn_1' };
const refused = (status: string) => ({ status, balance: 5, transaction_id: 'txn_1' });
const summary = (reply: Reply, changes: Partial<Expected> = {}): string => {
  const outcome = judge(reply, { ...expected, ...changes });
  if (outcome.kind === 'confirmed') return outcome.duplicate ? 'duplicate' : 'confirmed';
  return outcome.kind === 'refused' ? outcome.code : outcome.kind;
};

describe('an answer to a debit', () => {
  test.each<[string, Reply, string]>([
    ['OK', answered(ok), 'confirmed'],
    ['OK with our request_id', answered({ ...ok, request_id: 'req_1' }), 'confirmed'],
    ['OK with more than we know', answered({ ...ok, extra: [1] }), 'confirmed'],
    ['OK with 201', answered(ok, 201), 'confirmed'],
    ['a debt', answered({ ...ok, balance: -3 }), 'confirmed'],
    ['a duplicate', answered({ ...ok, status: 'DUPLICATE_TRANSACTION' }), 'duplicate'],
    ['too little money', answered(refused('INSUFFICIENT_FUNDS')), 'INSUFFICIENT_FUNDS'],
    ['too little money with 402', answered(refused('INSUFFICIENT_FUNDS'), 402), 'INSUFFICIENT_FUNDS'],
    ['a refusal without a balance', answered({ status: 'PLAYER_NOT_FOUND', transaction_id: 'txn_1' }), 'PLAYER_NOT_FOUND'],
    ['a blocked player', answered(refused('PLAYER_BLOCKED')), 'PLAYER_BLOCKED'],
    ['a limit', answered(refused('LIMIT_EXCEEDED')), 'LIMIT_EXCEEDED'],
    ['a bad signature, the body unread', answered({ status: 'INVALID_SIGNATURE' }, 401), 'unknown'],
    ['a bad signature with our transaction', answered(refused('INVALID_SIGNATURE')), 'unknown'],
    ['a bad signature of another transaction', answered({ status: 'INVALID_SIGNATURE', transaction_id: 'txn_2' }, 401), 'unknown'],
    ['ERROR', answered(refused('ERROR')), 'unknown'],
    ['OK of another transaction', answered({ ...ok, transaction_id: 'txn_2' }), 'unknown'],
    ['OK of no transaction', answered({ status: 'OK', balance: 1 }), 'unknown'],
    ['a refusal of no transaction', answered({ status: 'INSUFFICIENT_FUNDS' }), 'unknown'],
    ['OK of another request', answered({ ...ok, request_id: 'req_2' }), 'unknown'],
    ['OK without a balance', answered({ ...ok, balance: null }), 'unknown'],
    ['a balance in dollars', answered({ ...ok, balance: 42.5 }), 'unknown'],
    ['a balance as text', answered({ ...ok, balance: '4200' }), 'unknown'],
    ['a balance beyond what JSON holds', answered({ ...ok, balance: 2 ** 60 }), 'unknown'],
    ['a status in lower case', answered({ ...ok, status: 'ok' }), 'unknown'],
    ['a status of its own', answered({ ...ok, status: 'ACCEPTED' }), 'unknown'],
    ['no status', answered({ balance: 1, transaction_id: 'txn_1' }), 'unknown'],
    ['HTML with 200', answered('<html>OK</html>'), 'unknown'],
    ['nothing with 200', answered(''), 'unknown'],
    ['a list', answered([ok]), 'unknown'],
    ['null', answered('null'), 'unknown'],
    ['a cut answer', answered('{"status":"OK","balance":1,'), 'unknown'],
    ['OK with 400', answered(ok, 400), 'unknown'],
    ['OK with 500', answered(ok, 500), 'unknown'],
    ['a refusal with 503', answered(refused('INSUFFICIENT_FUNDS'), 503), 'unknown'],
    ['a redirect', answered('', 302), 'unknown'],
    ['404 of a web server', answered('Not found', 404), 'unknown'],
    ['no answer in time', { kind: 'lost', detail: 'No answer' }, 'unknown'],
    ['a request that never left', { kind: 'unsent', detail: 'ECONNREFUSED' }, 'unsent'],
  ])('%s', (_, reply, outcome) => {
    expect(summary(reply)).toBe(outcome);
  });

  test.each<[Expected['method'], string]>([
    ['BET_MAKE', 'unknown'],
    ['BET_ROLLBACK', 'unknown'],
    ['BET_SELL', 'INVALID_SIGNATURE'],
    ['BET_WIN', 'INVALID_SIGNATURE'],
    ['BET_REFUND', 'INVALID_SIGNATURE'],
    ['BET_LOSE', 'INVALID_SIGNATURE'],
    ['PING', 'INVALID_SIGNATURE'],
  ])('%s with a bad signature is %s', (method, outcome) => {
    expect(summary(answered({ status: 'INVALID_SIGNATURE' }, 401), { method })).toBe(outcome);
  });

  test('what moves nothing needs no balance, and a PING no transaction', () => {
    expect(summary(answered({ status: 'OK', transaction_id: 'txn_1' }), { method: 'BET_LOSE' })).toBe('confirmed');
    expect(summary(answered({ status: 'OK' }), { method: 'PING', transactionId: null })).toBe('confirmed');
    expect(summary(answered({ status: 'OK' }), { method: 'BALANCE', transactionId: null })).toBe('unknown');
    expect(judge(answered({ status: 'OK', balance: 7 }), { method: 'BALANCE', requestId: 'r', transactionId: null })).toMatchObject({
      balance: 7n,
    });
  });
});

test.each<[boolean, (string | undefined)[]]>([
  [true, ['ECONNREFUSED']],
  [true, ['ECONNREFUSED', 'EHOSTUNREACH']],
  [true, ['CERT_HAS_EXPIRED']],
  [true, ['DEPTH_ZERO_SELF_SIGNED_CERT']],
  [true, ['ADDRESS_BLOCKED']],
  [false, ['ECONNRESET']],
  [false, ['ECONNREFUSED', 'ECONNRESET']],
  [false, ['UND_ERR_SOCKET']],
  [false, ['UND_ERR_HEADERS_TIMEOUT']],
  [false, ['EPIPE']],
  [false, ['EPROTO']],
  [false, [undefined]],
  [false, []],
])('that a request never left: %s for %s', (never, codes) => {
  expect(neverLeft(codes)).toBe(never);
});
