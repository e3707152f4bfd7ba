/** Markets, for players. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { marketId } from '../ids.ts';
import { cursorQuery, paged, pageQuery, single } from '../page.ts';
import { category } from '../shapes/category.ts';
import { marketDetail, marketStatus, marketSummary } from '../shapes/market.ts';

export const listPlayerMarkets = endpoint({
  method: 'GET',
  path: '/api/casino/markets',
  audience: 'player',
  tag: 'Markets',
  summary: 'List markets',
  description: 'Markets of the categories the operator offers. Those on offer unless `status` says otherwise.',
  query: z.strictObject({
    ...pageQuery,
    ...cursorQuery,
    search: z.string().trim().min(1).max(100).optional().meta({ description: 'Words in the title, in any case.' }),
    category: category.optional().meta({ description: 'Only this category.' }),
    status: z
      .enum([...marketStatus.options, 'all'])
      .default('active')
      .meta({ description: 'Only markets in this state; `all` for every one.' }),
    sort: z.enum(['volume', 'closing', 'newest', 'price_change']).default('volume').meta({
      description:
        'volume: most traded at the source first. closing: soonest end first. newest: latest first. price_change: largest move of 24 hours first.',
    }),
  }),
  answer: paged(marketSummary),
});

export const getPlayerMarket = endpoint({
  method: 'GET',
  path: '/api/casino/markets/{market_id}',
  audience: 'player',
  tag: 'Markets',
  summary: 'Get a market with its prices and history',
  params: z.strictObject({ market_id: marketId }),
  answer: single(marketDetail),
});
