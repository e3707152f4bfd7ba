/** `predictu start`, `all`, `api` and `worker`: the port, then the database, and meanwhile everything else is loaded. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Config } from './platform/config.ts';
import { buildingMark } from './platform/data-folder.ts';
import { openLog } from './platform/log.ts';
import { prepareDatabase } from './platform/prepare-database.ts';
import { onShutdown } from './platform/process.ts';
import { readSecret } from './platform/secret.ts';
import type { StartOptions } from './serve.ts';

export async function start(config: Config, options: StartOptions): Promise<void> {
  const begun = performance.now();
  // Compiling what serves takes as long as making a database: side by side.
  const loading = import('./serve.ts');
  loading.catch(() => {});
  const log = openLog({ level: config.logLevel, dataFolder: config.dataFolder });
  const secret = readSecret(config);
  if (options.parts !== 'worker') await assertPortFree(config);
  const unfinished = existsSync(buildingMark(config));
  const prepared = await prepareDatabase({ config, secret, log }, { beside: options.parts !== 'all', fresh: unfinished });
  onShutdown(prepared.stop);
  const { serve } = await loading;
  await serve({ config, secret, log, prepared, begun }, options);
}

/** Asked before anything else starts, so that a taken port costs nobody a minute. */
function assertPortFree({ port, host }: Config): Promise<void> {
  if (port === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new Error(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is taken by another program. Stop it, or choose another port: PORT=3001 npm start`
            : `Cannot listen on ${host}:${port}: ${error.message}`,
        ),
      ),
    );
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
