/** Asks an operator's wallet one thing, once: a place in its line, both signatures, the request, what the reply means. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import type { Attempt } from './attempt.rules.ts';
import { type Method, requestIdOf } from './call.rules.ts';
import type { Lines, Place } from './open-line.ts';
import { judge, type Outcome, type Reply } from './outcome.rules.ts';
import { budgetOf, type Endpoint, ensureSigningKey } from './read-endpoint.ts';
import type { Signer, Unsigned } from './sign-request.ts';

export type Asking = { database: Database; clock: Clock; newId: NewId; signer: Signer; secretsKey: Uint8Array; lines: Lines };
export type Question = {
  /** Becomes the request_id. */
  id: bigint;
  method: Method;
  body: string;
  /** What the answer must name; null for what moves no money. */
  transactionId: string | null;
  /** The call this is an attempt of; null for a PING or BALANCE. */
  callId: bigint | null;
  /** Both signatures, when they have been made before. */
  headers?: Promise<Record<string, string>> | undefined;
  /** Not sent after it. */
  deadline?: Date | undefined;
};
export type Asked = { outcome: Outcome; attempt: Attempt };

/** As the attempt's row says it. */
const outcomeOf = (outcome: Outcome): Attempt['outcome'] =>
  outcome.kind === 'confirmed' && outcome.duplicate ? 'duplicate' : outcome.kind;
const detailOf = (outcome: Outcome): string | null =>
  outcome.kind === 'confirmed'
    ? null
    : outcome.kind === 'refused'
      ? [outcome.code, outcome.detail].filter(Boolean).join(': ')
      : outcome.detail;

/** `place` is left here, whatever happens. `late`: its deadline had passed, nothing was sent. */
export async function askWallet(asking: Asking, endpoint: Endpoint, place: Place, question: Question): Promise<Asked | 'late'> {
  const { settings } = endpoint;
  const { operatorId, callbackUrl: url } = settings;
  let succeeded = false;
  try {
    if (url === null) throw new Error('The operator has no callback URL');
    const now = asking.clock.now();
    const messageId = requestIdOf(question.id);
    const headers = await (question.headers ?? sign(asking, endpoint, { operatorId, messageId, now, ...question }));
    if (question.deadline && asking.clock.now() >= question.deadline) return 'late';
    const { reply, milliseconds } = await place.send(url, question.body, headers, budgetOf(endpoint, question.method));
    const outcome = judge(reply, { method: question.method, requestId: messageId, transactionId: question.transactionId });
    succeeded = outcome.kind === 'confirmed' || outcome.kind === 'refused';
    return { outcome, attempt: attemptOf(asking, url, question, operatorId, now, { outcome, reply, milliseconds }) };
  } finally {
    place.leave(succeeded);
  }
}

async function sign(
  asking: Asking,
  endpoint: Endpoint,
  { operatorId, method, body, messageId, now }: Unsigned,
): Promise<Record<string, string>> {
  const key = endpoint.key ?? (await ensureSigningKey(asking, operatorId, now));
  return asking.signer.sign({ operatorId, method, body, messageId, now }, key, endpoint.secrets);
}

function attemptOf(
  { newId }: Asking,
  url: string,
  { callId, method, body }: Question,
  operatorId: bigint,
  at: Date,
  { outcome, reply, milliseconds }: { outcome: Outcome; reply: Reply; milliseconds: number },
): Attempt {
  const answered = reply.kind === 'answered' ? reply : undefined;
  return {
    operatorId,
    id: newId(),
    callId,
    method,
    url,
    request: callId === null ? body : null,
    httpStatus: answered?.status ?? null,
    answer: answered?.text ?? null,
    outcome: outcomeOf(outcome),
    detail: detailOf(outcome),
    milliseconds,
    at,
  };
}
