/** Calendar periods in UTC; weeks begin on Monday. */

/** The first day of the period that runs at `now`; of all time, the first day there is. */
export function periodStart(period: 'day' | 'week' | 'month' | 'all', now: Date): Date {
  if (period === 'all') return new Date(0);
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  if (period === 'month') return new Date(Date.UTC(year, month, 1));
  return new Date(Date.UTC(year, month, period === 'week' ? day - ((now.getUTCDay() + 6) % 7) : day));
}
