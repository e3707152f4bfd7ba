/** An operator's wallet: how it is asked, the keys that sign, the callback log. */
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
import { madeSecret, pingResult, walletSettings, walletSettingsPatch } from '../shapes/wallet-settings.ts';

const common = { audience: 'operator', tag: 'Wallet' } as const;

export const getWallet = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/wallet',
  summary: 'Get the wallet settings',
  answer: single(walletSettings),
});
export const changeWallet = endpoint({
  ...common,
  method: 'PATCH',
  path: '/api/operator/wallet',
  needs: 'config',
  summary: 'Change the wallet settings',
  description: 'Send only what changes. The mode changes only while no player has a balance or an open position and no callback is open.',
  body: walletSettingsPatch,
  answer: single(walletSettings),
  refusals: ['CONFLICT'],
});
export const rotateSigningKey = endpoint({
  whileReadOnly: true,
  ...common,
  method: 'POST',
  path: '/api/operator/wallet/signing-key/rotate',
  needs: 'config',
  summary: 'Make a new signing key',
  description: 'It is published at once and signs ten minutes later; the old one stays published for a day after that.',
  body: z.strictObject({}),
  answer: single(walletSettings),
  refusals: ['CONFLICT'],
});
export const rotateWebhookSecret = endpoint({
  whileReadOnly: true,
  ...common,
  method: 'POST',
  path: '/api/operator/wallet/webhook-secret/rotate',
  needs: 'config',
  summary: 'Make a new webhook secret',
  description: 'Signs at once; the old one signs beside it for a day.',
  body: z.strictObject({}),
  status: 201,
  answer: single(madeSecret),
  refusals: ['CONFLICT'],
});
export const pingWallet = endpoint({
  whileReadOnly: true,
  ...common,
  method: 'POST',
  path: '/api/operator/wallet/ping',
  summary: 'Send a test PING',
  description: 'Says step by step what happened.',
  body: z.strictObject({}),
  answer: single(pingResult),
});

export const listOwnWalletCalls = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/wallet/calls',
  summary: 'List callbacks',
  description: 'Newest first.',
  query: z.strictObject(walletCallQuery).check(inOrder('from', 'to')),
  answer: paged(walletCall),
});
export const getOwnWalletCall = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/wallet/calls/{call_id}',
  summary: 'Get a callback with every attempt',
  params: walletCallParams,
  answer: single(walletCallWithAttempts),
});
export const replayOwnWalletCall = endpoint({
  whileReadOnly: true,
  ...common,
  method: 'POST',
  path: '/api/operator/wallet/calls/{call_id}/replay',
  summary: 'Send a callback again',
  description: 'With the same request_id and the same bytes.',
  params: walletCallParams,
  body: replayBody,
  status: 202,
  answer: single(walletCall),
  refusals: ['CONFLICT'],
});
export const replayOwnWalletCalls = endpoint({
  whileReadOnly: true,
  ...common,
  method: 'POST',
  path: '/api/operator/wallet/calls/replay',
  summary: 'Send several callbacks again',
  body: replayManyBody,
  status: 202,
  answer: single(replayed),
});
export const handleOwnWalletCall = endpoint({
  whileReadOnly: true,
  ...common,
  method: 'POST',
  path: '/api/operator/wallet/calls/{call_id}/handle',
  summary: 'Mark a failed callback as handled',
  description: 'It is not sent again: you have put it right by hand. A handled rollback releases the bet it undoes.',
  params: walletCallParams,
  body: handleBody,
  answer: single(walletCall),
  refusals: ['CONFLICT'],
});
