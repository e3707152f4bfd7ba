/** An operator's wallet in this process, with a ledger of its own and every fault there is. It knows only what the integration guide says. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fault =
  | 'none'
  | 'reset before'
  | 'reset after'
  | '500 after'
  | 'html'
  | 'wrong id'
  | 'error'
  | 'redirect'
  | 'huge'
  | 'hang'
  | 'hang after'
  | 'blocked'
  | 'bad signature';
export type Received = { headers: Record<string, string>; body: string; request: Request };
type Request = {
  method: string;
  request_id: string;
  params: { player_id: string; transaction_id: string; amount: number; reference_id: string };
};

export type FakeWallet = {
  url: string;
  received: Received[];
  /** Cents by the operator's own player id. */
  balances: Map<string, number>;
  /** What happens to each request; `attempt` counts those of the same request_id from 1. */
  behave(fault: Fault | ((request: Request, attempt: number) => Fault)): void;
  /** Requests that hang now. */
  hanging(): number;
  /** Lets them go unanswered. */
  letGo(): void;
  redirectTo: string;
  close(): Promise<void>;
};

const DEBITS = new Set(['BET_MAKE']);
const CREDITS = new Set(['BET_SELL', 'BET_WIN', 'BET_REFUND']);

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

export async function openFakeWallet(): Promise<FakeWallet> {
  const received: Received[] = [];
  const balances = new Map<string, number>();
  const done = new Map<string, { delta: number; undone: boolean }>();
  const held = new Set<ServerResponse>();
  let choose: (request: Request, attempt: number) => Fault = () => 'none';

  function carryOut({ method, params }: Request): { status: string; balance?: number; transaction_id?: string } {
    const { player_id: player, transaction_id: id, amount } = params;
    if (method === 'PING') return { status: 'OK' };
    const balance = balances.get(player);
    if (balance === undefined) return { status: 'PLAYER_NOT_FOUND', transaction_id: id };
    if (method === 'BALANCE') return { status: 'OK', balance };
    if (done.has(id)) return { status: 'DUPLICATE_TRANSACTION', balance, transaction_id: id };
    if (method === 'BET_ROLLBACK') {
      const debit = done.get(params.reference_id);
      const back = debit && !debit.undone ? -debit.delta : 0;
      if (debit) debit.undone = true;
      done.set(id, { delta: back, undone: false });
      balances.set(player, balance + back);
      return { status: 'OK', balance: balance + back, transaction_id: id };
    }
    const delta = DEBITS.has(method) ? -amount : CREDITS.has(method) ? amount : 0;
    if (balance + delta < 0) return { status: 'INSUFFICIENT_FUNDS', balance, transaction_id: id };
    done.set(id, { delta, undone: false });
    balances.set(player, balance + delta);
    return { status: 'OK', balance: balance + delta, transaction_id: id };
  }

  function answer(fault: Fault, request: Request, incoming: IncomingMessage, response: ServerResponse): void {
    const json = (status: number, body: object): unknown =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const id = request.params.transaction_id;
    if (fault === 'reset before') incoming.socket.destroy();
    else if (fault === 'redirect') response.writeHead(307, { location: wallet.redirectTo }).end();
    else if (fault === 'hang') held.add(response);
    else if (fault === 'blocked') json(200, { status: 'PLAYER_BLOCKED', transaction_id: id });
    else if (fault === 'bad signature') json(401, { status: 'INVALID_SIGNATURE' });
    else {
      const result = carryOut(request);
      if (fault === 'reset after') incoming.socket.destroy();
      else if (fault === '500 after') json(500, { message: 'after the commit' });
      else if (fault === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>OK</html>');
      else if (fault === 'wrong id') json(200, { ...result, transaction_id: 'txn_0000000000001' });
      else if (fault === 'error') json(200, { ...result, status: 'ERROR', message: 'deadlock' });
      else if (fault === 'huge') json(200, { ...result, message: 'x'.repeat(200_000) });
      else if (fault === 'hang after') held.add(response);
      else json(200, result);
    }
  }

  const server = createServer((incoming, response) => {
    textOf(incoming).then(
      (body) => {
        const request = JSON.parse(body) as Request;
        const attempt = received.filter((each) => each.request.request_id === request.request_id).length + 1;
        received.push({ headers: incoming.headers as Record<string, string>, body, request });
        answer(choose(request, attempt), request, incoming, response);
      },
      () => {},
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wallet: FakeWallet = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wallet`,
    received,
    balances,
    redirectTo: '',
    behave(fault) {
      choose = typeof fault === 'string' ? () => fault : fault;
    },
    hanging: () => held.size,
    letGo() {
      for (const response of held) response.destroy();
      held.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return wallet;
}
