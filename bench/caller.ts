/** One closed-loop caller on one keep-alive connection: as little work per request as it can, because it shares the machine's cores. */
import { createConnection } from 'node:net';

export type Reply = { status: number; head: string; body: string };
export type Caller = {
  /** Sends a whole request; resolves with the whole answer. One at a time. */
  ask(request: string, answered: (reply: Reply) => void): void;
  close(): void;
};

const LENGTH = 'content-length: ';
/** Where every socket reads to, one after the other: past the streams, which cost as much as all the rest of a caller. */
const BYTES = Buffer.allocUnsafe(65_536);

/** The answer at the start of the text, when all of it is there. Our server always names a length and writes header names in lower case. */
function replyIn(text: string): Reply | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const at = text.indexOf(LENGTH);
  if (at < 0 || at > end) throw new Error(`An answer without a length: ${text.slice(0, 300)}`);
  const length = Number.parseInt(text.slice(at + LENGTH.length, at + LENGTH.length + 10), 10);
  if (text.length < end + 4 + length) return undefined;
  return { status: Number(text.slice(9, 12)), head: text.slice(0, end), body: text.slice(end + 4, end + 4 + length) };
}

export function connectCaller(port: number, lost: (error: Error) => void): Promise<Caller> {
  let answered: ((reply: Reply) => void) | undefined;
  let closing = false;
  let text = '';
  const received = (bytes: number): boolean => {
    // One character a byte: the length counts bytes.
    text += BYTES.toString('latin1', 0, bytes);
    const reply = replyIn(text);
    if (!reply) return true;
    text = '';
    const tell = answered;
    answered = undefined;
    tell?.(reply);
    return true;
  };
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: BYTES, callback: received } });
  socket.on('error', lost);
  socket.on('close', () => {
    if (!closing) lost(new Error('The server closed a connection'));
  });
  const caller: Caller = {
    ask(request, then) {
      answered = then;
      socket.write(request, 'latin1');
    },
    close() {
      closing = true;
      socket.destroy();
    },
  };
  return new Promise((resolve) => socket.once('connect', () => resolve(caller)));
}
