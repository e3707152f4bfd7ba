/** What an answer says beside its body. */
export type RateLimit = {
  /** Requests a minute. */
  limit: number;
  /** Requests left in this window. */
  remaining: number;
  /** When the window ends, by this machine's clock. */
  resetsAt: Date;
};
export type ResponseInfo = {
  status: number;
  requestId: string | null;
  /** The idempotency key was known: this is the first answer again. */
  replayed: boolean;
  retryAfterSeconds: number | null;
  rateLimit: RateLimit | null;
  /** How often the request was sent. */
  attempts: number;
};

const numberIn = (headers: Headers, name: string): number | null => {
  const text = headers.get(name);
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
};

/** The server's clock and ours may differ: the header Date says by how much. */
function rateLimitOf(headers: Headers, now: number): RateLimit | null {
  const limit = numberIn(headers, 'x-ratelimit-limit');
  const remaining = numberIn(headers, 'x-ratelimit-remaining');
  const reset = numberIn(headers, 'x-ratelimit-reset');
  if (limit === null || remaining === null || reset === null) return null;
  const theirs = Date.parse(headers.get('date') ?? '');
  const ahead = Number.isNaN(theirs) ? 0 : theirs - now;
  return { limit, remaining, resetsAt: new Date(reset * 1_000 - ahead) };
}

/** Seconds, or an HTTP date. */
function retryAfterOf(headers: Headers, now: number): number | null {
  const text = headers.get('retry-after');
  if (text === null) return null;
  if (/^\d+$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1_000));
}

export function responseInfo({ status, headers }: Response, attempts: number, now: number): ResponseInfo {
  return {
    status,
    requestId: headers.get('x-request-id'),
    replayed: headers.get('idempotency-replayed') === 'true',
    retryAfterSeconds: retryAfterOf(headers, now),
    rateLimit: rateLimitOf(headers, now),
    attempts,
  };
}
