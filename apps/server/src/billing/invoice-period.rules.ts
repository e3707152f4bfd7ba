/** Months an invoice is for, in UTC: from the first moment of a month until the first of the next. */
export type Period = { from: Date; to: Date };

const DAY_MS = 86_400_000;
/** An invoice is due this long after it is issued, or after it is sent if that is later. */
const DUE_DAYS = 14;

const monthOf = (at: Date, later = 0): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later, 1));

/** Every month that is over at `now`, from the one that holds `since` on, oldest first. */
export function completeMonths(since: Date, now: Date): Period[] {
  const periods: Period[] = [];
  for (let from = monthOf(since); monthOf(from, 1) <= now; from = monthOf(from, 1)) periods.push({ from, to: monthOf(from, 1) });
  return periods;
}

/** The date on the invoice: the day, at its first moment. */
export const dayOf = (at: Date): Date => new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
export const dueAfter = (day: Date): Date => new Date(dayOf(day).getTime() + DUE_DAYS * DAY_MS);

/** As answers show it: both days belong to the period. */
export const showPeriod = ({ from, to }: Period): { from: string; to: string } => ({
  from: from.toISOString().slice(0, 10),
  to: new Date(to.getTime() - 1).toISOString().slice(0, 10),
});
