/** Players of a tier above normal. */
import type { Id } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { RiskTier } from './walls.rules.ts';

export type TierCounts = Record<RiskTier, number>;

/** How many players there are by tier, of those the caller may see. */
export async function countTiers(db: Db): Promise<TierCounts> {
  // All players are counted already, by the hour they came; the few flagged ones have an index.
  const rows = await db.query<{ tier: RiskTier | 'all'; count: bigint }>(
    `select tier, count(*) as count from players where tier <> 'normal' group by tier
     union all select 'all', (select coalesce(sum(players), 0)::bigint from rollup_signups) + (select count(*) from rollup_arrivals)`,
    [],
    'tiers',
  );
  const of = (tier: RiskTier | 'all'): number => Number(rows.find((row) => row.tier === tier)?.count ?? 0n);
  const flagged = { sharp: of('sharp'), restricted: of('restricted'), banned: of('banned') };
  return { normal: of('all') - flagged.sharp - flagged.restricted - flagged.banned, ...flagged };
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
