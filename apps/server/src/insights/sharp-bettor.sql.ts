/** Flagged players with what their score saw. Few by nature: `players_flagged` holds only them. */
import type { Id } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import { where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
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

const SORTS = {
  score: 'p.score',
  pnl: 'p.realized_pnl_cents',
  volume: 'p.volume_cents',
  win_rate: 'p.won_count::double precision / nullif(p.closed_count, 0)',
};
export type SharpBettorQuery = {
  tier?: string | undefined;
  operator?: string | undefined;
  sort: keyof typeof SORTS;
  order: 'asc' | 'desc';
};

export async function selectSharpBettors(
  db: Db,
  { tier, operator, sort, order }: SharpBettorQuery,
  limit: number,
  offset: number,
): Promise<{ rows: SharpBettorRow[]; total: bigint }> {
  const { text, values } = where([
    ['p.tier = ?', tier],
    ['o.slug = ?', operator],
  ]);
  const from = `from players p join operators o on o.id = p.operator_id ${text} ${text ? 'and' : 'where'} p.tier <> 'normal'`;
  const [rows, [count]] = await Promise.all([
    db.query<SharpBettorRow>(
      `select f.*, s.clv_edge, s.timing_score, s.evaluated_at as last_evaluated_at
       from (select p.operator_id, p.id as user_id, p.username, o.slug as operator_slug, p.tier, p.score, p.closed_count, p.won_count,
           p.realized_pnl_cents as pnl_usd, p.volume_cents as volume_usd, p.trade_count, p.max_bet_cents as max_bet_usd, p.blocked_categories,
           p.cooldown_until, p.tier_overridden_at is not null as overridden, ${SORTS[sort]} as sort_key
         ${from} order by sort_key ${order} nulls last, p.id ${order} limit ${limit} offset ${offset}) f
       left join player_scores s on s.operator_id = f.operator_id and s.player_id = f.user_id
       order by f.sort_key ${order} nulls last, f.user_id ${order}`,
      values,
    ),
    db.query<{ total: bigint }>(`select count(*) as total ${from}`, values),
  ]);
  return { rows, total: count?.total ?? 0n };
}
