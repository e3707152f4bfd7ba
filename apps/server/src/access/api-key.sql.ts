/** Key pairs, looked up at every use: a revoked pair must stop working at once, in every process. */
import type { ApiKeyScope } from '@predictu/contract/shapes/permission';
import type { Db } from '../platform/db.ts';

export type ApiKey = {
  id: bigint;
  operatorId: bigint;
  operatorSlug: string;
  operatorStatus: string;
  /** The operator's trial is over. */
  readOnly: boolean;
  apiKey: string;
  secretEncrypted: string;
  scopes: string[];
  status: 'active' | 'revoked';
  expiresAt: Date | null;
  lastUsedAt: Date | null;
};

export async function apiKeyByName(db: Db, apiKey: string): Promise<ApiKey | undefined> {
  const [row] = await db.query<ApiKey>(
    `select k.id, k.operator_id as "operatorId", o.slug as "operatorSlug", o.status as "operatorStatus", o.read_only_since is not null as "readOnly", k.api_key as "apiKey",
            k.secret_encrypted as "secretEncrypted", k.scopes, k.status, k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt"
     from api_keys k join operators o on o.id = k.operator_id where k.api_key = $1`,
    [apiKey],
    'access_api_key',
  );
  return row;
}

export type NewApiKey = {
  id: bigint;
  operatorId: bigint;
  name: string;
  apiKey: string;
  secretEncrypted: string;
  scopes: readonly ApiKeyScope[];
  expiresAt: Date | null;
};

export async function insertApiKey(db: Db, key: NewApiKey, now: Date): Promise<void> {
  await db.query(
    `insert into api_keys (operator_id, id, name, api_key, secret_encrypted, scopes, expires_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [key.operatorId, key.id, key.name, key.apiKey, key.secretEncrypted, key.scopes, key.expiresAt, now],
  );
}

/** Writes the time of use unless another process has just done so. */
export async function touchApiKey(
  db: Db,
  { operatorId, id }: Pick<ApiKey, 'operatorId' | 'id'>,
  now: Date,
  unlessSince: Date,
): Promise<void> {
  await db.query(
    `update api_keys set last_used_at = $3 where operator_id = $1 and id = $2 and (last_used_at is null or last_used_at <= $4)`,
    [operatorId, id, now, unlessSince],
  );
}
