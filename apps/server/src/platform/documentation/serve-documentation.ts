/** The documentation at /docs and its texts for language models: rendered once, then only sent. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasLibrary, library, type Served } from './library.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function send({ type, body, zipped, tag, forEver }: Served, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply
    .header('content-security-policy', POLICY)
    .header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('vary', 'accept-encoding')
    .header('etag', tag)
    .type(type);
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  if (!zipped || !request.headers['accept-encoding']?.includes('gzip')) return reply.send(body);
  return reply.header('content-encoding', 'gzip').send(zipped);
}

export function serveDocumentation(app: FastifyInstance): void {
  if (!hasLibrary()) return;
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const [path = ''] = request.url.split('?');
    const found = library().get(path.length > 1 ? path.replace(/\/$/, '') : path);
    if (found) return send(found, request, reply);
    return reply.callNotFound();
  };
  for (const path of ['/docs', '/docs/', '/docs/:page', '/docs/assets/:file', '/llms.txt', '/llms-full.txt']) app.get(path, answer);
}
