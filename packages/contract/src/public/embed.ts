/** What the embed shows before anybody has signed in: the operator's look and switches, and its markets for browsing. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { marketId } from '../ids.ts';
import { paged, single } from '../page.ts';
import { themes } from '../shapes/branding-preview.ts';
import { marketDetail, marketSummary } from '../shapes/market.ts';
import { playerMarketQuery } from '../shapes/market-query.ts';
import { operatorConfig } from '../shapes/operator-config.ts';
import { instant } from '../units.ts';

const common = { method: 'GET', audience: 'public', rate: 'public', tag: 'Embed' } as const;
const operator = z.string().min(1).max(100).meta({ description: 'Slug of the operator.' });

export const getEmbedConfig = endpoint({
  ...common,
  path: '/api/embed/config',
  summary: 'Get the look and the switches of an operator’s embed',
  description: 'Open embeds ask again every 30 seconds, so a change shows within a minute.',
  query: z.strictObject({ operator }),
  answer: single(
    z
      .object({
        slug: z.string(),
        display_name: z.string(),
        logo_url: z.string().nullable(),
        favicon_url: z.string().nullable(),
        live: z.boolean(),
        standing: z.enum(['live', 'testing', 'closed']).meta({
          description:
            'live: players trade. testing: so do those the operator lets in to try things out. closed: nobody trades; markets can be looked at.',
        }),
        themes,
        custom_css: z.string().nullable().meta({ description: 'Declarations of `--op-` variables only.' }),
        config: operatorConfig,
        updated_at: instant,
      })
      .meta({ id: 'EmbedConfig' }),
  ),
  refusals: ['NOT_FOUND', 'FORBIDDEN'],
});

export const listEmbedMarkets = endpoint({
  ...common,
  path: '/api/embed/markets',
  summary: 'List an operator’s markets for browsing',
  query: z.strictObject({ ...playerMarketQuery, operator }),
  answer: paged(marketSummary),
  refusals: ['NOT_FOUND', 'FORBIDDEN'],
});

export const getEmbedMarket = endpoint({
  ...common,
  path: '/api/embed/markets/{market_id}',
  summary: 'Get a market for browsing',
  description: 'Without the prices of a player: they are made for the one who asks.',
  params: z.strictObject({ market_id: marketId }),
  query: z.strictObject({ operator }),
  answer: single(marketDetail),
  refusals: ['NOT_FOUND', 'FORBIDDEN'],
});
