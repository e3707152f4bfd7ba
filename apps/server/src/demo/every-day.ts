/**
 * What the worker does in the history, by the names of its jobs (jobs.ts): the jobs of its crontab that leave something to look at. Those of one line follow each
 * other, the lines go side by side and the nightly ones beside the trades of the day, as in a worker. A new one needs one line here.
 */
import { DAY_MS } from './demo-calendar.rules.ts';
import type { Past } from './past.ts';

type Line = readonly string[];
/** Before the first move of a day, and before all others. */
const FIRST: Line = ['settle-markets'];
const BILLING: Line = ['issue-invoices', 'note-overdue-invoices'];
const SCORING: Line = ['score-markets'];
/** What looks at many players anew: once a week, nightly in the last days; and what looks at everybody after it: every few weeks. */
const WEEKLY: Line = ['evaluate-settled-players'];
const MONTHLY: Line = ['evaluate-all-players'];
/** As often as many players are looked at. */
const FOLLOWING: Line = ['follow-results'];
/** Once a day, and closely in the last days. */
const FREQUENT: Line = ['snapshot-exposure'];

const WEEK = 7;
const FOUR_WEEKS = 28;
const LATELY_DAYS = 2;
/** Moments. */
const [SELDOM, CLOSELY] = [8, 2];

async function run({ jobs }: Past, names: Line): Promise<void> {
  for (const name of names) {
    const job = jobs[name];
    if (!job) throw new Error(`The worker has no job ${name}`);
    await job({});
  }
}

const daysLeft = ({ clock }: Past, end: Date): number => Math.floor((end.getTime() - clock.now().getTime()) / DAY_MS);

export type Nights = {
  /** Runs a night's jobs: settling and billing before it resolves, the others beside whatever comes next. */
  begin(): Promise<void>;
  /** All jobs of the last night have ended. @throws what went wrong with them */
  over(): Promise<void>;
};

/** `end` is when the history ends. */
export function openNights(past: Past, end: Date): Nights {
  let others: Promise<unknown> = Promise.resolve();
  function beginOthers(): void {
    const left = daysLeft(past, end);
    const weekly = left % WEEK === 0 || left <= LATELY_DAYS;
    const players = left % FOUR_WEEKS === 0 ? [...WEEKLY, ...MONTHLY] : WEEKLY;
    others = Promise.all([run(past, SCORING), ...(weekly ? [run(past, players), run(past, FOLLOWING), past.rollups.run()] : [])]);
    // Whoever waits for them hears of a failure.
    others.catch(() => {});
  }
  const over = async (): Promise<void> => void (await others);
  return {
    async begin() {
      await over();
      await run(past, FIRST);
      beginOthers();
      await run(past, BILLING);
    },
    over,
  };
}

/** `moment` is the number of the moment. */
export async function runFrequentJobs(past: Past, end: Date, moment: number): Promise<void> {
  if (moment % (daysLeft(past, end) < LATELY_DAYS ? CLOSELY : SELDOM) === 0) await run(past, FREQUENT);
}
