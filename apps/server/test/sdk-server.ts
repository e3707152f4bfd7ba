/** What client libraries are tested against: the whole API by the machine's clock, behind a network that can be told to fail, and a wallet that keeps the callbacks it is sent. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeId, type Id } from '@predictu/contract/ids';
import { browserPrograms } from '../src/app.ts';
import { serveBrowserPrograms } from '../src/platform/browser-programs.ts';
import type { VirtualClock } from '../src/platform/clock.ts';
import { openTestServer, type TestServer, unlimited } from './server.ts';

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
export type SdkServer = {
  server: TestServer;
  /** Where client libraries find the platform; below /control they tell the network what to do. */
  url: string;
  /** What a library is told, for one operator each. */
  operators: Record<string, string>[];
  /** Lets pages of this origin show the first operator's embed, as if its DNS had said so. */
  allowOrigin(origin: string): Promise<void>;
  close(): Promise<void>;
};

/** The machine's time: tokens and signatures are looked at by programs that know no other. */
function runningClock(): VirtualClock {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    set: (at) => {
      offset = at.getTime() - Date.now();
    },
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function pass(port: number, incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer, fault: Fault | undefined): void {
  const { method = 'GET', url = '/', headers } = incoming;
  const onward = request({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
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

/** The network between a library and the server. */
function openNetwork(port: number, perMinute: Record<string, number>) {
  let faults: Fault[] = [];
  let requests: { method: string; url: string; body: string }[] = [];
  let callbacks: Callback[] = [];
  const control: Record<string, (body: string) => unknown> = {
    '/control/fault': (body) => faults.push(JSON.parse(body)),
    '/control/limit': (body) => Object.assign(perMinute, JSON.parse(body)),
    '/control/reset': () => {
      [faults, requests, callbacks] = [[], [], []];
    },
    '/control/requests': () => requests,
    '/control/callbacks': () => callbacks,
  };
  return createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/' } = incoming;
    const bytes = await bytesOf(incoming);
    const body = bytes.toString();
    const asked = control[url];
    if (asked) return void outgoing.end(JSON.stringify(asked(body) ?? null));
    if (url === '/wallet') {
      callbacks.push({ body, headers: incoming.headers });
      return void outgoing.setHeader('content-type', 'application/json').end('{"status":"OK"}');
    }
    requests.push({ method, url, body });
    const [fault] = faults;
    if (fault && (fault.times -= 1) <= 0) faults.shift();
    if (fault?.status === undefined) return pass(port, incoming, outgoing, bytes, fault);
    outgoing.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
    outgoing.end(typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? null));
  });
}

/** Two operators with a key pair each. */
export async function openSdkServer(): Promise<SdkServer> {
  const perMinute = unlimited();
  const server = await openTestServer({
    clock: runningClock(),
    perMinute,
    serveAlso: (http, access) => serveBrowserPrograms(http, browserPrograms({ access })),
  });
  await server.http.listen({ port: 0, host: '127.0.0.1' });
  const network = openNetwork((server.http.server.address() as AddressInfo).port, perMinute);
  network.listen(0, '127.0.0.1');
  await once(network, 'listening');
  const url = `http://127.0.0.1:${(network.address() as AddressInfo).port}`;
  const operators = await Promise.all(
    server.tenants.map(async ({ operatorId, players: [one] }, index) => {
      const other = server.tenants[1 - index]?.players[0].id ?? 0n;
      const now = server.clock.now();
      const [full, reader] = await server.db.database.as({ kind: 'access' }, 'write', async (tx) => [
        await server.access.createKeyPair(tx, { operatorId, name: 'server' }, now),
        await server.access.createKeyPair(tx, { operatorId, name: 'reader', scopes: ['read_only'] }, now),
      ]);
      return {
        base_url: url,
        api_key: full?.apiKey ?? '',
        api_secret: full?.apiSecret ?? '',
        reader_key: reader?.apiKey ?? '',
        reader_secret: reader?.apiSecret ?? '',
        operator_id: encodeId('operator', operatorId as Id<'operator'>),
        player: encodeId('user', one.id as Id<'user'>),
        stranger: encodeId('user', other as Id<'user'>),
        market: encodeId('market', server.marketId as Id<'market'>),
        wallet_url: `${url}/wallet`,
      };
    }),
  );
  return {
    server,
    url,
    operators,
    async allowOrigin(origin) {
      await server.db.owner.query(
        `insert into embed_origins (operator_id, id, origin, status, verification_token, verified_at, created_at)
         values ($1, $2, $3, 'verified', $4, $5, $5)`,
        [server.tenants[0].operatorId, server.newId(), origin, `pred_verify_${origin}`, server.clock.now()],
      );
    },
    async close() {
      network.closeAllConnections();
      network.close();
      await server.close();
    },
  };
}
