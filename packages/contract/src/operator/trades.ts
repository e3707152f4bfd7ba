/** Trades, positions and limit orders of an operator's players. */
import { endpoint } from '../endpoint.ts';
import { paged } from '../page.ts';
import { operatorOrder, operatorOrderQuery } from '../shapes/order.ts';
import { operatorPosition, operatorPositionQuery } from '../shapes/position.ts';
import { operatorTrade, operatorTradeQuery } from '../shapes/trade.ts';

export const listOwnTrades = endpoint({
  method: 'GET',
  path: '/api/operator/trades',
  audience: 'operator',
  tag: 'Trades',
  summary: 'List trades',
  description: 'Trades of your players, newest first unless sorted otherwise.',
  query: operatorTradeQuery,
  answer: paged(operatorTrade),
});

export const listOwnPositions = endpoint({
  method: 'GET',
  path: '/api/operator/positions',
  audience: 'operator',
  tag: 'Positions',
  summary: 'List positions',
  description: 'Open and historical positions of your players, newest first unless sorted otherwise.',
  query: operatorPositionQuery,
  answer: paged(operatorPosition),
});

export const listOwnOrders = endpoint({
  method: 'GET',
  path: '/api/operator/orders',
  audience: 'operator',
  tag: 'Trades',
  summary: 'List limit orders',
  description: 'Orders of your players that rest, and what became of the others, newest first.',
  query: operatorOrderQuery,
  answer: paged(operatorOrder),
});
