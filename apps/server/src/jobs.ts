/** Task -> handler, and when it runs by itself. A job is a row in the same database as the fact it belongs to. */
import { type Runner, run, runMigrations, type TaskList, Logger as WorkerLogger } from 'graphile-worker';
import type { Logger } from 'pino';
import { type Access, forgetExpired } from './access/access.ts';
import { issueInvoices, noteOverdueInvoices } from './billing/billing.ts';
import { askAdvice, type Copilot, refundAbandoned, scoreMarkets, suggestDecisions } from './copilot/copilot.ts';
import { followResults, forgetResultsOfOld, rewardReferrals, sendDigests } from './engagement/engagement.ts';
import { addPlayerFigures, adoptRestoredActivity, evaluateScores, evaluateSettled } from './insights/insights.ts';
import { forgetMarketChanges, thinPriceTicks } from './markets/markets.ts';
import { reviewTrials } from './operators/operators.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db.ts';
import type { Probe } from './platform/health.ts';
import { idMaker } from './platform/ids.ts';
import { openJobPool } from './platform/job-pool.ts';
import type { Mail } from './platform/mail.ts';
import { forgetPlayerChanges } from './players/players.ts';
import type { Reports } from './reports/reports.ts';
import { takeExposureSnapshot } from './risk/risk.ts';
import type { Settlement } from './settlement/settlement.ts';
import type { OrderMatcher, Trading } from './trading/trading.ts';
import type { Wallet } from './wallet/wallet.ts';

export type JobServices = {
  config: Pick<Config, 'priceTickDays'>;
  database: Database;
  clock: Clock;
  access: Pick<Access, 'verifyOrigins' | 'sendLinks' | 'forgetSignIns'>;
  wallet: Pick<Wallet, 'wake' | 'sweep' | 'pingAll'>;
  settlement: Pick<Settlement, 'sweep'>;
  mail: Pick<Mail, 'wake'>;
  trading: Pick<Trading, 'submit'>;
  matcher: Pick<OrderMatcher, 'sweep'>;
  reports: Pick<Reports, 'makeWaiting' | 'runSchedules' | 'removeFiles'>;
  copilot: Pick<Copilot, 'advisor'>;
  log: Pick<Logger, 'info' | 'warn'>;
};

type Task = (payload: unknown) => Promise<unknown>;

/** Every task by its name; what a history runs of them by its own clock, demo/every-day.ts says. */
export const tasks = ({
  config,
  access,
  database,
  clock,
  wallet,
  settlement,
  matcher,
  mail,
  trading,
  reports,
  copilot,
  log,
}: JobServices): Record<string, Task> => ({
  'verify-embed-origins': () => access.verifyOrigins(),
  'review-trials': () => reviewTrials(database, clock.now(), idMaker(clock)),
  'send-links': () => access.sendLinks(),
  'forget-sign-ins': () => access.forgetSignIns(),
  'forget-launch-tokens': () =>
    database.as({ kind: 'worker', name: 'forget-launch-tokens' }, 'write', (db) => forgetExpired(db, clock.now())),
  'forget-list-changes': () =>
    database.as({ kind: 'worker', name: 'forget-list-changes' }, 'write', (db) =>
      Promise.all([forgetPlayerChanges(db, clock.now()), forgetMarketChanges(db, clock.now())]),
    ),
  // Ends at once: a job that waited for a slow wallet would hold a place of all operators.
  'deliver-wallet-calls': async (payload) => wallet.wake(BigInt((payload as { operator_id: string }).operator_id)),
  'sweep-wallet-calls': () => wallet.sweep(),
  'deliver-mail': async () => mail.wake(),
  'ping-wallets': () => wallet.pingAll(),
  'settle-markets': () => settlement.sweep(),
  'match-orders': () => matcher.sweep(),
  'snapshot-exposure': () =>
    database.as({ kind: 'worker', name: 'snapshot-exposure' }, 'write', (db) => takeExposureSnapshot(db, clock.now())),
  'adopt-activity': () => database.as({ kind: 'worker', name: 'adopt-activity' }, 'write', adoptRestoredActivity),
  'add-player-figures': () => addPlayerFigures(database),
  'evaluate-settled-players': () => evaluateSettled(database, clock.now()),
  'thin-price-ticks': () => thinPriceTicks({ database, now: clock.now(), fineDays: config.priceTickDays }),
  'issue-invoices': () => issueInvoices(database, clock.now(), idMaker(clock)),
  'note-overdue-invoices': () => noteOverdueInvoices(database, clock.now(), idMaker(clock)),
  'follow-results': () => followResults({ database, clock, newId: idMaker(clock) }),
  'reward-referrals': () => rewardReferrals({ database, trading, clock, newId: idMaker(clock) }),
  'refund-copilot-answers': () => refundAbandoned(database, clock),
  'suggest-decisions': () => suggestDecisions(database, clock.now(), idMaker(clock)),
  'ask-advice': () => askAdvice({ database, clock, newId: idMaker(clock), advisor: copilot.advisor, log }),
  'score-markets': () => scoreMarkets(database, clock.now(), idMaker(clock)),
  'forget-results': () => forgetResultsOfOld({ database, clock }),
  'send-digests': () => sendDigests({ database, clock, newId: idMaker(clock) }),
  'make-report-files': () => reports.makeWaiting(),
  'run-report-schedules': () => reports.runSchedules(),
  'remove-report-files': () => reports.removeFiles(),
  'evaluate-all-players': () => evaluateScores(database, clock.now()),
});

const JOBS_AT_ONCE = 8;
/** Run when a worker starts, too: what a crash left does not wait for the next minute. */
const AT_START = [
  'sweep-wallet-calls',
  'settle-markets',
  'match-orders',
  'snapshot-exposure',
  'adopt-activity',
  'add-player-figures',
  'follow-results',
  'score-markets',
  'make-report-files',
] as const;

const CRONTAB = `
17 * * * * forget-launch-tokens
27 * * * * forget-list-changes
* * * * * send-links
7 * * * * review-trials
47 * * * * forget-sign-ins
* * * * * sweep-wallet-calls
* * * * * deliver-mail
* * * * * ping-wallets
* * * * * settle-markets
* * * * * match-orders
*/5 * * * * snapshot-exposure
*/5 * * * * verify-embed-origins
41 * * * * adopt-activity
*/5 * * * * add-player-figures
* * * * * follow-results
* * * * * reward-referrals
7 * * * * send-digests
50 4 * * * forget-results
20 4 * * * thin-price-ticks
*/10 * * * * score-markets
* * * * * refund-copilot-answers
* * * * * suggest-decisions
3,13,23,33,43,53 * * * * ask-advice
20 * * * * issue-invoices
25 * * * * note-overdue-invoices
* * * * * make-report-files
* * * * * run-report-schedules
*/10 * * * * remove-report-files
10 3 * * * evaluate-settled-players
40 3 * * 0 evaluate-all-players
`;

/** Creates or updates the queue's own tables; needs the owner. */
export const migrateJobs = (ownerUrl: string): Promise<void> => runMigrations({ connectionString: ownerUrl, logger: silent });

const silent = new WorkerLogger(() => () => {});
const loggerOf = (log: Logger) =>
  new WorkerLogger(() => (level, message) => {
    if (level === 'error') log.error(message);
    else if (level === 'warning') log.warn(message);
    else log.debug(message);
  });

export type Worker = { probe: Probe; stop(): Promise<void> };

/** Runs due jobs until stopped; what was left undone by a dead worker at once. */
export async function startWorker(ownerUrl: string, services: JobServices, log: Logger): Promise<Worker> {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasks(services)).map(([name, task]) => [
      name,
      async (payload) => {
        await task(payload);
      },
    ]),
  );
  const pgPool = openJobPool(ownerUrl, JOBS_AT_ONCE + 2, log);
  const runner: Runner = await run({
    pgPool,
    taskList,
    crontab: CRONTAB,
    noHandleSignals: true,
    concurrency: JOBS_AT_ONCE,
    logger: loggerOf(log),
  });
  await Promise.all(AT_START.map((name) => runner.addJob(name, {}, { jobKey: `start-${name}`, maxAttempts: 1 })));
  let listening = true;
  runner.events.on('pool:listen:error', () => {
    listening = false;
  });
  runner.events.on('pool:listen:success', () => {
    listening = true;
  });
  runner.promise.catch((error: unknown) => log.error({ err: error }, 'the worker has ended'));
  return {
    probe: async () => ({
      state: listening ? 'ok' : 'degraded',
      latency_ms: null,
      detail: listening ? null : 'not connected to the queue',
    }),
    async stop() {
      await runner.stop();
      await pgPool.end();
    },
  };
}
