/** Ends the process in order: what was started last stops first. */
type Stop = () => unknown;

const STOP_WITHIN_MS = 10_000;
/** npm passes the terminal's Ctrl-C on, so one key press may arrive twice. */
const SAME_KEY_PRESS_MS = 500;

const stops: Stop[] = [];
let stoppingSince: number | undefined;

/** `stop` runs, and is awaited, on SIGINT, SIGTERM, SIGHUP or `shutdown`; those registered later run first. */
export function onShutdown(stop: Stop): void {
  if (stops.push(stop) > 1) return;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => receive());
}

function receive(): void {
  if (stoppingSince === undefined) void shutdown(0);
  else if (performance.now() - stoppingSince > SAME_KEY_PRESS_MS) process.exit(130);
}

/** Runs every registered stop once and ends the process; after 10 seconds it ends anyway. A stop that fails makes the exit code 1. */
export async function shutdown(exitCode: number): Promise<never> {
  if (stoppingSince !== undefined) return new Promise(() => {});
  stoppingSince = performance.now();
  setTimeout(() => {
    process.stderr.write('Stopping took longer than 10 seconds: ending now.\n');
    process.exit(1);
  }, STOP_WITHIN_MS).unref();
  let code = exitCode;
  for (const stop of stops.toReversed()) {
    try {
      await stop();
    } catch (error) {
      process.stderr.write(`While stopping: ${(error as Error).message}\n`);
      code = 1;
    }
  }
  process.exit(code);
}
