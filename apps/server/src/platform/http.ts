/**
 * Serves the endpoints of the contract. Everything an endpoint declares (audience, permission, schemas, rate, idempotency)
 * is enforced here, so a handler only decides. It never sees a pool, a token or a raw request.
 */

import type { Readable } from 'node:stream';
import { type Endpoint, schemasOf } from '@predictu/contract/endpoint';
import { Failure, isRefusal, type Refusal } from '@predictu/contract/errors';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Actor } from './actor.ts';
import type { Clock } from './clock.ts';
import type { Database, Db } from './db.ts';
import { encodeAnswer } from './encode-answer.ts';
import { acceptForms, readForm } from './form-data.ts';
import { type Authenticate, authorise } from './http-access.ts';
import { answerError, answerRefusal, installErrorHandlers } from './http-errors.ts';
import { type Input, readInput, readRawBody } from './http-input.ts';
import type { NewId } from './ids.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimits } from './rate-limits.ts';
import { type EventStream, endStreams, serveStream } from './server-sent-events.ts';

/** What a handler gets beside its input. `db` is one transaction, opened at its first statement, read-only for GET. */
export type Context<A extends Actor = Actor> = {
  db: Db;
  actor: A;
  now: Date;
  newId: NewId;
  requestId: string;
  /** The caller's address and browser, for sessions and audit; `baseUrl` is how it reached us, without a slash at the end. */
  client: { ip: string; userAgent: string | null; origin: string | null; baseUrl: string; cookies: string | null };
  setHeader(name: string, value: string): void;
};

type ActorOf<E> = E extends { audience: 'admin' }
  ? Extract<Actor, { kind: 'admin' }>
  : E extends { audience: 'operator' }
    ? Extract<Actor, { kind: 'operator' | 'apiKey' }>
    : E extends { audience: 'player' }
      ? Extract<Actor, { kind: 'player' }>
      : Extract<Actor, { kind: 'access' }>;

/** A file to be saved under this name; its bytes are made after the transaction. */
export type FileAnswer = { name: string; bytes(): Promise<Uint8Array> };
/** One that lies on the disk, of its own media type; it is opened after the transaction and streamed. */
export type StoredFile = { name: string; type: string; bytes: number; open(): Readable };
export type Answer<E extends Endpoint> = E extends { stream: true }
  ? EventStream | Refusal
  : E extends { file: string }
    ? FileAnswer | StoredFile | Refusal
    : z.output<E['answer']> | Refusal;
export type Handler<E extends Endpoint> = (context: Context<ActorOf<E>>, input: Input<E>) => Promise<Answer<E>>;
// biome-ignore lint/suspicious/noExplicitAny: the registry erases each pair's own types, which routes.ts has checked.
export type Route = { endpoint: Endpoint; handler: Handler<any> };
export const route = <E extends Endpoint>(endpoint: E, handler: Handler<E>): Route => ({ endpoint, handler });

export type HttpOptions = {
  routes: readonly Route[];
  database: Database;
  authenticate: Authenticate;
  rateLimits: RateLimits;
  metrics: Metrics;
  clock: Clock;
  newId: NewId;
  log: Logger;
  trustProxy?: boolean | number | string;
};

const BODY_LIMIT_BYTES = 1_048_576;

/** A Fastify app that serves the routes; not yet listening. */
export function buildHttp(options: HttpOptions): FastifyInstance {
  const nextId = requestIds(options.newId);
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    // Nobody logs through a request: its own logger would be made for nothing.
    childLoggerFactory: (log) => log,
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: (options.trustProxy ?? false) as boolean | string,
    forceCloseConnections: 'idle',
    genReqId: (request) => requestIdOf(request.headers['x-request-id'], nextId),
    routerOptions: { maxParamLength: 200 },
  }) as unknown as FastifyInstance;
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    options.metrics.request(request.method, request.routeOptions.url ?? 'unmatched', reply.statusCode, reply.elapsedTime / 1_000);
    done();
  });
  app.addHook('preClose', async () => endStreams(app.server));
  readRawBody(app);
  installErrorHandlers(app, options.log);
  for (const entry of options.routes) if (!entry.endpoint.upload) mount(app, entry, options);
  app.register(async (scope) => {
    await acceptForms(scope);
    for (const entry of options.routes) if (entry.endpoint.upload) mount(scope, entry, options);
  });
  return app;
}

const mount = (app: FastifyInstance, entry: Route, options: HttpOptions) =>
  app.route({
    method: entry.endpoint.method,
    url: entry.endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
    // Looking at a link must not use it up.
    ...(entry.endpoint.redirects && { exposeHeadRoute: false }),
    handler: (request, reply) => serve(entry, options, request, reply),
  });

/** An id of this process and a number that counts up: no two requests have the same, and it costs no look at the clock. */
function requestIds(newId: NewId): () => string {
  const begin = `req_${newId().toString(36)}`;
  let requests = 0;
  return () => {
    requests += 1;
    return `${begin}_${requests.toString(36)}`;
  };
}

/** An id from the caller is kept when it is harmless in logs and headers. */
function requestIdOf(header: string | string[] | undefined, nextId: () => string): string {
  return typeof header === 'string' && /^[A-Za-z0-9_.-]{8,64}$/.test(header) ? header : nextId();
}

/** A class, because few handlers ask: getters in an object written out for each request would give it a shape of its own, which lives until old memory is collected and the request with it. */
class Client {
  readonly #request: FastifyRequest;

  constructor(request: FastifyRequest) {
    this.#request = request;
  }

  get ip(): string {
    return this.#request.ip;
  }

  get userAgent(): string | null {
    return this.#request.headers['user-agent']?.slice(0, 300) ?? null;
  }

  get origin(): string | null {
    return this.#request.headers.origin ?? null;
  }

  get baseUrl(): string {
    return `${this.#request.protocol}://${this.#request.host}`;
  }

  get cookies(): string | null {
    return this.#request.headers.cookie ?? null;
  }
}

const headerSetter = (reply: FastifyReply) => (name: string, value: string) => void reply.header(name, value);

function contextOf(db: Db, actor: Actor, { clock, newId }: HttpOptions, request: FastifyRequest, reply: FastifyReply): Context {
  return {
    db,
    actor,
    now: clock.now(),
    newId,
    requestId: request.id,
    client: new Client(request),
    setHeader: headerSetter(reply),
  };
}

async function serve({ endpoint, handler }: Route, options: HttpOptions, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  try {
    const actor = await authorise(endpoint, options, request, reply);
    if (endpoint.upload) request.body = await readForm(request, endpoint.upload.maxBytes);
    const input = readInput(endpoint, request);
    const mode = endpoint.method === 'GET' || endpoint.stream ? 'read' : 'write';
    const answer: unknown = await options.database.as(actor, mode, (db) =>
      handler(contextOf(db, actor, options, request, reply) as never, input as never),
    );
    if (isRefusal(answer)) return answerRefusal(answer, request, reply);
    if (endpoint.stream) return serveStream(answer as EventStream, schemasOf(endpoint).answer, request, reply);
    if (endpoint.file) {
      return sendFile(answer as FileAnswer | StoredFile, endpoint.file, reply);
    }
    if (endpoint.redirects)
      return reply
        .code(303)
        .header('cache-control', 'no-store')
        .redirect((answer as { location: string }).location, 303);
    reply.code(endpoint.status ?? 200).type('application/json; charset=utf-8');
    return reply.send(JSON.stringify(encodeAnswer(schemasOf(endpoint).answer, answer)));
  } catch (error) {
    return answerError(error, request, reply, options.log);
  }
}

async function sendFile(file: FileAnswer | StoredFile, type: string, reply: FastifyReply): Promise<unknown> {
  reply.header('content-disposition', `attachment; filename="${file.name}"`).header('cache-control', 'private, no-store');
  if ('open' in file) return reply.type(file.type).header('content-length', file.bytes).send(file.open());
  return reply.type(type).send(Buffer.from(await file.bytes()));
}

/** Thrown by handlers for what is not there or is another operator's. */
export const notFound = (what: string): Failure => new Failure('NOT_FOUND', `No such ${what}`);
