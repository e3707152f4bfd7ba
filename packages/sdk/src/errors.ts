/** What can go wrong, one class for each family of codes. Fields of the error envelope keep their own names. */
import { type ErrorCode, FAMILIES } from './error-codes.gen.ts';
import type { ResponseInfo } from './response-info.ts';

/** Everything this library throws, except for a misuse of it. */
export class PredictuError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

export type FieldProblem = { field: string; received: unknown; expected: string };
type Envelope = {
  code: ErrorCode | 'UNKNOWN';
  message: string;
  details: Record<string, unknown> | null;
  request_id: string | null;
  doc_url: string | null;
  retryable: boolean;
};

/** The server answered no. `code` says why: switch on it. */
export class ApiError extends PredictuError {
  readonly code: ErrorCode | 'UNKNOWN';
  readonly status: number;
  readonly details: Record<string, unknown> | null;
  /** Name it when you report a problem. */
  readonly request_id: string | null;
  readonly doc_url: string | null;
  /** The very same request may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly response: ResponseInfo;
  constructor(envelope: Envelope, response: ResponseInfo) {
    super(envelope.message);
    this.code = envelope.code;
    this.status = response.status;
    this.details = envelope.details;
    this.request_id = envelope.request_id;
    this.doc_url = envelope.doc_url;
    this.retryable = envelope.retryable;
    this.response = response;
  }
}
/** 400, 413, 415: the request cannot be read. */
export class BadRequestError extends ApiError {}
/** 401: no valid key pair. */
export class AuthenticationError extends ApiError {}
/** 403: the key pair lacks the permission. */
export class PermissionDeniedError extends ApiError {}
/** 404: it is not there, or it belongs to another operator. */
export class NotFoundError extends ApiError {}
/** 409: it exists already, or its state does not allow this. */
export class ConflictError extends ApiError {}
/** 422 VALIDATION_ERROR: the body breaks the schema; `fields` says where. */
export class ValidationError extends ApiError {
  get fields(): readonly FieldProblem[] {
    return (this.details?.['fields'] as FieldProblem[] | undefined) ?? [];
  }
}
/** 422 IDEMPOTENCY_KEY_REUSED: the key was used before with another body. */
export class IdempotencyError extends ApiError {}
/** 422: a rule of the business refuses it, such as INSUFFICIENT_BALANCE. */
export class RefusedError extends ApiError {}
/** 429, after the retries. */
export class RateLimitError extends ApiError {
  /** Seconds until it is worth asking again. */
  get retry_after(): number | null {
    return this.response.retryAfterSeconds;
  }
}
/** 5xx, after the retries. */
export class ServerError extends ApiError {}

/** No answer came: it may or may not have been carried out. */
export class ApiConnectionError extends PredictuError {}
/** No answer came in time. */
export class ApiTimeoutError extends ApiConnectionError {}

const CLASSES = {
  BadRequestError,
  AuthenticationError,
  PermissionDeniedError,
  NotFoundError,
  ConflictError,
  ValidationError,
  IdempotencyError,
  RefusedError,
  RateLimitError,
  ServerError,
} as const;

function classOf(code: string, status: number): typeof ApiError {
  if (Object.hasOwn(FAMILIES, code)) return CLASSES[FAMILIES[code as ErrorCode]];
  if (status === 429) return RateLimitError;
  return status >= 500 ? ServerError : ApiError;
}

/** The error an answer stands for; one without our envelope came from something in between, such as a proxy. */
export function errorFrom(body: unknown, response: ResponseInfo): ApiError {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as { error?: Partial<Envelope> };
  const known = typeof error?.code === 'string';
  const Class = classOf(known ? String(error.code) : '', response.status);
  return new Class(
    {
      code: known ? (error.code as ErrorCode) : 'UNKNOWN',
      message: error?.message ?? `The server answered ${response.status} without saying why`,
      details: error?.details ?? null,
      request_id: error?.request_id ?? response.requestId,
      doc_url: error?.doc_url ?? null,
      retryable: error?.retryable ?? (response.status === 429 || response.status >= 500),
    },
    response,
  );
}
