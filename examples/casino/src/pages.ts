/** The files of public/, read once at the start. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

const PUBLIC = new URL('../public/', import.meta.url);
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What a page says of the platform, by the names in double braces. */
type PageWords = { PREDICTU_URL: string; PREDICTU_API_KEY: string; OPERATOR_SLUG: string };
export type SendPage = (name: string, reply: FastifyReply) => FastifyReply;

const filled = (text: string, words: Record<string, string>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => words[name] ?? '');

export function readPages(words: PageWords): SendPage {
  const platform = new URL(words.PREDICTU_URL).origin;
  // The platform's frame and its bridge, and nothing else of anybody else.
  const policy = `default-src 'self'; script-src 'self' ${platform}; frame-src ${platform}; frame-ancestors 'self'`;
  const files = new Map(
    readdirSync(PUBLIC).map((name) => {
      const file = readFileSync(new URL(name, PUBLIC));
      return [name, name.endsWith('.html') ? filled(file.toString(), words) : file];
    }),
  );
  return (name, reply) => {
    const file = files.get(name);
    if (!file) return reply.code(404).send({ message: 'There is no such page' });
    return reply
      .type(TYPES[extname(name)] ?? 'application/octet-stream')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', policy)
      .send(file);
  };
}

export function addPages(app: FastifyInstance, send: SendPage): void {
  app.get('/', async (_request, reply) => send('lobby.html', reply));
  app.get('/assets/:name', async (request, reply) => send((request.params as { name: string }).name, reply));
}
