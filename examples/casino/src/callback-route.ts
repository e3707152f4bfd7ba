/** POST /predictu/callback: verify, carry out, wait for the disk, answer. The faults step in between when switched on. */
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultName, Faults } from './faults.ts';
import { type Answer, type Ledger, MOVES, type Move, type Operation } from './ledger.ts';
import type { Callback, Verdict } from './verify-callback.ts';

type Plain = { status: string; balance?: number; transaction_id?: string; message?: string };
export type CallbackNote = {
  at: string;
  method: string;
  request_id: string;
  player_id: string | null;
  amount: number | null;
  status: string;
  message: string | null;
  fault: string | null;
  ms: number;
};
export type CallbackLog = { note(entry: CallbackNote): void; latest(): CallbackNote[]; count(): number };
export type CallbackParts = {
  ledger: Ledger;
  faults: Faults;
  log: CallbackLog;
  verify: (headers: FastifyRequest['headers'], body: Buffer) => Promise<Verdict>;
};

const NOTES_KEPT = 200;
/** How long a callback that is never answered holds its connection. */
const NEVER_MS = 60_000;
const MAINTENANCE = '<!doctype html><title>Lucky Spins</title><h1>We will be right back</h1><p>Scheduled maintenance.</p>';
const error = (message: string): Plain => ({ status: 'ERROR', message });

export function openCallbackLog(): CallbackLog {
  const notes: CallbackNote[] = [];
  let count = 0;
  return {
    note(entry) {
      count += 1;
      notes.unshift(entry);
      notes.length = Math.min(notes.length, NOTES_KEPT);
    },
    latest: () => notes,
    count: () => count,
  };
}

const nonEmpty = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 200;

/** The operation a callback names, or what is wrong with its params. */
function operationOf({ method, request_id, params }: Callback): Operation | string {
  const { player_id, currency, transaction_id, amount = 0, reference_id = null } = params;
  if (!nonEmpty(player_id)) return 'player_id is missing';
  if (currency !== 'USD') return 'This casino plays in USD only';
  if (!nonEmpty(transaction_id)) return 'transaction_id is missing';
  if (reference_id !== null && !nonEmpty(reference_id)) return 'reference_id is not an id';
  if (!Number.isSafeInteger(amount) || (amount as number) < 0) return 'amount is not a whole number of cents';
  if (params['amount'] === undefined && method !== 'BET_LOSE') return 'amount is missing';
  return {
    method: method as Move,
    requestId: request_id,
    transactionId: transaction_id,
    playerId: player_id,
    amount: method === 'BET_LOSE' ? 0 : (amount as number),
    referenceId: reference_id,
  };
}

function act(ledger: Ledger, callback: Callback): Plain | Answer {
  const { method, params } = callback;
  if (method === 'PING') return { status: 'OK' };
  if (method === 'BALANCE') {
    const player = ledger.players.get(String(params['player_id']));
    return player ? { status: 'OK', balance: player.balance } : { status: 'PLAYER_NOT_FOUND' };
  }
  if (!MOVES.includes(method as Move)) return error('There is no such method');
  const operation = operationOf(callback);
  return typeof operation === 'string' ? error(operation) : ledger.carryOut(operation);
}

/** Answers as the fault demands instead of properly. */
async function fail(fault: FaultName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (fault === 'error_500' || fault === 'error_after_commit') return reply.code(500).send(error('Something broke'));
  if (fault === 'html' || fault === 'html_after_commit') return reply.type('text/html').send(MAINTENANCE);
  if (fault === 'wrong_signature') return reply.code(401).send({ status: 'INVALID_SIGNATURE' });
  const { socket } = request.raw;
  reply.hijack();
  if (fault === 'timeout_after_commit') {
    const patience = setTimeout(() => socket.destroy(), NEVER_MS);
    socket.once('close', () => clearTimeout(patience));
  } else socket.resetAndDestroy();
  return reply;
}

export function addCallbackRoute(app: FastifyInstance, { ledger, faults, log, verify }: CallbackParts): void {
  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const begun = performance.now();
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const verdict = await verify(request.headers, body);
    if (!verdict.ok) {
      const { httpStatus, status, reason } = verdict;
      note({ method: '?', request_id: '', status, message: reason, fault: null }, begun);
      return reply.code(httpStatus).send({ status, message: reason });
    }
    const { callback } = verdict;
    const { delayMs, before, after } = faults.roll(callback.method);
    if (delayMs > 0) await delay(delayMs);
    const slow = delayMs > 0 ? `slow ${delayMs} ms` : null;
    if (before) {
      note({ ...callback, status: 'not done', message: null, fault: [slow, before].filter(Boolean).join(', ') }, begun, callback);
      return fail(before, request, reply);
    }
    let said = act(ledger, callback);
    if (after === 'duplicate') said = act(ledger, callback);
    // Nothing is promised before it is on disk: not a debit, not a repeated answer, not a balance.
    await ledger.flushed();
    note(
      { ...callback, status: said.status, message: said.message ?? null, fault: [slow, after].filter(Boolean).join(', ') || null },
      begun,
      callback,
    );
    return after && after !== 'duplicate' ? fail(after, request, reply) : reply.send(said);
  }

  function note(
    entry: Pick<CallbackNote, 'method' | 'request_id' | 'status' | 'message' | 'fault'>,
    begun: number,
    callback?: Callback,
  ): void {
    const { player_id, amount } = callback?.params ?? {};
    const { method, request_id, status, message, fault } = entry;
    log.note({
      at: new Date().toISOString(),
      method,
      request_id,
      status,
      message,
      fault,
      player_id: typeof player_id === 'string' ? player_id : null,
      amount: typeof amount === 'number' ? amount : null,
      ms: Math.round((performance.now() - begun) * 10) / 10,
    });
  }

  app.register(async (scope) => {
    // The signatures cover the raw bytes, so nothing may parse the body before they are verified.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post('/predictu/callback', answer);
  });
}
