/**
 * What players set for themselves, as decisions: a cut at once, a raise after a day, exclusion never shortened, and whether a buy
 * fits. Money is cents; a session limit is minutes. Days, weeks from Monday and months are UTC.
 */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { type ExclusionPeriod, type LimitKind, MONEY_LIMITS, type MoneyLimit } from '@predictu/contract/shapes/own-limits';
import { type Cents, cents } from '@predictu/contract/units';

/** Cents or minutes; null does not bound. `next` waits for its time. */
export type OwnLimit = { value: bigint | null; next: { value: bigint | null; at: Date } | null };
export type OwnLimits = Readonly<Partial<Record<LimitKind, OwnLimit>>>;
/** What one day's trades staked and returned; `day` like 2026-06-01. */
export type SpendingDay = { readonly day: string; readonly staked: Cents; readonly returned: Cents };
export type Credits = { readonly day: string; readonly amount: Cents };
export type PlaySession = { readonly startedAt: Date; readonly seenAt: Date };
export type Protection = {
  readonly limits: OwnLimits;
  readonly excludedAt: Date | null;
  readonly excludedUntil: Date | null;
  readonly session: PlaySession | null;
  readonly days: readonly SpendingDay[];
  /** What settlements returned, by the day they were decided. */
  readonly credits: readonly Credits[];
  /** What a batch has changed and must write. */
  readonly changedDays: readonly string[];
  readonly sessionChanged: boolean;
};

export const UNPROTECTED: Protection = {
  limits: {},
  excludedAt: null,
  excludedUntil: null,
  session: null,
  days: [],
  credits: [],
  changedDays: [],
  sessionChanged: false,
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const RAISE_WAITS_MS = DAY_MS;
export const BREAK_MS = 30 * MINUTE_MS;
/** The end of an exclusion for good. */
export const FOR_GOOD = new Date('9999-12-31T00:00:00.000Z');
const EXCLUSION_DAYS: Record<Exclude<ExclusionPeriod, 'permanent' | '6m'>, number> = { '24h': 1, '7d': 7, '30d': 30 };
const EXCLUSION_MONTHS = 6;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const midnight = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month, day));

type Period = { from: Date; until: Date };
/** The calendar period of a money limit that `now` lies in. */
export function periodOf(kind: MoneyLimit, now: Date): Period {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  if (kind.endsWith('month')) return { from: midnight(year, month, 1), until: midnight(year, month + 1, 1) };
  const days = kind.endsWith('week') ? 7 : 1;
  const monday = days === 7 ? (now.getUTCDay() + 6) % 7 : 0;
  return { from: midnight(year, month, day - monday), until: midnight(year, month, day - monday + days) };
}
/** Days before this are in no period that runs at `now`. */
export const earliestDay = (now: Date): Date => {
  const [week, month] = [periodOf('stake_week', now).from, periodOf('stake_month', now).from];
  return week < month ? week : month;
};

/** The limit in force: what waited counts once its time has come. */
export const inForce = (limit: OwnLimit | undefined, now: Date): bigint | null =>
  limit === undefined ? null : limit.next !== null && now >= limit.next.at ? limit.next.value : limit.value;
const waiting = (limit: OwnLimit | undefined, now: Date): OwnLimit['next'] => (limit?.next && now < limit.next.at ? limit.next : null);

const isCut = (wanted: bigint | null, now: bigint | null): boolean => wanted !== null && (now === null || wanted < now);

/** The limits once a player wants this: lower at once, higher or none after a day. What waited before is forgotten, unless it is the same. */
export function withLimit(limits: OwnLimits, kind: LimitKind, wanted: bigint | null, now: Date): OwnLimits {
  const value = inForce(limits[kind], now);
  const next = waiting(limits[kind], now);
  if (wanted === value) return { ...limits, [kind]: { value, next: null } };
  if (isCut(wanted, value)) return { ...limits, [kind]: { value: wanted, next: null } };
  const same = next !== null && next.value === wanted;
  return { ...limits, [kind]: { value, next: same ? next : { value: wanted, at: new Date(now.getTime() + RAISE_WAITS_MS) } } };
}

/** The limits without the raise that waits; a refusal when none does. */
export function withoutRaise(limits: OwnLimits, kind: LimitKind, now: Date): OwnLimits | Refusal {
  const limit = limits[kind];
  if (!waiting(limit, now)) return refuse('CONFLICT', 'No change of this limit waits', { kind });
  return { ...limits, [kind]: { value: inForce(limit, now), next: null } };
}

/** When an exclusion that begins now ends. */
export function exclusionEnd(period: ExclusionPeriod, now: Date): Date {
  if (period === 'permanent') return FOR_GOOD;
  if (period !== '6m') return new Date(now.getTime() + EXCLUSION_DAYS[period] * DAY_MS);
  const end = new Date(now);
  end.setUTCMonth(end.getUTCMonth() + EXCLUSION_MONTHS);
  return end;
}

const endShown = (until: Date): string | null => (until >= FOR_GOOD ? null : until.toISOString());

/** The end of the exclusion a player asks for; a refusal when one that lasts longer is in force. */
export function excludedFor(period: ExclusionPeriod, { excludedUntil }: Protection, now: Date): Date | Refusal {
  const end = exclusionEnd(period, now);
  if (excludedUntil !== null && end <= excludedUntil && excludedUntil > now) {
    return refuse('CONFLICT', 'A self-exclusion that lasts as long is in force', { until: endShown(excludedUntil) });
  }
  return end;
}

/** SELF_EXCLUDED while a player is excluded. */
export function exclusionRefusal(protection: Protection | null, now: Date): Refusal | undefined {
  const until = protection?.excludedUntil;
  if (!until || now >= until) return undefined;
  return refuse('SELF_EXCLUDED', 'The player has excluded itself', { until: endShown(until), permanent: until >= FOR_GOOD });
}

/** What counts against a money limit in its running period. */
export function usedOf({ days, credits }: Pick<Protection, 'days' | 'credits'>, kind: MoneyLimit, now: Date): Cents {
  const from = dayOf(periodOf(kind, now).from);
  const loss = kind.startsWith('loss');
  let used = 0n;
  for (const { day, staked, returned } of days) if (day >= from) used += loss ? staked - returned : staked;
  if (loss) for (const { day, amount } of credits) if (day >= from) used -= amount;
  return cents(used);
}

/** The session that runs at `now`: it ends with a break. */
export const runningSession = ({ session }: Pick<Protection, 'session'>, now: Date): PlaySession | null =>
  session && now.getTime() - session.seenAt.getTime() < BREAK_MS ? session : null;

const usd = (amount: bigint): number => Number(amount) / 100;

function sessionRefusal(protection: Protection, now: Date): Refusal | undefined {
  const minutes = inForce(protection.limits.session, now);
  const session = runningSession(protection, now);
  if (minutes === null || !session) return undefined;
  if (now.getTime() - session.startedAt.getTime() < Number(minutes) * MINUTE_MS) return undefined;
  const freeAt = new Date(session.seenAt.getTime() + BREAK_MS);
  const details = { kind: 'session', limit_minutes: Number(minutes), resets_at: freeAt.toISOString() };
  return refuse('OWN_LIMIT', 'The player’s own limit on playing time is reached', details);
}

/** OWN_LIMIT when a buy that takes `needed` in all would break a limit; equal to the limit passes. */
export function ownLimitRefusal(protection: Protection | null, needed: bigint, now: Date): Refusal | undefined {
  if (!protection) return undefined;
  for (const kind of MONEY_LIMITS) {
    const limit = inForce(protection.limits[kind], now);
    if (limit === null) continue;
    const used = usedOf(protection, kind, now);
    if (used + needed <= limit) continue;
    return refuse('OWN_LIMIT', 'The player’s own limit refuses the buy', {
      kind,
      limit_usd: usd(limit),
      used_usd: usd(used),
      required_usd: usd(needed),
      resets_at: periodOf(kind, now).until.toISOString(),
    });
  }
  return sessionRefusal(protection, now);
}

function withDay(protection: Protection, day: string, staked: bigint, returned: bigint): Protection {
  const known = protection.days.find((one) => one.day === day) ?? { day, staked: cents(0n), returned: cents(0n) };
  const moved = { day, staked: cents(known.staked + staked), returned: cents(known.returned + returned) };
  return {
    ...protection,
    days: [...protection.days.filter((one) => one.day !== day), moved],
    changedDays: protection.changedDays.includes(day) ? protection.changedDays : [...protection.changedDays, day],
  };
}

/** After a buy: its cost and fee, and that the player is playing. */
export function afterBuy(protection: Protection, stake: bigint, now: Date): Protection {
  const session = { startedAt: runningSession(protection, now)?.startedAt ?? now, seenAt: now };
  return { ...withDay(protection, dayOf(now), stake, 0n), session, sessionChanged: true };
}
/** After a buy of that time was undone. */
export const afterRelease = (protection: Protection, stake: bigint, boughtAt: Date): Protection =>
  withDay(protection, dayOf(boughtAt), -stake, 0n);
/** After a sale that brought this much, its fee taken off. */
export const afterSale = (protection: Protection, proceeds: bigint, now: Date): Protection => withDay(protection, dayOf(now), 0n, proceeds);
