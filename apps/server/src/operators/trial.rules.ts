/** How a trial ends: reminders before, a grace period after, then read-only. Nothing is ever deleted. */
export const GRACE_DAYS = 7;
const DAY_MS = 86_400_000;

export type TrialPhase = 'trial' | 'grace' | 'over';
/** Days from the end of the trial at which an operator is told: negative before it. */
export const NOTICES = { ends_in_7: -7, ends_in_3: -3, ends_in_1: -1, grace: 0, read_only_in_2: GRACE_DAYS - 2, over: GRACE_DAYS } as const;
export type TrialNotice = keyof typeof NOTICES;

const after = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS);
/** From when on an operator may only read. */
export const readOnlyFrom = (trialEndsAt: Date): Date => after(trialEndsAt, GRACE_DAYS);

export function trialPhase(trialEndsAt: Date, now: Date): TrialPhase {
  if (now < trialEndsAt) return 'trial';
  return now < readOnlyFrom(trialEndsAt) ? 'grace' : 'over';
}

/** The one to send now: the latest that is due, unless it was sent. Earlier ones that were missed are not made up for. */
export function noticeDue(trialEndsAt: Date, now: Date, told: readonly string[]): TrialNotice | undefined {
  const due = (Object.keys(NOTICES) as TrialNotice[]).filter((notice) => after(trialEndsAt, NOTICES[notice]) <= now).at(-1);
  return due !== undefined && !told.includes(due) ? due : undefined;
}

/** The new end: whole days from today or from the end that was agreed, whichever is later. */
export const extendedEnd = (trialEndsAt: Date, now: Date, days: number): Date => after(trialEndsAt > now ? trialEndsAt : now, days);
