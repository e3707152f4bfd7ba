/** Markets, for players. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { marketId } from '../ids.ts';
import { paged, single } from '../page.ts';
import { marketDetail, marketSummary } from '../shapes/market.ts';
import { playerMarketQuery } from '../shapes/market-query.ts';

export const listPlayerMarkets = endpoint({
  method: 'GET',
  path: '/api/casino/markets',
  audience: 'player',
  tag: 'Markets',
  summary: 'List markets',
  description: 'Markets of the categories the operator offers. Those on offer unless `status` says otherwise.',
  query: z.strictObject(playerMarketQuery),
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
