/** Every request made to operators' wallets: written by delivery, read by the callback log. */
import { formsOf, inForm, instants, int8s, type Statement, texts } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';
import type { Attempt } from './attempt.rules.ts';

const LONGEST_ANSWER = 4_096;
/** Postgres text cannot hold it. */
const NUL = /\0/g;

const COLUMNS = [
  ...[
    'operator_id bigint',
    'id bigint',
    'call_id bigint?',
    'method text',
    'url text',
    'request text?',
    'http_status bigint?',
    'answer text?',
  ],
  ...['outcome text', 'detail text?', 'milliseconds bigint', 'at timestamptz'],
];
const ATTEMPTS = formsOf(
  ({ rows, present }) => `
insert into wallet_attempts (operator_id, id, call_id, method, url, request, http_status, answer, outcome, detail, milliseconds, at)
select operator_id, id, call_id, method, url, request, http_status, answer, outcome, detail, milliseconds, at
from ${rows(COLUMNS)} as a ${present('id')}`,
);

export const insertAttempts = (rows: readonly Attempt[]): Statement =>
  inForm('wallet_insert_attempts', ATTEMPTS, rows, [
    int8s(rows, (a) => a.operatorId),
    int8s(rows, (a) => a.id),
    int8s(rows, (a) => a.callId),
    texts(rows, (a) => a.method),
    texts(rows, (a) => a.url),
    texts(rows, (a) => a.request),
    int8s(rows, (a) => a.httpStatus),
    texts(rows, (a) => a.answer?.slice(0, LONGEST_ANSWER).replace(NUL, '') ?? null),
    texts(rows, (a) => a.outcome),
    texts(rows, (a) => a.detail?.replace(NUL, '') ?? null),
    int8s(rows, (a) => a.milliseconds),
    instants(rows, (a) => a.at),
  ]);

/** Of one call, oldest first. */
export const selectAttempts = (db: Db, operatorId: bigint, callId: bigint): Promise<Attempt[]> =>
  db.query<Attempt>(
    `select operator_id as "operatorId", id, call_id as "callId", method, url, request, http_status as "httpStatus", answer, outcome, detail, milliseconds, at
     from wallet_attempts where operator_id = $1 and call_id = $2 order by id`,
    [operatorId, callId],
  );
