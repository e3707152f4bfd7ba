/** Players across operators, and what one of them did. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { userId } from '../ids.ts';
import { paged, single } from '../page.ts';
import { balanceAdjusted, balanceAdjustment } from '../shapes/balance-adjustment.ts';
import { adminLedgerEntry, ledgerQuery } from '../shapes/ledger-entry.ts';
import { ownLimits } from '../shapes/own-limits.ts';
import { adminPlayer, adminPlayerDetail, adminPlayerQuery, operatorPlayerQuery } from '../shapes/player.ts';
import { limitTierChange, playerStanding, restrictionsChange, suspension } from '../shapes/player-change.ts';
import { playerName, playerNameChange, playerNameHidden } from '../shapes/player-name.ts';
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
export const getPlayerLimits = endpoint({
  ...common,
  path: '/api/internal/users/{user_id}/limits',
  summary: 'Get the limits a user has set for itself',
  description: 'Stake, loss and time limits with raises that wait, and self-exclusion. Only the user changes them.',
  params,
  answer: single(ownLimits),
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

export const adjustPlayerBalance = endpoint({
  method: 'POST',
  path: '/api/internal/users/{user_id}/balance',
  audience: 'admin',
  needs: 'users',
  tag: 'Users',
  summary: 'Deposit to or withdraw from a user’s balance',
  description:
    'Makes one immutable ledger row. A repeated `idempotency_key` answers the first result again with `Idempotency-Replayed: true`.',
  params,
  body: balanceAdjustment,
  answer: single(balanceAdjusted.extend({ adjusted_by: z.string().meta({ description: 'The admin that made the adjustment.' }) })),
  refusals: [
    'NOT_FOUND',
    'INSUFFICIENT_BALANCE',
    'SELF_EXCLUDED',
    'IDEMPOTENCY_KEY_REUSED',
    'OUTCOME_UNKNOWN',
    'OPERATOR_NOT_LIVE',
    'OPERATOR_READ_ONLY',
  ],
});

const changing = { audience: 'admin', needs: 'users', tag: 'Users' } as const;
export const restrictPlayer = endpoint({
  ...changing,
  method: 'PATCH',
  path: '/api/internal/users/{user_id}/restrictions',
  summary: 'Restrict a user',
  description:
    'Send only what changes; in force with the next trade. The operator cannot change them until the platform has lifted them all.',
  params: params,
  body: restrictionsChange,
  answer: single(playerStanding),
  refusals: ['NOT_FOUND'],
});
export const suspendPlayer = endpoint({
  ...changing,
  method: 'POST',
  path: '/api/internal/users/{user_id}/suspend',
  summary: 'Suspend a user',
  description: 'The user buys nothing from now on; selling, withdrawing and settlement go on.',
  params: params,
  body: suspension,
  answer: single(playerStanding),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
export const reinstatePlayer = endpoint({
  ...changing,
  method: 'POST',
  path: '/api/internal/users/{user_id}/reinstate',
  summary: 'Reinstate a user',
  description: 'Whoever suspended it.',
  params: params,
  body: suspension,
  answer: single(playerStanding),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
export const changePlayerLimitTier = endpoint({
  ...changing,
  method: 'POST',
  path: '/api/internal/users/{user_id}/limit-tier',
  summary: 'Change the limit tier of a user',
  description:
    'How much one trade may cost: new, regular or vip, in the operator’s figures. new becomes regular by itself after 7 days and 5 trades.',
  params: params,
  body: limitTierChange,
  answer: single(playerStanding),
  refusals: ['NOT_FOUND'],
});

export const getPlayerName = endpoint({
  ...common,
  path: '/api/internal/users/{user_id}/display-name',
  summary: 'Get the name a user shows',
  description: 'On the leaderboard and in the feed of what players trade.',
  params,
  answer: single(playerName),
});
export const hidePlayerName = endpoint({
  ...changing,
  method: 'PUT',
  path: '/api/internal/users/{user_id}/display-name',
  summary: 'Hide the name a user shows',
  description:
    'Or let it be seen again. It stays hidden whatever name the user chooses next; the user reads the reason. CONFLICT when the user has chosen no name.',
  params,
  body: playerNameChange,
  answer: single(playerNameHidden),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
