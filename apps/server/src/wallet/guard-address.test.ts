import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { openFakeWallet } from '../../test/fake-wallet.ts';
import { callbackUrlProblem } from './callback-url.rules.ts';
import { addressGuard, mayConnect, type Resolve } from './guard-address.ts';
import { openSender } from './send-request.ts';

const resolveTo =
  (...addresses: string[]): Resolve =>
  (_, __, done) =>
    done(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
const strict = (resolve?: Resolve) => openSender(addressGuard({ loopback: () => false, ...(resolve && { resolve }) }), 4);

test.each([
  '127.0.0.1',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '192.0.0.8',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  'fd00::1',
  'fe80::1',
  'ff02::1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'nonsense',
])('%s is not a public address', (address) => {
  expect(mayConnect(address, false)).toBe(false);
});

test('public addresses are, and loopback where it is allowed', () => {
  expect(mayConnect('93.184.216.34', false)).toBe(true);
  expect(mayConnect('2606:2800:220:1::1', false)).toBe(true);
  expect(mayConnect('127.0.0.1', true)).toBe(true);
  expect(mayConnect('10.0.0.1', true)).toBe(false);
});

test.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0177.0.0.1', '127.1'])(
  'however this machine is written (%s), nothing reaches it',
  async (host) => {
    const fake = await openFakeWallet();
    const sender = strict();
    const { reply } = await sender.send(`http://${host}:${new URL(fake.url).port}/wallet`, '{}', {}, 1_000);
    expect(reply).toMatchObject({ kind: 'unsent', detail: expect.stringContaining('not a public address') });
    expect(fake.received).toEqual([]);
    await Promise.all([sender.close(), fake.close()]);
  },
);

test('a name with one private address among public ones is refused, and what was checked is what is connected to', async () => {
  const sender = strict(resolveTo('93.184.216.34', '10.0.0.1'));
  expect((await sender.send('https://wallet.example/', '{}', {}, 1_000)).reply).toMatchObject({ kind: 'unsent' });
  await sender.close();

  const fake = await openFakeWallet();
  let lookups = 0;
  const changing: Resolve = (hostname, options, done) => resolveTo(lookups++ === 0 ? '127.0.0.1' : '10.0.0.1')(hostname, options, done);
  const open = openSender(addressGuard({ loopback: () => true, resolve: changing }), 4);
  const body = JSON.stringify({ method: 'PING', request_id: 'req_1', params: {} });
  const { reply } = await open.send(`http://wallet.example:${new URL(fake.url).port}/wallet`, body, {}, 1_000);
  expect(reply).toMatchObject({ kind: 'answered', status: 200 });
  expect(lookups).toBe(1);
  await Promise.all([open.close(), fake.close()]);
});

test('a name that does not exist and a port that is closed were certainly not reached', async () => {
  const fake = await openFakeWallet();
  await fake.close();
  const open = openSender(addressGuard({ loopback: () => true }), 4);
  expect((await open.send(fake.url, '{}', {}, 1_000)).reply).toMatchObject({ kind: 'unsent' });
  expect((await open.send('http://wallet.invalid/', '{}', {}, 3_000)).reply.kind).toBe('unsent');
  await open.close();
});

test.each([
  ['https://casino.example/predictu/callback', null],
  ['http://casino.example/', 'an https:// address'],
  ['ftp://casino.example/', 'an https:// address'],
  ['casino.example', 'an https:// address'],
  ['https://user:secret@casino.example/', 'an address without a user name or password'],
  ['https://casino.example/#here', 'an address without a fragment'],
  [`https://casino.example/${'x'.repeat(500)}`, 'at most 500 characters'],
])('%s: %s', (url, problem) => {
  expect(callbackUrlProblem(url, { loopback: false })).toBe(problem);
  expect(callbackUrlProblem('http://127.0.0.1:1/', { loopback: true })).toBeNull();
});
