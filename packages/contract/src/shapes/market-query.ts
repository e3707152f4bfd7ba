/** How players and visitors ask for a list of markets. */
import { z } from 'zod';
import { cursorQuery, openPageQuery } from '../page.ts';
import { category } from './category.ts';
import { marketStatus } from './market.ts';

export const playerMarketQuery = {
  ...openPageQuery,
  limit: openPageQuery.limit.meta({ description: 'Results per page. Max 200. Absent: `ui.markets_per_page` of the operator.' }),
  ...cursorQuery,
  search: z.string().trim().min(1).max(100).optional().meta({ description: 'Words in the title, in any case.' }),
  category: category.optional().meta({ description: 'Only this category.' }),
  status: z
    .enum([...marketStatus.options, 'all'])
    .default('active')
    .meta({ description: 'Only markets in this state; `all` for every one.' }),
  sort: z.enum(['volume', 'trades', 'closing', 'newest', 'price_change']).optional().meta({
    description:
      'volume: most traded at the source first. trades: most trades of the operator’s players first. closing: soonest end first. newest: latest first. price_change: largest move of 24 hours first. Absent: `ui.default_market_sort` of the operator.',
  }),
};
