/** The public keys that verify callbacks. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';

export const jwks = endpoint({
  method: 'GET',
  path: '/.well-known/jwks.json',
  audience: 'public',
  tag: 'Wallet',
  summary: 'Get the public keys that verify callbacks',
  description: 'RFC 7517. Every operator’s live keys; take the one whose `kid` is the token’s. May be cached for five minutes.',
  answer: z.object({
    keys: z.array(
      z.object({ kty: z.literal('RSA'), kid: z.string(), alg: z.literal('RS256'), use: z.literal('sig'), n: z.string(), e: z.string() }),
    ),
  }),
});
