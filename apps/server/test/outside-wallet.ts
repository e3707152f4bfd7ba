/** An operator's wallet of a few lines: accounts by player, each transaction once, and any fault a test asks for. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import { changeSlowly, makeOperator, START } from './factories.ts';

export type WalletRequest = {
  method: string;
  request_id: string;
  params: Record<string, unknown> & { transaction_id: string; player_id: string };
};
export type Fault = 'hang' | 'refuse' | 'break' | 'late';
export type OutsideWallet = {
  url: string;
  /** Minor units by the operator's own player id. */
  balances: Map<string, number>;
  requests: WalletRequest[];
  /** What happens to the next requests of a method; `late` carries it out and does not answer. */
  faults: Map<string, Fault[]>;
  close(): Promise<void>;
};

const CREDITS = new Set(['BET_SELL', 'BET_WIN', 'BET_REFUND']);
const OPENING = 1_000_000;

export async function outsideWallet(): Promise<OutsideWallet> {
  const balances = new Map<string, number>();
  const done = new Map<string, { method: string; amount: number }>();
  const requests: WalletRequest[] = [];
  const faults: OutsideWallet['faults'] = new Map();

  function carryOut({ method, params }: WalletRequest): string {
    const {
      transaction_id: id,
      player_id: player,
      amount = 0,
      reference_id: reference,
    } = params as WalletRequest['params'] & {
      amount?: number;
      reference_id?: string;
    };
    const balance = balances.get(player) ?? OPENING;
    if (done.has(id)) return 'DUPLICATE_TRANSACTION';
    if (method === 'BET_MAKE' && balance < amount) return 'INSUFFICIENT_FUNDS';
    done.set(id, { method, amount });
    if (method === 'BET_MAKE') balances.set(player, balance - amount);
    if (CREDITS.has(method)) balances.set(player, balance + amount);
    if (method === 'BET_ROLLBACK') balances.set(player, balance + (done.get(reference ?? '')?.amount ?? 0));
    return 'OK';
  }
  function answer(request: WalletRequest, response: ServerResponse): void {
    requests.push(request);
    const fault = faults.get(request.method)?.shift();
    if (fault === 'hang') return;
    if (fault === 'break') return void response.destroy();
    const status = fault === 'refuse' ? 'PLAYER_BLOCKED' : carryOut(request);
    if (fault === 'late') return;
    const balance = balances.get(request.params.player_id) ?? OPENING;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status, balance, transaction_id: request.params.transaction_id, request_id: request.request_id }));
  }
  const server = createServer((incoming, response) => {
    let text = '';
    incoming.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    incoming.on('end', () => answer(JSON.parse(text), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wallet`,
    balances,
    requests,
    faults,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A live operator whose players' money this wallet keeps. A debit's budget is short only where no answer comes. */
export async function makeSeamlessOperator(owner: pg.Client, url: string, budgetMs = 20_000): Promise<bigint> {
  let id = 0n;
  await changeSlowly(owner, async () => {
    id = await makeOperator(owner, { wallet_mode: 'seamless', s2s_enabled: true, callback_url: url });
    await owner.query(`insert into wallet_settings (operator_id, budgets, updated_at) values ($1, $2, $3)`, [
      id,
      { BET_MAKE: budgetMs },
      START,
    ]);
  });
  return id;
}
