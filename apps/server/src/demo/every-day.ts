/**
 * What the worker does in the history, by the names of its jobs (jobs.ts) and in this order: the jobs of its crontab that leave something
 * to look at. A new one needs one line here.
 */
import { DAY_MS } from './demo-calendar.rules.ts';
import type { Past } from './past.ts';

/** Before the first move of a day. */
const NIGHTLY: readonly string[] = [
  'forget-launch-tokens',
  'settle-markets',
  'sweep-wallet-calls',
  'issue-invoices',
  'note-overdue-invoices',
];
/** Each time they look at everything anew: nightly in the last days only, once a week before. */
const THOROUGH: readonly string[] = ['evaluate-settled-players'];
/** Once a week. */
const WEEKLY: readonly string[] = ['evaluate-all-players'];
/** Several times a day. */
const FREQUENT: readonly string[] = ['snapshot-exposure'];

const LATELY_DAYS = 10;
const WEEK = 7;

async function run({ jobs }: Past, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const job = jobs[name];
    if (!job) throw new Error(`The worker has no job ${name}`);
    await job({});
  }
}

/** `end` is when the history ends. */
export async function runNightlyJobs(past: Past, end: Date): Promise<void> {
  const daysLeft = Math.floor((end.getTime() - past.clock.now().getTime()) / DAY_MS);
  await run(past, NIGHTLY);
  if (daysLeft < LATELY_DAYS || daysLeft % WEEK === 0) await run(past, THOROUGH);
  if (daysLeft % WEEK === 0) await run(past, WEEKLY);
  await past.rollups.run();
}
export const runFrequentJobs = (past: Past): Promise<void> => run(past, FREQUENT);
