/** The callback log of all operators, and how each one's wallet is asked. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { inOrder } from '../filters.ts';
import { paged, single } from '../page.ts';
import {
  handleBody,
  replayBody,
  replayed,
  replayManyBody,
  walletCall,
  walletCallParams,
  walletCallQuery,
  walletCallWithAttempts,
} from '../shapes/wallet-call.ts';
import { walletSettings, walletSettingsPatch } from '../shapes/wallet-settings.ts';

const common = { audience: 'admin', tag: 'Wallet' } as const;

export const listWalletCalls = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/wallet/calls',
  summary: 'List callbacks',
  description: 'Newest first.',
  query: z
    .strictObject({ ...walletCallQuery, operator: z.string().max(100).optional().meta({ description: 'Slug or id.' }) })
    .check(inOrder('from', 'to')),
  answer: paged(walletCall),
});
export const getWalletCall = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/wallet/calls/{call_id}',
  summary: 'Get a callback with every attempt',
  params: walletCallParams,
  answer: single(walletCallWithAttempts),
});
export const replayWalletCall = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/wallet/calls/{call_id}/replay',
  summary: 'Send a callback again',
  description: 'With the same request_id and the same bytes.',
  params: walletCallParams,
  body: replayBody,
  status: 202,
  answer: single(walletCall),
  refusals: ['CONFLICT'],
});
export const replayWalletCalls = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/wallet/calls/replay',
  summary: 'Send several callbacks again',
  body: replayManyBody,
  status: 202,
  answer: single(replayed),
});
export const handleWalletCall = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/wallet/calls/{call_id}/handle',
  summary: 'Mark a failed callback as handled',
  description: 'It is not sent again: somebody has put it right by hand. A handled rollback releases the bet it undoes.',
  params: walletCallParams,
  body: handleBody,
  answer: single(walletCall),
  refusals: ['CONFLICT'],
});

const ofOperator = z.strictObject({ slug: z.string().max(100) });
export const getOperatorWallet = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/operators/{slug}/wallet',
  summary: 'Get the wallet settings of an operator',
  params: ofOperator,
  answer: single(walletSettings),
});
export const changeOperatorWallet = endpoint({
  ...common,
  method: 'PATCH',
  path: '/api/internal/operators/{slug}/wallet',
  needs: 'config',
  summary: 'Change the wallet settings of an operator',
  description: 'Send only what changes. The mode changes only while no player has a balance or an open position and no callback is open.',
  params: ofOperator,
  body: walletSettingsPatch,
  answer: single(walletSettings),
  refusals: ['CONFLICT'],
});
