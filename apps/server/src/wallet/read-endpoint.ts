/** Everything needed to ask one operator's wallet, as it is now. An operator asked for the first time gets its signing key here. */
import { isRefusal } from '@predictu/contract/errors';
import type { Actor } from '../platform/actor.ts';
import type { Statement } from '../platform/arrays.ts';
import type { Database, Db, Row } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import type { Method } from './call.rules.ts';
import type { RetryPolicy } from './delivery.rules.ts';
import {
  type Budgets,
  type Callbacks,
  type SealedKey,
  type SealedSecret,
  type Settings,
  sealedKeys,
  sealedSecrets,
  settingsWithCallbacks,
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

/** What `endpointOf` makes an endpoint of; as the worker. */
export const endpointStatements = (operatorId: bigint, now: Date): Statement[] => [
  settingsWithCallbacks(operatorId),
  sealedKeys(operatorId, now),
  sealedSecrets(operatorId, now),
];

/** @throws Error when there is no such operator. */
export function endpointOf(replies: readonly Row[][], operatorId: bigint, now: Date): Endpoint {
  const [[found], keys, secrets] = replies as [(Settings & Callbacks)[], SealedKey[], SealedSecret[]];
  if (!found) throw new Error(`No operator ${operatorId}`);
  const { switchedOn, retryMax, backoffMs, ...settings } = found;
  const obstacle = !switchedOn
    ? 'Callbacks are switched off on this platform'
    : settings.callbackUrl === null
      ? 'The operator has no callback URL'
      : null;
  return { settings, key: signingKey(keys, now), secrets, policy: { retryMax, backoffMs }, obstacle };
}

const run = <T extends object>(db: Db, { text, values, name }: Statement): Promise<T[]> => db.query<T>(text, values, name);

/** In the caller's transaction, as the worker. @throws Error when there is no such operator. */
export async function readEndpoint(db: Db, operatorId: bigint, now: Date): Promise<Endpoint> {
  return endpointOf(await Promise.all(endpointStatements(operatorId, now).map((each) => run<Row>(db, each))), operatorId, now);
}

/** Endpoints read a moment ago, so that bets that follow each other read them once. A key is published for minutes before it signs. */
export type KnownEndpoints = {
  get(operatorId: bigint): Endpoint | undefined;
  put(endpoint: Endpoint): void;
  /** Reads one that is soon forgotten again, while no bet waits for it. */
  renew(operatorId: bigint): void;
};
export type EndpointReader = (operatorId: bigint) => Promise<Endpoint>;

type KnownEndpoint = { endpoint: Endpoint; ageing: boolean; timers: readonly NodeJS.Timeout[] };
const AGEING_AFTER = 0.75;

/** Each is forgotten after `keptMs` unless it was renewed; 0 keeps none. */
export function knownEndpoints(keptMs: number, read: EndpointReader): KnownEndpoints {
  const known = new Map<bigint, KnownEndpoint>();

  function keep(endpoint: Endpoint): void {
    const { operatorId } = endpoint.settings;
    forget(operatorId);
    // Without a key one is made by whoever asks first; everybody else must then find it.
    if (keptMs === 0 || !endpoint.key) return;
    const age = (): void => {
      kept.ageing = true;
    };
    const timers = [setTimeout(age, keptMs * AGEING_AFTER).unref(), setTimeout(() => forget(operatorId), keptMs).unref()];
    const kept: KnownEndpoint = { endpoint, ageing: false, timers };
    known.set(operatorId, kept);
  }

  function forget(operatorId: bigint): void {
    for (const timer of known.get(operatorId)?.timers ?? []) clearTimeout(timer);
    known.delete(operatorId);
  }

  return {
    get: (operatorId) => known.get(operatorId)?.endpoint,
    put(endpoint) {
      if (!known.has(endpoint.settings.operatorId)) keep(endpoint);
    },
    renew(operatorId) {
      const kept = known.get(operatorId);
      if (!kept?.ageing) return;
      kept.ageing = false;
      // When it fails, the next bet reads for itself and hears of it.
      read(operatorId).then(keep, () => {});
    },
  };
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
    const key = signingKey(await run<SealedKey>(db, sealedKeys(operatorId, now)), now);
    if (!key) throw new Error(isRefusal(rotated) ? rotated.message : 'The operator has no signing key');
    return key;
  });

  async function rotateFirst(db: Db) {
    const existing = signingKey(await run<SealedKey>(db, sealedKeys(operatorId, now)), now);
    return existing ? [] : rotateSigningKey(db, { operatorId, made, now, newId });
  }
}
