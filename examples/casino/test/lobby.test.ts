/** What a visitor can do: log in, pay in and out, and get a launch token that names them. */
import { jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Casino } from '../src/casino.ts';
import { readDollars } from '../src/lobby-routes.ts';
import { type FakePlatform, openFakePlatform } from './fake-platform.ts';
import { openCasino } from './open-casino.ts';

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

const send = (path: string, body: unknown, cookie = '') =>
  fetch(`${casino.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body) });
const cookieOf = (answer: Response): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

test('a visitor logs in, pays, and leaves', async () => {
  const cookie = cookieOf(await send('/login', { player_id: 'ana' }));
  const deposit = await send('/cashier', { kind: 'deposit', amount_usd: '25.50' }, cookie);
  expect(await deposit.json()).toMatchObject({ player: { id: 'ana', balance: 125_50 }, row: { kind: 'deposit', amount: 25_50 } });
  expect((await send('/cashier', { kind: 'withdrawal', amount_usd: '125.51' }, cookie)).status).toBe(422);
  expect((await send('/cashier', { kind: 'withdrawal', amount_usd: '125.50' }, cookie)).status).toBe(200);
  expect(casino.statement()).toMatchObject({ consistent: true, totals: { withdrawal: -125_50 } });
  await send('/logout', {}, cookie);
  expect(await (await fetch(`${casino.url}/me`, { headers: { cookie } })).json()).toEqual({ player: null });
});

test('nobody gets in without logging in, or as somebody unknown', async () => {
  expect((await send('/login', { player_id: 'nobody' })).status).toBe(404);
  expect((await fetch(`${casino.url}/launch-token`)).status).toBe(401);
  expect((await send('/cashier', { kind: 'deposit', amount_usd: '5' })).status).toBe(401);
});

test('the launch token names the player, is signed with the key pair and lives two minutes', async () => {
  const cookie = cookieOf(await send('/login', { player_id: 'limited' }));
  const tokens = await Promise.all(
    [1, 2].map(
      async () => ((await (await fetch(`${casino.url}/launch-token`, { headers: { cookie } })).json()) as { token: string }).token,
    ),
  );
  const [first, second] = await Promise.all(
    tokens.map((token) => jwtVerify(token, new TextEncoder().encode('sk_live_test'), { algorithms: ['HS256'] })),
  );
  expect(first?.protectedHeader.kid).toBe('pk_live_test');
  expect(first?.payload).toMatchObject({ sub: 'limited', username: 'Limited' });
  expect((first?.payload.exp ?? 0) - (first?.payload.iat ?? 0)).toBe(120);
  expect(first?.payload.jti).not.toBe(second?.payload.jti);
});

test.each([
  ['25', 25_00],
  ['25.5', 25_50],
  ['1,250.50', 1_250_50],
  ['0', undefined],
  ['-5', undefined],
  ['1e3', undefined],
  ['5.001', undefined],
  ['1,25', undefined],
  ['100000.01', undefined],
  [25, undefined],
])('%j is %s cents', (text, amount) => {
  expect(readDollars(text)).toBe(amount);
});

test('the lobby frames the platform under the key and name of this operator, and its policy lets in nobody else', async () => {
  const other = await openCasino(platform, { predictuUrl: 'https://markets.example', operatorSlug: 'our-name' });
  const answer = await fetch(other.url);
  const page = await answer.text();
  expect(page).toContain('src="https://markets.example/embed?operator=our-name&amp;theme=dark"');
  expect(page).toContain('src="https://markets.example/embed/bridge.js"');
  expect(page).toContain('data-api-key="pk_live_test"');
  expect(page).not.toContain('{{');
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain('frame-src https://markets.example;');
  expect(policy).toContain("script-src 'self' https://markets.example;");
  await other.stop();
});
