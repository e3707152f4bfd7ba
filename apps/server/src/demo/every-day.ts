/**
 * What the worker does in the history, by the names of its jobs (jobs.ts) and in this order: the jobs of its crontab that leave something
 * to look at. A new one needs one line here.
 */
import { DAY_MS } from './demo-calendar.rules.ts';
import type { Past } from './past.ts';

/** Before the first move of a day. */
const NIGHTLY: readonly string[] = ['settle-markets', 'issue-invoices', 'note-overdue-invoices', 'score-markets'];
/** What looks at many players anew: once a week, nightly in the last days. */
const WEEKLY: readonly string[] = ['evaluate-settled-players', 'follow-results'];
/** What looks at everybody: every few weeks. */
const MONTHLY: readonly string[] = ['evaluate-all-players'];
/** Once a day, and closely in the last days. */
const FREQUENT: readonly string[] = ['snapshot-exposure'];

const WEEK = 7;
const FOUR_WEEKS = 28;
const LATELY_DAYS = 2;
/** Moments. */
const [SELDOM, CLOSELY] = [8, 2];

async function run({ jobs }: Past, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const job = jobs[name];
    if (!job) throw new Error(`The worker has no job ${name}`);
    await job({});
  }
}

const daysLeft = ({ clock }: Past, end: Date): number => Math.floor((end.getTime() - clock.now().getTime()) / DAY_MS);

/** `end` is when the history ends. */
export async function runNightlyJobs(past: Past, end: Date): Promise<void> {
  const left = daysLeft(past, end);
  await run(past, NIGHTLY);
  if (left % WEEK !== 0 && left > LATELY_DAYS) return;
  await run(past, WEEKLY);
  if (left % FOUR_WEEKS === 0) await run(past, MONTHLY);
  await past.rollups.run();
}

/** `moment` is the number of the moment. */
export async function runFrequentJobs(past: Past, end: Date, moment: number): Promise<void> {
  if (moment % (daysLeft(past, end) < LATELY_DAYS ? CLOSELY : SELDOM) === 0) await run(past, FREQUENT);
}
