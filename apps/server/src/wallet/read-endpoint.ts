/** Everything needed to ask one operator's wallet, as it is now. An operator asked for the first time gets its signing key here. */
import { isRefusal } from '@predictu/contract/errors';
import { readPlatformConfig } from '../config/config.ts';
import type { Actor } from '../platform/actor.ts';
import type { Database, Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import type { Method } from './call.rules.ts';
import type { RetryPolicy } from './delivery.rules.ts';
import {
  type Budgets,
  type SealedKey,
  type SealedSecret,
  type Settings,
  selectSealedKeys,
  selectSealedSecrets,
  selectSettings,
} from './endpoint.sql.ts';
import { signingKey } from './key-life.rules.ts';
import { rotateSigningKey } from './rotate-signing-key.ts';
import { makeSigningKey } from './sign-request.ts';

const WORKER: Actor = { kind: 'worker', name: 'wallet' };
/** Milliseconds a request may take when the operator has not said otherwise. */
const DEFAULT_BUDGETS: Record<Method, number> = {
  PING: 2_000,
  BALANCE: 5_000,
  BET_MAKE: 3_000,
  BET_SELL: 5_000,
  BET_WIN: 5_000,
  BET_LOSE: 5_000,
  BET_REFUND: 5_000,
  BET_ROLLBACK: 5_000,
};

export type Endpoint = {
  settings: Settings;
  key: SealedKey | undefined;
  /** The newest first. */
  secrets: SealedSecret[];
  policy: RetryPolicy;
  /** Why nothing can be sent, or null. */
  obstacle: string | null;
};

/** With the platform's figure for every method the operator has not given one. */
export const budgetsOf = (own: Budgets): Record<Method, number> => ({ ...DEFAULT_BUDGETS, ...own }) as Record<Method, number>;
export const budgetOf = ({ settings }: Endpoint, method: Method): number => settings.budgets[method] ?? DEFAULT_BUDGETS[method];

/** In the caller's transaction, as the worker. @throws Error when there is no such operator. */
export async function readEndpoint(db: Db, operatorId: bigint, now: Date): Promise<Endpoint> {
  const [settings, keys, secrets, { config }] = await Promise.all([
    selectSettings(db, operatorId),
    selectSealedKeys(db, operatorId, now),
    selectSealedSecrets(db, operatorId, now),
    readPlatformConfig(db),
  ]);
  if (!settings) throw new Error(`No operator ${operatorId}`);
  const { s2s_retry_max: retryMax, s2s_retry_backoff_ms: backoffMs } = config.defaults;
  const obstacle = !config.features.s2s_enabled
    ? 'Callbacks are switched off on this platform'
    : settings.callbackUrl === null
      ? 'The operator has no callback URL'
      : null;
  return { settings, key: signingKey(keys, now), secrets, policy: { retryMax, backoffMs }, obstacle };
}

/** The signing key in force, made when there is none. */
export async function ensureSigningKey(
  { database, secretsKey, newId }: { database: Database; secretsKey: Uint8Array; newId: NewId },
  operatorId: bigint,
  now: Date,
): Promise<SealedKey> {
  const made = await makeSigningKey(secretsKey, operatorId);
  return database.as(WORKER, 'write', async (db) => {
    const rotated = await rotateFirst(db);
    const key = signingKey(await selectSealedKeys(db, operatorId, now), now);
    if (!key) throw new Error(isRefusal(rotated) ? rotated.message : 'The operator has no signing key');
    return key;
  });

  async function rotateFirst(db: Db) {
    const existing = signingKey(await selectSealedKeys(db, operatorId, now), now);
    return existing ? [] : rotateSigningKey(db, { operatorId, made, now, newId });
  }
}
