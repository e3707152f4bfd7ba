/** Trades and limit orders across operators. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { paged } from '../page.ts';
import { adminOrder, adminOrderQuery } from '../shapes/order.ts';
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
export const listOrders = endpoint({
  ...common,
  path: '/api/internal/orders',
  summary: 'List limit orders',
  description: 'Of all operators: those that rest, and what became of the others, newest first.',
  query: adminOrderQuery,
  answer: paged(adminOrder),
});
