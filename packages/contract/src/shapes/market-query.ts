/** How players and visitors ask for a list of markets. */
import { z } from 'zod';
import { cursorQuery, pageQuery } from '../page.ts';
import { category } from './category.ts';
import { marketStatus } from './market.ts';

export const playerMarketQuery = {
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
};
