/** What client libraries are tested against: the whole API by the machine's clock, behind a network that can be told to fail, and a wallet that keeps the callbacks it is sent. */
import type { AddressInfo } from 'node:net';
import { encodeId, type Id } from '@predictu/contract/ids';
import { openNetwork } from '../../../packages/sdk/test/network.ts';
import { browserPrograms } from '../src/app.ts';
import { serveBrowserPrograms } from '../src/platform/browser-programs.ts';
import type { VirtualClock } from '../src/platform/clock.ts';
import { openTestServer, type TestServer, unlimited } from './server.ts';

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

/** Two operators with a key pair each. */
export async function openSdkServer(): Promise<SdkServer> {
  const perMinute = unlimited();
  const server = await openTestServer({
    clock: runningClock(),
    perMinute,
    serveAlso: (http, access) => serveBrowserPrograms(http, browserPrograms({ access })),
  });
  await server.http.listen({ port: 0, host: '127.0.0.1' });
  const network = await openNetwork({
    to: `http://127.0.0.1:${(server.http.server.address() as AddressInfo).port}`,
    setLimit: (wanted) => void Object.assign(perMinute, wanted),
  });
  const { url } = network;
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
      network.close();
      await server.close();
    },
  };
}
