/** Players across operators, and what one of them did. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { userId } from '../ids.ts';
import { paged, single } from '../page.ts';
import { adminLedgerEntry, ledgerQuery } from '../shapes/ledger-entry.ts';
import { adminPlayer, adminPlayerDetail, adminPlayerQuery, operatorPlayerQuery } from '../shapes/player.ts';
import { adminPosition, userPositionQuery } from '../shapes/position.ts';
import { adminTrade, userTradeQuery } from '../shapes/trade.ts';

const common = { method: 'GET', audience: 'admin', tag: 'Users' } as const;
const params = z.strictObject({ user_id: userId });

export const listPlayers = endpoint({
  ...common,
  path: '/api/internal/users',
  summary: 'List users',
  description: 'Of all operators, newest first unless sorted otherwise.',
  query: adminPlayerQuery,
  answer: paged(adminPlayer),
});
export const listOperatorPlayers = endpoint({
  ...common,
  path: '/api/internal/operators/{slug}/users',
  summary: 'List users of an operator',
  params: z.strictObject({ slug: z.string().max(100) }),
  query: operatorPlayerQuery,
  answer: paged(adminPlayer),
});
export const getPlayer = endpoint({
  ...common,
  path: '/api/internal/users/{user_id}',
  summary: 'Get a user',
  description: 'With metrics, score and restrictions.',
  params,
  answer: single(adminPlayerDetail),
});
export const listPlayerEntries = endpoint({
  ...common,
  path: '/api/internal/users/{user_id}/ledger',
  summary: 'List ledger rows of a user',
  description: 'Newest first. Every movement of the balance is one row.',
  params,
  query: ledgerQuery,
  answer: paged(adminLedgerEntry),
});
export const listPositionsOfPlayer = endpoint({
  ...common,
  path: '/api/internal/users/{user_id}/positions',
  summary: 'List positions of a user',
  params,
  query: userPositionQuery,
  answer: paged(adminPosition),
});
export const listTradesOfPlayer = endpoint({
  ...common,
  path: '/api/internal/users/{user_id}/trades',
  summary: 'List trades of a user',
  params,
  query: userTradeQuery,
  answer: paged(adminTrade),
});
