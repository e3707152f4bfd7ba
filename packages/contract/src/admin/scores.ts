/** Scores of players, for the platform: the breakdown, the flagged ones, and tiers held by a person. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { sortOrder } from '../filters.ts';
import { userId } from '../ids.ts';
import { listed, pageQuery, single } from '../page.ts';
import { playerScore, playerTier, sharpBettor } from '../shapes/player-score.ts';

const params = z.strictObject({ user_id: userId });
const reason = z.string().trim().min(1).max(500).meta({ description: 'Why; kept with the change and in the audit log.' });

export const getPlayerScore = endpoint({
  method: 'GET',
  path: '/api/internal/users/{user_id}/score',
  audience: 'admin',
  tag: 'Users',
  summary: 'Get the score of a user',
  description: 'Five parts, their history, what stands out and what might be done about it.',
  params,
  answer: single(playerScore),
});

export const evaluatePlayerScore = endpoint({
  method: 'POST',
  path: '/api/internal/users/{user_id}/score/evaluate',
  audience: 'admin',
  needs: 'users',
  tag: 'Users',
  summary: 'Evaluate the score of a user now',
  description: 'As the nightly evaluation would: the tier follows unless it is held by a person.',
  params,
  answer: single(playerScore),
});

export const overridePlayerTier = endpoint({
  method: 'POST',
  path: '/api/internal/users/{user_id}/tier',
  audience: 'admin',
  needs: 'users',
  tag: 'Users',
  summary: 'Hold the tier of a user',
  description: 'Evaluations leave it alone until it is released.',
  params,
  body: z.strictObject({ tier: playerTier, reason }),
  answer: single(playerScore),
});

export const releasePlayerTier = endpoint({
  method: 'POST',
  path: '/api/internal/users/{user_id}/tier/release',
  audience: 'admin',
  needs: 'users',
  tag: 'Users',
  summary: 'Release the tier of a user',
  description: 'The tier follows the score again, at once.',
  params,
  body: z.strictObject({ reason }),
  answer: single(playerScore),
  refusals: ['CONFLICT'],
});

export const listSharpBettors = endpoint({
  method: 'GET',
  path: '/api/internal/risk/sharp-bettors',
  audience: 'admin',
  tag: 'Risk',
  summary: 'List sharp bettors',
  description: 'Users of a tier above normal.',
  query: z.strictObject({
    tier: playerTier.exclude(['normal']).optional(),
    operator: z.string().min(1).max(100).optional().meta({ description: 'Operator slug.' }),
    sort: z.enum(['score', 'pnl', 'volume', 'win_rate']).default('score'),
    order: sortOrder,
    page: pageQuery.page,
    limit: pageQuery.limit.default(200).meta({ description: 'Results per page. Max 200.' }),
  }),
  answer: listed(sharpBettor),
});
