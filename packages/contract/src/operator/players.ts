/** An operator's players. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { userId } from '../ids.ts';
import { paged, single } from '../page.ts';
import { balanceAdjusted, balanceAdjustment } from '../shapes/balance-adjustment.ts';
import { ownLimits } from '../shapes/own-limits.ts';
import { operatorPlayer, operatorPlayerDetail, operatorPlayerQuery } from '../shapes/player.ts';
import { limitTierChange, playerStanding, restrictionsChange, suspension } from '../shapes/player-change.ts';
import { playerName, playerNameChange, playerNameHidden } from '../shapes/player-name.ts';

const common = { audience: 'operator', tag: 'Users', method: 'GET' } as const;
export const listOwnPlayers = endpoint({
  ...common,
  path: '/api/operator/users',
  summary: 'List users',
  description: 'Your players, newest first unless sorted otherwise.',
  query: operatorPlayerQuery,
  answer: paged(operatorPlayer),
});
export const getOwnPlayer = endpoint({
  ...common,
  path: '/api/operator/users/{user_id}',
  summary: 'Get a user',
  description: 'With metrics, score, restrictions and the last ten trades and ledger rows.',
  params: z.strictObject({ user_id: userId }),
  answer: single(operatorPlayerDetail),
});

export const getOwnPlayerLimits = endpoint({
  ...common,
  path: '/api/operator/users/{user_id}/limits',
  summary: 'Get the limits a user has set for itself',
  description: 'Stake, loss and time limits with raises that wait, and self-exclusion. Only the user changes them.',
  params: z.strictObject({ user_id: userId }),
  answer: single(ownLimits),
});

export const adjustBalance = endpoint({
  whileReadOnly: true,
  method: 'POST',
  path: '/api/operator/users/{user_id}/balance',
  audience: 'operator',
  needs: 'users',
  tag: 'Users',
  summary: 'Deposit to or withdraw from a user’s balance',
  description:
    'Makes one immutable ledger row. A repeated `idempotency_key` answers the first result again with `Idempotency-Replayed: true`.',
  params: z.strictObject({ user_id: userId }),
  body: balanceAdjustment,
  answer: single(
    balanceAdjusted.extend({
      operator_admin_id: z.string().meta({ description: 'The member, or the API key, that made the adjustment.' }),
    }),
  ),
  refusals: ['INSUFFICIENT_BALANCE', 'SELF_EXCLUDED', 'OPERATOR_READ_ONLY', 'IDEMPOTENCY_KEY_REUSED', 'OUTCOME_UNKNOWN'],
});

const changing = { audience: 'operator', needs: 'users', tag: 'Users' } as const;
const params = z.strictObject({ user_id: userId });
export const restrictOwnPlayer = endpoint({
  whileReadOnly: true,
  ...changing,
  method: 'PATCH',
  path: '/api/operator/users/{user_id}/restrictions',
  summary: 'Restrict a user',
  description: 'Send only what changes; in force with the next trade. Refused while the platform holds restrictions.',
  params: params,
  body: restrictionsChange,
  answer: single(playerStanding),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
export const suspendOwnPlayer = endpoint({
  whileReadOnly: true,
  ...changing,
  method: 'POST',
  path: '/api/operator/users/{user_id}/suspend',
  summary: 'Suspend a user',
  description: 'The user buys nothing from now on; selling, withdrawing and settlement go on.',
  params: params,
  body: suspension,
  answer: single(playerStanding),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
export const reinstateOwnPlayer = endpoint({
  ...changing,
  method: 'POST',
  path: '/api/operator/users/{user_id}/reinstate',
  summary: 'Reinstate a user',
  description: 'Refused when the platform suspended the user.',
  params: params,
  body: suspension,
  answer: single(playerStanding),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
export const changeOwnPlayerLimitTier = endpoint({
  ...changing,
  method: 'POST',
  path: '/api/operator/users/{user_id}/limit-tier',
  summary: 'Change the limit tier of a user',
  description:
    'How much one trade may cost: new, regular or vip, in the operator’s figures. new becomes regular by itself after 7 days and 5 trades.',
  params: params,
  body: limitTierChange,
  answer: single(playerStanding),
  refusals: ['NOT_FOUND'],
});

export const getOwnPlayerName = endpoint({
  ...common,
  path: '/api/operator/users/{user_id}/display-name',
  summary: 'Get the name a user shows',
  description: 'On the leaderboard and in the feed of what players trade.',
  params,
  answer: single(playerName),
});
export const hideOwnPlayerName = endpoint({
  whileReadOnly: true,
  ...changing,
  method: 'PUT',
  path: '/api/operator/users/{user_id}/display-name',
  summary: 'Hide the name a user shows',
  description:
    'Or let it be seen again. It stays hidden whatever name the user chooses next; the user reads the reason. CONFLICT when the user has chosen no name.',
  params,
  body: playerNameChange,
  answer: single(playerNameHidden),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
