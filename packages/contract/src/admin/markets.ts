/** What the platform's staff do to markets. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { marketId } from '../ids.ts';
import { single } from '../page.ts';
import { marketStatus } from '../shapes/market.ts';
import { instant } from '../units.ts';

const change = (action: string, summary: string, description: string) =>
  endpoint({
    method: 'POST',
    path: `/api/internal/markets/{market_id}/${action}` as `/${string}`,
    audience: 'admin',
    tag: 'Markets',
    summary,
    description,
    params: z.strictObject({ market_id: marketId }),
    body: z.strictObject({
      reason: z.string().trim().min(1).max(500).meta({ description: 'Why; kept with the market and the audit log.' }),
    }),
    answer: single(z.object({ id: marketId, status: marketStatus, status_reason: z.string().nullable(), updated_at: instant })),
    refusals: ['CONFLICT'],
  });

export const pauseMarket = change('pause', 'Pause a market', 'Buying stops with the next trade; players may still sell at a fresh price.');
export const resumeMarket = change('resume', 'Resume a paused market', 'Buying is possible again with the next trade.');
