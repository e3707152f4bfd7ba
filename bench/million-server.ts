/** The whole application on the million, in a process of its own that times every GET from its first byte to the end of its answer. */
import type { AddressInfo } from 'node:net';
import { buildApp } from '../apps/server/src/app.ts';
import { readConfig } from '../apps/server/src/platform/config.ts';
import { openLog } from '../apps/server/src/platform/log.ts';
import { openServices } from '../apps/server/src/services.ts';

/** Milliseconds of each answer since the last time they were asked for, by list; forgets them. */
export type Timed = Record<string, number[]>;
export type MillionAsked = { want: 'port' } | { want: 'times' };

const [secret = '', appUrl = ''] = process.argv.slice(2);
const config = readConfig();
const log = openLog({ level: 'warn', dataFolder: config.dataFolder, terminal: true });
const services = await openServices({ config, secret, appUrl, log });
const app = buildApp(services);

const listOf = (url: string): string =>
  (url.split('?')[0] ?? '').replace(/\/[a-z]+_[0-9a-z]{13}/g, '/{id}').replace(/\/bench-\d+/g, '/{slug}');
let times: Timed = {};
app.server.prependListener('request', (request, response) => {
  if (request.method !== 'GET') return;
  const begun = performance.now();
  response.on('finish', () => {
    const list = listOf(request.url ?? '');
    const known = times[list] ?? [];
    known.push(performance.now() - begun);
    times[list] = known;
  });
});
await app.listen({ port: 0, host: '127.0.0.1' });

process.on('message', ({ want }: MillionAsked) => {
  if (want === 'port') process.send?.({ result: (app.server.address() as AddressInfo).port });
  else {
    process.send?.({ result: times });
    times = {};
  }
});
process.on('disconnect', async () => {
  await app.close();
  await services.close();
  process.exit(0);
});
