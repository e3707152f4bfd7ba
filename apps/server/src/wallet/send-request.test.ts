import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { addressGuard } from './guard-address.ts';
import { openSender, type Sender } from './send-request.ts';

type Answer = (socket: Socket) => void;
const open: { server: Server; sender: Sender; sockets: Socket[] }[] = [];

afterEach(async () => {
  for (const { server, sender, sockets } of open.splice(0)) {
    await sender.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

/** A wallet that answers each request, whole when its last brace has come, with bytes of its own. */
async function walletThat(...answers: Answer[]) {
  const sockets: Socket[] = [];
  let requests = 0;
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      if (data.toString().endsWith('}')) answers[requests++]?.(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sender = openSender(addressGuard({ loopback: () => true }), 1);
  open.push({ server, sender, sockets });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback?to=us`;
  return {
    send: async (budgetMs = 1_000) => (await sender.send(url, '{"method":"PING"}', { 'webhook-id': 'req_1' }, budgetMs)).reply,
    connections: () => sockets.length,
  };
}
const says =
  (text: string, head = 'HTTP/1.1 200 OK'): Answer =>
  (socket) =>
    socket.write(`${head}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);

test('requests follow each other on one connection', async () => {
  const wallet = await walletThat(says('{"n":1}'), says('no', 'HTTP/1.1 500 Broken'), says('{"n":3}'));
  expect(await wallet.send()).toEqual({ kind: 'answered', status: 200, text: '{"n":1}' });
  expect(await wallet.send()).toEqual({ kind: 'answered', status: 500, text: 'no' });
  expect(await wallet.send()).toEqual({ kind: 'answered', status: 200, text: '{"n":3}' });
  expect(wallet.connections()).toBe(1);
});

test('an answer in pieces is read whole, its mark of byte order aside', async () => {
  const bytes = Buffer.from('\ufeff{"message":"größer"}');
  const wallet = await walletThat((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${bytes.length}\r\n\r\n`);
    socket.write(bytes.subarray(0, 19));
    setTimeout(() => socket.write(bytes.subarray(19)), 20);
  });
  expect(await wallet.send()).toEqual({ kind: 'answered', status: 200, text: '{"message":"größer"}' });
});

test('what announces an answer is not the answer, and a redirection is not followed', async () => {
  const wallet = await walletThat(
    (socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n');
      setTimeout(() => says('{}')(socket), 20);
    },
    says('', 'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/'),
  );
  expect(await wallet.send()).toEqual({ kind: 'answered', status: 200, text: '{}' });
  expect(await wallet.send()).toEqual({ kind: 'answered', status: 302, text: '' });
});

test.each<[string, Answer]>([
  ['says nothing', () => {}],
  ['does not end its answer', (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{')],
])('a wallet that %s within the budget may have carried it out, and is asked again on another connection', async (_, answer) => {
  const wallet = await walletThat(answer, says('{}'));
  const begun = performance.now();
  expect(await wallet.send(150)).toEqual({ kind: 'lost', detail: 'No answer within 150 ms' });
  expect(performance.now() - begun).toBeGreaterThan(140);
  expect(await wallet.send()).toEqual({ kind: 'answered', status: 200, text: '{}' });
  expect(wallet.connections()).toBe(2);
});

test.each<[string, Answer]>([
  ['is longer than 64 kB', says('x'.repeat(65_537))],
  ['is cut off', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{')],
  ['is not HTTP', (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n')],
  ['is a closed connection', (socket) => socket.destroy()],
])('an answer that %s says nothing', async (_, answer) => {
  const wallet = await walletThat(answer, says('{}'));
  expect(await wallet.send()).toMatchObject({ kind: 'lost' });
  expect(await wallet.send()).toMatchObject({ kind: 'answered' });
});
