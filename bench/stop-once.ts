/** What must be stopped at the end of a run, or when the run is interrupted, and only once. */
import { onShutdown } from '../apps/server/src/platform/process.ts';

export function stopOnce({ stop }: { stop(): Promise<void> }): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const once = (): Promise<void> => (stopping ??= stop());
  onShutdown(once);
  return once;
}
