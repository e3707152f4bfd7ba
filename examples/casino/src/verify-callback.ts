/**
 * Is this request from the platform, about exactly these bytes, and new? Two independent proofs, both demanded:
 * an RS256 token checked against the platform's public keys, and the Standard Webhooks signature with the shared secret.
 */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

export type Callback = { method: string; request_id: string; operator_id: string; timestamp: unknown; params: Record<string, unknown> };
export type Verdict =
  | { ok: true; callback: Callback }
  | { ok: false; httpStatus: 400 | 401 | 409 | 503; status: 'INVALID_SIGNATURE' | 'ERROR'; reason: string };

export type VerifierOptions = { predictuUrl: string; webhookSecret: string; operatorId?: string | undefined };

const CLOCK_LEEWAY_SECONDS = 5;
/** Tokens live 30 s; anything that claims to be older is not one of theirs. */
const OLDEST_TOKEN_SECONDS = 60;
const KEYS_UNAVAILABLE: ReadonlySet<string> = new Set([errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code]);

const forged = (reason: string): Verdict => ({ ok: false, httpStatus: 401, status: 'INVALID_SIGNATURE', reason });
const malformed = (reason: string): Verdict => ({ ok: false, httpStatus: 400, status: 'ERROR', reason });
const text = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(body: Buffer): Callback | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (!isObject(value)) return undefined;
    const { method, request_id, operator_id, timestamp, params } = value;
    if (typeof method !== 'string' || typeof request_id !== 'string' || typeof operator_id !== 'string' || !isObject(params))
      return undefined;
    return { method, request_id, operator_id, timestamp, params };
  } catch {
    return undefined;
  }
}

/** Every `jti` that is still in its life, so that a token caught on the way cannot be sent again. */
function openSeenTokens() {
  const seen = new Map<string, number>();
  return (jti: string, exp: number): boolean => {
    const now = Date.now() / 1_000;
    for (const [old, until] of seen) {
      if (until > now) break;
      seen.delete(old);
    }
    if (seen.has(jti)) return false;
    seen.set(jti, exp + CLOCK_LEEWAY_SECONDS);
    return true;
  };
}

/** Why the claims do not fit the body, or undefined when they do. */
function claimProblem(claims: JWTPayload, body: Buffer, callback: Callback, operatorId: string | undefined): string | undefined {
  if (claims['digest'] !== createHash('sha256').update(body).digest('hex')) return 'The token was signed for another body';
  if (claims['method'] !== callback.method) return 'The token was signed for another method';
  if (claims.sub !== callback.operator_id) return 'The token was signed for another operator';
  if (operatorId !== undefined && claims.sub !== operatorId) return 'The callback is for another operator';
  return undefined;
}

export function openVerifier({ predictuUrl, webhookSecret, operatorId }: VerifierOptions) {
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', predictuUrl), { cooldownDuration: 2_000, timeoutDuration: 2_500 });
  const webhook = new Webhook(webhookSecret);
  const isNew = openSeenTokens();

  return async function verify(headers: IncomingHttpHeaders, body: Buffer): Promise<Verdict> {
    const [scheme, token] = text(headers.authorization).split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token) return forged('No bearer token');
    try {
      webhook.verify(
        body,
        {
          'webhook-id': text(headers['webhook-id']),
          'webhook-timestamp': text(headers['webhook-timestamp']),
          'webhook-signature': text(headers['webhook-signature']),
        },
        { jsonParse: false },
      );
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: 'predictu',
        requiredClaims: ['sub', 'iat', 'exp', 'jti', 'method', 'digest'],
        clockTolerance: CLOCK_LEEWAY_SECONDS,
        maxTokenAge: OLDEST_TOKEN_SECONDS,
      });
      const callback = parse(body);
      if (!callback) return malformed('The body is not a callback');
      const problem = claimProblem(payload, body, callback, operatorId);
      if (problem) return forged(problem);
      // Not a forgery: a network may deliver twice, and called refused, what the first delivery did would be held to be undone.
      if (!isNew(payload.jti ?? '', payload.exp ?? 0))
        return { ok: false, httpStatus: 409, status: 'ERROR', reason: 'The token was used before; ask again with a new one' };
      return { ok: true, callback };
    } catch (error) {
      if (error instanceof WebhookVerificationError) return forged(`Standard Webhooks: ${error.message}`);
      if (error instanceof errors.JOSEError && !KEYS_UNAVAILABLE.has(error.code)) return forged(error.message);
      // The keys could not be fetched: that says nothing about the signature, so ask for another attempt.
      return { ok: false, httpStatus: 503, status: 'ERROR', reason: `The platform's keys are not available: ${(error as Error).message}` };
    }
  };
}
