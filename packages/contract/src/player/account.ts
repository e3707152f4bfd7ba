/** A player's own balance, positions and ledger. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { marketId } from '../ids.ts';
import { cursorQuery, paged, pageQuery, single } from '../page.ts';
import { balance } from '../shapes/balance.ts';
import { ledgerEntry, ledgerQuery } from '../shapes/ledger-entry.ts';
import { position, positionStatus } from '../shapes/position.ts';

export const getBalance = endpoint({
  method: 'GET',
  path: '/api/casino/balance',
  audience: 'player',
  tag: 'Account',
  summary: 'Get the balance',
  answer: single(balance),
});

export const listPlayerPositions = endpoint({
  method: 'GET',
  path: '/api/casino/positions',
  audience: 'player',
  tag: 'Account',
  summary: 'List own positions',
  description: 'Newest first, with unrealised profit and loss at the mid.',
  query: z.strictObject({
    ...pageQuery,
    ...cursorQuery,
    status: positionStatus.optional(),
    market_id: marketId.optional().meta({ description: 'Only this market.' }),
  }),
  answer: paged(position),
});

export const listPlayerLedger = endpoint({
  method: 'GET',
  path: '/api/casino/ledger',
  audience: 'player',
  tag: 'Account',
  summary: 'List own ledger rows',
  description: 'Newest first. Every movement of the balance is one row.',
  query: ledgerQuery,
  answer: paged(ledgerEntry),
});
