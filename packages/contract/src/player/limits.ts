/** What a player sets for itself. */
import { endpoint } from '../endpoint.ts';
import { single } from '../page.ts';
import { exclusionChange, ownLimitChange, ownLimits, pendingLimit } from '../shapes/own-limits.ts';

const common = { audience: 'player', tag: 'Limits' } as const;
export const getLimits = endpoint({
  ...common,
  method: 'GET',
  path: '/api/casino/limits',
  summary: 'Get own limits',
  description: 'Every kind of limit with what is used of it, raises that wait, the play session and the self-exclusion.',
  answer: single(ownLimits),
});
export const setLimit = endpoint({
  ...common,
  method: 'PUT',
  path: '/api/casino/limits',
  summary: 'Set an own limit',
  description:
    'A first limit or a lower one is in force with the next trade. A higher one, or none, waits 24 hours as `pending`; meanwhile it can be cancelled.',
  body: ownLimitChange,
  answer: single(ownLimits),
});
export const cancelPendingLimit = endpoint({
  ...common,
  method: 'POST',
  path: '/api/casino/limits/cancel',
  summary: 'Cancel a raise that waits',
  description: 'The limit in force stays. Refused when nothing waits.',
  body: pendingLimit,
  answer: single(ownLimits),
  refusals: ['CONFLICT'],
});
export const excludeSelf = endpoint({
  ...common,
  method: 'POST',
  path: '/api/casino/self-exclusion',
  summary: 'Exclude yourself',
  description:
    'No buys and no deposits from now until the end; sales, withdrawals and settlement go on. It can be made longer, never shorter: CONFLICT when one that lasts longer is in force.',
  body: exclusionChange,
  answer: single(ownLimits),
  refusals: ['CONFLICT'],
});
