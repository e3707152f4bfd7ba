/** The Predictu operator API for JavaScript and TypeScript. */
import { type CallbackHeaders, CallbackVerifier, type RawBody } from './callbacks.ts';
import { PredictuError } from './errors.ts';
import { type LaunchOptions, type LaunchPlayer, signLaunchToken } from './launch-token.ts';
import { Resources } from './resources.gen.ts';
import type { RateLimit, ResponseInfo } from './response-info.ts';
import { setting } from './runtime.ts';
import type { Callback } from './shapes.gen.ts';
import { Transport } from './transport.ts';

export type PredictuOptions = {
  /** `pk_…`; PREDICTU_API_KEY when absent. */
  apiKey?: string;
  /** `sk_…`; PREDICTU_API_SECRET when absent. Belongs on your servers only. */
  apiSecret?: string;
  /** Where your platform is; PREDICTU_BASE_URL when absent, else this machine. */
  baseUrl?: string;
  /** `whsec_…`, to verify callbacks; PREDICTU_WEBHOOK_SECRET when absent. */
  webhookSecret?: string;
  /** Your `op_…` id, to verify callbacks; PREDICTU_OPERATOR_ID when absent. */
  operatorId?: string;
  /** For each attempt; 30 seconds when absent. */
  timeoutMs?: number;
  /** 3 when absent. */
  maxRetries?: number;
  /** The longest it waits by itself, for Retry-After or the next window; a minute when absent. */
  longestWaitMs?: number;
  /** Waits for the next minute when nothing is left of this one; true when absent. */
  waitForRateLimit?: boolean;
  /** Takes every callback once, as far as this process remembers. */
  rejectReplays?: boolean;
  /** Any function like the standard one. */
  fetch?: typeof fetch;
  /** Told of every answer, retried ones included. */
  onResponse?: (response: ResponseInfo, call: { method: string; path: string }) => void;
};

const THIS_MACHINE = 'http://127.0.0.1:3000';

function required(value: string | undefined, name: string, variable: string): string {
  if (!value) throw new PredictuError(`${name} is missing: give it, or set ${variable}`);
  return value;
}
function baseOf(address: string): string {
  if (!/^https?:\/\/[^/]/.test(address)) throw new PredictuError(`baseUrl is no http or https address: ${address}`);
  return address.replace(/\/+$/, '');
}

export class PredictuOperator extends Resources {
  readonly baseUrl: string;
  private readonly sends: Transport;
  private readonly options: PredictuOptions;
  private verifier: CallbackVerifier | undefined;

  constructor(options: PredictuOptions = {}) {
    const ask = options.fetch ?? ((...words: Parameters<typeof fetch>) => fetch(...words));
    const baseUrl = baseOf(options.baseUrl ?? setting('PREDICTU_BASE_URL') ?? THIS_MACHINE);
    const transport = new Transport({
      apiKey: required(options.apiKey ?? setting('PREDICTU_API_KEY'), 'apiKey', 'PREDICTU_API_KEY'),
      apiSecret: required(options.apiSecret ?? setting('PREDICTU_API_SECRET'), 'apiSecret', 'PREDICTU_API_SECRET'),
      baseUrl,
      timeoutMs: options.timeoutMs ?? 30_000,
      maxRetries: options.maxRetries ?? 3,
      longestWaitMs: options.longestWaitMs ?? 61_000,
      waitForRateLimit: options.waitForRateLimit ?? true,
      fetch: ask,
      onResponse: options.onResponse,
    });
    super(transport);
    this.baseUrl = baseUrl;
    this.sends = transport;
    this.options = { ...options, fetch: ask };
  }

  /** What the last answer said is left of this minute; null before the first. */
  get rateLimit(): RateLimit | null {
    return this.sends.gate.latest;
  }

  /** The token with which a player of yours enters the embed. */
  launchToken(player: LaunchPlayer, options: LaunchOptions = {}): Promise<string> {
    return signLaunchToken(this.sends.settings, player, options);
  }

  /** The callback that arrived, when the platform sent it. @throws CallbackError, whose `answer` is to be sent. */
  verifyCallback(rawBody: RawBody, headers: CallbackHeaders): Promise<Callback> {
    const webhookSecret = this.options.webhookSecret ?? setting('PREDICTU_WEBHOOK_SECRET');
    const operatorId = this.options.operatorId ?? setting('PREDICTU_OPERATOR_ID');
    this.verifier ??= new CallbackVerifier({
      webhookSecret,
      operatorId,
      baseUrl: this.baseUrl,
      rejectReplays: this.options.rejectReplays,
      fetch: this.options.fetch,
    });
    return this.verifier.verify(rawBody, headers);
  }
}

export {
  CallbackError,
  type CallbackHeaders,
  CallbackKeysError,
  CallbackReplayError,
  type CallbackSettings,
  CallbackSignatureError,
  CallbackVerifier,
  type RawBody,
  signWebhook,
} from './callbacks.ts';
export type { ErrorCode } from './error-codes.gen.ts';
export {
  ApiConnectionError,
  ApiError,
  ApiTimeoutError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  type FieldProblem,
  IdempotencyError,
  NotFoundError,
  PermissionDeniedError,
  PredictuError,
  RateLimitError,
  RefusedError,
  ServerError,
  ValidationError,
} from './errors.ts';
export type { EventStream, StreamEvent, StreamOptions } from './events.ts';
export type { UploadFile } from './form.ts';
export { type KeyPair, type LaunchOptions, type LaunchPlayer, signLaunchToken } from './launch-token.ts';
export type { Page, PagePromise } from './page.ts';
export type { Answered, ApiPromise } from './promise.ts';
export type { RateLimit, ResponseInfo } from './response-info.ts';
export type * from './shapes.gen.ts';
export type { DownloadedFile, RequestOptions } from './transport.ts';
