/** How an operator lets its pages in: key pairs, allowed origins, the snippet. */
import { z } from 'zod';
import { apiKeyId, originId } from '../ids.ts';
import { instant } from '../units.ts';
import { apiKeyScope } from './permission.ts';

export const apiKey = z
  .object({
    id: apiKeyId,
    name: z.string(),
    prefix: z.string().meta({ description: 'The first 12 characters of the key.' }),
    status: z.enum(['active', 'expired', 'revoked']),
    permissions: z.array(apiKeyScope),
    last_used_at: instant.nullable(),
    requests_24h: z.number().int().meta({ description: 'Requests and launch tokens of the last 24 hours, by whole hours.' }),
    created_at: instant,
    expires_at: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });

/** A pair as it is shown once. */
export const newKeyPair = z
  .object({
    id: apiKeyId,
    name: z.string(),
    api_key: z.string(),
    api_secret: z.string().meta({ description: 'Shown in this answer only.' }),
    prefix: z.string(),
    status: z.literal('active'),
    permissions: z.array(apiKeyScope),
    created_at: instant,
    expires_at: instant.nullable(),
  })
  .meta({ id: 'NewApiKey' });

/** Where a TXT record may stand whose domain is only an alias. */
export const TXT_NAME = '_predictu-verify';

export const embedOrigin = z
  .object({
    id: originId,
    origin: z.string(),
    status: z.enum(['pending_verification', 'verified', 'removed']),
    verified_at: instant.nullable(),
    last_seen_at: instant.nullable().meta({ description: 'When a player session was last opened from it.' }),
    request_count_24h: z.number().int().meta({ description: 'Player sessions opened from it in the last 24 hours.' }),
    created_at: instant,
    verification_token: z.string().nullable().meta({ description: 'null once verified.' }),
    verification_instructions: z.string().nullable(),
    last_checked_at: instant.nullable().meta({ description: 'When DNS was last asked for the TXT record.' }),
    check_detail: z.string().nullable().meta({ description: 'What DNS said then.' }),
  })
  .meta({ id: 'EmbedOrigin' });

/** A CSS length: what may stand in a width or height of the snippet. */
const length = z.string().regex(/^\d{1,5}(\.\d{1,2})?(px|%|vh|vw|em|rem)?$/, 'Expected a length like 600px or 100%');

export const embedCodeQuery = {
  format: z
    .enum(['html', 'react', 'vanilla'])
    .default('html')
    .meta({ description: 'html: iframe snippet. react: a component. vanilla: the bridge alone.' }),
  theme: z.enum(['dark', 'light']).default('dark'),
  width: length.default('100%').meta({ description: 'Embed width.' }),
  height: length.default('600px').meta({ description: 'Embed height.' }),
};
export const embedCode = z
  .object({
    format: z.enum(['html', 'react', 'vanilla']),
    code: z.string(),
    api_key: z.string().meta({ description: 'The public key of the oldest active pair that may sign launch tokens.' }),
    embed_url: z.string(),
    bridge_url: z.string(),
  })
  .meta({ id: 'EmbedCode' });
