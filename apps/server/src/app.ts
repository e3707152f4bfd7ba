/** The HTTP server of one process: the contract's endpoints, the documentation and the metrics. */
import { createRequire } from 'node:module';
import { contract } from '@predictu/contract';
import { buttonPages } from './button-pages.ts';
import { describeApi } from './describe-api.ts';
import { followPrices } from './markets/markets.ts';
import { type BrowserProgram, serveBrowserPrograms } from './platform/browser-programs.ts';
import { serveButtonPages } from './platform/button-page.ts';
import { serveDocs } from './platform/docs-pages.ts';
import { hasLibrary, library } from './platform/documentation/library.ts';
import { serveDocumentation } from './platform/documentation/serve-documentation.ts';
import { checkHealth } from './platform/health.ts';
import { buildHttp, type Handler, route } from './platform/http.ts';
import { serveFiles } from './platform/serve-files.ts';
import { routes } from './routes.ts';
import type { Services } from './services.ts';

export const { version: VERSION } = createRequire(import.meta.url)('../package.json') as { version: string };

const health =
  ({ probes, clock }: Services): Handler<typeof contract.health> =>
  async () => {
    const state = await checkHealth(probes);
    return { data: { ...state, version: VERSION, uptime_seconds: Math.floor(process.uptime()), time: clock.now().toISOString() } };
  };

/** The consoles and the embed. */
export const browserPrograms = ({ access }: Pick<Services, 'access'>): BrowserProgram[] => [
  { name: 'admin', base: '/admin' },
  { name: 'operator', base: '/operator' },
  // The workspace of the documents: the same console.
  { name: 'operator', base: '/dashboard' },
  {
    name: 'site',
    base: '',
    pages: { '/': 'index', '/operators/apply': 'apply', '/status': 'status', '/auth/login': 'login', '/auth/continue': 'login' },
    missing: 'missing',
  },
  {
    name: 'widget',
    base: '/embed',
    pages: { '': 'index', '/': 'index' },
    scripts: ['bridge.js'],
    framedBy: async ({ query }) => access.framingOrigins(String((query as Record<string, unknown>)['operator'] ?? '')),
  },
];

let described: string | undefined;
const apiDocument = (): string => (described ??= JSON.stringify(describeApi(VERSION)));

/** The last of a start and not at the first request: a quarter of a second, in which a trade would wait. */
export function prepareDocuments(): void {
  apiDocument();
  if (hasLibrary()) library();
}

/** Not yet listening. A process that runs no feed follows the prices that another one writes. */
export function buildApp(services: Services, { runsFeed = true } = {}): ReturnType<typeof buildHttp> {
  const { access, clock, config, database, log, metrics } = services;
  const follower = () => followPrices({ database, clock, onError: (error) => log.warn({ err: error }, 'prices could not be followed') });
  const feed = runsFeed ? { onPrices: services.onPrices } : follower();
  const app = buildHttp({
    ...services,
    authenticate: access.authenticate,
    trustProxy: config.trustProxy,
    routes: [...routes({ ...services, feed }), route(contract.health, health(services))],
  });
  serveDocs(app, { document: apiDocument, metrics, metricsToken: config.metricsToken });
  serveDocumentation(app);
  serveFiles(app, services.files, log);
  serveButtonPages(app, buttonPages(services));
  serveBrowserPrograms(app, browserPrograms(services));
  return app;
}
