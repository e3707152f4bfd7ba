/** A child process that answers one message at a time. It ends when this process does. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Child = {
  ask<T>(message: object): Promise<T>;
  stop(): Promise<void>;
};
export type ChildOptions = { args?: readonly string[]; env?: Record<string, string>; execArgv?: readonly string[] };

/**
 * The options of `npm start`, for every server that is measured. Answers under way live longer than V8's default nursery, so it gets room; and
 * from the pages of a warming server V8 would learn to make rows where they stay until old memory is collected.
 */
export const AS_NPM_START: readonly string[] = ['--max-semi-space-size=64', '--no-allocation-site-pretenuring'];

const STOP_WITHIN_MS = 10_000;

/** Starts a file of this folder. */
export function startChild(file: string, { args = [], env = {}, execArgv = [] }: ChildOptions = {}): Child {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), [...args], {
    execArgv: ['--import', 'tsx', ...execArgv],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  return {
    ask<T>(message: object): Promise<T> {
      return new Promise((resolve, reject) => {
        const gone = (): void => reject(new Error(`${file} ended with code ${child.exitCode}`));
        child.once('exit', gone);
        child.once('message', (answer: { result?: T; error?: string }) => {
          child.off('exit', gone);
          if (answer.error !== undefined) reject(new Error(answer.error));
          else resolve(answer.result as T);
        });
        child.send(message);
      });
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
