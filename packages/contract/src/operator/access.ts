/** An operator makes and withdraws its key pairs and the origins that may show its embed. */
import { z } from 'zod';
import { at, endpoint } from '../endpoint.ts';
import { apiKeyId, originId } from '../ids.ts';
import { single } from '../page.ts';
import { embedOrigin, newKeyPair, TXT_NAME } from '../shapes/embed.ts';
import { apiKeyScope } from '../shapes/permission.ts';
import { instant } from '../units.ts';

const common = { audience: 'operator', needs: 'config' } as const;
const name = z.string().trim().min(1).max(100).meta({ description: 'Human-readable label for the key.' });
const permissions = z
  .array(apiKeyScope)
  .min(1)
  .max(3)
  .refine((scopes) => new Set(scopes).size === scopes.length, 'Expected each scope once')
  .meta({ description: 'Permission scopes. Defaults to all.' });
const expiry = instant.nullable().meta({ description: 'ISO 8601 expiration date, in the future. null for non-expiring.' });

const keyCreation = {
  ...common,
  method: 'POST',
  tag: 'API keys',
  summary: 'Create an API key',
  description: 'The secret is shown in this answer only.',
  body: z.strictObject({ name, permissions: permissions.optional(), expires_at: expiry.optional() }),
  status: 201,
  answer: single(newKeyPair),
  refusals: ['CONFLICT'],
} as const;
export const createApiKey = endpoint({ ...keyCreation, ...at('/api/operator/api-keys') });
export const createDeveloperKey = endpoint({ ...keyCreation, ...at('/api/developer/api-keys') });

const keyRemoval = {
  ...common,
  whileReadOnly: true,
  tag: 'API keys',
  description: 'Every request with it is answered with 401 from now on. Cannot be undone.',
  answer: single(z.object({ id: apiKeyId, name: z.string(), status: z.literal('revoked'), revoked_at: instant })),
  refusals: ['NOT_FOUND', 'CONFLICT'],
} as const;
export const deleteApiKey = endpoint({
  ...keyRemoval,
  method: 'DELETE',
  path: '/api/operator/api-keys',
  summary: 'Delete an API key',
  body: z.strictObject({ key_id: apiKeyId }),
});
export const revokeDeveloperKey = endpoint({
  ...keyRemoval,
  method: 'PATCH',
  path: '/api/developer/api-keys',
  summary: 'Revoke an API key',
  body: z.strictObject({ key_id: apiKeyId, status: z.literal('revoked') }),
});
export const rotateApiKey = endpoint({
  whileReadOnly: true,
  ...common,
  method: 'POST',
  path: '/api/operator/api-keys/{key_id}/rotate',
  tag: 'API keys',
  summary: 'Rotate an API key',
  description: 'Makes a pair with the same name and scopes. The old one works beside it for the overlap, then never again.',
  params: z.strictObject({ key_id: apiKeyId }),
  body: z.strictObject({
    overlap_hours: z.number().int().min(0).max(168).default(24).meta({ description: '0: the old pair stops at once.' }),
    expires_at: expiry.optional().meta({ description: 'Of the new pair; that of the old one when absent.' }),
  }),
  status: 201,
  answer: single(
    newKeyPair.extend({ predecessor: z.object({ id: apiKeyId, status: z.enum(['active', 'revoked']), expires_at: instant.nullable() }) }),
  ),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});

export const addEmbedOrigin = endpoint({
  ...common,
  method: 'POST',
  path: '/api/operator/embed/origins',
  tag: 'Embed',
  summary: 'Add an origin',
  description: `It counts once its domain has the TXT record, at the domain itself or at \`${TXT_NAME}.\` before it; asked for every 5 minutes.`,
  body: z.strictObject({
    origin: z.string().min(1).max(255).meta({ description: 'Like https://example-casino.com, without a path or a slash at the end.' }),
  }),
  status: 201,
  answer: single(
    embedOrigin.extend({
      verification_token: z.string(),
      verification_instructions: z.string(),
    }),
  ),
  refusals: ['CONFLICT'],
});
export const removeEmbedOrigin = endpoint({
  whileReadOnly: true,
  ...common,
  method: 'DELETE',
  path: '/api/operator/embed/origins',
  tag: 'Embed',
  summary: 'Remove an origin',
  description: 'Pages of the origin can no longer frame the embed, and player sessions opened there end.',
  body: z.strictObject({ origin_id: originId }),
  answer: single(
    z.object({
      id: originId,
      origin: z.string(),
      status: z.literal('removed'),
      removed_at: instant,
      ended_sessions: z.number().int().meta({ description: 'Player sessions opened from it that ended.' }),
    }),
  ),
  refusals: ['NOT_FOUND'],
});
export const checkEmbedOrigin = endpoint({
  ...common,
  method: 'POST',
  path: '/api/operator/embed/origins/{origin_id}/check',
  tag: 'Embed',
  summary: 'Check an origin now',
  description: 'Asks DNS for the TXT record without waiting for the next check.',
  params: z.strictObject({ origin_id: originId }),
  body: z.strictObject({}),
  answer: single(embedOrigin),
  refusals: ['NOT_FOUND'],
});
