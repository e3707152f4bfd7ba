/** A Polymarket of our own: answers from functions the test may exchange at any time, and a market channel it speaks through. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export type FakeAnswer = (response: ServerResponse, body: string, query: URLSearchParams) => void;
export const json =
  (body: unknown): FakeAnswer =>
  (response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  };

export type FakePolymarket = {
  gammaUrl: string;
  clobUrl: string;
  wsUrl: string;
  /** By the first word of the path: `events`, `books`, `markets`. */
  answers: Record<string, FakeAnswer>;
  asked: { path: string; body: string }[];
  /** What clients said on the market channel, pings included. */
  said: string[];
  connections: WebSocket[];
  /** Answers pings, as a living server does. */
  alive: boolean;
  close(): Promise<void>;
};

export async function fakePolymarket(): Promise<FakePolymarket> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const url = new URL(request.url ?? '/', 'http://fake');
    fake.asked.push({ path: url.pathname + url.search, body });
    const answer = fake.answers[url.pathname.split('/')[1] ?? ''];
    if (answer) answer(response, body, url.searchParams);
    else response.writeHead(404).end('404 page not found');
  });
  const channel = new WebSocketServer({ server });
  channel.on('connection', (socket) => {
    fake.connections.push(socket);
    socket.on('message', (data) => {
      fake.said.push(String(data));
      if (String(data) === 'PING' && fake.alive) socket.send('PONG');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakePolymarket = {
    gammaUrl: `http://${host}`,
    clobUrl: `http://${host}`,
    wsUrl: `ws://${host}/ws/market`,
    answers: {},
    asked: [],
    said: [],
    connections: [],
    alive: true,
    async close() {
      for (const socket of fake.connections) socket.terminate();
      channel.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}
