/** Lucky Spins, put together: its books, its faults, its pages and the one address the platform calls. */
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { addAdminRoutes, isLocal } from './admin-routes.ts';
import { addCallbackRoute, openCallbackLog } from './callback-route.ts';
import { type FaultRule, type Faults, openFaults } from './faults.ts';
import { openJournal } from './journal.ts';
import { type Ledger, type NewPlayer, openLedger, type Row } from './ledger.ts';
import { addLobbyRoutes } from './lobby-routes.ts';
import { addPages, readPages } from './pages.ts';
import { GUESTS, HOUSE_PLAYERS } from './players.ts';
import { openSessions } from './sessions.ts';
import { statementOf } from './statement.ts';
import { openVerifier } from './verify-callback.ts';

export type CasinoOptions = {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  /** Where the platform is: its public keys, its frame. */
  predictuUrl: string;
  /** Our name at the platform, which its frame is opened with. */
  operatorSlug?: string;
  /** The key pair that signs launch tokens. */
  apiKey: string;
  apiSecret: string;
  /** The Standard Webhooks secret the platform signs callbacks with: `whsec_` and base64. */
  webhookSecret: string;
  /** Our `op_…` id; callbacks for anybody else are refused. Without it the webhook secret alone tells us apart. */
  operatorId?: string;
  /** Without it the books live in memory only. */
  journalFile?: string;
  /** Opened when they are not there yet. The lobby's guests when absent. */
  players?: readonly NewPlayer[];
  faults?: FaultRule[];
  /** Numbers in [0, 1) that decide whether a fault strikes. */
  random?: () => number;
};

export type Casino = {
  url: string;
  /** What to give the platform as callback_url. */
  callbackUrl: string;
  ledger: Ledger;
  faults: Faults;
  statement: () => ReturnType<typeof statementOf>;
  stop: () => Promise<void>;
};

export async function startCasino(options: CasinoOptions): Promise<Casino> {
  const { port, host = '127.0.0.1', predictuUrl, apiKey, apiSecret, webhookSecret, operatorId, journalFile } = options;
  const { operatorSlug = 'lucky-spins' } = options;
  const verify = openVerifier({ predictuUrl, webhookSecret, operatorId });
  const journal = await openJournal<Row>(journalFile);
  const ledger = openLedger(journal);
  for (const player of options.players ?? [...GUESTS, ...HOUSE_PLAYERS]) ledger.open(player);
  await ledger.flushed();
  const faults = openFaults(options.random ?? Math.random);
  faults.replace(options.faults ?? []);
  const log = openCallbackLog();
  const sendPage = readPages({ PREDICTU_URL: predictuUrl, PREDICTU_API_KEY: apiKey, OPERATOR_SLUG: operatorSlug });

  const app = Fastify({ bodyLimit: 64 * 1_024, forceCloseConnections: true });
  addCallbackRoute(app, { ledger, faults, log, verify });
  addPages(app, sendPage);
  addLobbyRoutes(app, { ledger, sessions: openSessions(), keys: { apiKey, apiSecret }, guests: GUESTS.map(({ id }) => id) });
  app.get('/health', async () => ({ status: 'ok', rows: ledger.rows.length }));
  app.register(async (backOffice) => {
    backOffice.addHook('onRequest', async (request, reply) => {
      if (!isLocal(request)) return reply.code(403).send({ message: 'Only from this machine' });
      // The same address is a page for people and JSON for programs.
      if (request.url.startsWith('/ledger') && request.headers.accept?.includes('text/html')) return sendPage('ledger.html', reply);
      return undefined;
    });
    backOffice.get('/admin', async (_request, reply) => sendPage('admin.html', reply));
    addAdminRoutes(backOffice, { ledger, faults, log });
  });

  await app.listen({ port, host });
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${(app.server.address() as AddressInfo).port}`;
  return {
    url,
    callbackUrl: `${url}/predictu/callback`,
    ledger,
    faults,
    statement: () => statementOf(ledger),
    async stop() {
      await app.close();
      await journal.close();
    },
  };
}
