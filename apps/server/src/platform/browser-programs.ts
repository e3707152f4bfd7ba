/** Serves the built browser programs: hashed files for ever, pages never from a cache, each page under a strict content security policy. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export type BrowserProgram = {
  /** The folder below apps/. */
  name: string;
  /** Where it stands: `/admin`; empty for the root. */
  base: string;
  /** Its pages by path below the base, each a file of the folder; every path is its one page when absent. */
  pages?: Readonly<Record<string, string>>;
  /** Origins that may frame a page of it; nobody when absent. */
  framedBy?: (request: FastifyRequest) => Promise<readonly string[]>;
  /** Its page for addresses below the base at which nothing stands. */
  missing?: string;
  /** Plain files of the folder, by name, served below the base as they are. */
  scripts?: readonly string[];
};

const APPS = fileURLToPath(new URL('../../..', import.meta.url));
const NOT_BUILT = '<!doctype html><title>Not built</title><p>This page has not been built yet: <code>npm run build</code>.</p>';

const policy = (frameAncestors: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');

/** A page framed by somebody who may not sees why, instead of a browser's blank refusal. It holds nothing to be clicked. */
const refusalPage = (origin: string): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Not allowed here</title>
<style>:root{color-scheme:light dark}body{font:15px/22px system-ui,sans-serif;margin:24px;max-width:36rem}code{font-size:14px}</style>
<h1 style="font-size:18px">This page may not show these markets</h1>
<p>The origin <code>${origin.replace(/[^\w.:/-]/g, '')}</code> is not among the verified origins of this operator.</p>
<p>Its operator adds and verifies it in the console, under Embed.</p></html>`;

/** The origin of the page that frames this one, when another site does. */
function framingOrigin(request: FastifyRequest): string | null {
  const { referer, 'sec-fetch-dest': destination } = request.headers;
  if (destination !== undefined && destination !== 'iframe' && destination !== 'frame') return null;
  if (!referer || !URL.canParse(referer)) return null;
  const { origin, host } = new URL(referer);
  return host === request.headers.host ? null : origin;
}

const ONE_PAGE = { '': 'index', '/': 'index', '/*': 'index' };

function servePage({ name, framedBy }: BrowserProgram, pageName: string, status = 200) {
  const file = join(APPS, name, `dist/${pageName}.html`);
  let page: { html: string; tag: string } | undefined;
  const load = () => {
    if (!page && existsSync(file)) {
      const html = readFileSync(file, 'utf8');
      page = { html, tag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"` };
    }
    return page;
  };
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const built = load();
    const framers = framedBy ? await framedBy(request) : [];
    const framer = framedBy ? framingOrigin(request) : null;
    if (framer !== null && !framers.includes(framer)) {
      reply
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *")
        .header('cache-control', 'no-store');
      return reply.code(403).type('text/html; charset=utf-8').send(refusalPage(framer));
    }
    reply
      .header('content-security-policy', policy(framedBy ? ["'self'", ...framers].join(' ') : "'none'"))
      .header('referrer-policy', 'strict-origin-when-cross-origin')
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8');
    if (!built) return reply.code(503).send(NOT_BUILT);
    if (request.headers['if-none-match'] === built.tag) return reply.code(304).send();
    return reply.code(status).header('etag', built.tag).send(built.html);
  };
}

/** A person reads a page; a program reads the error. */
function serveMissing(program: BrowserProgram, pageName: string) {
  const page = servePage(program, pageName, 404);
  return (request: FastifyRequest, reply: FastifyReply) =>
    request.url.startsWith('/api/') || !request.headers.accept?.includes('text/html') ? reply.callNotFound() : page(request, reply);
}

export function serveBrowserPrograms(app: FastifyInstance, programs: readonly BrowserProgram[]): void {
  for (const program of programs) {
    const dist = join(APPS, program.name, 'dist');
    for (const [path, name] of Object.entries(program.pages ?? ONE_PAGE)) app.get(`${program.base}${path}`, servePage(program, name));
    if (program.missing) app.get(`${program.base}/*`, serveMissing(program, program.missing));
    app.register(async (files) => {
      await files.register(fastifyStatic, {
        root: join(dist, 'assets'),
        prefix: `${program.base}/assets/`,
        decorateReply: false,
        immutable: true,
        maxAge: '365d',
        index: false,
      });
    });
    for (const file of program.scripts ?? []) {
      app.get(`${program.base}/${file}`, async (_, reply) =>
        reply
          .type('text/javascript; charset=utf-8')
          .header('cache-control', 'public, max-age=300')
          .header('access-control-allow-origin', '*')
          .send(readFileSync(join(APPS, program.name, 'public', file))),
      );
    }
    for (const file of ['theme.js', 'mark.svg']) {
      const type = file.endsWith('.js') ? 'text/javascript; charset=utf-8' : 'image/svg+xml';
      app.get(`${program.base}/${file}`, async (_, reply) =>
        existsSync(join(dist, file))
          ? reply
              .type(type)
              .header('cache-control', 'no-cache')
              .send(readFileSync(join(dist, file)))
          : reply.code(404).send(),
      );
    }
  }
}
