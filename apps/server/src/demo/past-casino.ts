/** The example casino in the history: the same program as ever, by the history's clock, with the platform's public keys to check signatures by. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeId } from '@predictu/contract/ids';
import { jwks } from '@predictu/contract/public/jwks';
import type { Logger } from 'pino';
import type { StaffedOperator } from './create-staff.ts';
import { act, type Past } from './past.ts';
import { spawnCasino } from './spawn-casino.ts';

export type FaultRule = { fault: string; method: string; probability: number };
export type PastCasino = {
  callback: string;
  /** The history's clock has moved. */
  tell(at: Date): Promise<void>;
  /** What goes wrong from now on. */
  setFaults(rules: readonly FaultRule[]): Promise<void>;
  stop(): Promise<void>;
};
export type PastCasinoOptions = {
  past: Past;
  port: number;
  journal: string;
  log: Logger;
  operator: StaffedOperator;
  webhookSecret: string;
};

const ACCESS = { kind: 'access' } as const;

/** Serves nothing but the public keys: the platform itself is not open yet. */
async function serveKeys(past: Past): Promise<{ url: string; close(): void }> {
  const server = createServer((_, response) => {
    act(past, ACCESS, jwks)
      .then((keys) => response.setHeader('content-type', 'application/json').end(JSON.stringify(keys)))
      .catch(() => response.writeHead(503).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** @throws when the casino does not start. */
export async function startPastCasino({ past, port, journal, log, operator, webhookSecret }: PastCasinoOptions): Promise<PastCasino> {
  const keys = await serveKeys(past);
  const casino = await spawnCasino(
    {
      PORT: String(port),
      PREDICTU_URL: keys.url,
      PREDICTU_API_KEY: operator.key.apiKey,
      PREDICTU_API_SECRET: operator.key.apiSecret,
      PREDICTU_WEBHOOK_SECRET: webhookSecret,
      PREDICTU_OPERATOR_ID: encodeId('operator', operator.id),
      CASINO_JOURNAL: journal,
    },
    log,
    past.clock.now(),
  );
  if (!casino) {
    keys.close();
    throw new Error('The example casino does not start; without it the demo cannot be built');
  }
  const { callback, lobby, tell } = casino;
  return {
    callback,
    tell,
    async setFaults(rules) {
      const answer = await fetch(`${lobby}/faults`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ rules }),
      });
      if (!answer.ok) throw new Error(`The example casino did not take its faults: ${await answer.text()}`);
    },
    async stop() {
      await casino.stop();
      keys.close();
    },
  };
}
