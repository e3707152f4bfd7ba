/** Turns every way a request can go wrong into the documented envelope; what we did not foresee becomes a 500 that says nothing. */

import { ERRORS, type ErrorCode, type ErrorEnvelope, Failure, type Refusal } from '@predictu/contract/errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { isConnectionLoss, sqlStateOf } from './db.ts';

const DOCS = '/docs/errors';

/** Errors of the HTTP layer itself, before an endpoint is reached. */
const TRANSPORT: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'The body must be application/json'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE', 'The body is larger than 1 MB'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['BAD_REQUEST', 'The body does not have the length it announced'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['BAD_REQUEST', 'The body is not valid JSON'],
  FST_ERR_BAD_URL: ['BAD_REQUEST', 'The URL is malformed'],
  FST_ERR_MAX_PARAM_LENGTH: ['NOT_FOUND', 'No such endpoint'],
};

function envelope(code: ErrorCode, message: string, details: Record<string, unknown> | null, requestId: string): ErrorEnvelope {
  return { error: { code, message, details, request_id: requestId, doc_url: `${DOCS}#${code}`, retryable: ERRORS[code].retryable } };
}

function send(reply: FastifyReply, requestId: string, code: ErrorCode, message: string, details: Record<string, unknown> | null = null) {
  if (ERRORS[code].retryable && !reply.hasHeader('retry-after') && ERRORS[code].status !== 422) reply.header('retry-after', '1');
  reply.code(ERRORS[code].status).type('application/json; charset=utf-8');
  return reply.send(JSON.stringify(envelope(code, message, details, requestId)));
}

export const answerRefusal = (refusal: Refusal, request: FastifyRequest, reply: FastifyReply) =>
  send(reply, request.id, refusal.refused, refusal.message, refusal.details);

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger) {
  if (error instanceof Failure) return send(reply, request.id, error.code, error.message, error.details);
  const transport = TRANSPORT[(error as FastifyError | null)?.code ?? ''];
  if (transport) return send(reply, request.id, ...transport);
  log.error({ err: error, request_id: request.id, method: request.method, route: request.routeOptions.url }, 'request failed');
  const state = sqlStateOf(error);
  if (state === '57014') return send(reply, request.id, 'UNAVAILABLE', 'The server took too long to answer');
  if (isConnectionLoss(error)) {
    return request.method === 'GET'
      ? send(reply, request.id, 'UNAVAILABLE', 'The database cannot be reached')
      : send(
          reply,
          request.id,
          'OUTCOME_UNKNOWN',
          'The database was lost while this was being written; repeat with the same idempotency key',
        );
  }
  return send(reply, request.id, 'INTERNAL_ERROR', 'Something went wrong on our side; nothing was changed');
}

export function installErrorHandlers(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, log));
  app.setNotFoundHandler((request, reply) =>
    send(reply, request.id, 'NOT_FOUND', `No such endpoint: ${request.method} ${request.url.split('?')[0]}`),
  );
}
