/** Key pairs withdrawn by their operator. */
import type { ApiKeyScope } from '@predictu/contract/shapes/permission';
import type { Db } from '../platform/db.ts';

export type HeldKey = { name: string; apiKey: string; scopes: ApiKeyScope[]; status: 'active' | 'revoked'; expiresAt: Date | null };

/** Locks a pair until the transaction ends; undefined when there is none or it is another operator's. */
export async function lockKey(db: Db, operatorId: bigint, id: bigint): Promise<HeldKey | undefined> {
  const [row] = await db.query<HeldKey>(
    `select name, api_key as "apiKey", scopes, status, expires_at as "expiresAt" from api_keys where operator_id = $1 and id = $2 for no key update`,
    [operatorId, id],
  );
  return row;
}

export async function countActive(db: Db, operatorId: bigint, now: Date): Promise<number> {
  const [row] = await db.query<{ active: bigint }>(
    `select count(*) as active from api_keys where operator_id = $1 and status = 'active' and (expires_at is null or expires_at > $2)`,
    [operatorId, now],
  );
  return Number(row?.active ?? 0n);
}

export const revokeKey = (db: Db, operatorId: bigint, id: bigint, now: Date): Promise<unknown> =>
  db.query(`update api_keys set status = 'revoked', revoked_at = $3 where operator_id = $1 and id = $2`, [operatorId, id, now]);

export const endKey = (db: Db, operatorId: bigint, id: bigint, at: Date): Promise<unknown> =>
  db.query(`update api_keys set expires_at = $3 where operator_id = $1 and id = $2`, [operatorId, id, at]);
