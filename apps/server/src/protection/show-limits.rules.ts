/** A player's protection as its screens show it. */
import { LIMIT_KINDS, type LimitKind, type OwnLimits as Shown } from '@predictu/contract/shapes/own-limits';
import { type Cents, cents } from '@predictu/contract/units';
import { BREAK_MS, FOR_GOOD, inForce, type OwnLimit, type Protection, periodOf, runningSession, usedOf } from './protection.rules.ts';

type Values = { amount_usd: Cents | null; minutes: number | null };

const valuesOf = (kind: LimitKind, value: bigint | null): Values => ({
  amount_usd: kind === 'session' || value === null ? null : cents(value),
  minutes: kind === 'session' && value !== null ? Number(value) : null,
});

function pendingOf(kind: LimitKind, limit: OwnLimit | undefined, now: Date): Shown['limits'][number]['pending'] {
  if (!limit?.next || now >= limit.next.at) return null;
  return { ...valuesOf(kind, limit.next.value), effective_at: limit.next.at };
}

function showLimit(protection: Protection, kind: LimitKind, now: Date): Shown['limits'][number] {
  const limit = protection.limits[kind];
  const value = inForce(limit, now);
  const shown = { kind, ...valuesOf(kind, value), pending: pendingOf(kind, limit, now) };
  if (kind === 'session') return { ...shown, used_usd: null, remaining_usd: null, resets_at: null };
  const used = usedOf(protection, kind, now);
  const left = value === null ? null : cents(value > used ? value - used : 0n);
  return { ...shown, used_usd: used, remaining_usd: left, resets_at: periodOf(kind, now).until };
}

function showSession(protection: Protection, now: Date): Shown['session'] {
  const session = runningSession(protection, now);
  const minutes = inForce(protection.limits.session, now);
  if (!session || minutes === null) return null;
  return {
    started_at: session.startedAt,
    ends_at: new Date(session.startedAt.getTime() + Number(minutes) * 60_000),
    free_at: new Date(session.seenAt.getTime() + BREAK_MS),
  };
}

export function showLimits(protection: Protection, now: Date): Shown {
  const { excludedAt: since, excludedUntil: until } = protection;
  const permanent = until !== null && until >= FOR_GOOD;
  const excluded = since !== null && until !== null && now < until;
  return {
    limits: LIMIT_KINDS.map((kind) => showLimit(protection, kind, now)),
    session: showSession(protection, now),
    self_exclusion: excluded ? { since, until: permanent ? null : until, permanent } : null,
  };
}
