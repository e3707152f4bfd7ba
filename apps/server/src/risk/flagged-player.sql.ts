/** Players of a tier above normal. */
import type { Id } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { RiskTier } from './walls.rules.ts';

export type TierCounts = Record<RiskTier, number>;

/** Players by operator and tier: as counted, and what changed since. Add them up. */
export const PLAYER_COUNTS =
  'select operator_id, tier, players from rollup_player_counts union all select operator_id, tier, players from rollup_player_moves';

/** How many players there are by tier, of those the caller may see. */
export async function countTiers(db: Db): Promise<TierCounts> {
  const rows = await db.query<{ tier: RiskTier; count: bigint }>(
    `select tier, sum(players)::bigint as count from (${PLAYER_COUNTS}) c group by tier`,
    [],
    'tiers',
  );
  const of = (tier: RiskTier): number => Number(rows.find((row) => row.tier === tier)?.count ?? 0n);
  return { normal: of('normal'), sharp: of('sharp'), restricted: of('restricted'), banned: of('banned') };
}

export type FlaggedPlayer = {
  user_id: Id<'user'>;
  username: string | null;
  score: number;
  tier: RiskTier;
  pnl_usd: Cents;
  closed_count: number;
  won_count: number;
};

export const selectTopFlagged = (db: Db, most: number): Promise<FlaggedPlayer[]> =>
  db.query<FlaggedPlayer>(
    `select id as user_id, username, score, tier, realized_pnl_cents as pnl_usd, closed_count, won_count
     from players where tier <> 'normal' order by score desc, id limit $1`,
    [most],
  );
