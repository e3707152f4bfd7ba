/** /openapi.json, the readable reference at /docs, the page of errors, and /metrics. */
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { ERRORS, Failure } from '@predictu/contract/errors';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

const asText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The page every error's `doc_url` leads to. */
function errorsPage(): string {
  const rows = Object.entries(ERRORS)
    .map(
      ([code, { status, retryable, meaning, remedy }]) => `
    <tr id="${code}"><th scope="row"><code>${code}</code></th><td class="figure">${status}</td><td>${retryable ? 'yes' : 'no'}</td><td>${asText(meaning)}</td><td>${asText(remedy)}</td></tr>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Errors · Predictu</title>
<style>
  :root { color-scheme: light dark; --sheet: #fbfbfa; --ink: #17181a; --ink-2: #55585e; --line: #dcdcd8; --mark: #fff3c4; }
  @media (prefers-color-scheme: dark) { :root { --sheet: #141517; --ink: #eceae5; --ink-2: #a5a8ae; --line: #2e3034; --mark: #3b3418; } }
  body { margin: 0 auto; max-width: 76rem; padding: 32px 20px 64px; background: var(--sheet); color: var(--ink); font: 15px/24px system-ui, sans-serif; }
  h1 { font-size: 26px; line-height: 32px; margin: 0 0 8px; } p { color: var(--ink-2); max-width: 46rem; margin: 0 0 24px; } a { color: inherit; }
  .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 20px; }
  th, td { text-align: left; vertical-align: top; padding: 10px 16px 10px 0; border-bottom: 1px solid var(--line); min-width: 4rem; }
  td:nth-child(4), td:nth-child(5) { min-width: 16rem; } thead th { color: var(--ink-2); font-weight: 500; } .figure { font-variant-numeric: tabular-nums; }
  code { font: 13px/20px ui-monospace, monospace; } tr:target { background: var(--mark); }
  @media (max-width: 44rem) { thead { display: none; } tr { display: grid; grid-template-columns: 1fr auto auto; border-bottom: 1px solid var(--line); padding: 10px 0; } th, td { border: 0; padding: 2px 12px 2px 0; min-width: 0; } td:nth-child(n+4) { grid-column: 1 / -1; } td:nth-child(3) { white-space: nowrap; } td:nth-child(3)::before { content: 'repeat: '; color: var(--ink-2); } }
</style></head>
<body><main><h1>Errors</h1>
<p>Every error is <code>{"error": {code, message, details, request_id, doc_url, retryable}}</code>. Switch on <code>code</code>, never on the status or the message.
“Repeat” says whether the very same request may succeed later. <a href="/docs">Back to the reference</a></p>
<div class="scroll" tabindex="0" role="region" aria-label="Error codes"><table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Repeat</th><th scope="col">Meaning</th><th scope="col">What to do</th></tr></thead><tbody>${rows}
</tbody></table></div></main></body></html>`;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

export type DocsOptions = {
  document: object;
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
  app.get('/openapi.json', async (_, reply) => reply.type('application/json; charset=utf-8').send(JSON.stringify(document)));
  app.get('/docs/errors', async (_, reply) => reply.type('text/html; charset=utf-8').send(errorsPage()));
  app.get('/metrics', async (request, reply) => {
    const known = metricsToken ? request.headers.authorization === `Bearer ${metricsToken}` : LOOPBACK.has(request.ip);
    if (!known) throw new Failure('FORBIDDEN', 'Metrics are for this machine, or for bearers of METRICS_TOKEN');
    return reply.type(metrics.contentType).send(await metrics.text());
  });
  app.register(scalar, {
    routePrefix: '/docs',
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
