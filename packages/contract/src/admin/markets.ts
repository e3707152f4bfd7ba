/** What the platform's staff see of markets and do to them. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { sortOrder } from '../filters.ts';
import { marketId } from '../ids.ts';
import { cursorQuery, paged, pageQuery, single } from '../page.ts';
import { CATEGORIES } from '../shapes/category.ts';
import { marketStatus } from '../shapes/market.ts';
import { adminMarket, adminMarketDetail } from '../shapes/market-figures.ts';
import { instant } from '../units.ts';

const yesOrNo = z.codec(z.enum(['true', 'false']), z.boolean(), {
  decode: (text) => text === 'true',
  encode: (value) => (value ? 'true' : 'false'),
});
/** Documented values; no market of ours is of the last two. */
const anyCategory = z.enum([...CATEGORIES, 'science', 'business']);

export const listMarkets = endpoint({
  method: 'GET',
  path: '/api/internal/markets',
  audience: 'admin',
  tag: 'Markets',
  summary: 'List markets',
  query: z.strictObject({
    ...pageQuery,
    ...cursorQuery,
    search: z.string().trim().min(1).max(100).optional().meta({ description: 'Words in the title or description, in any case.' }),
    category: anyCategory.optional(),
    status: marketStatus.optional(),
    tradeable: yesOrNo.optional().meta({ description: 'Whether a player may buy in it now.' }),
    sort: z.enum(['volume', 'created_at', 'end_date', 'exposure', 'trade_count']).default('volume'),
    order: sortOrder,
  }),
  answer: paged(adminMarket),
});
export const getMarket = endpoint({
  method: 'GET',
  path: '/api/internal/markets/{market_id}',
  audience: 'admin',
  tag: 'Markets',
  summary: 'Get a market with prices, volume, exposure and operators',
  params: z.strictObject({ market_id: marketId }),
  answer: single(adminMarketDetail),
});

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
