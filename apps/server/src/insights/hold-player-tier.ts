/** An admin holds a player's tier against the score, or releases it. */
import type { overridePlayerTier as hold, releasePlayerTier as release } from '@predictu/contract/admin/scores';
import { isRefusal } from '@predictu/contract/errors';
import { readPlatformConfig } from '../config/config.ts';
import type { Handler } from '../platform/http.ts';
import { holdTier, releaseTier } from '../players/players.ts';
import { recordSharpDetections } from '../risk/risk.ts';
import { thresholdsOf } from './evaluate-players.ts';
import { tierOfScore } from './score.rules.ts';
import { showPlayerScore } from './show-player-score.ts';

export const overridePlayerTier: Handler<typeof hold> = async (context, { params, body }) => {
  const { db, now } = context;
  const change = await holdTier(db, body.tier, { ...context, playerId: params.user_id, reason: body.reason });
  if (change) await recordSharpDetections(db, [change], now);
  return showPlayerScore(db, params.user_id);
};

export const releasePlayerTier: Handler<typeof release> = async (context, { params, body }) => {
  const { db, now } = context;
  const { config } = await readPlatformConfig(db);
  const tierOf = (score: number) => tierOfScore(score, thresholdsOf(config));
  const change = await releaseTier(db, tierOf, { ...context, playerId: params.user_id, reason: body.reason });
  if (isRefusal(change)) return change;
  if (change) await recordSharpDetections(db, [change], now);
  return showPlayerScore(db, params.user_id);
};
