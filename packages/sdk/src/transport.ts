/** Sends one call: credentials, time limit, rate limit, retries, and what came of it as data or a typed error. */
import { base64, utf8 } from './encoding.ts';
import { ApiConnectionError, ApiTimeoutError, errorFrom, PredictuError } from './errors.ts';
import { EventStream, type StreamOptions } from './events.ts';
import { formOf } from './form.ts';
import { Page, type PageBody, PagePromise, type Query, type Turn } from './page.ts';
import { type Answered, ApiPromise } from './promise.ts';
import { RateLimitGate } from './rate-limit.ts';
import { type ResponseInfo, responseInfo } from './response-info.ts';
import { waitBeforeRetry } from './retries.ts';
import { chance, newKey, nowMs, pause } from './runtime.ts';

export type RequestOptions = {
  /** Ends the call, waiting included. */
  signal?: AbortSignal;
  /** For each attempt. */
  timeoutMs?: number;
  maxRetries?: number;
  /** For calls that move money; made for you when absent, so that retries are safe. Name your own to be safe across restarts. */
  idempotencyKey?: string;
};
export type TransportSettings = {
  apiKey: string;
  apiSecret: string;
  baseUrl: string;
  timeoutMs: number;
  maxRetries: number;
  longestWaitMs: number;
  waitForRateLimit: boolean;
  fetch: typeof fetch;
  onResponse?: ((response: ResponseInfo, call: { method: string; path: string }) => void) | undefined;
};
export type Call = { method: string; path: string; query?: Query; body?: object; form?: object; key?: 'header' | 'body' };
type Prepared = { url: string; init: RequestInit; call: Call; repeatable: boolean };
type Received = { response: Response; info: ResponseInfo; settle(): void };

/** A file, read when it is wanted: `bytes()` at once, `body` as it comes. */
export type DownloadedFile = {
  filename: string | null;
  contentType: string;
  body: ReadableStream<Uint8Array> | null;
  bytes(): Promise<Uint8Array>;
};

/** One part of a path. @throws TypeError for what would lead to another path. */
export function segment(value: string): string {
  if (typeof value !== 'string' || value === '' || value === '.' || value === '..')
    throw new TypeError(`Expected an id, received ${JSON.stringify(value)}`);
  return encodeURIComponent(value);
}

const textOfValue = (value: unknown): string =>
  value instanceof Date ? value.toISOString() : Array.isArray(value) ? value.join(',') : String(value);
function queryText(query: Query = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([name, value]) => [name, textOfValue(value)]))}`;
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

export class Transport {
  readonly settings: TransportSettings;
  readonly gate: RateLimitGate;
  private readonly authorization: string;
  constructor(settings: TransportSettings) {
    this.settings = settings;
    this.gate = new RateLimitGate(settings.longestWaitMs);
    this.authorization = `Basic ${base64(utf8(`${settings.apiKey}:${settings.apiSecret}`))}`;
  }

  item<T>(call: Call, options: RequestOptions): ApiPromise<T> {
    return new ApiPromise(this.json<{ data: T }>(call, options).then(({ data, response }) => ({ data: data.data, response })));
  }

  page<T, Body extends PageBody<T>>(call: Call, options: RequestOptions): PagePromise<T, Body> {
    const turn: Turn<T, Body> = async (query) => {
      const { data: body, response } = await this.json<Body>({ ...call, query }, options);
      return { data: new Page(body, response, query, turn), response };
    };
    return new PagePromise(turn(call.query ?? {}));
  }

  file(call: Call, options: RequestOptions): ApiPromise<DownloadedFile> {
    const opened = this.send(this.prepare(call, options), options, true).then(({ response, info, settle }) => {
      settle();
      const { headers, body } = response;
      const filename = /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '')?.[1] ?? null;
      const contentType = headers.get('content-type') ?? 'application/octet-stream';
      const bytes = async () => new Uint8Array(await response.arrayBuffer());
      return { data: { filename, contentType, body, bytes }, response: info };
    });
    return new ApiPromise(opened);
  }

  stream<T>(call: Call, options: StreamOptions): EventStream<T> {
    const { lastEventId: _id, ...rest } = options;
    return new EventStream<T>(async (lastEventId, signal) => {
      const prepared = this.prepare(call, rest);
      const headers = { ...(prepared.init.headers as Record<string, string>), accept: 'text/event-stream' };
      const resumed = lastEventId === undefined ? headers : { ...headers, 'last-event-id': lastEventId };
      const { response, settle } = await this.send(
        { ...prepared, init: { ...prepared.init, headers: resumed } },
        { ...rest, signal },
        true,
      );
      settle();
      if (!response.body) throw new PredictuError('The stream has no body');
      return response.body;
    }, options);
  }

  private async json<Body>(call: Call, options: RequestOptions): Promise<Answered<Body>> {
    const { response, info, settle } = await this.send(this.prepare(call, options), options);
    try {
      return { data: (await response.json()) as Body, response: info };
    } catch (cause) {
      throw new ApiConnectionError('The answer ended early or is not JSON', { cause });
    } finally {
      settle();
    }
  }

  private prepare(call: Call, options: RequestOptions): Prepared {
    const { method, path, query, body, form, key } = call;
    const given = (body as { idempotency_key?: string } | undefined)?.idempotency_key ?? options.idempotencyKey;
    const made = key ? (given ?? newKey()) : undefined;
    const headers: Record<string, string> = { authorization: this.authorization, accept: 'application/json' };
    if (body) headers['content-type'] = 'application/json';
    if (made && key === 'header') headers['idempotency-key'] = made;
    // A form says its own content type, with the boundary.
    const content = form ? formOf(form) : body && JSON.stringify(key === 'body' ? { ...body, idempotency_key: made } : body);
    return {
      url: `${this.settings.baseUrl}${path}${queryText(query)}`,
      init: { method, headers, redirect: 'manual', ...(content === undefined ? {} : { body: content }) },
      call,
      repeatable: method === 'GET' || method === 'PUT' || key !== undefined,
    };
  }

  /** Until it is answered, or there is no use in asking again. The caller settles what it received, which ends the time limit. */
  private async send(prepared: Prepared, options: RequestOptions, endless = false): Promise<Received> {
    const { maxRetries, longestWaitMs, waitForRateLimit } = this.settings;
    for (let attempt = 0; ; attempt += 1) {
      if (waitForRateLimit) await this.gate.enter(options.signal);
      let failure: unknown;
      try {
        const received = await this.attempt(prepared, options, attempt + 1, endless);
        if (received.response.ok) return received;
        failure = errorFrom(await bodyOf(received.response), received.info);
        received.settle();
      } catch (error) {
        failure = error;
      }
      const state = { attempt, failure, repeatable: prepared.repeatable, chance: chance() };
      const wait = options.signal?.aborted ? null : waitBeforeRetry(state, { maxRetries: options.maxRetries ?? maxRetries, longestWaitMs });
      if (wait === null) throw failure;
      await pause(wait, options.signal);
    }
  }

  private async attempt({ url, init, call }: Prepared, options: RequestOptions, attempts: number, endless: boolean): Promise<Received> {
    const { timeoutMs, baseUrl, onResponse } = this.settings;
    const limitMs = options.timeoutMs ?? timeoutMs;
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(new ApiTimeoutError(`No answer within ${limitMs} ms`)), limitMs);
    const stop = () => ended.abort(options.signal?.reason);
    if (options.signal?.aborted) stop();
    options.signal?.addEventListener('abort', stop, { once: true });
    const settle = () => {
      clearTimeout(timer);
      // A stream and a download go on after their headers, and end with the caller's signal.
      if (!endless) options.signal?.removeEventListener('abort', stop);
    };
    try {
      const response = await this.settings.fetch(url, { ...init, signal: ended.signal });
      const info = responseInfo(response, attempts, nowMs());
      this.gate.learn(info.rateLimit);
      onResponse?.(info, { method: call.method, path: call.path });
      return { response, info, settle };
    } catch (cause) {
      settle();
      if (ended.signal.aborted) throw ended.signal.reason;
      throw new ApiConnectionError(`${baseUrl} cannot be reached: set baseUrl or PREDICTU_BASE_URL if it is elsewhere`, { cause });
    }
  }
}
