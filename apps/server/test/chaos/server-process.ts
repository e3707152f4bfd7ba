/** A server process as the chaos run sees it: asked, killed, started again. */
import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Operation } from '../../src/trading/trading.ts';

/** What came back: an answer, or that nobody knows yet. `lost` means the process died before answering. */
export type Reply<Answered = Answer> = { answer: Answered } | { failure: string; message: string };
export type ServerProcess<Asked = Operation, Answered = Answer> = {
  submit(operation: Asked): Promise<Reply<Answered>>;
  /** kill -9, and a new process in its place, which takes over what comes from now on. */
  killAndRestart(between?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
};

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
type Running<Answered> = {
  child: ChildProcess;
  ready: Promise<void>;
  waiting: Map<number, (reply: Reply<Answered>) => void>;
  ended: Promise<void>;
};

function start<Answered>(program: string, args: readonly string[]): Running<Answered> {
  const child = fork(program, args, { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
  const waiting: Running<Answered>['waiting'] = new Map();
  let announce = (): void => {};
  const ready = new Promise<void>((resolve) => {
    announce = resolve;
  });
  child.on('message', (message: { ready?: true; id: number } & Reply<Answered>) => {
    if (message.ready) return announce();
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => {
      for (const settle of waiting.values()) settle({ failure: 'lost', message: 'The process ended' });
      waiting.clear();
      announce();
      resolve();
    });
  });
  return { child, ready, waiting, ended };
}

/** `program` takes requests with an id from its parent and answers under that id; the chaos run's when absent. */
export async function startServerProcess<Asked = Operation, Answered = Answer>(
  args: readonly string[],
  program: string = CHILD,
): Promise<ServerProcess<Asked, Answered>> {
  let current = start<Answered>(program, args);
  await current.ready;
  let ids = 0;
  return {
    async submit(operation) {
      const { child, ready, waiting } = current;
      await ready;
      if (child.exitCode !== null || child.signalCode !== null) return { failure: 'lost', message: 'The process had ended' };
      return new Promise((resolve) => {
        const id = (ids += 1);
        waiting.set(id, resolve);
        child.send({ id, operation } as Serializable, (error) => {
          if (!error || !waiting.delete(id)) return;
          resolve({ failure: 'lost', message: error.message });
        });
      });
    },
    async killAndRestart(between = async () => {}) {
      const { child, ended } = current;
      child.kill('SIGKILL');
      await ended;
      await between();
      current = start(program, args);
      await current.ready;
    },
    async stop() {
      current.child.kill('SIGKILL');
      await current.ended;
    },
  };
}
