/** Key pairs as their operator lists them, and how often they are used. */
import type { ApiKeyScope } from '@predictu/contract/shapes/permission';
import type { Db } from '../platform/db.ts';

const MOST = 200;
/** What is shown of a key: enough to tell it from others, too little to use it. */
const PREFIX_LENGTH = 12;

export type ApiKeyRow = {
  id: bigint;
  name: string;
  prefix: string;
  status: 'active' | 'revoked';
  permissions: ApiKeyScope[];
  last_used_at: Date | null;
  requests: bigint;
  created_at: Date;
  expires_at: Date | null;
};

/** Newest first, at most 200. */
export const selectKeys = (
  db: Db,
  operatorId: bigint,
  { usedSince, revokedSince }: { usedSince: Date; revokedSince: Date },
): Promise<ApiKeyRow[]> =>
  db.query<ApiKeyRow>(
    `select k.id, k.name, left(k.api_key, ${PREFIX_LENGTH}) as prefix, k.status, k.scopes as permissions, k.last_used_at, k.created_at, k.expires_at,
       (select coalesce(sum(r.requests), 0)::bigint from api_key_requests r where r.operator_id = k.operator_id and r.key_id = k.id and r.hour > $2) as requests
     from api_keys k where k.operator_id = $1 and (k.status = 'active' or k.revoked_at >= $3) order by k.id desc limit ${MOST}`,
    [operatorId, usedSince, revokedSince],
  );

/** The public name of the oldest pair that may be used to sign launch tokens. */
export async function selectEmbedKey(db: Db, operatorId: bigint, now: Date): Promise<string | undefined> {
  const [row] = await db.query<{ api_key: string }>(
    `select api_key from api_keys where operator_id = $1 and status = 'active' and (expires_at is null or expires_at > $2)
       and scopes && '{s2s_callback,server_api}' order by id limit 1`,
    [operatorId, now],
  );
  return row?.api_key;
}

/** One more request with this pair. Backends write different rows, so none waits for another. */
export const countRequest = (db: Db, { operatorId, id }: { operatorId: bigint; id: bigint }, now: Date): Promise<unknown> =>
  db.query(
    `insert into api_key_requests as r (operator_id, key_id, hour, part, requests)
     values ($1, $2, date_trunc('hour', $3::timestamptz, 'UTC'), pg_backend_pid() % 16, 1)
     on conflict (operator_id, key_id, hour, part) do update set requests = r.requests + 1`,
    [operatorId, id, now],
    'access_count_request',
  );

export const forgetRequests = (db: Db, before: Date): Promise<unknown> =>
  db.query('delete from api_key_requests where hour < $1', [before]);
