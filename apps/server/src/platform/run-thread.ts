/** A thread of its own, with bounded memory and time, for work on what strangers sent. It is kept while it is asked, because it takes a second to load. */
import { Worker } from 'node:worker_threads';

/** A thread has no loader of the sources of its own. */
const LOADER = import.meta.resolve('tsx/esm/api');
const IDLE_MS = 30_000;

/** The thread took too long or too much memory, or ended without a word. */
export class ThreadGaveUp extends Error {}

const begin = (thread: URL): string => `import('${LOADER}').then(({ register }) => { register(); return import('${thread.href}'); });`;

/** The module answers each message with one; one is asked after another. After a failure the next one gets a fresh thread. */
export function openThread<Question, Reply>(
  thread: URL,
  { longestMs, memoryMb }: { longestMs: number; memoryMb: number },
): (question: Question) => Promise<Reply> {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function end(): void {
    void worker?.terminate();
    worker = undefined;
  }

  async function ask(question: Question): Promise<Reply> {
    clearTimeout(idle);
    worker ??= new Worker(begin(thread), { eval: true, resourceLimits: { maxOldGenerationSizeMb: memoryMb, stackSizeMb: 4 } });
    const asked = worker;
    asked.ref();
    let late: NodeJS.Timeout | undefined;
    let forget = () => {};
    try {
      const reply = await new Promise<Reply>((resolve, reject) => {
        const failed = (error: NodeJS.ErrnoException) =>
          reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ThreadGaveUp('A thread ran out of memory') : error);
        const ended = () => reject(new ThreadGaveUp('A thread ended without an answer'));
        late = setTimeout(() => reject(new ThreadGaveUp('A thread took too long')), longestMs);
        asked.once('message', resolve).once('error', failed).once('exit', ended);
        // One by one: all at once would take the thread's own listeners too.
        forget = () => asked.off('message', resolve).off('error', failed).off('exit', ended);
        asked.postMessage(question);
      });
      asked.unref();
      idle = setTimeout(end, IDLE_MS).unref();
      return reply;
    } catch (error) {
      asked.on('error', () => {});
      end();
      throw error;
    } finally {
      clearTimeout(late);
      forget();
    }
  }

  return (question) => {
    const turn = last.then(() => ask(question));
    last = turn.catch(() => {});
    return turn;
  };
}
