/**
 * What processes of one installation tell each other: all that is said in a turn of the event loop is one frame, a length of four bytes and an array
 * as `node:v8` writes it, so bigints and dates keep their kind. The first frame says which format follows; whoever reads another one hangs up.
 */
import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';

const LENGTH_BYTES = 4;
/** Grows with every change of what is said. */
const VERSION = 2;
/** Every serialised value begins with its format. */
const GREETING = Buffer.from(`predictu ${VERSION} ${serialize(null).subarray(0, 2).toString('hex')}`);

function frameOf(payload: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + payload.length);
  frame.writeUInt32BE(payload.length);
  payload.copy(frame, LENGTH_BYTES);
  return frame;
}

/** Says that this process listens, and in which format. */
export const greet = (socket: Socket): unknown => socket.write(frameOf(GREETING));

/** Gathers messages and writes them once per turn of the event loop. */
export function writer<T>(socket: Socket): (message: T) => void {
  let waiting: T[] = [];
  return (message) => {
    if (waiting.length === 0) {
      setImmediate(() => {
        const said = waiting;
        waiting = [];
        if (!socket.destroyed) socket.write(frameOf(serialize(said)));
      });
    }
    waiting.push(message);
  };
}

/** Hands over what arrives, message by message; ends a connection that says what cannot be read. */
export function onMessages<T>(socket: Socket, { greeted, message }: { greeted?: () => void; message(given: T): void }): void {
  let rest: Buffer = Buffer.alloc(0);
  let awaited = greeted;

  function take(payload: Buffer): void {
    if (!awaited) {
      for (const one of deserialize(payload) as T[]) message(one);
      return;
    }
    if (!payload.equals(GREETING)) throw new Error('The other process speaks another format');
    awaited();
    awaited = undefined;
  }

  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= LENGTH_BYTES && !socket.destroyed) {
      const end = LENGTH_BYTES + rest.readUInt32BE();
      if (rest.length < end) return;
      const payload = rest.subarray(LENGTH_BYTES, end);
      rest = rest.subarray(end);
      try {
        take(payload);
      } catch (error) {
        socket.destroy(error as Error);
      }
    }
  });
}
