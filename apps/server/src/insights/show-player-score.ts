/** One player's score as every endpoint about it answers. */
import type { Id } from '@predictu/contract/ids';
import type { playerScore } from '@predictu/contract/shapes/player-score';
import type { z } from 'zod';
import { readPlatformConfig } from '../config/config.ts';
import type { Db } from '../platform/db.ts';
import { notFound } from '../platform/http.ts';
import { thresholdsOf } from './evaluate-players.ts';
import { type PlayerScore, scorePlayer, tierRanges } from './score.rules.ts';
import { scoreEvidence } from './score-evidence.rules.ts';
import { type ScorePageRow, selectHistory, selectScorePage, selectTierChanges } from './score-page.sql.ts';
import { scoreRecommendations, showComponents } from './score-words.rules.ts';

/** A year of weekly evaluations, and the nights between them. */
const HISTORY = 120;
const TIER_CHANGES = 20;

/** Of a player that was never evaluated: no bets, which is the middle of every part. */
const UNKNOWN = scoreEvidence([]);

/** The parts as stored, so that they add up to the score shown. */
const storedScore = (row: ScorePageRow): PlayerScore => {
  if (row.evidence === null) return scorePlayer(UNKNOWN);
  const components = {
    win_rate: row.win_rate_score ?? 0,
    edge_detection: row.edge_detection_score ?? 0,
    timing: row.timing_score ?? 0,
    volume_pattern: row.volume_pattern_score ?? 0,
    correlation: row.correlation_score ?? 0,
  };
  return { score: row.score, components };
};

const overrideOf = (row: ScorePageRow) =>
  row.tier_overridden_at === null
    ? null
    : {
        tier: row.tier,
        reason: row.tier_override_reason ?? '',
        overridden_by: row.tier_overridden_by ?? '',
        overridden_at: row.tier_overridden_at,
      };

/** @throws NOT_FOUND for no such player. */
export async function showPlayerScore(db: Db, playerId: bigint): Promise<{ data: z.output<typeof playerScore> }> {
  const row = await selectScorePage(db, playerId);
  if (!row) throw notFound('user');
  const [{ config }, history, changes] = await Promise.all([
    readPlatformConfig(db),
    selectHistory(db, row.operator_id, playerId, HISTORY),
    selectTierChanges(db, playerId, TIER_CHANGES),
  ]);
  const thresholds = thresholdsOf(config);
  const score = storedScore(row);
  const evidence = row.evidence ?? UNKNOWN;
  const standing = { tier: row.tier, overridden: row.tier_overridden_at !== null, thresholds, automatic: config.features.sharp_detection };
  return {
    data: {
      user_id: playerId as Id<'user'>,
      score: score.score,
      tier: row.tier,
      tier_thresholds: tierRanges(thresholds),
      components: showComponents(evidence, score),
      history,
      flags: row.flags ?? [],
      recommendations: scoreRecommendations(score, evidence, standing),
      last_evaluated_at: row.evaluated_at,
      override: overrideOf(row),
      tier_changes: changes,
    },
  };
}
