/** The breakers a batch has changed. */
import { instants, int8s, type Statement, texts } from '../platform/arrays.ts';
import type { Breaker } from '../risk/breakers.rules.ts';
import type { World } from './world.rules.ts';

const BREAKERS = `
update circuit_breakers b set status = u.status, tripped_at = u.tripped_at, reset_at = u.reset_at, trip_reason = u.reason
from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[]) as u(id, status, tripped_at, reset_at, reason)
where b.id = u.id`;

export const updateBreakers = (rows: readonly Breaker[]): Statement => ({
  name: 'update_breakers',
  text: BREAKERS,
  values: [
    int8s(rows, (b) => b.id),
    texts(rows, (b) => b.status),
    instants(rows, (b) => b.trippedAt),
    instants(rows, (b) => b.resetAt),
    texts(rows, (b) => b.tripReason),
  ],
});

/** The breakers this batch tripped or reset. */
export const changedBreakers = ({ breakers, settings }: World): Breaker[] =>
  [...breakers.values()].filter((breaker) => settings.breakers.get(breaker.id) !== breaker);
