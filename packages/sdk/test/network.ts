/** The network between a library and a server, which can be told to fail, and a wallet behind it that keeps the callbacks it is sent. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What happens to the next requests, as often as `times` says. */
type Fault = {
  times: number;
  /** Answers this in place of the server. */
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Has the server carry it out, and loses the answer. */
  lose?: boolean;
};
type Callback = { body: string; headers: IncomingMessage['headers'] };
export type Network = {
  /** Where a library finds the platform; below /control it tells the network what to do, at /wallet it is a wallet. */
  url: string;
  close(): void;
};
export type NetworkOptions = {
  /** Where the platform is: http. */
  to: string;
  /** Sets what callers may ask a minute; `authorization` is the latest caller's. */
  setLimit(perMinute: Record<string, number>, authorization: string): void | Promise<void>;
  /** A step asks no more than so many requests; when fewer are left of the minute, it waits for the next. */
  leastLeft?: number;
};

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export async function openNetwork({ to, setLimit, leastLeft = 0 }: NetworkOptions): Promise<Network> {
  const { hostname, port } = new URL(to);
  let faults: Fault[] = [];
  let requests: { method: string; url: string; body: string }[] = [];
  let callbacks: Callback[] = [];
  let authorization = '';
  let left = { requests: Number.POSITIVE_INFINITY, until: 0 };

  function pass(incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer, fault: Fault | undefined): void {
    const { method = 'GET', url = '/', headers } = incoming;
    authorization = headers.authorization ?? authorization;
    const onward = request({ port, host: hostname, method, path: url, headers }, (answer) => {
      const remaining = answer.headers['x-ratelimit-remaining'];
      if (headers.authorization === authorization && remaining !== undefined)
        left = { requests: Number(remaining), until: Number(answer.headers['x-ratelimit-reset']) * 1_000 };
      if (fault?.lose) {
        answer.resume();
        answer.on('end', () => outgoing.socket?.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, ...fault?.headers });
      answer.pipe(outgoing);
    });
    outgoing.on('close', () => onward.destroy());
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  }

  async function beginStep(): Promise<void> {
    [faults, requests, callbacks] = [[], [], []];
    if (left.requests >= leastLeft) return;
    await pause(Math.max(0, left.until - Date.now()) + 1_000);
    left = { requests: Number.POSITIVE_INFINITY, until: 0 };
  }

  const control: Record<string, (body: string) => unknown> = {
    '/control/fault': (body) => faults.push(JSON.parse(body)),
    '/control/limit': (body) => setLimit(JSON.parse(body), authorization),
    '/control/reset': beginStep,
    '/control/requests': () => requests,
    '/control/callbacks': () => callbacks,
  };

  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/' } = incoming;
    const bytes = await bytesOf(incoming);
    const body = bytes.toString();
    const asked = control[url];
    if (asked) return void outgoing.end(JSON.stringify((await asked(body)) ?? null));
    if (url === '/wallet') {
      callbacks.push({ body, headers: incoming.headers });
      return void outgoing.setHeader('content-type', 'application/json').end('{"status":"OK"}');
    }
    requests.push({ method, url, body });
    const [fault] = faults;
    if (fault && (fault.times -= 1) <= 0) faults.shift();
    if (fault?.status === undefined) return pass(incoming, outgoing, bytes, fault);
    outgoing.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
    outgoing.end(typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? null));
  });
  // Longer than tests pause: who asks again must not meet a connection that is just being closed.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Takes connections and never says a word. */
export async function openSilence(): Promise<Network> {
  const server = createServer(() => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
