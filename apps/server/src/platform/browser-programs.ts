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
  /** Its pages; every path below the base when absent. */
  pages?: readonly string[];
  /** Who may frame a page of it; nobody when absent. */
  frameAncestors?: (request: FastifyRequest) => Promise<string>;
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

function servePage({ name, frameAncestors }: BrowserProgram) {
  const file = join(APPS, name, 'dist/index.html');
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
    reply
      .header('content-security-policy', policy(frameAncestors ? await frameAncestors(request) : "'none'"))
      .header('referrer-policy', 'strict-origin-when-cross-origin')
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8');
    if (!built) return reply.code(503).send(NOT_BUILT);
    if (request.headers['if-none-match'] === built.tag) return reply.code(304).send();
    return reply.header('etag', built.tag).send(built.html);
  };
}

export function serveBrowserPrograms(app: FastifyInstance, programs: readonly BrowserProgram[]): void {
  for (const program of programs) {
    const dist = join(APPS, program.name, 'dist');
    const page = servePage(program);
    for (const path of program.pages ?? ['', '/', '/*']) app.get(`${program.base}${path}`, page);
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
