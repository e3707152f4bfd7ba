/** Ends of debits as part of a batch: the call and what follows from it in one commit. */
import { booleans, instants, int8s, type Statement, texts } from '../platform/arrays.ts';
import type { EndedCall } from './trade-port.rules.ts';

// A call that somebody else is at is left out: who holds it may wait for a player of the batch.
const LOCK = `
select c.* from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as k(operator_id, id, attempts)
cross join lateral (
  select c.id from wallet_calls c where c.operator_id = k.operator_id and c.id = k.id and c.attempts = k.attempts
    and c.status in ('pending', 'unknown') and c.next_attempt_at is not null for no key update skip locked
) c`;

/** Locks and names those of these calls that are as they were when they were asked. */
export const lockCalls = (calls: readonly Pick<EndedCall, 'operatorId' | 'id' | 'attemptsBefore'>[]): Statement => ({
  name: 'lock_wallet_calls',
  text: LOCK,
  values: [int8s(calls, (c) => c.operatorId), int8s(calls, (c) => c.id), int8s(calls, (c) => c.attemptsBefore)],
});

const END = `
update wallet_calls c set status = u.status, attempts = u.attempts, reached = u.reached, next_attempt_at = null, claimed_until = null,
  reason_code = u.reason_code, reason = u.reason, params = coalesce(c.params, u.params::json), answer = coalesce(u.answer::json, c.answer),
  balance_cents = coalesce(u.balance, c.balance_cents), settled_at = u.at, told_at = u.at
from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bool[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::timestamptz[])
  as u(operator_id, id, status, attempts, reached, reason_code, reason, params, answer, balance, at)
cross join lateral (select x.ctid from wallet_calls x where x.operator_id = u.operator_id and x.id = u.id offset 0) x
where c.ctid = x.ctid`;

/** Ends calls that `lockCalls` has named; trading takes them in the same commit. */
export const endCalls = (calls: readonly EndedCall[]): Statement => ({
  name: 'end_wallet_calls',
  text: END,
  values: [
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
  ],
});
