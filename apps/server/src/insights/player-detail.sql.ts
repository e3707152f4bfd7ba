/** What a player's page shows beside the player's own row. Money in cents. */
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';

export type PlayerDetail = {
  largest_cents: Cents | null;
  /** The latest of whatever left a row. */
  changed_at: Date | null;
  max_bet_cents: Cents;
  limit_tiers: Record<string, number>;
};

export async function selectPlayerDetail(db: Db, operatorId: bigint, playerId: bigint): Promise<PlayerDetail> {
  const [row] = await db.query<PlayerDetail>(
    `select (select max(t.amount_cents) from trades t where t.operator_id = o.id and t.player_id = $2 and t.status = 'filled') as largest_cents,
       greatest(
         (select e.created_at from ledger_entries e where e.operator_id = o.id and e.player_id = $2 order by e.player_id, e.id desc limit 1),
         (select c.created_at from player_tier_changes c where c.operator_id = o.id and c.player_id = $2 order by c.player_id, c.id desc limit 1),
         (select s.evaluated_at from player_scores s where s.operator_id = o.id and s.player_id = $2)) as changed_at,
       o.max_bet_cents, o.limit_tiers
     from operators o where o.id = $1`,
    [operatorId, playerId],
    'player_detail',
  );
  if (!row) throw new Error('A player has no operator');
  return row;
}
