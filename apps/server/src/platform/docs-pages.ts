/** /openapi.json, the readable reference at /docs/reference, and /metrics. */
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { Failure } from '@predictu/contract/errors';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

export type DocsOptions = {
  /** The text of the OpenAPI document. */
  document(): string;
  metrics: Metrics /** Opens /metrics to other machines; without it only this one may read it. */;
  metricsToken?: string | undefined;
};

/** Pages of ours: nothing from elsewhere, nobody frames them. The reference brings its script and styles inline. */
const PAGES: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'", "'unsafe-inline'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
};

export function serveDocs(app: FastifyInstance, options: DocsOptions): void {
  app.register(async (pages) => {
    await pages.register(helmet, PAGES);
    servePages(pages, options);
  });
}

function servePages(app: FastifyInstance, { document, metrics, metricsToken }: DocsOptions): void {
  // Browsers ask for it by themselves; the pages of the consoles bring their own.
  app.get('/favicon.ico', async (_, reply) => reply.code(204).send());
  app.get('/openapi.json', async (_, reply) => reply.type('application/json; charset=utf-8').send(document()));
  app.get('/metrics', async (request, reply) => {
    const known = metricsToken ? request.headers.authorization === `Bearer ${metricsToken}` : LOOPBACK.has(request.ip);
    if (!known) throw new Failure('FORBIDDEN', 'Metrics are for this machine, or for bearers of METRICS_TOKEN');
    return reply.type(metrics.contentType).send(await metrics.text());
  });
  app.register(scalar, {
    routePrefix: '/docs/reference',
    configuration: {
      url: '/openapi.json',
      pageTitle: 'Predictu API reference',
      theme: 'none',
      withDefaultFonts: false,
      hideClientButton: true,
      telemetry: false,
      agent: { disabled: true },
      showDeveloperTools: 'never',
    },
  });
}
