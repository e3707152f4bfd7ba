/** Serves uploaded files by their names: for ever the same, and unable to act on whichever page they are opened in. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { FILE_TYPES } from './clean-file.ts';
import { type Files, kindOfName } from './files.ts';
import { notFound } from './http.ts';
import { answerError } from './http-errors.ts';

export function serveFiles(app: FastifyInstance, files: Files, log: Logger): void {
  app.get<{ Params: { name: string } }>('/files/:name', async (request, reply) => {
    const { name } = request.params;
    try {
      const kind = kindOfName(name);
      if (!kind) throw notFound('file');
      const tag = `"${name}"`;
      reply
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox")
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('access-control-allow-origin', '*')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('etag', tag);
      if (request.headers['if-none-match'] === tag) return reply.code(304).send();
      const bytes = await files.get(name);
      if (!bytes) throw notFound('file');
      if (kind === 'pdf') reply.header('content-disposition', `attachment; filename="${name}"`);
      return reply.type(FILE_TYPES[kind]).send(bytes);
    } catch (error) {
      reply.removeHeader('etag').header('cache-control', 'no-store');
      return answerError(error, request, reply, log);
    }
  });
}
