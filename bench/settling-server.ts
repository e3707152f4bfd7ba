/** A server of the settling heats: the whole application, which settles a market when its parent says so. It stops with its parent. */
import type { AddressInfo } from 'node:net';
import { buildApp } from '../apps/server/src/app.ts';
import { readConfig } from '../apps/server/src/platform/config.ts';
import { openLog } from '../apps/server/src/platform/log.ts';
import { openServices } from '../apps/server/src/services.ts';
import { decideSettlement } from '../apps/server/src/settlement/decide-settlement.ts';
import { proposeSettlement } from '../apps/server/src/settlement/settlement.ts';

export type Asked = { settle?: string };
/** Milliseconds from the proposal's commit to the decision's, and from there to the last credit's. */
export type Settled = { port: number; decided: number; credited: number };

const [secret = '', appUrl = ''] = process.argv.slice(2);
const config = readConfig();
const log = openLog({ level: 'warn', dataFolder: config.dataFolder, terminal: false });
const services = await openServices({ config, secret, appUrl, log });
const { clock, database, newId, settlement } = services;
const app = buildApp(services);
await app.listen({ port: 0, host: '127.0.0.1' });
const { port } = app.server.address() as AddressInfo;
const actor = { kind: 'worker', name: 'bench' } as const;

async function settle(marketId: bigint): Promise<Settled> {
  const proposal = { actor, newId, marketId, outcome: 'yes', evidence: 'Seen', evidenceUrl: null } as const;
  const { id } = await database.as(actor, 'write', (db) => proposeSettlement(db, { ...proposal, now: clock.now() }));
  const proposed = performance.now();
  if (!(await decideSettlement(database, clock, id))) throw new Error('The market could not be decided');
  const decided = performance.now();
  await settlement.run();
  return { port, decided: decided - proposed, credited: performance.now() - decided };
}

process.on('message', ({ settle: market }: Asked) => {
  const done: Promise<Settled> = market === undefined ? Promise.resolve({ port, decided: 0, credited: 0 }) : settle(BigInt(market));
  done.then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.on('disconnect', async () => {
  await app.close();
  await services.close();
  process.exit(0);
});
