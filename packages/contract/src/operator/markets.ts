/** Markets as one operator sees them: those of the categories it offers, with the figures of its own players. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { sortOrder } from '../filters.ts';
import { marketId } from '../ids.ts';
import { cursorQuery, paged, pageQuery, single } from '../page.ts';
import { category } from '../shapes/category.ts';
import { operatorMarket, operatorMarketDetail } from '../shapes/market-figures.ts';

const common = { method: 'GET', audience: 'operator', tag: 'Markets' } as const;

export const listOwnMarkets = endpoint({
  ...common,
  path: '/api/operator/markets',
  summary: 'List markets',
  description: 'Markets of the categories you offer. Sorted by what your own players traded.',
  query: z.strictObject({
    ...pageQuery,
    ...cursorQuery,
    search: z.string().trim().min(1).max(100).optional().meta({ description: 'Words in the title, in any case.' }),
    category: category.optional().meta({ description: 'One you offer; of another there is nothing to list.' }),
    status: z.enum(['active', 'paused', 'resolved']).optional(),
    sort: z.enum(['volume', 'created_at', 'end_date', 'trade_count']).default('volume'),
    order: sortOrder,
  }),
  answer: paged(operatorMarket),
});
export const getOwnMarket = endpoint({
  ...common,
  path: '/api/operator/markets/{market_id}',
  summary: 'Get a market with the figures of your players',
  params: z.strictObject({ market_id: marketId }),
  answer: single(operatorMarketDetail),
});
