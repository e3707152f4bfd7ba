/**
 * Debits whose rows this process is writing: their requests are signed while the database commits, and whoever delivers one a moment later
 * need not read it. Only a head start: what is not here is read.
 */
import type { Clock } from '../platform/clock.ts';
import { bodyOf, paramsOf, requestIdOf } from './call.rules.ts';
import type { Call } from './call.sql.ts';
import type { Endpoint, KnownEndpoints } from './read-endpoint.ts';
import type { Signer } from './sign-request.ts';
import type { FreshCall } from './trade-port.rules.ts';

/** Signed are these bytes, so these are sent. */
export type ReadyRequest = { params: Record<string, unknown>; body: string; headers: Promise<Record<string, string>> };
export type Ready = { call: Call; endpoint: Endpoint; request: ReadyRequest; at: number };
export type FreshCalls = {
  /** Begins the requests of these calls; when their rows are committed the answer is called, else it is dropped. */
  announce(calls: readonly FreshCall[]): () => void;
  /** Once. */
  take(callId: bigint): Ready | undefined;
};

/** Whoever delivers a call of its own does so at once. */
const KEPT_MS = 2_000;

const callOf = ({ call, externalId, bet }: FreshCall): Call => ({
  ...call,
  params: null,
  status: 'pending',
  attempts: 0,
  reached: false,
  startedAt: call.createdAt,
  nextAttemptAt: call.createdAt,
  reasonCode: null,
  reason: null,
  balance: null,
  settledAt: null,
  externalId,
  bet,
});

export function openFreshCalls({
  clock,
  signer,
  endpoints,
}: {
  clock: Clock;
  signer: Signer;
  endpoints: Pick<KnownEndpoints, 'get'>;
}): FreshCalls {
  const kept = new Map<bigint, Ready>();

  function beginAll(calls: readonly FreshCall[]): Ready[] {
    try {
      return calls.flatMap(begin);
    } catch {
      // The batch must not suffer by it; what is wrong is found when they are asked.
      return [];
    }
  }

  function begin(fresh: FreshCall): Ready[] {
    const endpoint = endpoints.get(fresh.call.operatorId);
    if (!endpoint?.key || endpoint.obstacle !== null) return [];
    const { key, secrets, settings } = endpoint;
    const call = callOf(fresh);
    const { operatorId, method, id } = call;
    const params = paramsOf(call, { externalId: fresh.externalId, currency: settings.currency, bet: fresh.bet });
    const body = bodyOf(call, params);
    const now = clock.now();
    const headers = signer.sign({ operatorId, method, body, messageId: requestIdOf(id), now }, key, secrets);
    // Whoever takes it hears of a failure; nobody may.
    headers.catch(() => {});
    return [{ call, endpoint, request: { params, body, headers }, at: now.getTime() }];
  }

  function forget(before: number): void {
    for (const [id, { at }] of kept) {
      if (at >= before) return;
      kept.delete(id);
    }
  }

  return {
    announce(calls) {
      const begun = beginAll(calls);
      return () => {
        forget(clock.now().getTime() - KEPT_MS);
        for (const ready of begun) kept.set(ready.call.id, ready);
      };
    },
    take(callId) {
      forget(clock.now().getTime() - KEPT_MS);
      const ready = kept.get(callId);
      kept.delete(callId);
      return ready;
    },
  };
}
