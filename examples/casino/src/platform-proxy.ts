/** Hands the player API of the platform through under our own address, live stream included, so that the lobby needs no CORS. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

const PASSED_ON = ['authorization', 'content-type', 'accept', 'idempotency-key', 'last-event-id'];
const PASSED_BACK = ['content-type', 'cache-control', 'retry-after', 'idempotency-replayed'];
const OPEN_PATHS = /^\/api\/(casino\/[\w/-]+|auth\/embed-init)$/;

export function addPlatformProxy(app: FastifyInstance, predictuUrl: string): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.all('/predictu/api/*', async (request, reply) => {
      const address = new URL(request.url.slice('/predictu'.length), predictuUrl);
      if (!OPEN_PATHS.test(address.pathname)) return reply.code(404).send({ error: { message: 'Not handed through' } });
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const headers = PASSED_ON.flatMap((name): [string, string][] =>
        typeof request.headers[name] === 'string' ? [[name, request.headers[name]]] : [],
      );
      const body = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null;
      let answer: Response;
      try {
        answer = await fetch(address, { method: request.method, headers, body, signal: gone.signal, redirect: 'error' });
      } catch {
        return reply.code(502).send({ error: { message: 'The prediction markets cannot be reached' } });
      }
      reply.code(answer.status);
      for (const name of PASSED_BACK) {
        const value = answer.headers.get(name);
        if (value !== null) reply.header(name, value);
      }
      if (!answer.body) return reply.send();
      const stream = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
      // A visitor who leaves ends the stream; that is no error.
      stream.on('error', () => {});
      return reply.send(stream);
    });
  });
}
