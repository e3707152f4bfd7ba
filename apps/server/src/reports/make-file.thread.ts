/** The thread files are made in: the server's own is never held up. One task at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../platform/db.ts';
import { type FileTask, type MadeFile, makeFile } from './make-file.ts';

export type ThreadSaid = { rows: number } | { made: MadeFile } | { failed: Error };

const PAGE_TIMEOUT_MS = 60_000;
const database = openDatabase({ connectionString: workerData as string, poolSize: 2, statementTimeoutMs: PAGE_TIMEOUT_MS });
const say = (said: ThreadSaid): void => parentPort?.postMessage(said);

parentPort?.on('message', (task: FileTask) => {
  makeFile(database, task, (rows) => say({ rows })).then(
    (made) => say({ made }),
    (error: unknown) => say({ failed: error instanceof Error ? error : new Error(String(error)) }),
  );
});
