/** The whole application on the million, in a process of its own that times every GET from its first byte to the end of its answer. */
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { buildApp } from '../apps/server/src/app.ts';
import { openRollups, type Rollups } from '../apps/server/src/insights/insights.ts';
import { readConfig } from '../apps/server/src/platform/config.ts';
import { openLog } from '../apps/server/src/platform/log.ts';
import { openServices } from '../apps/server/src/services.ts';

type Answered = { url: string; milliseconds: number };
/** By list, since the last time they were asked for; forgets them. None before the first time. */
export type Answers = Record<string, Answered[]>;
/** `lists`: once all that can be chosen in memory is there. `rolled`: once everything is in the rollups. `rollups`: they are kept from now on, or no more. */
export type MillionAsked =
  | { want: 'port' }
  | { want: 'times' }
  | { want: 'lists' }
  | { want: 'rolled' }
  | { want: 'rollups'; kept: boolean };

const [secret = '', appUrl = ''] = process.argv.slice(2);
const config = readConfig();
const log = openLog({ level: 'warn', dataFolder: config.dataFolder, terminal: true });
const services = await openServices({ config, secret, appUrl, log });
const app = buildApp(services);

const LOOK_AGAIN_MS = 250;
const listOf = (url: string): string =>
  (url.split('?')[0] ?? '').replace(/\/[a-z]+_[0-9a-z]{13}/g, '/{id}').replace(/\/bench-\d+/g, '/{slug}');
let answered = new Map<string, Answered[]>();
/** From the first time they are asked for: the reads by id would pay for what nobody reads. */
let timing = false;
app.server.prependListener('request', (request, response) => {
  if (!timing || request.method !== 'GET') return;
  const begun = performance.now();
  response.on('finish', () => {
    const { url = '' } = request;
    const known = answered.get(listOf(url)) ?? [];
    known.push({ url, milliseconds: performance.now() - begun });
    answered.set(listOf(url), known);
  });
});
await app.listen({ port: 0, host: '127.0.0.1' });

let rollups: Rollups | undefined;
async function keepRollups(kept: boolean): Promise<void> {
  await rollups?.close();
  rollups = kept ? openRollups({ database: services.database, log }) : undefined;
  rollups?.start();
}

const NOUNS = [
  ['trades', 'price'],
  ['positions', 'pnl'],
  ['players', 'pnl'],
  ['markets', 'volume'],
] as const;
async function loadLists(): Promise<void> {
  const slice = { limit: 1, offset: 0, after: undefined };
  for (const [noun, sort] of NOUNS) {
    const question = { filter: { seenSince: new Date(), totalsOf: 0n }, sort: { sort, order: 'desc' }, slice } as const;
    while (!(await services.lists.ask(noun, question))) await setTimeout(LOOK_AGAIN_MS);
  }
}

function answers(): Answers {
  timing = true;
  const given = Object.fromEntries(answered);
  answered = new Map();
  return given;
}

async function answer(asked: MillionAsked): Promise<unknown> {
  switch (asked.want) {
    case 'port':
      return (app.server.address() as AddressInfo).port;
    case 'lists':
      return loadLists();
    case 'rolled':
      return String(await services.rollups.run());
    case 'rollups':
      return keepRollups(asked.kept);
    case 'times':
      return answers();
  }
}
process.on('message', (asked: MillionAsked) => {
  answer(asked).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.on('disconnect', async () => {
  await keepRollups(false);
  await app.close();
  await services.close();
  process.exit(0);
});
