/** How an operator's wallet is asked, and how it stands. */
import { z } from 'zod';
import { instant } from '../units.ts';
import { CALLBACK_METHODS } from './callback-answer.ts';

const mode = z.enum(['internal', 'seamless', 'shadow']).meta({
  description: 'internal: the platform keeps the balance. seamless: the operator’s wallet does. shadow: no money moves.',
});
const milliseconds = z.number().int().min(250).max(20_000);
const byMethod = <T extends z.core.$ZodType>(value: T) =>
  z.strictObject(Object.fromEntries(CALLBACK_METHODS.map((method) => [method, value])) as { [M in (typeof CALLBACK_METHODS)[number]]: T });
const concurrency = z.number().int().min(1).max(256).meta({ description: 'Requests to the wallet at the same time.' });

const signingKey = z.object({
  kid: z.string(),
  fingerprint: z.string().meta({ description: 'sha256: and the SHA-256 of the public key’s SPKI bytes, in hex.' }),
  state: z
    .enum(['new', 'active', 'retiring', 'ended'])
    .meta({ description: 'new: published, not signing yet. retiring: published until ends_at.' }),
  active_from: instant,
  ends_at: instant.nullable(),
});
const webhookSecret = z.object({ created_at: instant, ends_at: instant.nullable().meta({ description: 'It signs until then.' }) });

export const walletSettings = z
  .object({
    mode,
    enabled: z.boolean(),
    callback_url: z.string().nullable(),
    currency: z.string(),
    budgets_ms: byMethod(milliseconds).meta({ description: 'How long each method may take.' }),
    concurrency,
    jwks_path: z.string(),
    signing_key_fingerprint: z.string().nullable().meta({ description: 'Of the key that signs now.' }),
    signing_keys: z.array(signingKey),
    webhook_secrets: z.array(webhookSecret),
    healthy: z.boolean().nullable().meta({ description: 'Whether the last PING was answered OK; null before the first.' }),
    last_ping: instant.nullable(),
    last_ok: instant.nullable(),
    failures: z.number().int().meta({ description: 'PINGs in a row without OK.' }),
    detail: z.string().nullable(),
  })
  .meta({ id: 'WalletSettings' });

export const walletSettingsPatch = z.strictObject({
  mode: mode.optional(),
  callback_url: z.string().max(500).nullable().optional(),
  budgets_ms: byMethod(milliseconds).partial().optional(),
  concurrency: concurrency.optional(),
});

export const madeSecret = z.object({
  secret: z.string().meta({ description: 'Shown once. Both sign until the one before ends.' }),
  predecessor_ends_at: instant.nullable(),
});

export const pingResult = z
  .object({
    ok: z.boolean(),
    steps: z.array(
      z.object({
        step: z.enum(['callback_url', 'address', 'signature', 'request', 'answer']),
        ok: z.boolean(),
        detail: z.string(),
      }),
    ),
    http_status: z.number().int().nullable(),
    milliseconds: z.number().int().nullable(),
    answer: z.string().nullable(),
  })
  .meta({ id: 'WalletPing' });
export type PingResult = z.output<typeof pingResult>;
