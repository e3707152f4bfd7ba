/** Who is calling, may they, and how often: in that order, and before anything of the request is read. */

import type { Audience, Endpoint, Permission } from '@predictu/contract/endpoint';
import { Failure } from '@predictu/contract/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from './actor.ts';
import type { Bucket, Counted, RateLimits } from './rate-limits.ts';

export type Credentials = { scheme: 'bearer'; token: string } | { scheme: 'basic'; user: string; password: string };
/** Makes the actor of valid credentials; throws UNAUTHORIZED, or FORBIDDEN when the role behind them is revoked. */
export type Authenticate = (credentials: Credentials) => Actor | Promise<Actor>;

const KINDS: Record<Exclude<Audience, 'public'>, readonly Actor['kind'][]> = {
  admin: ['admin'],
  operator: ['operator', 'apiKey'],
  player: ['player'],
};
const REQUIRED: Record<Audience, string> = {
  public: '',
  admin: 'Admin authentication required',
  operator: 'Operator authentication required',
  player: 'Player session required',
};

/** What every client of ours sends needs no expression. */
const BEARER = 'Bearer ';

function credentialsOf(header: string | undefined): Credentials | undefined {
  if (header?.startsWith(BEARER) && header.length > BEARER.length && !header.includes(' ', BEARER.length))
    return { scheme: 'bearer', token: header.slice(BEARER.length) };
  const [, scheme, value] = /^(Bearer|Basic) +(\S+)$/i.exec(header ?? '') ?? [];
  if (!scheme || !value) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { scheme: 'bearer', token: value };
  const [user, ...password] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return user && password.length > 0 ? { scheme: 'basic', user, password: password.join(':') } : undefined;
}

/** The actor, once rate and permission allow the call; the rate headers are set either way. */
export async function authorise(
  endpoint: Endpoint,
  { authenticate, rateLimits }: { authenticate: Authenticate; rateLimits: RateLimits },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Actor> {
  if (endpoint.audience === 'public') {
    await count(rateLimits, endpoint.rate ?? 'public', request.ip, reply);
    return { kind: 'access' };
  }
  const credentials = credentialsOf(request.headers.authorization);
  let actor: Actor;
  try {
    if (!credentials) throw new Failure('UNAUTHORIZED', REQUIRED[endpoint.audience]);
    const known = authenticate(credentials);
    actor = known instanceof Promise ? await known : known;
  } catch (error) {
    // Guessing costs the guesser: failures count against the address they come from.
    await count(rateLimits, 'public', request.ip, reply);
    throw error;
  }
  const [bucket, key] = bucketOf(actor);
  const counted = count(rateLimits, bucket, key, reply);
  if (counted) await counted;
  if (!KINDS[endpoint.audience].includes(actor.kind)) throw new Failure('FORBIDDEN', 'This token is for another audience');
  if ('permissions' in actor) {
    const needed: Permission = endpoint.needs ?? (endpoint.method === 'GET' ? 'read' : 'write');
    if (!actor.permissions.includes(needed)) throw new Failure('FORBIDDEN', `The permission "${needed}" is needed`, { needed });
    if ('readOnly' in actor && actor.readOnly && endpoint.method !== 'GET' && !endpoint.whileReadOnly)
      throw new Failure('OPERATOR_READ_ONLY', 'The trial is over: everything can be read, nothing changed', { reason: 'trial_over' });
  }
  return actor;
}

function bucketOf(actor: Actor): [Bucket, string] {
  switch (actor.kind) {
    case 'admin':
      return ['admin', String(actor.adminId)];
    case 'operator':
    case 'apiKey':
      return ['operator', String(actor.operatorId)];
    case 'player':
      return ['player', String(actor.playerId)];
    default:
      return ['public', actor.kind];
  }
}

function count(rateLimits: RateLimits, bucket: Bucket, key: string, reply: FastifyReply): Promise<void> | undefined {
  const counted = rateLimits.count(bucket, key);
  if (counted instanceof Promise) return counted.then((late) => admit(late, reply));
  admit(counted, reply);
  return undefined;
}

function admit({ allowed, limit, remaining, resetAt, retryAfterSeconds }: Counted, reply: FastifyReply): void {
  reply.header('x-ratelimit-limit', limit).header('x-ratelimit-remaining', remaining).header('x-ratelimit-reset', resetAt);
  if (allowed) return;
  reply.header('retry-after', retryAfterSeconds);
  throw new Failure('RATE_LIMITED', `More than ${limit} requests in a minute`, { limit, retry_after_seconds: retryAfterSeconds });
}
