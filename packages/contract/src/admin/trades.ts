/** Trades across operators. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { paged } from '../page.ts';
import { adminTrade, adminTradeQuery, operatorTradeQuery } from '../shapes/trade.ts';

const common = { method: 'GET', audience: 'admin', tag: 'Trades' } as const;

export const listTrades = endpoint({
  ...common,
  path: '/api/internal/trades',
  summary: 'List trades',
  description: 'Of all operators, newest first unless sorted otherwise.',
  query: adminTradeQuery,
  answer: paged(adminTrade),
});
export const listOperatorTrades = endpoint({
  ...common,
  path: '/api/internal/operators/{slug}/trades',
  summary: 'List trades of an operator',
  params: z.strictObject({ slug: z.string().max(100) }),
  query: operatorTradeQuery,
  answer: paged(adminTrade),
});
