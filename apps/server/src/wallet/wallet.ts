/**
 * Door of wallet: the one door that talks to operators' wallets. Nouns: call (one operation towards a wallet), attempt (one request),
 * signing key, webhook secret.
 * Invariants: a call is written with the fact it announces and asked with the same bytes until it is answered; a debit that stays unknown is
 * undone; money owed to a player ends confirmed or before a person, never nowhere; what follows from an answer is told to trading until
 * trading has taken it. No network call happens inside a transaction.
 * Lock order: a call's row, then its player's. The sequencer, when an alarm needs an id, alone.
 */
import { randomInt } from 'node:crypto';
import type { pingWallet as pingEndpoint } from '@predictu/contract/operator/wallet';
import type { PingResult } from '@predictu/contract/shapes/wallet-settings';
import type { Cents } from '@predictu/contract/units';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import { operatorsWithWork, selectExternalId } from './call.sql.ts';
import { changeOperatorWallet, changeWallet, checkCallbackUrl, getOperatorWallet, getWallet, type UrlCheck } from './change-wallet.ts';
import { type Delivering, deliverCall, deliverDue, type Log } from './deliver-calls.ts';
import { hasEnded } from './delivery.rules.ts';
import { selectSecrets } from './endpoint.sql.ts';
import { type FreshCalls, openFreshCalls } from './fresh-calls.ts';
import { addressGuard } from './guard-address.ts';
import { handleWalletCall } from './handle-call.ts';
import { getWalletCall, listOwnWalletCalls, listWalletCalls } from './list-calls.ts';
import { openLines } from './open-line.ts';
import { openQueue } from './open-queue.ts';
import { askBalance, pingAll, pingWallet } from './ping-wallet.ts';
import { raiseAlarms } from './raise-alarms.ts';
import { endpointOf, endpointStatements, ensureSigningKey, knownEndpoints } from './read-endpoint.ts';
import { balanceRefresher } from './refresh-balance.ts';
import { replayWalletCall, replayWalletCalls } from './replay-calls.ts';
import { jwks, signingKeyHandler, webhookSecretHandler } from './rotate-keys.ts';
import { rotateWebhookSecret } from './rotate-webhook-secret.ts';
import { openSigner } from './sign-request.ts';
import type { Delivery, TradePort } from './trade-port.rules.ts';
import { updateSettings } from './update-settings.ts';

/** What a batch writes of the ends of debits that it takes. */
export { insertAttempts } from './attempt.sql.ts';
export type { MoneyMethod, NewCall } from './call.rules.ts';
/** The statement that writes new calls, for the transaction of the fact they announce. */
export { insertCalls } from './call-write.sql.ts';
export { endCalls, lockCalls } from './end-call.sql.ts';
export type { EndedCall, FreshCall, TradePort } from './trade-port.rules.ts';

const WORKER: Actor = { kind: 'worker', name: 'wallet' };

export type Wallet = {
  /** Trading says how to fill and release; what it has not taken yet is told soon after. */
  serve(port: TradePort): void;
  /**
   * Asks once, now, a call just written with `claimedUntil` by this process, and tells trading what follows. Not for a replayed answer: its
   * call is under way. What has no usable answer is `unknown` and goes on by itself. @throws when the database fails; the call then goes on too.
   */
  deliver(operatorId: bigint, callId: bigint): Promise<Delivery>;
  /** Debits that are being written: their requests are made ready meanwhile. What it answers is called once they are committed. */
  announce: FreshCalls['announce'];
  /** There are new calls for this operator: deliver them soon. Call it after the commit. */
  wake(operatorId: bigint): void;
  /** Delivers all that is due of one operator and tells trading what it has not taken; one at a time in this process. */
  drain(operatorId: bigint): Promise<void>;
  /** Every minute and when a worker starts: takes up all that is open, raises alarms. */
  sweep(): Promise<void>;
  /** Asks the wallet for a player's balance and remembers it; null when it cannot be had. */
  balance(operatorId: bigint, playerId: bigint): Promise<Cents | null>;
  /** The same in the background, for a player who has come or moved money elsewhere; at most every few seconds. What is remembered reaches its stream. */
  refreshBalance(player: { operatorId: bigint; playerId: bigint }): void;
  /** A test call, explained step by step; health remembers it. */
  ping(operatorId: bigint): Promise<PingResult>;
  /** Every minute: PINGs every operator with a callback URL. */
  pingAll(): Promise<void>;
  /** Makes an operator's first signing key and webhook secret; the secret is shown here once, null when it has one already. */
  prepare(operatorId: bigint): Promise<{ webhookSecret: string | null }>;
  /** What a callback URL must pass, for whoever stores one. @throws VALIDATION_ERROR naming `field` */
  checkCallbackUrl(url: string, field?: string): void;
  /** By the names of their endpoints in the contract. */
  handlers: ReturnType<typeof walletHandlers>;
  /** Waits for what is under way. */
  close(): Promise<void>;
};

export type WalletOptions = {
  database: Database;
  clock: Clock;
  newId: NewId;
  log: Log;
  /** Encrypts secrets at rest: the key access uses. */
  secretsKey: Uint8Array;
  /** Callback URLs may be http and this machine: development and the demo. */
  loopback?: () => boolean;
  /** False: nothing happens between calls of this door; tests move it by hand. */
  autonomous?: boolean;
  /** In [0, 1): the jitter of waits. */
  random?: () => number;
};

/** So old may the address, keys and settings be that a bet is sent with. */
const ENDPOINT_KEPT_MS = 1_000;
const JITTER_STEPS = 1_000_000;
const randomJitter = (): number => randomInt(JITTER_STEPS) / JITTER_STEPS;

/** Opens the wallet of this process. It does nothing by itself but go on with what was begun here. */
export function openWallet({ loopback = () => false, autonomous = true, random = randomJitter, ...options }: WalletOptions): Wallet {
  const { database, clock, log, newId, secretsKey } = options;
  const guard = addressGuard({ loopback });
  const check = { guard, loopback };
  let port: TradePort | undefined;
  const background = new Set<Promise<unknown>>();
  const readAgain = async (operatorId: bigint) => {
    const now = clock.now();
    return endpointOf(await database.exchange(WORKER, 'read', endpointStatements(operatorId, now)), operatorId, now);
  };
  const endpoints = knownEndpoints(autonomous ? ENDPOINT_KEPT_MS : 0, (operatorId) => {
    const reading = readAgain(operatorId);
    const ended = reading.catch(() => {}).finally(() => background.delete(ended));
    background.add(ended);
    return reading;
  });
  const signer = openSigner(secretsKey);
  const fresh = openFreshCalls({ clock, signer, endpoints });
  const delivering: Delivering = {
    ...options,
    random,
    background,
    port: () => port,
    endpoints,
    fresh,
    signer,
    lines: openLines({ guard, clock }),
  };
  const balance = async (operatorId: bigint, playerId: bigint): Promise<Cents | null> => {
    const [player] = await database.as(WORKER, 'read', (db) => selectExternalId(db, operatorId, playerId));
    return player ? askBalance(delivering, { operatorId, id: playerId, externalId: player.externalId }) : null;
  };
  const unasked = (error: unknown): void => log.warn({ err: error }, 'a balance could not be asked for');
  const refresher = balanceRefresher({
    database,
    actor: WORKER,
    clock,
    onError: unasked,
    ask({ operatorId, playerId }) {
      const asking = balance(operatorId, playerId).catch(unasked);
      delivering.background.add(asking);
      void asking.finally(() => delivering.background.delete(asking));
    },
  });
  const queue = openQueue({ clock, log, autonomous, work: (operatorId) => deliverDue(delivering, operatorId) });

  return {
    serve(given) {
      port = given;
    },
    async deliver(operatorId, callId) {
      const delivery = await deliverCall(delivering, operatorId, callId);
      if (!hasEnded(delivery.status)) queue.wake(operatorId);
      return delivery;
    },
    announce: fresh.announce,
    wake: queue.wake,
    drain: queue.drain,
    async sweep() {
      const ids = await database.as(WORKER, 'read', operatorsWithWork);
      for (const id of ids) queue.wake(id);
      await raiseAlarms(database, clock.now());
    },
    balance,
    refreshBalance: autonomous ? refresher.refresh : () => {},
    ping: (operatorId) => pingWallet(delivering, operatorId, loopback()),
    pingAll: () => pingAll(delivering, loopback()),
    async prepare(operatorId) {
      await ensureSigningKey({ database, secretsKey, newId }, operatorId, clock.now());
      return database.as(WORKER, 'write', async (db) => {
        if ((await selectSecrets(db, operatorId)).length > 0) return { webhookSecret: null };
        const made = await rotateWebhookSecret(db, { operatorId, secretsKey, now: clock.now(), newId });
        return { webhookSecret: 'secret' in made ? made.secret : null };
      });
    },
    checkCallbackUrl: (url, field) => checkCallbackUrl(url, check, field),
    handlers: walletHandlers(check, secretsKey, (operatorId) => pingWallet(delivering, operatorId, loopback())),
    async close() {
      await queue.close();
      await refresher.settled();
      await Promise.all(delivering.background);
      await delivering.lines.close();
    },
  };
}

/** Handlers of the wallet's endpoints, by the names of the endpoints. */
function walletHandlers(check: UrlCheck, secretsKey: Uint8Array, ping: (operatorId: bigint) => Promise<PingResult>) {
  const pingWalletNow: Handler<typeof pingEndpoint> = async ({ actor }) => ({ data: await ping(actor.operatorId) });
  return {
    getWallet,
    changeWallet: changeWallet(check),
    updateSettings: updateSettings(check),
    updateWorkspaceSettings: updateSettings(check),
    getOperatorWallet,
    changeOperatorWallet: changeOperatorWallet(check),
    rotateSigningKey: signingKeyHandler(secretsKey),
    rotateWebhookSecret: webhookSecretHandler(secretsKey),
    pingWallet: pingWalletNow,
    listOwnWalletCalls,
    getOwnWalletCall: getWalletCall,
    replayOwnWalletCall: replayWalletCall,
    replayOwnWalletCalls: replayWalletCalls,
    handleOwnWalletCall: handleWalletCall,
    listWalletCalls,
    getWalletCall,
    replayWalletCall,
    replayWalletCalls,
    handleWalletCall,
    jwks,
  };
}
