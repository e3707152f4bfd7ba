/** Calls of the API: typed by the contract, errors in the documented envelope. */
import type { Answer, Endpoints, Given, Operation } from './wire.ts';

/** A refusal or failure of the API, in its own words. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown> | null;
  readonly requestId: string | null;
  readonly retryable: boolean;
  /** How long to wait before asking again, when the server says so. */
  readonly waitMs: number | null;

  constructor(status: number, envelope: ErrorEnvelope, waitMs: number | null = null) {
    super(envelope.message);
    this.name = 'ApiError';
    this.status = status;
    this.code = envelope.code;
    this.details = envelope.details ?? null;
    this.requestId = envelope.request_id ?? null;
    this.retryable = envelope.retryable ?? false;
    this.waitMs = waitMs;
  }

  /** What a form field did wrong, by field name. */
  get fields(): Record<string, string> {
    const list = this.details?.['fields'];
    if (!Array.isArray(list)) return {};
    return Object.fromEntries(list.map(({ field, expected }: { field: string; expected: string }) => [field, expected]));
  }
}
type ErrorEnvelope = { code: string; message: string; details?: Record<string, unknown> | null; request_id?: string; retryable?: boolean };

export type ClientOptions = {
  endpoints: Endpoints;
  /** The bearer token, or null before logging in. */
  token: () => string | null;
  /** The token was refused: the session is over. */
  onUnauthorised?: () => void;
};
export type CallOptions = { signal?: AbortSignal; idempotencyKey?: string };

export type Client = {
  call<Op extends Operation>(operation: Op, given: Given<Op>, options?: CallOptions): Promise<Answer<Op>>;
  /** The raw response of a GET: downloads and streams. */
  open(address: string, init?: RequestInit): Promise<Response>;
  address(operation: Operation, given: { params?: unknown; query?: unknown }): string;
};

/** A question that meets the limit of requests is asked this often in all, each time when the server says. */
const ATTEMPTS = 3;
const NETWORK: ErrorEnvelope = { code: 'NETWORK', message: 'The server could not be reached', retryable: true };

export function createClient({ endpoints, token, onUnauthorised }: ClientOptions): Client {
  const route = (operation: Operation) => {
    const found = endpoints[operation];
    if (!found) throw new Error(`${operation} is not an operation of this program`);
    return found;
  };
  const address: Client['address'] = (operation, { params, query }) => {
    const values = (params ?? {}) as Record<string, string>;
    const path = route(operation)[1].replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
      if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
    }
    return search.size > 0 ? `${path}?${search}` : path;
  };
  /** Until then the server wants to hear of no question: the next ones wait, too, whoever asks them. */
  let restUntil = 0;
  const rest = async (signal?: AbortSignal | null): Promise<void> => {
    for (let left = restUntil - Date.now(); left > 0; left = restUntil - Date.now()) await pause(left, signal);
  };
  const open: Client['open'] = async (to, init = {}) => {
    const asks = (init.method ?? 'GET') === 'GET';
    for (let attempt = 1; ; attempt += 1) {
      if (asks) await rest(init.signal);
      try {
        return await send(to, init);
      } catch (error) {
        const wait = error instanceof ApiError ? error.waitMs : null;
        if (wait === null) throw error;
        restUntil = Date.now() + wait;
        // An act is not repeated behind its person's back.
        if (!asks || attempt === ATTEMPTS) throw error;
      }
    }
  };
  const send = async (to: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    const bearer = token();
    if (bearer !== null) headers.set('authorization', `Bearer ${bearer}`);
    let response: Response;
    try {
      response = await fetch(to, { ...init, headers });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new ApiError(0, NETWORK);
    }
    if (response.ok) return response;
    if (response.status === 401 && bearer !== null) onUnauthorised?.();
    const seconds = response.status === 429 ? Number(response.headers.get('retry-after')) : 0;
    throw new ApiError(response.status, await envelopeOf(response), seconds > 0 ? seconds * 1_000 : null);
  };
  return {
    address,
    open,
    async call(operation, given, { signal, idempotencyKey } = {}) {
      const [method] = route(operation);
      const headers: Record<string, string> = {};
      const body = bodyOf(given.body);
      if (typeof body === 'string') headers['content-type'] = 'application/json';
      if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
      const response = await open(address(operation, given), {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        ...(signal ? { signal } : {}),
      });
      return (await response.json()) as never;
    },
  };
}

/** @throws as `fetch` does when the signal aborts. */
const pause = (milliseconds: number, signal?: AbortSignal | null): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });

/** JSON, or a form when a file is among the fields: the browser writes the form's own type. */
function bodyOf(body: unknown): string | FormData | undefined {
  if (body === undefined) return undefined;
  const fields = Object.entries(body as object) as [string, unknown][];
  if (!fields.some(([, value]) => value instanceof Blob)) return JSON.stringify(body);
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value instanceof Blob ? value : String(value));
  return form;
}

async function envelopeOf(response: Response): Promise<ErrorEnvelope> {
  const unreadable = {
    code: 'UNREADABLE',
    message: `The server answered ${response.status} without an explanation`,
    retryable: response.status >= 500,
  };
  const body = (await response.json().catch(() => null)) as { error?: ErrorEnvelope } | null;
  return body?.error?.code ? body.error : unreadable;
}
