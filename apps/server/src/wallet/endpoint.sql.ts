/** Where an operator's wallet is, how it is asked, and with what requests to it are signed. */
import type { Statement } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';
import type { Method } from './call.rules.ts';
import type { KeyLife } from './key-life.rules.ts';

export type Budgets = { [M in Method]?: number | undefined };
export type Settings = {
  operatorId: bigint;
  slug: string;
  mode: 'internal' | 'seamless' | 'shadow';
  enabled: boolean;
  callbackUrl: string | null;
  currency: string;
  /** Milliseconds. */
  budgets: Budgets;
  concurrency: number;
  healthy: boolean | null;
  lastPingAt: Date | null;
  lastOkAt: Date | null;
  failures: number;
  detail: string | null;
};

const SETTINGS = `o.id as "operatorId", o.slug, o.wallet_mode as mode, o.s2s_enabled as enabled, o.callback_url as "callbackUrl",
       o.default_currency as currency, coalesce(w.budgets, '{}') as budgets, coalesce(w.concurrency, 32) as concurrency, w.healthy,
       w.last_ping_at as "lastPingAt", w.last_ok_at as "lastOkAt", coalesce(w.failures, 0) as failures, w.detail`;

/** Undefined when there is no such operator, or it is another's. */
export async function selectSettings(db: Db, operatorId: bigint): Promise<Settings | undefined> {
  const [row] = await db.query<Settings>(
    `select ${SETTINGS}
     from operators o left join wallet_settings w on w.operator_id = o.id where o.id = $1`,
    [operatorId],
    'wallet_settings',
  );
  return row;
}

/** What the platform's configuration says of callbacks. */
export type Callbacks = { switchedOn: boolean; retryMax: number; backoffMs: number };
/** The settings with it; no row when there is no such operator. */
export const settingsWithCallbacks = (operatorId: bigint): Statement => ({
  name: 'wallet_settings_with_callbacks',
  text: `select ${SETTINGS}, (c.document -> 'features' ->> 's2s_enabled')::boolean as "switchedOn", (c.document -> 'defaults' ->> 's2s_retry_max')::int as "retryMax",
       (c.document -> 'defaults' ->> 's2s_retry_backoff_ms')::int as "backoffMs"
     from operators o left join wallet_settings w on w.operator_id = o.id cross join platform_config c where o.id = $1`,
  values: [operatorId],
});

export const upsertBudgets = (db: Db, operatorId: bigint, budgets: Budgets, concurrency: number, now: Date): Promise<unknown> =>
  db.query(
    `insert into wallet_settings (operator_id, budgets, concurrency, updated_at) values ($1, $2, $3, $4)
     on conflict (operator_id) do update set budgets = excluded.budgets, concurrency = excluded.concurrency, updated_at = excluded.updated_at`,
    [operatorId, JSON.stringify(budgets), concurrency, now],
  );

/** What a PING found. */
export const recordHealth = (db: Db, operatorId: bigint, healthy: boolean, detail: string | null, now: Date): Promise<unknown> =>
  db.query(
    `insert into wallet_settings (operator_id, healthy, last_ping_at, last_ok_at, failures, detail, updated_at)
     values ($1, $2, $4, case when $2 then $4::timestamptz end, case when $2 then 0 else 1 end, $3, $4)
     on conflict (operator_id) do update set healthy = $2, last_ping_at = $4, detail = $3, updated_at = $4,
       last_ok_at = case when $2 then $4::timestamptz else wallet_settings.last_ok_at end,
       failures = case when $2 then 0 else wallet_settings.failures + 1 end`,
    [operatorId, healthy, detail, now],
  );

/** Operators whose players have their money in the operator's own wallet. */
export async function operatorsWithOutsideWallet(db: Db): Promise<ReadonlySet<bigint>> {
  const rows = await db.query<{ id: bigint }>(`select id from operators where wallet_mode = 'seamless'`, [], 'wallet_operators_outside');
  return new Set(rows.map(({ id }) => id));
}

/** Operators that are pinged: those with a callback URL that money may go through. */
export async function operatorsToPing(db: Db): Promise<bigint[]> {
  const rows = await db.query<{ id: bigint }>(
    `select id from operators where callback_url is not null and status <> 'suspended' and (s2s_enabled or wallet_mode = 'seamless') order by id`,
  );
  return rows.map(({ id }) => id);
}

export type StoredKey = KeyLife & { kid: string; fingerprint: string; createdAt: Date };
export type SealedKey = KeyLife & { kid: string; privateEncrypted: string };
export type StoredSecret = { id: bigint; endsAt: Date | null; createdAt: Date };
export type SealedSecret = { id: bigint; endsAt: Date | null; secretEncrypted: string };

/** The signing keys, newest last, as people may see them. */
export const selectKeys = (db: Db, operatorId: bigint): Promise<StoredKey[]> =>
  db.query<StoredKey>(
    `select id, kid, fingerprint, active_from as "activeFrom", ends_at as "endsAt", created_at as "createdAt"
     from wallet_signing_keys where operator_id = $1 order by id`,
    [operatorId],
  );
/** With the sealed private keys; the worker alone may read them. */
export const sealedKeys = (operatorId: bigint, now: Date): Statement => ({
  name: 'wallet_sealed_keys',
  text: `select id, kid, private_encrypted as "privateEncrypted", active_from as "activeFrom", ends_at as "endsAt"
     from wallet_signing_keys where operator_id = $1 and (ends_at is null or ends_at > $2)`,
  values: [operatorId, now],
});
export const sealedSecrets = (operatorId: bigint, now: Date): Statement => ({
  name: 'wallet_sealed_secrets',
  text: `select id, secret_encrypted as "secretEncrypted", ends_at as "endsAt"
     from wallet_webhook_secrets where operator_id = $1 and (ends_at is null or ends_at > $2) order by id desc`,
  values: [operatorId, now],
});
export const selectSecrets = (db: Db, operatorId: bigint): Promise<StoredSecret[]> =>
  db.query<StoredSecret>(
    'select id, ends_at as "endsAt", created_at as "createdAt" from wallet_webhook_secrets where operator_id = $1 order by id',
    [operatorId],
  );

/** Public halves of every operator's live keys. */
export async function selectPublicKeys(db: Db, now: Date): Promise<Record<string, unknown>[]> {
  const rows = await db.query<{ public_jwk: Record<string, unknown> }>(
    'select public_jwk from wallet_signing_keys where ends_at is null or ends_at > $1 order by operator_id, id',
    [now],
  );
  return rows.map(({ public_jwk }) => public_jwk);
}

export type KeyToStore = { id: bigint; kid: string; publicJwk: object; privateEncrypted: string; fingerprint: string; activeFrom: Date };
export const insertKey = (db: Db, operatorId: bigint, key: KeyToStore, now: Date): Promise<unknown> =>
  db.query(
    `insert into wallet_signing_keys (operator_id, id, kid, public_jwk, private_encrypted, fingerprint, active_from, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [operatorId, key.id, key.kid, JSON.stringify(key.publicJwk), key.privateEncrypted, key.fingerprint, key.activeFrom, now],
  );
export const endKey = (db: Db, operatorId: bigint, id: bigint, at: Date): Promise<unknown> =>
  db.query('update wallet_signing_keys set ends_at = $3 where operator_id = $1 and id = $2', [operatorId, id, at]);
export const insertSecret = (db: Db, operatorId: bigint, id: bigint, secretEncrypted: string, now: Date): Promise<unknown> =>
  db.query('insert into wallet_webhook_secrets (operator_id, id, secret_encrypted, created_at) values ($1, $2, $3, $4)', [
    operatorId,
    id,
    secretEncrypted,
    now,
  ]);
export const endSecret = (db: Db, operatorId: bigint, id: bigint, at: Date): Promise<unknown> =>
  db.query('update wallet_webhook_secrets set ends_at = $3 where operator_id = $1 and id = $2', [operatorId, id, at]);

/** Two rotations of one operator at once: the second waits for the first. */
export const lockRotation = (db: Db, operatorId: bigint): Promise<unknown> =>
  db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`wallet rotation ${operatorId}`]);

/** What forbids changing the mode: money or open bets that belong to the present one. */
export async function selectModeObstacles(db: Db, operatorId: bigint): Promise<{ players: boolean; calls: boolean }> {
  const [row] = await db.query<{ players: boolean; calls: boolean }>(
    `select exists (select from players where operator_id = $1 and (balance_cents > 0 or open_shares > 0)) as players,
       exists (select from wallet_calls where operator_id = $1 and status in ('pending', 'unknown', 'failed')) as calls`,
    [operatorId],
  );
  return row ?? { players: false, calls: false };
}
