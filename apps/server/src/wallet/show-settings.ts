/** The wallet settings of one operator as the contract shows them. */
import type { walletSettings } from '@predictu/contract/shapes/wallet-settings';
import type { z } from 'zod';
import type { Db } from '../platform/db.ts';
import { notFound } from '../platform/http.ts';
import { selectKeys, selectSecrets, selectSettings } from './endpoint.sql.ts';
import { keyState, liveKeys, signingKey } from './key-life.rules.ts';
import { budgetsOf } from './read-endpoint.ts';

const JWKS_PATH = '/.well-known/jwks.json';

/** @throws NOT_FOUND */
export async function showSettings(db: Db, operatorId: bigint, now: Date): Promise<z.output<typeof walletSettings>> {
  const [settings, keys, secrets] = await Promise.all([
    selectSettings(db, operatorId),
    selectKeys(db, operatorId),
    selectSecrets(db, operatorId),
  ]);
  if (!settings) throw notFound('operator');
  return {
    mode: settings.mode,
    enabled: settings.enabled,
    callback_url: settings.callbackUrl,
    currency: settings.currency,
    budgets_ms: budgetsOf(settings.budgets),
    concurrency: settings.concurrency,
    jwks_path: JWKS_PATH,
    signing_key_fingerprint: signingKey(keys, now)?.fingerprint ?? null,
    signing_keys: keys.map((key) => ({
      kid: key.kid,
      fingerprint: key.fingerprint,
      state: keyState(key, keys, now),
      active_from: key.activeFrom,
      ends_at: key.endsAt,
    })),
    webhook_secrets: liveKeys(secrets, now).map(({ createdAt, endsAt }) => ({ created_at: createdAt, ends_at: endsAt })),
    healthy: settings.healthy,
    last_ping: settings.lastPingAt,
    last_ok: settings.lastOkAt,
    failures: settings.failures,
    detail: settings.detail,
  };
}
