/** Who may move money here: only the platform, only what it signed, only once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Casino } from '../src/casino.ts';
import { type FakePlatform, type Forgery, openFakePlatform } from './fake-platform.ts';
import { openCasino, usd } from './open-casino.ts';

let platform: FakePlatform;
let casino: Casino;
beforeAll(async () => {
  platform = await openFakePlatform();
  casino = await openCasino(platform);
});
afterAll(async () => {
  await casino.stop();
  await platform.stop();
});

const bet = (transactionId: string = randomUUID()) => ({ player_id: 'ana', ...usd, transaction_id: transactionId, amount: 1_00 });
const now = (): number => Math.floor(Date.now() / 1_000);

test('a callback signed in both ways is carried out', async () => {
  const { httpStatus, answer } = await platform.call(casino.callbackUrl, 'BET_MAKE', bet('t-valid'));
  expect({ httpStatus, answer }).toEqual({ httpStatus: 200, answer: { status: 'OK', balance: 99_00, transaction_id: 't-valid' } });
});

test('PING and BALANCE move nothing', async () => {
  const rows = casino.ledger.rows.length;
  expect((await platform.call(casino.callbackUrl, 'PING', {})).answer).toEqual({ status: 'OK' });
  expect((await platform.call(casino.callbackUrl, 'BALANCE', { player_id: 'ana', ...usd })).answer).toMatchObject({
    status: 'OK',
    balance: casino.ledger.players.get('ana')?.balance,
  });
  expect((await platform.call(casino.callbackUrl, 'BALANCE', { player_id: 'nobody', ...usd })).answer).toEqual({
    status: 'PLAYER_NOT_FOUND',
  });
  expect(casino.ledger.rows).toHaveLength(rows);
});

const sample = (amount: number) =>
  JSON.stringify({ method: 'BET_WIN', timestamp: 0, request_id: 'r', operator_id: 'op_0000000000001', params: { ...bet('t'), amount } });
const FORGERIES: [what: string, forgery: () => Forgery][] = [
  ['an altered body', () => ({ sentBody: sample(9_999_00) })],
  ['a digest of another body', () => ({ claims: { digest: 'ab'.repeat(32) } })],
  ['a token of another method', () => ({ claims: { method: 'PING' } })],
  ['a token of another operator', () => ({ claims: { sub: 'op_0000000000002' } })],
  ['another issuer', () => ({ claims: { iss: 'somebody' } })],
  ['an expired token', () => ({ issuedAt: now() - 50, expiresAt: now() - 20 })],
  ['a token that claims to live for a year', () => ({ issuedAt: now() - 3_600, expiresAt: now() + 31_536_000 })],
  ['a key nobody published', () => ({ unknownKey: true })],
  ['no bearer token', () => ({ headers: { authorization: '' } })],
  ['an unsigned token', () => ({ headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvcCJ9.' } })],
  ['a wrong webhook signature', () => ({ headers: { 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` } })],
  ['an old webhook timestamp', () => ({ headers: { 'webhook-timestamp': String(now() - 3_600) } })],
  ['no webhook headers', () => ({ headers: { 'webhook-signature': '' } })],
];

test.each(FORGERIES)('%s is refused and moves nothing', async (_, forgery) => {
  const rows = casino.ledger.rows.length;
  const { httpStatus, answer } = await platform.call(casino.callbackUrl, 'BET_WIN', bet(), randomUUID(), forgery());
  expect({ httpStatus, status: answer.status }).toEqual({ httpStatus: 401, status: 'INVALID_SIGNATURE' });
  expect(casino.ledger.rows).toHaveLength(rows);
});

test('a token is good once; the second time says that nothing is known, for the first may have been carried out', async () => {
  const body = JSON.stringify({ method: 'PING', timestamp: 0, request_id: 'ping', operator_id: 'op_0000000000001', params: {} });
  const headers = await platform.sign(body, 'PING');
  expect((await platform.post(casino.callbackUrl, body, headers)).answer.status).toBe('OK');
  expect(await platform.post(casino.callbackUrl, body, headers)).toMatchObject({ httpStatus: 409, answer: { status: 'ERROR' } });
});

test.each([
  ['not JSON', 'not json'],
  ['no params', '{"method":"PING","request_id":"r","operator_id":"op_0000000000001"}'],
])('a signed body with %s is an error, not a crash', async (_, body) => {
  const headers = await platform.sign(body, 'PING');
  expect(await platform.post(casino.callbackUrl, body, headers)).toMatchObject({ httpStatus: 400, answer: { status: 'ERROR' } });
});

test('keys that cannot be fetched ask for another attempt instead of crying forgery', async () => {
  const dark = await openFakePlatform();
  dark.hideKeys();
  const other = await openCasino(dark);
  expect(await dark.call(other.callbackUrl, 'PING', {})).toMatchObject({ httpStatus: 503, answer: { status: 'ERROR' } });
  await other.stop();
  await dark.stop();
});
