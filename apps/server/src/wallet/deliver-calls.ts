/** Delivers calls: one at once for whoever wrote it, and all that are due of one operator; tells trading what follows from a debit's end. */
import type { Cents } from '@predictu/contract/units';
import type { Actor } from '../platform/actor.ts';
import type { Db } from '../platform/db.ts';
import { type Asked, type Asking, askWallet } from './ask-wallet.ts';
import { bodyOf, paramsOf, transactionIdOf } from './call.rules.ts';
import { type Call, callsById, callsOf, claimDue, markTold, nextDue, requestDelivery, selectOwed, unclaim } from './call.sql.ts';
import { afterAttempt, beforeAttempt, debitBoundMs, GIVE_UP_AFTER_MS, hasEnded, type RetryPolicy, type Step } from './delivery.rules.ts';
import type { FreshCalls, Ready } from './fresh-calls.ts';
import { type Endpoint, endpointOf, endpointStatements, type KnownEndpoints, readEndpoint } from './read-endpoint.ts';
import { endOf, type Recording, recordAttempt } from './record-attempt.ts';
import type { Delivery, ReleaseReason, SettledCall, TradePort } from './trade-port.rules.ts';

const WORKER: Actor = { kind: 'worker', name: 'wallet' };
/** Longer than the longest budget and the wait for a place. */
const LEASE_MS = 45_000;
const BET_WAITS_MS = 1_000;
const QUEUED_WAITS_MS = 10_000;
const OWED_AT_ONCE = 100;

export type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;
export type Delivering = Asking & {
  log: Log;
  /** In [0, 1): the jitter of waits. */
  random(): number;
  port(): TradePort | undefined;
  endpoints: KnownEndpoints;
  fresh: FreshCalls;
  /** Writes nobody waits for, but the end of the process and the next look for work. */
  background: Set<Promise<unknown>>;
};

const as = <T>({ database }: Delivering, mode: 'read' | 'write', work: (db: Db) => Promise<T>): Promise<T> =>
  database.as(WORKER, mode, work);
const before = (now: Date, milliseconds: number): Date => new Date(now.getTime() - milliseconds);

/** A call as it is after a step this process has recorded. */
const stepped = (call: Call, step: Step, balance: Cents | null, now: Date): Call => ({
  ...call,
  status: step.status,
  reasonCode: step.reason?.code ?? null,
  reason: step.reason?.message ?? null,
  balance: balance ?? call.balance,
  nextAttemptAt: step.nextAttemptAt,
  settledAt: hasEnded(step.status) ? now : null,
});

/** A call to ask, where, and its request when it has been made already. */
type ToAsk = Pick<Ready, 'call' | 'endpoint'> & Partial<Pick<Ready, 'request'>>;
/** A call after a step, and whether trading has taken what follows. */
type Attempted = { call: Call; told: boolean };

/** Writes a step, with a debit's end what follows from it in trading: in one commit where that can be. */
async function record(delivering: Delivering, recording: Recording): Promise<Attempted> {
  const { database, newId } = delivering;
  const { call, step, asked, now } = recording;
  const balance = asked && 'balance' in asked.outcome ? asked.outcome.balance : null;
  const after = stepped(call, step, balance, now);
  if (await endTogether(delivering, recording, after)) return { call: after, told: true };
  if (await recordAttempt(database, newId, recording)) return { call: after, told: false };
  const [rows = []] = await database.exchange(WORKER, 'read', [callsById(call.operatorId, [call.id])]);
  return { call: callsOf(rows)[0] ?? call, told: false };
}

async function endTogether(delivering: Delivering, recording: Recording, after: Call): Promise<boolean> {
  const ended = endOf(recording);
  const port = delivering.port();
  const settled = settledOf(after);
  if (!ended || !port || !settled) return false;
  try {
    return await port.end(ended, settled);
  } catch (error) {
    delivering.log.warn(
      { err: error, trade_id: String(after.tradeId) },
      'Trading could not take the end of a debit with it; it is told after it',
    );
    return false;
  }
}

/** Asks one call once, or does what is to be done instead of asking; undefined when it has to wait. */
async function attemptCall(delivering: Delivering, { call, endpoint, request }: ToAsk, waitMs: number): Promise<Attempted | undefined> {
  const { clock, lines } = delivering;
  const { policy, settings } = endpoint;
  const instead = (verdict: ReturnType<typeof beforeAttempt>): Step | undefined =>
    typeof verdict === 'string' ? undefined : verdict.instead;
  const write = (step: Step, params: Recording['params'], asked: Asked | null): Promise<Attempted> =>
    record(delivering, { call, params, step, asked, now: clock.now() });

  const overdue = instead(beforeAttempt(call, { now: clock.now(), policy, open: false }));
  if (overdue) return write(overdue, null, null);
  const place = endpoint.obstacle === null ? await lines.of(call.operatorId, settings.concurrency).enter(waitMs) : 'open';
  if (typeof place === 'string') {
    const step = instead(beforeAttempt(call, { now: clock.now(), policy, open: true }));
    if (step) return write(step, null, null);
    await as(delivering, 'write', (db) => unclaim(db, call.operatorId, [call.id]));
    return undefined;
  }
  const params =
    request?.params ?? call.params ?? paramsOf(call, { externalId: call.externalId ?? '', currency: settings.currency, bet: call.bet });
  const body = request?.body ?? bodyOf(call, params);
  const transactionId = transactionIdOf(call.id);
  // What waited for so long that another process may have taken it over must not arrive after what that one does.
  const deadline = call.claimedUntil ?? undefined;
  const asked = await askWallet(delivering, endpoint, place, {
    id: call.id,
    method: call.method,
    body,
    transactionId,
    callId: call.id,
    headers: request?.headers,
    deadline,
  });
  if (asked === 'late') return undefined;
  const step = afterAttempt(call, asked.outcome, { now: clock.now(), policy, jitter: delivering.random() });
  return write(step, params, asked);
}

const reasonOf = ({ reasonCode, reason }: Call): ReleaseReason | null =>
  reasonCode === null ? null : { code: reasonCode, message: reason ?? reasonCode };
const settledOf = (call: Call): SettledCall | undefined =>
  call.tradeId === null ? undefined : { ...call, tradeId: call.tradeId, answeredAt: call.settledAt ?? call.createdAt };
const deliveryOf = (call: Call): Delivery => ({ status: call.status, balance: call.balance, reason: reasonOf(call) });

/** True when trading has taken it; it is told again otherwise. That it has is noted behind the caller's back. */
async function tell(delivering: Delivering, call: Call): Promise<boolean> {
  const { background, clock, database, log } = delivering;
  const port = delivering.port();
  const settled = settledOf(call);
  if (!port || !settled) return false;
  try {
    if (call.status === 'confirmed') await port.fill(settled.tradeId, settled);
    else await port.release(settled.tradeId, reasonOf(call) ?? { code: 'WALLET_TIMEOUT', message: 'The debit was undone' }, settled);
  } catch (error) {
    log.warn({ err: error, trade_id: String(call.tradeId) }, 'Trading could not take the end of a debit; it is told again');
    return false;
  }
  // Told again, trading changes nothing: losing the note is no harm.
  const note = database.exchange(WORKER, 'write', [markTold(call.operatorId, call.id, clock.now())], { durable: false });
  const noted = note.catch((error: unknown) =>
    log.warn({ err: error, trade_id: String(call.tradeId) }, 'That trading has taken a debit was not noted; it is told again'),
  );
  background.add(noted);
  void noted.finally(() => background.delete(noted));
  return true;
}

const isOwed = ({ method, status }: Call): boolean => method === 'BET_MAKE' && ['confirmed', 'refused', 'rolled_back'].includes(status);

/** In one round trip. @throws Error when there is no such call */
async function readCall({ clock, database, endpoints }: Delivering, operatorId: bigint, callId: bigint): Promise<ToAsk> {
  const now = clock.now();
  const known = endpoints.get(operatorId);
  const more = known ? [] : endpointStatements(operatorId, now);
  const [rows = [], ...replies] = await database.exchange(WORKER, 'read', [callsById(operatorId, [callId]), ...more]);
  const [call] = callsOf(rows);
  if (!call) throw new Error(`No wallet call ${transactionIdOf(callId)}`);
  const endpoint = known ?? endpointOf(replies, operatorId, now);
  endpoints.put(endpoint);
  return { call, endpoint };
}

/** Delivers one call now and tells trading; resolves with how it stands then. */
export async function deliverCall(delivering: Delivering, operatorId: bigint, callId: bigint): Promise<Delivery> {
  const asking = delivering.fresh.take(callId) ?? (await readCall(delivering, operatorId, callId));
  const { call } = asking;
  // A debit whose rollback has been decided must not be asked for again.
  const open = (call.status === 'pending' || call.status === 'unknown') && call.nextAttemptAt !== null;
  const { call: after, told } = (open && (await attemptCall(delivering, asking, BET_WAITS_MS))) || { call, told: false };
  if (!told && isOwed(after)) await tell(delivering, after);
  delivering.endpoints.renew(operatorId);
  return deliveryOf(after);
}

/** What only waits for its bound: it is acted upon even while nothing can be sent. */
const overdueOf = (now: Date, policy: RetryPolicy) => ({
  debits: before(now, debitBoundMs(policy)),
  others: before(now, GIVE_UP_AFTER_MS),
});

type Claimed = { endpoint: Endpoint; calls: Call[]; full: boolean };

/** Takes what is due, up to as many places as the queue has free. */
function claim(delivering: Delivering, operatorId: bigint, taken: number): Promise<Claimed> {
  const now = delivering.clock.now();
  return as(delivering, 'write', async (db) => {
    const endpoint = await readEndpoint(db, operatorId, now);
    const line = delivering.lines.of(operatorId, endpoint.settings.concurrency);
    const shut = endpoint.obstacle !== null || line.closedUntil() !== undefined;
    const until = new Date(now.getTime() + LEASE_MS);
    const overdue = shut ? overdueOf(now, endpoint.policy) : null;
    // Half of the places stay free for players' bets; no more than are asked at the same time, so that no claim runs out in the line.
    const limit = Math.ceil(endpoint.settings.concurrency / 2) - taken;
    if (limit <= 0) return { endpoint, calls: [], full: true };
    const calls = await claimDue(db, operatorId, { limit, now, until, overdue, answering: line.answering() });
    return { endpoint, calls, full: calls.length === limit };
  });
}

/** Asks all that is due until nothing is left that could be done now. Places are filled as they become free: a slow answer holds up one. */
async function deliverAll(delivering: Delivering, operatorId: bigint): Promise<void> {
  const underWay = new Set<Promise<void>>();
  let stuck = false;
  const ask = async (call: Call, endpoint: Endpoint): Promise<void> => {
    try {
      if (!(await attemptCall(delivering, { call, endpoint }, QUEUED_WAITS_MS))) stuck = true;
    } catch (error) {
      stuck = true;
      delivering.log.error({ err: error, call: transactionIdOf(call.id) }, 'A wallet call could not be attempted; its claim runs out');
    }
  };
  do {
    const { endpoint, calls, full } = await claim(delivering, operatorId, underWay.size);
    for (const call of calls) {
      const asking = ask(call, endpoint).finally(() => underWay.delete(asking));
      underWay.add(asking);
    }
    if (underWay.size === 0) return;
    // Not a question to the database for every answer.
    const enough = full ? Math.ceil(underWay.size / 2) : 0;
    while (underWay.size > enough) await Promise.race(underWay);
  } while (!stuck);
  await Promise.all(underWay);
}

async function tellOwed(delivering: Delivering, operatorId: bigint): Promise<boolean> {
  for (;;) {
    const owed = await as(delivering, 'read', (db) => selectOwed(db, operatorId, OWED_AT_ONCE));
    let taken = 0;
    for (const call of owed) if (await tell(delivering, call)) taken += 1;
    await Promise.all(delivering.background);
    if (taken < owed.length) return false;
    if (owed.length < OWED_AT_ONCE) return true;
  }
}

/** Delivers all that is due of one operator and tells trading all it has not taken; resolves with when to come again, if ever. */
export async function deliverDue(delivering: Delivering, operatorId: bigint): Promise<Date | null> {
  await deliverAll(delivering, operatorId);
  await Promise.all(delivering.background);
  const told = await tellOwed(delivering, operatorId);
  const { clock, lines } = delivering;
  return as(delivering, 'write', async (db) => {
    const { settings } = await readEndpoint(db, operatorId, clock.now());
    const due = await nextDue(db, operatorId);
    const open = lines.of(operatorId, settings.concurrency).closedUntil();
    const soonest = new Date(clock.now().getTime() + 1_000);
    const dates = [due && open && open > due ? open : due, told ? null : soonest].filter((date) => date !== null);
    if (dates.length === 0) return null;
    const next = new Date(Math.max(soonest.getTime(), Math.min(...dates.map((date) => date.getTime()))));
    await requestDelivery(db, operatorId, next);
    return next;
  });
}
