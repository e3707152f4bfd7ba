/** A player's page: the player, its figures, its score, what limits it. */
import type { Id } from '@predictu/contract/ids';
import { readPlatformConfig } from '../config/config.ts';
import type { Db } from '../platform/db.ts';
import { readPlayer } from '../players/players.ts';
import { shownPlayer } from '../players/shown-player.rules.ts';
import { averageTrade, largestBet } from './player-detail.rules.ts';
import { selectPlayerDetail } from './player-detail.sql.ts';
import { showPlayerScore } from './show-player-score.ts';

const latest = (...dates: (Date | null)[]): Date => new Date(Math.max(...dates.map((date) => date?.getTime() ?? 0)));

/** @throws NOT_FOUND when there is none, or it is another operator's. */
export async function showPlayer(db: Db, id: Id<'user'>, now: Date) {
  const row = await readPlayer(db, id, now);
  const [detail, { config }, { data: score }] = await Promise.all([
    selectPlayerDetail(db, row.operator_id, id),
    readPlatformConfig(db),
    showPlayerScore(db, id),
  ]);
  const shown = shownPlayer(row);
  return {
    ...shown,
    metrics: {
      ...shown,
      fees_usd: row.fees_cents,
      avg_trade_usd: averageTrade(row.volume_cents, row.trade_count),
      largest_trade_usd: detail.largest_cents,
      total_deposited_usd: row.deposited_cents,
      total_withdrawn_usd: row.withdrawn_cents,
      exposure_usd: row.exposure_cents,
    },
    scoring: {
      score: score.score,
      tier: score.tier,
      components: {
        win_rate_score: score.components.win_rate.score,
        edge_detection_score: score.components.edge_detection.score,
        timing_score: score.components.timing.score,
        volume_pattern_score: score.components.volume_pattern.score,
        correlation_score: score.components.correlation.score,
      },
      flags: score.flags,
      last_evaluated_at: score.last_evaluated_at,
    },
    restrictions: {
      max_bet_usd: largestBet(row, detail, config, now),
      allowed_categories: row.allowed_categories,
      blocked_categories: row.blocked_categories,
      blocked_markets: row.blocked_markets.map((text) => BigInt(text) as Id<'market'>),
      cooldown_until: row.cooldown_until,
      own_max_bet_usd: row.max_bet_cents,
      held_by: row.restricted_by,
      suspended_by: row.suspended_by,
    },
    updated_at: latest(row.created_at, row.last_active_at, row.last_trade_at, detail.changed_at),
  };
}
