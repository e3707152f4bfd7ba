/** A process of its own that starts the embedded server, as `npm start` does; tests kill it. Arguments: data folder. */
import { startPostgres } from '../src/platform/embedded-postgres.ts';
import { onShutdown } from '../src/platform/process.ts';

const say = (event: object): boolean => process.stdout.write(`${JSON.stringify(event)}\n`);
const log = { info: (message: string) => say({ info: message }), warn: (message: string) => say({ warn: message }) };
const dataFolder = process.argv[2] ?? '';
try {
  const server = await startPostgres({ dataFolder, log, durable: process.argv[3] !== 'throw-away' });
  onShutdown(server.stop);
  say({ ready: server.ownerUrl });
  setInterval(() => {}, 60_000);
} catch (error) {
  say({ failed: (error as Error).message });
  process.exitCode = 1;
}
