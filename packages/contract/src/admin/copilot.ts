/** Credits of the copilot, for the platform. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { single } from '../page.ts';
import { credits } from '../shapes/credits.ts';

const common = { audience: 'admin', path: '/api/internal/operators/{slug}/credits', tag: 'Copilot' } as const;
const params = z.strictObject({ slug: z.string().max(100) });

export const getOperatorCredits = endpoint({
  ...common,
  method: 'GET',
  summary: 'Get the copilot credits of an operator',
  params,
  answer: single(credits),
});
export const topUpCredits = endpoint({
  ...common,
  method: 'POST',
  needs: 'billing',
  idempotency: 'required',
  summary: 'Top up the copilot credits of an operator',
  description: 'The same key and body again change nothing more.',
  params,
  body: z.strictObject({ credits: z.number().int().min(1).max(1_000_000), reason: z.string().trim().min(1).max(500) }),
  status: 201,
  answer: single(credits),
  refusals: ['IDEMPOTENCY_KEY_REUSED'],
});
