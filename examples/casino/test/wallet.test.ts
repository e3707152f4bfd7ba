/** Each operation once, whatever is repeated, reordered or restarted. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Casino } from '../src/casino.ts';
import { type FakePlatform, openFakePlatform } from './fake-platform.ts';
import { openCasino, usd } from './open-casino.ts';

let platform: FakePlatform;
let casino: Casino;
let folder: string;
const journalFile = () => join(folder, 'books', 'journal.jsonl');
beforeAll(async () => {
  platform = await openFakePlatform();
});
afterAll(() => platform.stop());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'casino-'));
  casino = await openCasino(platform, { journalFile: journalFile() });
});
afterEach(async () => {
  await casino.stop();
  rmSync(folder, { recursive: true, force: true });
});

const move = async (method: string, params: Record<string, unknown>, requestId: string = randomUUID()) =>
  (await platform.call(casino.callbackUrl, method, { player_id: 'ana', ...usd, ...params }, requestId)).answer;
const balanceOf = (id: string) => casino.ledger.players.get(id)?.balance;

test('every method moves what it says', async () => {
  expect(await move('BET_MAKE', { transaction_id: 't1', amount: 40_00, bet: { outcome: 'yes' } })).toMatchObject({
    status: 'OK',
    balance: 60_00,
  });
  expect(await move('BET_SELL', { transaction_id: 't2', amount: 10_00, reference_id: 't1' })).toMatchObject({
    status: 'OK',
    balance: 70_00,
  });
  expect(
    await move('BET_WIN', { transaction_id: 't3', amount: 50_00, reference_id: 't1', position_id: 'p', settlement_id: 's' }),
  ).toMatchObject({ balance: 120_00 });
  expect(
    await move('BET_LOSE', { transaction_id: 't4', reference_id: 't1', position_id: 'p', settlement_id: 's', stake: 40_00 }),
  ).toMatchObject({ status: 'OK', balance: 120_00 });
  expect(await move('BET_REFUND', { transaction_id: 't5', amount: 1_25, reference_id: 't1' })).toMatchObject({ balance: 121_25 });
  expect(await move('BET_MAKE', { transaction_id: 't6', amount: 5_00 })).toMatchObject({ balance: 116_25 });
  expect(await move('BET_ROLLBACK', { transaction_id: 't7', amount: 5_00, reference_id: 't6' })).toMatchObject({
    status: 'OK',
    balance: 121_25,
  });
  expect(casino.statement()).toMatchObject({ consistent: true, balance: 321_25 });
});

test('a request sent again gets the first answer and moves nothing', async () => {
  const bet = { transaction_id: 't1', amount: 10_00 };
  await move('BET_MAKE', bet, 'r1');
  await move('BET_MAKE', { transaction_id: 't2', amount: 20_00 });
  expect(await move('BET_MAKE', bet, 'r1')).toEqual({ status: 'DUPLICATE_TRANSACTION', balance: 90_00, transaction_id: 't1' });
  expect(await move('BET_MAKE', bet, 'another request')).toEqual({ status: 'DUPLICATE_TRANSACTION', balance: 90_00, transaction_id: 't1' });
  expect(balanceOf('ana')).toBe(70_00);
});

test('ten attempts at once take the money once', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => move('BET_MAKE', { transaction_id: 't1', amount: 10_00 }, 'r1')));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array<string>(9).fill('DUPLICATE_TRANSACTION'), 'OK']);
  expect(balanceOf('ana')).toBe(90_00);
});

test.each([
  ['amount', { transaction_id: 't1', amount: 11_00 }, 'r1'],
  ['player', { transaction_id: 't1', amount: 10_00, player_id: 'limited' }, 'r1'],
  ['transaction', { transaction_id: 't9', amount: 10_00 }, 'r1'],
])('an id used again with another %s is an error', async (_, params, requestId) => {
  await move('BET_MAKE', { transaction_id: 't1', amount: 10_00 }, 'r1');
  expect(await move('BET_MAKE', params, requestId)).toMatchObject({ status: 'ERROR' });
  expect(balanceOf('ana')).toBe(90_00);
});

test.each([
  ['INSUFFICIENT_FUNDS', 'ana', 100_01],
  ['PLAYER_NOT_FOUND', 'nobody', 1],
  ['PLAYER_BLOCKED', 'blocked', 1],
  ['LIMIT_EXCEEDED', 'limited', 5_01],
])('%s refuses a bet, and again after the cause is gone', async (status, player, amount) => {
  const bet = { player_id: player, transaction_id: 't1', amount };
  expect(await move('BET_MAKE', bet, 'r1')).toMatchObject({ status });
  casino.ledger.open({ id: 'nobody', name: 'Somebody', deposit: 50_00 });
  casino.ledger.pay(player, 'deposit', 500_00);
  casino.ledger.limit(player, { blocked: false, betLimit: null });
  expect(await move('BET_MAKE', bet, 'r1')).toMatchObject({ status });
  expect(await move('BET_MAKE', { ...bet, transaction_id: 't2' })).toMatchObject({ status: 'OK' });
  expect(await move('BET_ROLLBACK', { player_id: player, transaction_id: 't3', reference_id: 't1', amount })).toMatchObject({
    status: 'OK',
  });
  expect(casino.statement().consistent).toBe(true);
});

test('exactly the balance, and exactly the limit, can be bet', async () => {
  expect(await move('BET_MAKE', { transaction_id: 't1', amount: 100_00 })).toMatchObject({ status: 'OK', balance: 0 });
  expect(await move('BET_MAKE', { player_id: 'limited', transaction_id: 't2', amount: 5_00 })).toMatchObject({ status: 'OK' });
});

test('money owed reaches a blocked player; an unknown one can be paid once known', async () => {
  expect(await move('BET_WIN', { player_id: 'blocked', transaction_id: 't1', amount: 5_00, reference_id: 't0' })).toMatchObject({
    status: 'OK',
    balance: 105_00,
  });
  const win = { player_id: 'late', transaction_id: 't2', amount: 5_00, reference_id: 't0' };
  expect(await move('BET_WIN', win, 'r2')).toMatchObject({ status: 'PLAYER_NOT_FOUND' });
  casino.ledger.open({ id: 'late', name: 'Late' });
  expect(await move('BET_WIN', win, 'r2')).toMatchObject({ status: 'OK', balance: 5_00 });
});

test('a bet rolled back before it arrives never takes money', async () => {
  expect(await move('BET_ROLLBACK', { transaction_id: 't2', reference_id: 't1', amount: 10_00 }, 'r2')).toMatchObject({
    status: 'OK',
    balance: 100_00,
  });
  expect(await move('BET_MAKE', { transaction_id: 't1', amount: 10_00 }, 'r1')).toMatchObject({ status: 'ERROR', balance: 100_00 });
  expect(await move('BET_MAKE', { transaction_id: 't1', amount: 10_00 }, 'r1')).toMatchObject({ status: 'ERROR', balance: 100_00 });
  expect(await move('BET_ROLLBACK', { transaction_id: 't2', reference_id: 't1', amount: 10_00 }, 'r2')).toMatchObject({
    status: 'DUPLICATE_TRANSACTION',
  });
  expect(balanceOf('ana')).toBe(100_00);
});

test('a bet is given back once, however many rollbacks name it, and only as it was', async () => {
  await move('BET_MAKE', { transaction_id: 't1', amount: 10_00 });
  expect(await move('BET_ROLLBACK', { transaction_id: 't2', reference_id: 't1', amount: 11_00 })).toMatchObject({ status: 'ERROR' });
  expect(await move('BET_ROLLBACK', { player_id: 'limited', transaction_id: 't2', reference_id: 't1', amount: 10_00 })).toMatchObject({
    status: 'ERROR',
  });
  expect(await move('BET_ROLLBACK', { transaction_id: 't2', reference_id: 't1', amount: 10_00 })).toMatchObject({
    status: 'OK',
    balance: 100_00,
  });
  expect(await move('BET_ROLLBACK', { transaction_id: 't3', reference_id: 't1', amount: 10_00 })).toMatchObject({
    status: 'DUPLICATE_TRANSACTION',
  });
  expect(await move('BET_MAKE', { transaction_id: 't1', amount: 10_00 })).toMatchObject({ status: 'DUPLICATE_TRANSACTION' });
  expect(balanceOf('ana')).toBe(100_00);
});

test.each([
  ['a fraction of a cent', { amount: 1.5 }],
  ['a negative amount', { amount: -5 }],
  ['text for an amount', { amount: '500' }],
  ['no amount', {}],
  ['another currency', { amount: 5, currency: 'EUR' }],
  ['no player', { amount: 5, player_id: undefined }],
])('%s is an error and leaves no row', async (_, params) => {
  const rows = casino.ledger.rows.length;
  expect(await move('BET_WIN', { transaction_id: 't1', reference_id: 't0', ...params })).toMatchObject({ status: 'ERROR' });
  expect(await move('BET_GIFT', { transaction_id: 't1', amount: 5 })).toMatchObject({ status: 'ERROR' });
  expect(casino.ledger.rows).toHaveLength(rows);
});

test('the books survive a restart, a line torn by a crash included', async () => {
  await move('BET_MAKE', { transaction_id: 't1', amount: 10_00 }, 'r1');
  await move('BET_ROLLBACK', { transaction_id: 't3', reference_id: 't2', amount: 7_00 }, 'r3');
  const before = casino.statement();
  await casino.stop();
  const whole = readFileSync(journalFile(), 'utf8');
  appendFileSync(journalFile(), '{"seq":99,"kind":"depo');
  casino = await openCasino(platform, { journalFile: journalFile() });
  expect(casino.statement()).toEqual(before);
  expect(readFileSync(journalFile(), 'utf8')).toBe(whole);
  expect(await move('BET_MAKE', { transaction_id: 't1', amount: 10_00 }, 'r1')).toMatchObject({
    status: 'DUPLICATE_TRANSACTION',
    balance: 90_00,
  });
  expect(await move('BET_MAKE', { transaction_id: 't2', amount: 7_00 }, 'r2')).toMatchObject({ status: 'ERROR' });
  expect(balanceOf('ana')).toBe(90_00);
});
