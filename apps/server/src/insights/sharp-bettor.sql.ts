/** Flagged players with what their score saw. */
import type { Id } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { rowsByKeys } from '../platform/rows-by-keys.ts';
import type { ScoreTier } from './score.rules.ts';

export type SharpBettorRow = {
  user_id: Id<'user'>;
  username: string | null;
  operator_slug: string;
  tier: ScoreTier | 'banned';
  score: number;
  closed_count: number;
  won_count: number;
  pnl_usd: Cents;
  volume_usd: Cents;
  trade_count: number;
  clv_edge: number | null;
  timing_score: number | null;
  max_bet_usd: Cents | null;
  blocked_categories: string[];
  cooldown_until: Date | null;
  last_evaluated_at: Date | null;
  overridden: boolean;
};

/** The rows of chosen players, in their order. */
export const selectSharpBettors = (db: Db, ids: readonly bigint[]): Promise<SharpBettorRow[]> =>
  rowsByKeys<SharpBettorRow>(
    db,
    `select p.id as user_id, p.username, o.slug as operator_slug, p.tier, p.score, p.closed_count, p.won_count, p.realized_pnl_cents as pnl_usd,
       p.volume_cents as volume_usd, p.trade_count, p.max_bet_cents as max_bet_usd, p.blocked_categories, p.cooldown_until,
       p.tier_overridden_at is not null as overridden, s.clv_edge, s.timing_score, s.evaluated_at as last_evaluated_at
     from unnest($1::bigint[]) with ordinality as chosen(id, n) join players p on p.id = chosen.id join operators o on o.id = p.operator_id
     left join player_scores s on s.operator_id = p.operator_id and s.player_id = p.id
     order by chosen.n`,
    [ids],
    'sharp_bettors',
  );
