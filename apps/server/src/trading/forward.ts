/** Operations travel to the batcher's process over a Unix socket. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ErrorCode, Failure } from '@predictu/contract/errors';
import type { Log } from './batch.ts';
import type { Answer, Operation } from './operation.rules.ts';
import { type Packed, packAnswer, packOperation, unpackAnswer, unpackOperation } from './packed.rules.ts';
import { greet, onMessages, writer } from './wire.ts';

type Submit = (operation: Operation) => Promise<Answer>;
type Asked = [id: number, operation: Packed];
type Failed = { code: ErrorCode; message: string; details: Record<string, unknown> | null };
type Answered = [id: number, answer: Packed | undefined, failed?: Failed];

/** A holder that has not answered for so long is taken to hang; the same keys are then decided here. */
const PATIENCE_MS = 5_000;

export type Receiver = { address: string; close(): Promise<void> };

/** Takes operations of other processes, in a folder only this user can enter. */
export async function openReceiver(submit: Submit, log: Log): Promise<Receiver> {
  const folder = await mkdtemp(join(tmpdir(), 'predictu-'));
  const address = join(folder, 'batch.sock');
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    const answer = writer<Answered>(socket);
    // A process that is stopped accepts connections, but does not say this.
    greet(socket);
    onMessages<Asked>(socket, {
      message([id, operation]) {
        submit(unpackOperation(operation)).then(
          (reply) => answer([id, packAnswer(reply)]),
          (error) => {
            const { code, message, details } = error instanceof Failure ? error : new Failure('INTERNAL_ERROR', 'The operation failed');
            answer([id, undefined, { code, message, details }]);
          },
        );
      },
    });
    socket.on('error', (error) => log.warn({ err: error }, 'A forwarding process was lost'));
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(address, resolve));
  return {
    address,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Forwarder = { address: string; ready(): boolean; forward: Submit; close(): void };

/** A connection to the batcher's process. When it breaks, what is outstanding is submitted again, under the same keys. */
export function openForwarder(address: string, submitAgain: Submit): Forwarder {
  const socket = createConnection(address);
  const ask = writer<Asked>(socket);
  const outstanding = new Map<
    number,
    { operation: Operation; since: number; resolve(reply: Answer): void; reject(error: unknown): void }
  >();
  let greeted = false;
  let broken = false;
  let lastId = 0;

  onMessages<Answered>(socket, {
    greeted() {
      greeted = true;
    },
    message([id, reply, failed]) {
      const waiting = outstanding.get(id);
      outstanding.delete(id);
      if (reply) waiting?.resolve(unpackAnswer(reply));
      else if (failed) waiting?.reject(new Failure(failed.code, failed.message, failed.details));
    },
  });
  const impatience = setInterval(() => {
    const [oldest] = outstanding.values();
    if (oldest && performance.now() - oldest.since > PATIENCE_MS) socket.destroy();
  }, 500);
  impatience.unref();
  // An error is always followed by close.
  socket.on('error', () => {});
  socket.on('close', () => {
    broken = true;
    clearInterval(impatience);
    for (const { operation, resolve, reject } of outstanding.values()) submitAgain(operation).then(resolve, reject);
    outstanding.clear();
  });

  return {
    address,
    ready: () => greeted && !broken,
    forward: (operation) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        outstanding.set(lastId, { operation, since: performance.now(), resolve, reject });
        ask([lastId, packOperation(operation)]);
      }),
    close: () => socket.destroy(),
  };
}
