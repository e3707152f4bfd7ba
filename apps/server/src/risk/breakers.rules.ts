/**
 * Circuit breakers halt buying in a scope. A breaker is armed, tripped or disarmed; docs/risk.md has every transition.
 * Pure: each function returns the breaker as it should be stored and the event that tells what happened.
 */
import { type Refusal, refuse } from '@predictu/contract/errors';

export type BreakerScope = 'global' | 'operator' | 'category' | 'market';
export type BreakerStatus = 'armed' | 'tripped' | 'disarmed';
export type Breaker = {
  id: bigint;
  scope: BreakerScope;
  operatorId: bigint | null;
  category: string | null;
  marketId: bigint | null;
  triggerType: 'exposure_pct' | 'manual';
  /** Percent of the scope's limit, one decimal; null for a breaker that only people trip. */
  triggerThreshold: number | null;
  status: BreakerStatus;
  cooldownMinutes: number;
  autoReset: boolean;
  trippedAt: Date | null;
  /** When it was last reset. */
  resetAt: Date | null;
  tripReason: string | null;
};

export type BreakerAction = { kind: 'trip'; reason: string } | { kind: 'reset' } | { kind: 'arm' } | { kind: 'disarm' };
export type BreakerEvent = {
  kind: 'tripped' | 'reset' | 'armed' | 'disarmed';
  breakerId: bigint;
  severity: 'info' | 'warning' | 'critical';
  message: string;
  /** True when the cool-down ended it, not a person. */
  autoResolved: boolean;
};
export type BreakerChange = { breaker: Breaker; event: BreakerEvent };

const MINUTE_MS = 60_000;

/** Those a trade of this operator in this market comes under. A breaker holds the key of its own scope and no other. */
export const breakersFor = (breakers: readonly Breaker[], trade: { operatorId: bigint; category: string; marketId: bigint }): Breaker[] =>
  breakers.filter(
    ({ scope, operatorId, category, marketId }) =>
      scope === 'global' || operatorId === trade.operatorId || category === trade.category || marketId === trade.marketId,
  );

/** When a tripped breaker may reset by itself; null when only a person can. */
export const resetsAt = (breaker: Breaker): Date | null =>
  breaker.status === 'tripped' && breaker.autoReset && breaker.trippedAt
    ? new Date(breaker.trippedAt.getTime() + breaker.cooldownMinutes * MINUTE_MS)
    : null;

const event = (
  breaker: Breaker,
  kind: BreakerEvent['kind'],
  severity: BreakerEvent['severity'],
  message: string,
  autoResolved = false,
): BreakerEvent => ({ kind, breakerId: breaker.id, severity, message, autoResolved });

function tripped(breaker: Breaker, reason: string, now: Date): BreakerChange {
  const next: Breaker = { ...breaker, status: 'tripped', trippedAt: now, resetAt: null, tripReason: reason };
  return { breaker: next, event: event(next, 'tripped', 'critical', `Circuit breaker (${breaker.scope}) tripped: ${reason}`) };
}

function reset(breaker: Breaker, now: Date, autoResolved: boolean): BreakerChange {
  const next: Breaker = { ...breaker, status: 'armed', trippedAt: null, resetAt: now, tripReason: null };
  const how = autoResolved ? 'by itself after its cool-down' : 'by hand';
  return { breaker: next, event: event(next, 'reset', 'info', `Circuit breaker (${breaker.scope}) reset ${how}`, autoResolved) };
}

/** What a person does to a breaker. CONFLICT when its state does not allow it. */
export function changeBreaker(breaker: Breaker, action: BreakerAction, now: Date): BreakerChange | Refusal {
  const conflict = (): Refusal =>
    refuse('CONFLICT', `A breaker that is ${breaker.status} cannot be changed by: ${action.kind}`, {
      status: breaker.status,
      action: action.kind,
    });
  switch (action.kind) {
    case 'trip':
      return breaker.status === 'armed' ? tripped(breaker, action.reason, now) : conflict();
    case 'reset':
      return breaker.status === 'tripped' ? reset(breaker, now, false) : conflict();
    case 'arm': {
      if (breaker.status !== 'disarmed') return conflict();
      const next: Breaker = { ...breaker, status: 'armed' };
      return { breaker: next, event: event(next, 'armed', 'info', `Circuit breaker (${breaker.scope}) armed`) };
    }
    case 'disarm': {
      if (breaker.status === 'disarmed') return conflict();
      const next: Breaker = { ...breaker, status: 'disarmed', trippedAt: null, tripReason: null };
      return { breaker: next, event: event(next, 'disarmed', 'warning', `Circuit breaker (${breaker.scope}) disarmed`) };
    }
  }
}

/** Whether the scope's utilisation (basis points of its limit) has reached the breaker's threshold. */
const reached = (breaker: Breaker, utilisation: bigint): boolean =>
  breaker.triggerThreshold !== null && utilisation >= BigInt(Math.round(breaker.triggerThreshold * 100));

const percent = (utilisation: bigint): string => `${utilisation / 100n}.${String((utilisation % 100n) / 10n)}`;

/**
 * One breaker looks at its scope's utilisation: armed and at its threshold it trips; tripped, with its cool-down over and
 * below its threshold, it resets if it may. Undefined when nothing changes.
 */
export function observe(breaker: Breaker, utilisation: bigint, now: Date): BreakerChange | undefined {
  const full = reached(breaker, utilisation);
  if (breaker.status === 'armed' && full) {
    return tripped(breaker, `exposure at ${percent(utilisation)}% of its limit, threshold ${breaker.triggerThreshold}%`, now);
  }
  const resetFrom = resetsAt(breaker);
  if (resetFrom !== null && now >= resetFrom && !full) return reset(breaker, now, true);
  return undefined;
}

export type BreakerJudgement = { blockedBy: Breaker | null; changes: BreakerChange[] };

/**
 * Before a buy: every breaker of the trade observes the utilisation without it; any that is then tripped blocks.
 * After a buy: the same with the trade in it; the buy stands, the next one meets what tripped.
 */
export function judgeBreakers(breakers: readonly Breaker[], utilisationOf: (breaker: Breaker) => bigint, now: Date): BreakerJudgement {
  const changes: BreakerChange[] = [];
  let blockedBy: Breaker | null = null;
  for (const breaker of breakers) {
    const change = observe(breaker, utilisationOf(breaker), now);
    if (change) changes.push(change);
    const current = change?.breaker ?? breaker;
    if (current.status === 'tripped') blockedBy ??= current;
  }
  return { blockedBy, changes };
}

/** The refusal a player sees: which scope is halted, since when, and until when if it is known. */
export const breakerRefusal = (breaker: Breaker): Refusal =>
  refuse('CIRCUIT_BREAKER', `Buying is halted by a circuit breaker (${breaker.scope})`, {
    scope: breaker.scope,
    tripped_at: breaker.trippedAt?.toISOString() ?? null,
    resets_at: resetsAt(breaker)?.toISOString() ?? null,
  });
