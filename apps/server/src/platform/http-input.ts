/** Reads what the caller sent through the endpoint's schemas and says precisely what is wrong with it. */
import { hash } from 'node:crypto';
import { type Endpoint, schemasOf } from '@predictu/contract/endpoint';
import { Failure, type FieldProblem } from '@predictu/contract/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

type Decoded<T> = T extends z.core.$ZodType ? z.output<T> : undefined;
export type Input<E extends Endpoint> = {
  params: Decoded<E['params']>;
  query: Decoded<E['query']>;
  body: Decoded<E['body']>;
  /** The Idempotency-Key header; present when the endpoint requires it. */
  idempotencyKey: E extends { idempotency: 'required' } ? string : undefined;
  /** 32 hex digits over method, path and the raw body: the same request has the same. */
  bodyHash: string;
  /** The last event a stream's reader has seen. */
  lastEventId: string | undefined;
};

declare module 'fastify' {
  interface FastifyRequest {
    rawBody?: string;
  }
}

const ZERO_BYTE = /\0|(?<!\\)(?:\\\\)*\\u0000/;
/** Made once: making a schema compiles it. */
const NO_QUERY = z.strictObject({});
const NO_ZERO_BYTE: FieldProblem = { field: '(whole)', received: 'a zero byte', expected: 'text without it' };
const KEY = /^[A-Za-z0-9._:-]{1,128}$/;

/** The regular expression looks back from every place it tries: it is asked about few texts only. */
const mayHoldZeroByte = (text: string): boolean => text.includes('\\u0000') || text.includes('\0');

/** Keeps the raw bytes, so that an idempotency key is bound to exactly what was sent. */
export function readRawBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/(?:[\w.+-]+\+)?json\b/, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0) return done(null, undefined);
    const text = body.toString('utf8');
    request.rawBody = text;
    // Postgres has no zero byte in text: refused here, it cannot fail a write later.
    if (mayHoldZeroByte(text) && ZERO_BYTE.test(text))
      return done(new Failure('VALIDATION_ERROR', 'The body contains a zero byte', { fields: [NO_ZERO_BYTE] }));
    try {
      done(null, JSON.parse(text));
    } catch {
      done(new Failure('BAD_REQUEST', 'The body is not valid JSON'));
    }
  });
}

const KINDS: Record<string, string> = { undefined: 'nothing', object: 'an object' };

/** What came, short enough for an answer and without the secrets a wrong field may hold. */
function received(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  if (/password|secret|token|totp/i.test(String(path.at(-1) ?? ''))) return 'hidden';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.length > 80 ? `${value.slice(0, 80)}…` : value;
  return Array.isArray(value) ? 'a list' : (KINDS[typeof value] ?? typeof value);
}

/** One line per refused field: where, what came, what was expected. */
function fieldProblems(error: z.ZodError, root: unknown): FieldProblem[] {
  return error.issues
    .flatMap((issue): FieldProblem[] => {
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => ({
          field: [...issue.path, key].join('.'),
          received: received(root, [...issue.path, key]),
          expected: 'no such field',
        }));
      }
      return [{ field: issue.path.join('.') || '(whole)', received: received(root, issue.path), expected: issue.message }];
    })
    .slice(0, 20);
}

function parse(schema: z.ZodType | undefined, value: unknown, refusal: (problems: FieldProblem[]) => Failure): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refusal(fieldProblems(result.error, value));
}

function isEmpty(values: unknown): boolean {
  for (const _ in values as object) return false;
  return true;
}

/** The values that hold a zero byte, by name. */
const zeroBytes = (values: unknown): FieldProblem[] =>
  Object.entries(values ?? {}).flatMap(([field, value]) => (String(value).includes('\0') ? [{ ...NO_ZERO_BYTE, field }] : []));

const list = (problems: readonly FieldProblem[]) => problems.map(({ field }) => field).join(', ');

export function readInput(endpoint: Endpoint, request: FastifyRequest): Input<Endpoint> {
  if (zeroBytes(request.params).length > 0) throw new Failure('NOT_FOUND', 'No such resource');
  const zeros = zeroBytes(request.query);
  if (zeros.length > 0) throw new Failure('BAD_REQUEST', `Query parameters cannot be used: ${list(zeros)}`, { fields: zeros });
  const schemas = schemasOf(endpoint);
  const params = parse(schemas.params, request.params, () => new Failure('NOT_FOUND', 'No such resource'));
  const query =
    schemas.query || !isEmpty(request.query)
      ? parse(
          schemas.query ?? NO_QUERY,
          request.query,
          (fields) => new Failure('BAD_REQUEST', `Query parameters cannot be used: ${list(fields)}`, { fields }),
        )
      : {};
  const body = parse(
    schemas.body,
    request.body,
    (fields) => new Failure('VALIDATION_ERROR', `The body does not fit: ${list(fields)}`, { fields }),
  );
  const key = request.headers['idempotency-key'];
  if (endpoint.idempotency === 'required' && (typeof key !== 'string' || !KEY.test(key))) {
    const fields = [
      {
        field: 'Idempotency-Key',
        received: key === undefined ? 'nothing' : 'another text',
        expected: 'a header of 1 to 128 letters, digits or . _ : -',
      },
    ];
    throw new Failure('BAD_REQUEST', 'The Idempotency-Key header is missing or malformed', { fields });
  }
  const lastEventId = request.headers['last-event-id'];
  return {
    params,
    query,
    body,
    idempotencyKey: key,
    bodyHash: endpoint.method === 'GET' ? '' : hashOf(request),
    lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
  } as Input<Endpoint>;
}

/** SHA-256 cut to 128 bits: enough to tell bodies apart, half the bytes to keep for ever. */
const hashOf = ({ method, url, rawBody }: FastifyRequest): string =>
  hash('sha256', `${method} ${url}\n${rawBody ?? ''}`, 'hex').slice(0, 32);
