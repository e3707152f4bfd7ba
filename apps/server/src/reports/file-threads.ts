/** The threads that make files: few at a time, gone when there is nothing to make. */
import { Worker } from 'node:worker_threads';
import type { ThreadSaid } from './make-file.thread.ts';
import type { FileTask, MadeFile } from './make-file.ts';

export type FileThreads = {
  /** Whether another could begin at once. */
  free(): boolean;
  /** @throws when it cannot be made, or the threads are closed. */
  make(task: FileTask, onRows: (rows: number) => void): Promise<MadeFile>;
  close(): Promise<void>;
};

const AT_ONCE = 2;
const IDLE_MS = 600_000;
const HEAP = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 };
/** A thread has no loader of the sources of its own. */
const LOADER = import.meta.resolve('tsx/esm/api');
const THREAD = new URL('./make-file.thread.ts', import.meta.url);
const BEGIN = `import('${LOADER}').then(({ register }) => { register(); return import('${THREAD.href}'); });`;

type Idle = { worker: Worker; until: NodeJS.Timeout };

/** One task in one thread; `done` is called when the thread is ready for another. */
function ended(worker: Worker, task: FileTask, onRows: (rows: number) => void, done: () => void): Promise<MadeFile> {
  return new Promise<MadeFile>((resolve, reject) => {
    const onExit = (): void => reject(new Error('The thread has ended'));
    const onMessage = (said: ThreadSaid): void => {
      if ('rows' in said) {
        onRows(said.rows);
        return;
      }
      // One by one: the worker has listeners of its own.
      worker.off('error', reject).off('exit', onExit).off('message', onMessage);
      done();
      if ('made' in said) resolve(said.made);
      else reject(said.failed);
    };
    worker.on('error', reject).on('exit', onExit).on('message', onMessage);
    worker.postMessage(task);
  });
}

export function openFileThreads(appUrl: string): FileThreads {
  const idle: Idle[] = [];
  const busy = new Set<Worker>();
  let waiting: (() => void)[] = [];
  let closed = false;

  function take(): Worker {
    const rested = idle.pop();
    if (rested) clearTimeout(rested.until);
    const worker = rested?.worker ?? new Worker(BEGIN, { eval: true, workerData: appUrl, resourceLimits: HEAP });
    worker.unref();
    busy.add(worker);
    return worker;
  }
  function giveBack(worker: Worker, sound: boolean): void {
    busy.delete(worker);
    if (sound && !closed) {
      const until = setTimeout(() => {
        idle.splice(
          idle.findIndex((one) => one.worker === worker),
          1,
        );
        void worker.terminate();
      }, IDLE_MS).unref();
      idle.push({ worker, until });
    } else void worker.terminate();
    waiting.shift()?.();
  }
  async function turn(): Promise<void> {
    while (busy.size >= AT_ONCE && !closed) await new Promise<void>((resolve) => waiting.push(resolve));
    if (closed) throw new Error('The server is stopping');
  }

  return {
    free: () => busy.size < AT_ONCE,
    async make(task, onRows) {
      await turn();
      const worker = take();
      let sound = false;
      try {
        return await ended(worker, task, onRows, () => {
          sound = true;
        });
      } finally {
        giveBack(worker, sound);
      }
    },
    async close() {
      closed = true;
      const all = [...busy, ...idle.map(({ worker }) => worker)];
      for (const { until } of idle.splice(0)) clearTimeout(until);
      for (const resolve of waiting) resolve();
      waiting = [];
      await Promise.all(all.map((worker) => worker.terminate()));
    },
  };
}
