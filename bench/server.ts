/**
 * One server process of a contender: the whole application, with another way of trading behind the same HTTP layer when the
 * contender is a peer. Its parent chooses the pool of a peer; it stops with its parent.
 */
import type { AddressInfo } from 'node:net';
import { buildApp } from '../apps/server/src/app.ts';
import { readConfig } from '../apps/server/src/platform/config.ts';
import { openLog } from '../apps/server/src/platform/log.ts';
import { openServices } from '../apps/server/src/services.ts';
import { functionTrading } from './peers/function-trading.ts';
import { statementTrading } from './peers/statement-trading.ts';

export type Contender = 'ours' | 'txt' | 'fn';
/** Chooses the size of a peer's pool. */
export type Asked = { pool: number };
export type Serving = { port: number; role: 'batcher' | 'forwarding' };

const [contender = 'ours', secret = '', appUrl = ''] = process.argv.slice(2);

const config = readConfig();
const log = openLog({ level: 'warn', dataFolder: config.dataFolder, terminal: false });
const services = await openServices({ config, secret, appUrl, log });
const { clock, trading } = services;
const peers = { txt: () => statementTrading({ appUrl, clock }), fn: async () => functionTrading({ appUrl, clock }) };
const peer = contender === 'ours' ? undefined : await peers[contender as keyof typeof peers]();
const app = buildApp(peer ? { ...services, trading: { ...trading, submit: peer.submit } } : services);
await app.listen({ port: 0, host: '127.0.0.1' });

process.on('message', ({ pool }: Asked) => {
  peer?.use(pool);
  const { port } = app.server.address() as AddressInfo;
  process.send?.({ result: { port, role: trading.role() } satisfies Serving });
});
process.on('disconnect', async () => {
  await app.close();
  await peer?.close();
  await services.close();
  process.exit(0);
});
