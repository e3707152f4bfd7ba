/** Task -> handler, and when it runs by itself. A job is a row in the same database as the fact it belongs to. */
import { type Runner, run, runMigrations, type TaskList, Logger as WorkerLogger } from 'graphile-worker';
import type { Logger } from 'pino';
import { forgetExpired } from './access/access.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/db.ts';
import type { Probe } from './platform/health.ts';
import type { Settlement } from './settlement/settlement.ts';
import type { Wallet } from './wallet/wallet.ts';

export type JobServices = {
  database: Database;
  clock: Clock;
  wallet: Pick<Wallet, 'drain' | 'sweep' | 'pingAll'>;
  settlement: Pick<Settlement, 'sweep'>;
};

type Task = (payload: unknown) => Promise<unknown>;

const tasks = ({ database, clock, wallet, settlement }: JobServices): Record<string, Task> => ({
  'forget-launch-tokens': () =>
    database.as({ kind: 'worker', name: 'forget-launch-tokens' }, 'write', (db) => forgetExpired(db, clock.now())),
  'deliver-wallet-calls': (payload) => wallet.drain(BigInt((payload as { operator_id: string }).operator_id)),
  'sweep-wallet-calls': () => wallet.sweep(),
  'ping-wallets': () => wallet.pingAll(),
  'settle-markets': () => settlement.sweep(),
});

/** An operator's wallet may keep its own job waiting for seconds; the others must not wait for it. */
const JOBS_AT_ONCE = 16;

const CRONTAB = `
17 * * * * forget-launch-tokens
* * * * * sweep-wallet-calls
* * * * * ping-wallets
* * * * * settle-markets
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

/** Runs due jobs until stopped. */
export async function startWorker(ownerUrl: string, services: JobServices, log: Logger): Promise<Worker> {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasks(services)).map(([name, task]) => [
      name,
      async (payload) => {
        await task(payload);
      },
    ]),
  );
  const runner: Runner = await run({
    connectionString: ownerUrl,
    taskList,
    crontab: CRONTAB,
    noHandleSignals: true,
    concurrency: JOBS_AT_ONCE,
    logger: loggerOf(log),
  });
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
    stop: () => runner.stop(),
  };
}
