/** Ends of debits as part of a batch: the call and what follows from it in one commit. */
import { booleans, formsOf, inForm, instants, int8s, type Statement, texts } from '../platform/arrays.ts';
import type { EndedCall } from './trade-port.rules.ts';

// A call that somebody else is at is left out: who holds it may wait for a player of the batch.
const LOCK = formsOf(
  ({ rows }) => `
select c.* from ${rows(['operator_id bigint', 'id bigint', 'attempts bigint'])} as k
cross join lateral (
  select c.id from wallet_calls c where c.operator_id = k.operator_id and c.id = k.id and c.attempts = k.attempts
    and c.status in ('pending', 'unknown') and c.next_attempt_at is not null for no key update skip locked
) c`,
);

/** Locks and names those of these calls that are as they were when they were asked. */
export const lockCalls = (calls: readonly Pick<EndedCall, 'operatorId' | 'id' | 'attemptsBefore'>[]): Statement =>
  inForm('lock_wallet_calls', LOCK, calls, [
    int8s(calls, (c) => c.operatorId),
    int8s(calls, (c) => c.id),
    int8s(calls, (c) => c.attemptsBefore),
  ]);

const COLUMNS = [
  ...[
    'operator_id bigint',
    'id bigint',
    'status text',
    'attempts bigint',
    'reached bool',
    'reason_code text?',
    'reason text?',
    'params text?',
  ],
  ...['answer text?', 'balance bigint?', 'at timestamptz'],
];
const END = formsOf(
  ({ rows, matching }) => `
update wallet_calls c set status = u.status, attempts = u.attempts, reached = u.reached, next_attempt_at = null, claimed_until = null,
  reason_code = u.reason_code, reason = u.reason, params = coalesce(c.params, u.params::json), answer = coalesce(u.answer::json, c.answer),
  balance_cents = coalesce(u.balance, c.balance_cents), settled_at = u.at, told_at = u.at
from ${rows(COLUMNS)} as u
${matching('wallet_calls', 'c', ['operator_id', 'id'])}`,
);

/** Ends calls that `lockCalls` has named; trading takes them in the same commit. */
export const endCalls = (calls: readonly EndedCall[]): Statement =>
  inForm('end_wallet_calls', END, calls, [
    int8s(calls, (c) => c.operatorId),
    int8s(calls, (c) => c.id),
    texts(calls, (c) => c.status),
    int8s(calls, (c) => c.attempts),
    booleans(calls, (c) => c.reached),
    texts(calls, (c) => c.reason?.code ?? null),
    texts(calls, (c) => c.reason?.message ?? null),
    texts(calls, (c) => c.params && JSON.stringify(c.params)),
    texts(calls, (c) => c.answer && JSON.stringify(c.answer)),
    int8s(calls, (c) => c.balance),
    instants(calls, (c) => c.at),
  ]);
