import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { greet, onMessages, writer } from './wire.ts';

let server: Server;
let near: Socket;
let far: Socket;
beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  near = createConnection((server.address() as AddressInfo).port, '127.0.0.1');
  [far] = (await once(server, 'connection')) as [Socket];
  for (const socket of [near, far]) socket.on('error', () => {});
});
afterEach(() => {
  near.destroy();
  far.destroy();
  server.close();
});

const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.bigInt(),
    fc.integer(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom('$n', '__proto__', 'a'), fc.string()), tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** Without prototypes, which are not part of what is said. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

test('what is said arrives, in order, however the network cuts it', async () => {
  const heard: unknown[] = [];
  onMessages(far, { message: (given) => heard.push(given) });
  const cut = {
    destroyed: false,
    write(frame: Buffer) {
      for (const byte of frame) near.write(Buffer.from([byte]));
    },
  };
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 8 }), fc.boolean(), async (said, byByte) => {
      heard.length = 0;
      const say = writer(byByte ? (cut as unknown as Socket) : near);
      for (const one of said) say(one);
      await expect.poll(() => heard.length, { interval: 1 }).toBe(said.length);
      expect(plain(heard)).toEqual(plain(said));
    }),
    { numRuns: 60 },
  );
});

test('nothing is heard before the greeting, and what was said after it is', async () => {
  const heard: unknown[] = [];
  onMessages(far, { greeted: () => heard.push('greeting'), message: (given) => heard.push(given) });
  greet(near);
  writer(near)(5n);
  await expect.poll(() => heard).toEqual(['greeting', 5n]);
});

test.each([
  ['another format', Buffer.from('\0\0\0\x0dpredictu ff01')],
  ['a message instead of a greeting', undefined],
])('%s ends the connection', async (_, bytes) => {
  const heard: unknown[] = [];
  onMessages(far, { greeted: () => heard.push('greeting'), message: (given) => heard.push(given) });
  const closed = new Promise((resolve) => far.once('close', resolve));
  if (bytes) near.write(bytes);
  else writer(near)('hello');
  await closed;
  expect(heard).toEqual([]);
});
