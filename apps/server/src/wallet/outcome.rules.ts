/**
 * What became of one request, from what came back. Only a well-formed answer to this very request is a yes or a no; everything else is
 * unknown, because the wallet may have done it all the same (docs/decisions/0008-wallets.md).
 */
import { CALLBACK_STATUSES, type CallbackStatus } from '@predictu/contract/shapes/callback-answer';
import { type Cents, cents } from '@predictu/contract/units';
import type { Method } from './call.rules.ts';

/**
 * Who could not verify a request has read nothing of it; but a request may arrive twice, and the first time may have been carried out. So for what
 * takes money, or gives it back, it is no answer: asked again, a debit then undone.
 */
const UNSIGNED_IS_UNKNOWN: ReadonlySet<Method> = new Set(['BET_MAKE', 'BET_ROLLBACK']);

/** What the wire gave. `unsent`: the request certainly never left; `lost`: it may have. */
export type Reply =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'unsent'; detail: string }
  | { kind: 'lost'; detail: string };

/** No address, no connection, or a certificate that was not believed: all before the first byte of a request is written. */
const BEFORE_SENDING =
  /^(ADDRESS_BLOCKED|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_ALTNAME_INVALID|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER_CERT|GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE))$/;

/** Whether a request certainly never left, from the codes of every connection that was tried for it. */
export const neverLeft = (codes: readonly (string | undefined)[]): boolean =>
  codes.length > 0 && codes.every((code) => code !== undefined && BEFORE_SENDING.test(code));

export type Refused = Exclude<CallbackStatus, 'OK' | 'DUPLICATE_TRANSACTION' | 'ERROR'>;
export type Outcome =
  | { kind: 'confirmed'; duplicate: boolean; balance: Cents | null; answer: object }
  | { kind: 'refused'; code: Refused; detail: string | null; balance: Cents | null; answer: object }
  | { kind: 'unknown'; detail: string }
  | { kind: 'unsent'; detail: string };

export type Expected = { method: Method; requestId: string; transactionId: string | null };

const NEEDS_BALANCE: ReadonlySet<Method> = new Set(['BALANCE', 'BET_MAKE', 'BET_SELL', 'BET_WIN', 'BET_REFUND', 'BET_ROLLBACK']);
const REFUSALS: ReadonlySet<CallbackStatus> = new Set([
  'INSUFFICIENT_FUNDS',
  'PLAYER_NOT_FOUND',
  'PLAYER_BLOCKED',
  'LIMIT_EXCEEDED',
  'INVALID_SIGNATURE',
]);
const LONGEST_DETAIL = 300;

const unknown = (detail: string): Outcome => ({ kind: 'unknown', detail: detail.slice(0, LONGEST_DETAIL) });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isStatus = (value: unknown): value is CallbackStatus => (CALLBACK_STATUSES as readonly unknown[]).includes(value);
const isAbsent = (value: unknown): boolean => value === undefined || value === null;
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** Judges a reply to a request. */
export function judge(reply: Reply, expected: Expected): Outcome {
  if (reply.kind === 'unsent') return { kind: 'unsent', detail: reply.detail.slice(0, LONGEST_DETAIL) };
  if (reply.kind === 'lost') return unknown(reply.detail);
  const { status: http, text } = reply;
  if (http >= 500 || http < 200 || (http >= 300 && http < 400)) return unknown(`HTTP ${http}`);
  const answer = parsed(text);
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return unknown(`HTTP ${http} without a JSON object`);
  return judgeAnswer(answer as Record<string, unknown>, http, expected);
}

function judgeAnswer(answer: Record<string, unknown>, http: number, { method, requestId, transactionId }: Expected): Outcome {
  const { status, balance, transaction_id: echoed, request_id: echoedRequest, message } = answer;
  if (!isStatus(status)) return unknown(`HTTP ${http} with no known status`);
  if (!isAbsent(echoedRequest) && echoedRequest !== requestId) return unknown('The answer names another request_id');
  // Who could not verify the request has not read its body either.
  const mayOmitEcho = status === 'INVALID_SIGNATURE' && isAbsent(echoed);
  if (transactionId !== null && echoed !== transactionId && !mayOmitEcho) return unknown('The answer does not name the transaction_id');
  if (!isAbsent(balance) && !isWhole(balance)) return unknown('The balance is not in whole minor units');
  const known = isWhole(balance) ? cents(BigInt(balance)) : null;
  const detail = typeof message === 'string' && message !== '' ? message.slice(0, LONGEST_DETAIL) : null;
  if (status === 'ERROR' || (status === 'INVALID_SIGNATURE' && UNSIGNED_IS_UNKNOWN.has(method))) {
    return unknown(detail ? `${status}: ${detail}` : status);
  }
  if (REFUSALS.has(status)) return { kind: 'refused', code: status as Refused, detail, balance: known, answer };
  if (http >= 300) return unknown(`HTTP ${http} with status ${status}`);
  if (NEEDS_BALANCE.has(method) && known === null) return unknown('The answer names no balance');
  return { kind: 'confirmed', duplicate: status === 'DUPLICATE_TRANSACTION', balance: known, answer };
}
