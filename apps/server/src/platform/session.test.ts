import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { isConnectionLoss } from './db.ts';
import { openSession } from './session.ts';

const message = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const READY = message('Z', Buffer.from('I'));
const WELCOME = Buffer.concat([message('R', Buffer.alloc(4)), READY]);
const ROLE_SET = Buffer.concat([message('C', Buffer.from('SET\0')), READY]);

/** A database that lets everybody in and then says nothing more. */
async function silentDatabase() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.once('data', () => {
      socket.write(WELCOME);
      socket.once('data', () => socket.write(ROLE_SET));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `postgresql://somebody@127.0.0.1:${(server.address() as AddressInfo).port}/predictu?sslmode=disable`;
  return {
    url,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

afterEach(() => void vi.useRealTimers());

test('a connection that answers nothing at all is given up, and what waits for it hears that it was lost', async () => {
  const database = await silentDatabase();
  const session = await openSession({
    connectionString: database.url,
    role: 'predictu_worker',
    name: 'a test',
    statementTimeoutMs: 1_000,
    idleInTransactionMs: 1_000,
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const ended = session.exchange([{ name: 'one', text: 'select 1', values: [] }]).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(5_900);
  expect(session.alive()).toBe(true);
  await vi.advanceTimersByTimeAsync(200);
  expect(isConnectionLoss(await ended)).toBe(true);
  expect(session.alive()).toBe(false);
  await expect(session.exchange([{ name: 'two', text: 'select 2', values: [] }])).rejects.toThrow(/not queryable/);
  database.close();
});
