/** Task -> handler, and when it runs by itself. A job is a row in the same database as the fact it belongs to. */
import { Logger as WorkerLogger, type Runner, run, runMigrations, type TaskList } from 'graphile-worker';
import type { Logger } from 'pino';
import { forgetExpired } from './access/access.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/db.ts';
import type { Probe } from './platform/health.ts';

export type JobServices = { database: Database; clock: Clock };

const tasks = ({ database, clock }: JobServices) => ({
  'forget-launch-tokens': () => database.as({ kind: 'worker', name: 'forget-launch-tokens' }, 'write', (db) => forgetExpired(db, clock.now())),
});

const CRONTAB = `
17 * * * * forget-launch-tokens
`;

/** Creates or updates the queue's own tables; needs the owner. */
export const migrateJobs = (ownerUrl: string): Promise<void> => runMigrations({ connectionString: ownerUrl, logger: silent });

const silent = new WorkerLogger(() => () => {});
const loggerOf = (log: Logger) => new WorkerLogger(() => (level, message) => {
  if (level === 'error') log.error(message);
  else if (level === 'warning') log.warn(message);
  else log.debug(message);
});

export type Worker = { probe: Probe; stop(): Promise<void> };

/** Runs due jobs until stopped. */
export async function startWorker(ownerUrl: string, services: JobServices, log: Logger): Promise<Worker> {
  const taskList: TaskList = Object.fromEntries(Object.entries(tasks(services)).map(([name, task]) => [name, async () => { await task(); }]));
  const runner: Runner = await run({ connectionString: ownerUrl, taskList, crontab: CRONTAB, noHandleSignals: true, concurrency: 4, logger: loggerOf(log) });
  let listening = true;
  runner.events.on('pool:listen:error', () => { listening = false; });
  runner.events.on('pool:listen:success', () => { listening = true; });
  runner.promise.catch((error: unknown) => log.error({ err: error }, 'the worker has ended'));
  return {
    probe: async () => ({ state: listening ? 'ok' : 'degraded', latency_ms: null, detail: listening ? null : 'not connected to the queue' }),
    stop: () => runner.stop(),
  };
}
