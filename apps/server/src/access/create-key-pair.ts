/** Makes a key pair of one operator. The secret leaves here once and rests encrypted, because it must verify launch tokens. */
import { randomBytes } from 'node:crypto';
import { API_KEY_SCOPES, type ApiKeyScope } from '@predictu/contract/shapes/permission';
import type { Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { insertApiKey } from './api-key.sql.ts';
import { sealSecret } from './seal-secret.ts';

export type KeyPairRequest = { operatorId: bigint; name: string; scopes?: readonly ApiKeyScope[]; expiresAt?: Date | null };
export type KeyPair = { id: bigint; apiKey: string; apiSecret: string };

const random = () => randomBytes(32).toString('base64url');
/** What a key pair's name looks like: nothing else is asked of the database. */
export const isApiKeyName = (text: string): boolean => /^pk_live_[A-Za-z0-9_-]{43}$/.test(text);
export const apiKeyBelongsTo = (apiKey: string): string => `api_key:${apiKey}`;

export async function createKeyPair(
  db: Db,
  { secretsKey, newId }: { secretsKey: Uint8Array; newId: NewId },
  { operatorId, name, scopes = API_KEY_SCOPES, expiresAt = null }: KeyPairRequest,
  now: Date,
): Promise<KeyPair> {
  const pair = { id: newId(), apiKey: `pk_live_${random()}`, apiSecret: `sk_live_${random()}` };
  const secretEncrypted = sealSecret(secretsKey, pair.apiSecret, apiKeyBelongsTo(pair.apiKey));
  await insertApiKey(db, { id: pair.id, operatorId, name, apiKey: pair.apiKey, secretEncrypted, scopes, expiresAt }, now);
  return pair;
}
