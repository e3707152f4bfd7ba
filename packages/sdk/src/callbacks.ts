/** Is this callback from the platform, about exactly these bytes, and new? Both signatures it carries are checked, as far as there are keys for them. */
import { type Bytes, base64, fromBase64, fromBase64url, hex, textOf, utf8 } from './encoding.ts';
import { PredictuError } from './errors.ts';
import { type KeySet, openKeySet } from './key-set.ts';
import { nowMs } from './runtime.ts';
import type { Callback, CallbackAnswer } from './shapes.gen.ts';

/** The callback is not to be acted on. Send `answer` as it is, with status `status`. */
export class CallbackError extends PredictuError {
  readonly status: 401 | 409 | 503;
  readonly answer: CallbackAnswer;
  constructor(message: string, status: 401 | 409 | 503, answer: CallbackAnswer['status'], options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.answer = { status: answer, message };
  }
}
/** Not signed by the platform, for somebody else, altered, or too old. */
export class CallbackSignatureError extends CallbackError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, 401, 'INVALID_SIGNATURE', options);
  }
}
/** Signed, and taken before. Nothing is known about what became of it then, so the platform is to ask again. */
export class CallbackReplayError extends CallbackError {
  constructor() {
    super('This attempt was taken before; ask again', 409, 'ERROR');
  }
}
/** The platform's keys cannot be fetched: that says nothing about the signature, so the platform is to ask again. */
export class CallbackKeysError extends CallbackError {
  constructor(cause: unknown) {
    super('The keys of the platform are not available; ask again', 503, 'ERROR', { cause });
  }
}

export type CallbackSettings = {
  /** `whsec_…` from the console: checks the Standard Webhooks signature. */
  webhookSecret?: string | undefined;
  /** Where the platform is: checks the JWT with the keys at `/.well-known/jwks.json`. */
  baseUrl?: string | undefined;
  /** Your `op_…` id. Every operator's keys are in one place, so the JWT alone proves nothing without it. */
  operatorId?: string | undefined;
  /** How old an attempt may be, and how far ahead its clock. */
  toleranceSeconds?: number | undefined;
  /** Takes every attempt once, as far as this process remembers. `transaction_id` is what keeps the money right, with or without it. */
  rejectReplays?: boolean | undefined;
  timeoutMs?: number | undefined;
  fetch?: typeof fetch | undefined;
  /** Milliseconds since 1970; the machine's clock when absent. */
  now?: (() => number) | undefined;
};
export type CallbackHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
export type RawBody = string | Uint8Array | ArrayBuffer;

const TOLERANCE_SECONDS = 300;
const JWT_LEEWAY_SECONDS = 5;
const METHODS: ReadonlySet<unknown> = new Set([
  'PING',
  'BALANCE',
  'BET_MAKE',
  'BET_SELL',
  'BET_WIN',
  'BET_LOSE',
  'BET_REFUND',
  'BET_ROLLBACK',
]);

function headerOf(headers: CallbackHeaders, name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? '';
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' ? found : '';
}

function bytesOf(body: RawBody): Bytes {
  if (typeof body === 'string') return utf8(body);
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return new Uint8Array(body as Uint8Array);
  throw new TypeError('Expected the raw body, before any parser: the signatures cover its bytes');
}

/** `v1,` and base64, several of them while the secret is being changed. */
async function webhookMatches(secret: string, headers: CallbackHeaders, body: Bytes): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', fromBase64(secret.replace(/^whsec_/, '')), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ]);
  const head = utf8(`${headerOf(headers, 'webhook-id')}.${headerOf(headers, 'webhook-timestamp')}.`);
  const signed = new Uint8Array(head.length + body.length);
  signed.set(head);
  signed.set(body, head.length);
  let matches = false;
  for (const candidate of headerOf(headers, 'webhook-signature').split(' ')) {
    const [version, text = ''] = candidate.split(',');
    if (version !== 'v1' || !/^[A-Za-z0-9+/]{43}=$/.test(text)) continue;
    // Web Crypto compares in constant time.
    if (await crypto.subtle.verify('HMAC', key, fromBase64(text), signed)) matches = true;
  }
  return matches;
}

type Claims = { iss?: unknown; sub?: unknown; iat?: unknown; exp?: unknown; jti?: unknown; method?: unknown; digest?: unknown };
function decoded(part: string): Record<string, unknown> {
  const value: unknown = JSON.parse(textOf(fromBase64url(part)));
  if (typeof value !== 'object' || value === null) throw new TypeError('Not an object');
  return value as Record<string, unknown>;
}

async function claimsOf(keys: KeySet, headers: CallbackHeaders): Promise<Claims> {
  const token = /^bearer (\S+)$/i.exec(headerOf(headers, 'authorization'))?.[1] ?? '';
  const [head = '', payload = '', signature = '', ...more] = token.split('.');
  let parts: { header: Record<string, unknown>; claims: Claims; signature: Bytes };
  try {
    if (more.length > 0 || !signature) throw new TypeError('Not three parts');
    parts = { header: decoded(head), claims: decoded(payload), signature: fromBase64url(signature) };
  } catch (cause) {
    throw new CallbackSignatureError('No readable bearer token', { cause });
  }
  const { header, claims } = parts;
  if (header['alg'] !== 'RS256' || typeof header['kid'] !== 'string')
    throw new CallbackSignatureError('Expected a token signed RS256 with a kid');
  const valid = await keys.verify(header['kid'], parts.signature, utf8(`${head}.${payload}`)).catch((cause: unknown) => {
    throw new CallbackKeysError(cause);
  });
  if (valid === null) throw new CallbackSignatureError('The token names a key the platform does not publish');
  if (!valid) throw new CallbackSignatureError('The signature of the token is not that of its key');
  return claims;
}

function claimProblem(
  { iss, sub, iat, exp, method, digest }: Claims,
  callback: Callback,
  bodyDigest: string,
  nowSeconds: number,
): string | undefined {
  if (iss !== 'predictu') return 'The token is not from the platform';
  if (typeof exp !== 'number' || exp + JWT_LEEWAY_SECONDS <= nowSeconds) return 'The token has expired';
  if (typeof iat !== 'number' || iat - JWT_LEEWAY_SECONDS > nowSeconds) return 'The token is from the future';
  if (digest !== bodyDigest) return 'The token was signed for another body';
  if (method !== callback.method) return 'The token was signed for another method';
  if (sub !== callback.operator_id) return 'The token was signed for another operator';
  return undefined;
}

function parsed(body: Bytes): Callback {
  try {
    const value = JSON.parse(textOf(body)) as Callback;
    if (METHODS.has(value.method) && typeof value.operator_id === 'string' && typeof value.params === 'object' && value.params !== null)
      return value;
  } catch (cause) {
    throw new CallbackSignatureError('The body is not a callback', { cause });
  }
  throw new CallbackSignatureError('The body is not a callback');
}

/** Remembers what was taken until it would be too old anyway. */
function openMemory(): (id: string, until: number, now: number) => boolean {
  const taken = new Map<string, number>();
  return (id, until, now) => {
    for (const [old, end] of taken) {
      if (end > now) break;
      taken.delete(old);
    }
    if (taken.has(id)) return false;
    taken.set(id, until);
    return true;
  };
}

export class CallbackVerifier {
  private readonly settings: CallbackSettings;
  private readonly keys: KeySet | undefined;
  private readonly isNew = openMemory();
  constructor(settings: CallbackSettings) {
    const { webhookSecret, baseUrl, operatorId, timeoutMs = 2_500 } = settings;
    if (!webhookSecret && !(baseUrl && operatorId)) throw new TypeError('Expected webhookSecret, or baseUrl with operatorId, or all three');
    this.settings = settings;
    const ask = settings.fetch ?? ((...words: Parameters<typeof fetch>) => fetch(...words));
    this.keys = baseUrl ? openKeySet({ url: `${baseUrl.replace(/\/+$/, '')}/.well-known/jwks.json`, fetch: ask, timeoutMs }) : undefined;
  }

  /** The callback, when it may be acted on. `body` is what arrived, before any parser. @throws CallbackError, whose `answer` is to be sent. */
  async verify(body: RawBody, headers: CallbackHeaders): Promise<Callback> {
    const { webhookSecret, operatorId, toleranceSeconds = TOLERANCE_SECONDS, rejectReplays = false, now = nowMs } = this.settings;
    const bytes = bytesOf(body);
    const nowSeconds = now() / 1_000;
    const timestamp = headerOf(headers, 'webhook-timestamp');
    if (webhookSecret) {
      if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowSeconds - Number(timestamp)) > toleranceSeconds)
        throw new CallbackSignatureError('The attempt is too old, or from the future');
      if (!(await webhookMatches(webhookSecret, headers, bytes)))
        throw new CallbackSignatureError('The webhook signature does not fit the body');
    }
    const callback = parsed(bytes);
    if (operatorId && callback.operator_id !== operatorId) throw new CallbackSignatureError('The callback is for another operator');
    let attempt = `${headerOf(headers, 'webhook-id')}.${timestamp}`;
    if (this.keys) {
      const claims = await claimsOf(this.keys, headers);
      const digest = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
      const problem = claimProblem(claims, callback, digest, nowSeconds);
      if (problem) throw new CallbackSignatureError(problem);
      attempt = String(claims.jti);
    }
    if (rejectReplays && !this.isNew(attempt, nowSeconds + 2 * toleranceSeconds, nowSeconds)) throw new CallbackReplayError();
    return callback;
  }
}

/** Signs bytes as the platform does with a webhook secret: for tests of your own endpoint. */
export async function signWebhook(secret: string, id: string, timestamp: number, body: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', fromBase64(secret.replace(/^whsec_/, '')), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return `v1,${base64(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(`${id}.${timestamp}.${body}`))))}`;
}
