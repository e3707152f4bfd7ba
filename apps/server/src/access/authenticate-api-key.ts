/** Server calls with a key pair as HTTP Basic. Looked up at every call: a revoked pair stops working at once, in every process. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Failure } from '@predictu/contract/errors';
import type { Actor } from '../platform/actor.ts';
import type { Database, Db } from '../platform/db.ts';
import { type ApiKey, apiKeyByName, touchApiKey } from './api-key.sql.ts';
import { countRequest } from './api-key-list.sql.ts';
import { apiKeyBelongsTo, isApiKeyName } from './create-key-pair.ts';
import { ACCESS, requireStanding } from './prove-person.ts';
import { permissionsOf } from './scope.rules.ts';
import { openSecret } from './seal-secret.ts';

const TOUCH_EVERY_MS = 60_000;
const WRONG = 'Wrong API key or secret';

const digest = (text: string) => createHash('sha256').update(text).digest();
/** Takes the same time wherever the texts differ, and however long they are. */
const sameSecret = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** The key pair of this name while it may be used, or undefined. */
export async function usableKey(db: Db, apiKey: string, now: Date): Promise<ApiKey | undefined> {
  const key = isApiKeyName(apiKey) ? await apiKeyByName(db, apiKey) : undefined;
  return key?.status === 'active' && (!key.expiresAt || key.expiresAt > now) ? key : undefined;
}

/** Counts a request made with the pair, and notes when, at most once a minute. */
export async function noteUse(db: Db, key: ApiKey, now: Date): Promise<void> {
  await countRequest(db, key, now);
  const unlessSince = new Date(now.getTime() - TOUCH_EVERY_MS);
  if (!key.lastUsedAt || key.lastUsedAt <= unlessSince) await touchApiKey(db, key, now, unlessSince);
}

export async function authenticateApiKey(
  { database, secretsKey }: { database: Database; secretsKey: Uint8Array },
  { user, password }: { user: string; password: string },
  now: Date,
): Promise<Actor> {
  const key = await database.as(ACCESS, 'read', (db) => usableKey(db, user, now));
  if (!key || !sameSecret(openSecret(secretsKey, key.secretEncrypted, apiKeyBelongsTo(key.apiKey)), password)) {
    throw new Failure('UNAUTHORIZED', WRONG);
  }
  requireStanding({ revokedAt: null, operatorStatus: key.operatorStatus });
  await database.as(ACCESS, 'write', (db) => noteUse(db, key, now));
  const { operatorId, operatorSlug: slug, id: keyId, readOnly } = key;
  return { kind: 'apiKey', operatorId, slug, keyId, permissions: permissionsOf(key.scopes), readOnly };
}
