/** Liveness with the state and latency of everything the server leans on. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { single } from '../page.ts';

const downstream = z.object({
  state: z.enum(['ok', 'degraded', 'down', 'not_configured']),
  latency_ms: z.number().nullable().meta({ description: 'Milliseconds of one round trip; null when there was none.' }),
  detail: z.string().nullable(),
});

export const health = endpoint({
  method: 'GET',
  path: '/api/health',
  audience: 'public',
  tag: 'Operations',
  summary: 'Liveness probe with per-downstream state',
  description: 'Answers 200 while the process can answer at all; `status` says how well. `supabase` means Postgres and the identity store.',
  answer: single(
    z.object({
      status: z.enum(['ok', 'degraded', 'down']),
      version: z.string(),
      uptime_seconds: z.number().int(),
      time: z.iso.datetime(),
      downstreams: z.object({
        supabase: downstream,
        redis: downstream,
        anthropic: downstream,
        worker: downstream,
        market_feed: downstream,
      }),
    }),
  ),
});
export type Downstream = z.output<typeof downstream>;
