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

export function readPages(): (name: string, reply: FastifyReply) => FastifyReply {
  const files = new Map(readdirSync(PUBLIC).map((name) => [name, readFileSync(new URL(name, PUBLIC))]));
  return (name, reply) => {
    const file = files.get(name);
    if (!file) return reply.code(404).send({ message: 'There is no such page' });
    return reply
      .type(TYPES[extname(name)] ?? 'application/octet-stream')
      .header('cache-control', 'no-cache')
      .send(file);
  };
}

export function addPages(app: FastifyInstance, send: ReturnType<typeof readPages>): void {
  app.get('/', async (_request, reply) => send('lobby.html', reply));
  app.get('/assets/:name', async (request, reply) => send((request.params as { name: string }).name, reply));
}
