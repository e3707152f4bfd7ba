/** Every request made to operators' wallets: written by delivery, read by the callback log. */
import type { CallbackMethod } from '@predictu/contract/shapes/callback-answer';
import type { Statement } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';

export type AttemptOutcome = 'confirmed' | 'duplicate' | 'refused' | 'unknown' | 'unsent';
export type Attempt = {
  operatorId: bigint;
  id: bigint;
  /** Null for a PING or BALANCE. */
  callId: bigint | null;
  method: CallbackMethod;
  url: string;
  /** The body; of a call null, because the call holds it. */
  request: string | null;
  httpStatus: number | null;
  answer: string | null;
  outcome: AttemptOutcome;
  detail: string | null;
  milliseconds: number;
  at: Date;
};

const LONGEST_ANSWER = 4_096;
/** Postgres text cannot hold it. */
const NUL = /\0/g;

export const insertAttempt = (attempt: Attempt): Statement => ({
  name: 'wallet_insert_attempt',
  text: `insert into wallet_attempts (operator_id, id, call_id, method, url, request, http_status, answer, outcome, detail, milliseconds, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
  values: [
    attempt.operatorId,
    attempt.id,
    attempt.callId,
    attempt.method,
    attempt.url,
    attempt.request,
    attempt.httpStatus,
    attempt.answer?.slice(0, LONGEST_ANSWER).replace(NUL, '') ?? null,
    attempt.outcome,
    attempt.detail?.replace(NUL, '') ?? null,
    attempt.milliseconds,
    attempt.at,
  ],
});

/** Of one call, oldest first. */
export const selectAttempts = (db: Db, operatorId: bigint, callId: bigint): Promise<Attempt[]> =>
  db.query<Attempt>(
    `select operator_id as "operatorId", id, call_id as "callId", method, url, request, http_status as "httpStatus", answer, outcome, detail, milliseconds, at
     from wallet_attempts where operator_id = $1 and call_id = $2 order by id`,
    [operatorId, callId],
  );
