/** Every fault strikes as it says, and the money is right all the same once the platform has asked again. */
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Casino } from '../src/casino.ts';
import { FAULTS, type FaultName, openFaults, readRules } from '../src/faults.ts';
import { type FakePlatform, openFakePlatform } from './fake-platform.ts';
import { openCasino, usd } from './open-casino.ts';

let platform: FakePlatform;
let casino: Casino;
beforeAll(async () => {
  platform = await openFakePlatform();
});
afterAll(() => platform.stop());
beforeEach(async () => {
  casino = await openCasino(platform);
  return () => casino.stop();
});

const put = async (rules: unknown) =>
  fetch(`${casino.url}/faults`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ rules }) });
const bet = (signal?: AbortSignal) =>
  platform.call(
    casino.callbackUrl,
    'BET_MAKE',
    { player_id: 'ana', ...usd, transaction_id: 't1', amount: 10_00 },
    'r1',
    signal ? { signal } : {},
  );
/** Gives up once the money has moved and another callback has been answered since: what is not answered by then never is. */
function patience(): AbortSignal {
  const ended = new AbortController();
  void vi
    .waitFor(() => expect(balance()).toBe(90_00), { timeout: 20_000 })
    .then(() => platform.call(casino.callbackUrl, 'PING', {}))
    .finally(() => ended.abort());
  return ended.signal;
}
const balance = () => casino.ledger.players.get('ana')?.balance;

type Seen = { httpStatus?: number; status?: string; html?: boolean; thrown?: boolean };
const EXPECTED: Record<Exclude<FaultName, 'slow'>, Seen> = {
  error_500: { httpStatus: 500, status: 'ERROR' },
  html: { httpStatus: 200, html: true },
  wrong_signature: { httpStatus: 401, status: 'INVALID_SIGNATURE' },
  reset: { thrown: true },
  duplicate: { httpStatus: 200, status: 'DUPLICATE_TRANSACTION' },
  error_after_commit: { httpStatus: 500, status: 'ERROR' },
  html_after_commit: { httpStatus: 200, html: true },
  timeout_after_commit: { thrown: true },
  reset_after_commit: { thrown: true },
};

test.each(Object.entries(EXPECTED) as [FaultName, Seen][])('%s', async (fault, expected) => {
  expect((await put([{ fault, method: 'BET_MAKE', probability: 1 }])).status).toBe(200);
  const seen: Seen = await bet(fault === 'timeout_after_commit' ? patience() : undefined).then(
    ({ httpStatus, text, answer }) => ({
      httpStatus,
      ...(answer.status ? { status: answer.status } : { html: text.startsWith('<!doctype html>') }),
    }),
    () => ({ thrown: true }),
  );
  expect(seen).toEqual(expected);
  expect(balance()).toBe(FAULTS[fault].when === 'after' ? 90_00 : 100_00);
  expect((await platform.call(casino.callbackUrl, 'PING', {})).answer.status).toBe('OK');
  await put([]);
  expect(['OK', 'DUPLICATE_TRANSACTION']).toContain((await bet()).answer.status);
  expect(balance()).toBe(90_00);
});

test('slow delays and then answers', async () => {
  await put([{ fault: 'slow', method: '*', probability: 1, ms: 30 }]);
  expect((await bet()).answer.status).toBe('OK');
  const { callbacks } = (await (await fetch(`${casino.url}/callbacks`)).json()) as { callbacks: { fault: string }[] };
  expect(callbacks[0]?.fault).toBe('slow 30 ms');
});

describe('rules', () => {
  test('probability and method decide, by the random numbers handed in', () => {
    const numbers = [0.2, 0.9, 0.49, 0.5];
    const faults = openFaults(() => numbers.shift() ?? 1);
    faults.replace([{ fault: 'reset', method: 'BET_WIN', probability: 0.5 }]);
    expect(Array.from({ length: 4 }, () => faults.roll('BET_WIN').before)).toEqual(['reset', undefined, 'reset', undefined]);
    expect(faults.roll('PING').before).toBeUndefined();
  });

  test.each([
    [undefined],
    [{ rules: 'reset' }],
    [{ rules: [{ fault: 'toString' }] }],
    [{ rules: [{ fault: 'reset', method: 'BET' }] }],
    [{ rules: [{ fault: 'reset', probability: 2 }] }],
    [{ rules: [{ fault: 'slow', ms: -1 }] }],
  ])('%j is refused', async (body) => {
    expect(typeof readRules(body)).toBe('string');
  });

  test('a wrong rule is answered 422 and changes nothing', async () => {
    await put([{ fault: 'reset' }]);
    expect((await put([{ fault: 'nonsense' }])).status).toBe(422);
    expect(casino.faults.rules()).toEqual([{ fault: 'reset', method: '*', probability: 1 }]);
  });
});

const statusFor = (path: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(casino.url);
    request({ hostname, port, path, headers: { host } }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });

test.each(['/faults', '/admin', '/ledger', '/players', '/callbacks'])(
  '%s is not there for a page that gives this machine another name',
  async (path) => {
    expect(await statusFor(path, 'evil.example')).toBe(403);
    expect(await statusFor(path, 'localhost:4000')).toBe(200);
  },
);
