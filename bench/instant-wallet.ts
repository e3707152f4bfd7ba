/** An operator's wallet that says yes to everything, at once or after a while, and counts its own time. It stops with its parent. */
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Asked = { holdMs: number };
/** `own`: milliseconds of its own for each request since it was last asked, from the first byte it was given to the last it gave. */
export type Told = { url: string; own: number[] };

let holdMs = 0;
let own: number[] = [];
const firstBytes = new WeakMap<Socket, number>();
const server = createServer((request, response) => {
  const began = firstBytes.get(request.socket) ?? performance.now();
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const { params } = JSON.parse(Buffer.concat(parts).toString()) as { params: { transaction_id?: string } };
    const answer = JSON.stringify({ status: 'OK', balance: 1_000_000, transaction_id: params.transaction_id });
    const send = (): void => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
      own.push(performance.now() - began);
      // What comes next on this connection is the next request.
      firstBytes.delete(request.socket);
    };
    if (holdMs === 0) send();
    else setTimeout(send, holdMs);
  });
});
// Before the server's own listener: reading a request's headers is the wallet's work too.
server.on('connection', (socket) =>
  socket.prependListener('data', () => {
    if (!firstBytes.has(socket)) firstBytes.set(socket, performance.now());
  }),
);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');

process.on('message', (asked: Asked) => {
  holdMs = asked.holdMs;
  process.send?.({ result: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, own } satisfies Told });
  own = [];
});
process.on('disconnect', () => process.exit(0));
