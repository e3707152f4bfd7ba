/** One player's score as shown: the player, its latest evaluation, its history and the changes of its tier. */
import type { Db } from '../platform/db.ts';
import type { ScoreTier } from './score.rules.ts';
import type { ScoreEvidence } from './score-evidence.rules.ts';

type Tier = ScoreTier | 'banned';
export type ScorePageRow = {
  operator_id: bigint;
  score: number;
  tier: Tier;
  tier_overridden_at: Date | null;
  tier_overridden_by: string | null;
  tier_override_reason: string | null;
  trade_count: number;
  win_rate_score: number | null;
  edge_detection_score: number | null;
  timing_score: number | null;
  volume_pattern_score: number | null;
  correlation_score: number | null;
  evidence: ScoreEvidence | null;
  flags: string[] | null;
  evaluated_at: Date | null;
};

/** The player of this id, at whichever operator the caller may see. */
export async function selectScorePage(db: Db, playerId: bigint): Promise<ScorePageRow | undefined> {
  const [row] = await db.query<ScorePageRow>(
    `select p.operator_id, p.score, p.tier, p.tier_overridden_at, p.tier_overridden_by, p.tier_override_reason, p.trade_count, s.win_rate_score,
       s.edge_detection_score, s.timing_score, s.volume_pattern_score, s.correlation_score, s.evidence, s.flags, s.evaluated_at
     from operators o join players p on p.operator_id = o.id and p.id = $1
     left join player_scores s on s.operator_id = p.operator_id and s.player_id = p.id`,
    [playerId],
    'score_page',
  );
  return row;
}

export const selectHistory = (db: Db, operatorId: bigint, playerId: bigint, most: number): Promise<{ date: string; score: number }[]> =>
  db.query(
    `select to_char(date, 'YYYY-MM-DD') as date, score from player_score_history where operator_id = $1 and player_id = $2
     order by player_score_history.date desc limit $3`,
    [operatorId, playerId, most],
    'score_history',
  );

export type TierChangeRow = {
  from_tier: Tier;
  to_tier: Tier;
  cause: 'score' | 'override' | 'release';
  score: number;
  reason: string;
  actor: string;
  created_at: Date;
};

export const selectTierChanges = (db: Db, playerId: bigint, most: number): Promise<TierChangeRow[]> =>
  db.query<TierChangeRow>(
    `select from_tier, to_tier, cause, score, reason, actor, created_at from player_tier_changes where player_id = $1 order by id desc limit $2`,
    [playerId, most],
    'score_tier_changes',
  );
