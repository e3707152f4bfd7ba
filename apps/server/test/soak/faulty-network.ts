/** The way from the platform to one operator's wallet: it loses, doubles, holds back and mangles what passes, and counts it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';

/** How many of a thousand requests suffer each. */
const FAULTS = {
  delay: 150,
  duplicate: 30,
  'reorder (delivered after its time)': 10,
  'drop request': 8,
  'drop answer': 8,
  'reset before': 15,
  'reset after commit': 20,
  '500 before': 10,
  '500 after commit': 15,
  'HTML 200 before': 10,
  'HTML 200 after commit': 10,
} as const;
type Fault = keyof typeof FAULTS;
const LONGEST_DELAY_MS = 150;
/** Longer than the platform waits for an answer, and than it lets a debit run ahead of its rollback. */
const HELD_MS = { least: 1_200, most: 4_000 };

type Delivered = { status: number; type: string; body: string };
export type FaultyNetwork = {
  /** What to give the platform as callback_url. */
  url: string;
  requests(): number;
  faults(): Readonly<Record<string, number>>;
  /** From now on everything passes. */
  calm(): void;
  /** Resolves when nothing held back is still to be delivered. */
  quiet(): Promise<void>;
  close(): Promise<void>;
};

const PASSED_ON = ['content-type', 'authorization', 'webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

export async function openFaultyNetwork(target: string, random: Random): Promise<FaultyNetwork> {
  const counts: Record<string, number> = Object.fromEntries(Object.keys(FAULTS).map((name) => [name, 0]));
  const underWay = new Set<Promise<unknown>>();
  let requests = 0;
  let calm = false;

  function roll(): Fault | undefined {
    if (calm) return undefined;
    let left = random.between(1, 1_000);
    for (const [name, chance] of Object.entries(FAULTS)) {
      left -= chance;
      if (left > 0) continue;
      counts[name] = (counts[name] ?? 0) + 1;
      return name as Fault;
    }
    return undefined;
  }

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    requests += 1;
    const body = await bodyOf(incoming);
    const headers = Object.fromEntries(PASSED_ON.map((name) => [name, String(incoming.headers[name] ?? '')]));
    const deliver = async (): Promise<Delivered> => {
      const answer = await fetch(target, { method: 'POST', headers, body: new Uint8Array(body) });
      return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: await answer.text() };
    };
    const send = ({ status, type, body: text }: Delivered): void => {
      if (!response.destroyed) response.writeHead(status, { 'content-type': type }).end(text);
    };
    const fault = roll();
    if (fault === 'drop request') return;
    if (fault === 'reset before') return void incoming.socket.resetAndDestroy();
    if (fault === '500 before') return send({ status: 500, type: 'application/json', body: '{"status":"ERROR"}' });
    if (fault === 'HTML 200 before') return send({ status: 200, type: 'text/html', body: '<h1>Maintenance</h1>' });
    if (fault === 'delay') await delay(random.between(1, LONGEST_DELAY_MS));
    if (fault === 'reorder (delivered after its time)') await delay(random.between(HELD_MS.least, HELD_MS.most));
    if (fault === 'duplicate') {
      const both = [deliver(), delay(random.between(0, 20)).then(deliver)];
      const answers = await Promise.all(both);
      return send(random.pick(answers));
    }
    const answer = await deliver();
    if (fault === 'drop answer') return;
    if (fault === 'reset after commit') return void incoming.socket.resetAndDestroy();
    if (fault === '500 after commit') return send({ status: 500, type: 'text/plain', body: 'Bad gateway' });
    if (fault === 'HTML 200 after commit') return send({ status: 200, type: 'text/html', body: '<h1>OK</h1>' });
    send(answer);
  }

  const server = createServer((incoming, response) => {
    // A sender that was killed takes its half-sent request with it.
    const passing = pass(incoming, response).catch(() => void response.destroy());
    underWay.add(passing);
    void passing.finally(() => underWay.delete(passing));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/predictu/callback`,
    requests: () => requests,
    faults: () => counts,
    calm() {
      calm = true;
    },
    async quiet() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
