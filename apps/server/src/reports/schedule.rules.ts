/** When a scheduled report runs, and which time it reports on. All in UTC; weeks begin where the schedule says. */
import type { FREQUENCIES } from '@predictu/contract/shapes/report-columns';

export type Timing = {
  frequency: (typeof FREQUENCIES)[number];
  /** 0 is Sunday. */
  dayOfWeek: number | null;
  dayOfMonth: number | null;
  /** HH:MM. */
  timeUtc: string;
};
type Period = { from: Date; to: Date };

const DAY_MS = 86_400_000;
const WEEK = 7;
const FIRST_OF_MONTH = 1;

const midnight = (at: Date): Date => new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
const daysAfter = (day: Date, days: number): Date => new Date(day.getTime() + days * DAY_MS);
const dayOfMonthAt = (at: Date, months: number, day: number): Date =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, day));

function onDay(day: Date, timeUtc: string): Date {
  const [hours = 0, minutes = 0] = timeUtc.split(':').map(Number);
  return new Date(day.getTime() + (hours * 60 + minutes) * 60_000);
}

/** The days a schedule could run on next: the first of them whose moment is still to come is the one. */
function candidates({ frequency, dayOfWeek, dayOfMonth }: Timing, after: Date): Date[] {
  const today = midnight(after);
  if (frequency === 'daily') return [today, daysAfter(today, 1)];
  if (frequency === 'weekly') {
    const ahead = ((dayOfWeek ?? 0) - today.getUTCDay() + WEEK) % WEEK;
    return [daysAfter(today, ahead), daysAfter(today, ahead + WEEK)];
  }
  const day = dayOfMonth ?? FIRST_OF_MONTH;
  return [dayOfMonthAt(after, 0, day), dayOfMonthAt(after, 1, day)];
}

/** The first run after an instant. */
export function nextRun(timing: Timing, after: Date): Date {
  const runs = candidates(timing, after).map((day) => onDay(day, timing.timeUtc));
  return runs.find((run) => run > after) ?? (runs.at(-1) as Date);
}

/** What a run reports on: the day, the seven days or the calendar month before the day it runs on. */
export function periodOfRun({ frequency }: Timing, run: Date): Period {
  const today = midnight(run);
  if (frequency === 'monthly') return { from: dayOfMonthAt(run, -1, FIRST_OF_MONTH), to: dayOfMonthAt(run, 0, FIRST_OF_MONTH) };
  return { from: daysAfter(today, frequency === 'weekly' ? -WEEK : -1), to: today };
}
