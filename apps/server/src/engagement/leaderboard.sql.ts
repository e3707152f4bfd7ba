/** Leaderboards by calendar period, and the trades of an operator as its players see them. */
import type { Id } from '@predictu/contract/ids';
import type { Cents, Shares } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';

export type Period = 'day' | 'week' | 'month' | 'all';
export type Place = { place: bigint; display_name: string | null; value: Cents; mine: boolean };
export type Board = { entries: Place[]; own: { place: bigint; value: Cents } | null; players: bigint };

const COLUMN = { pnl: 'pnl_cents', volume: 'volume_cents' } as const;
const BOUNDS = 'r.operator_id = $1 and r.period = $2 and r.starts_on = $3::date';

/** The first of a board, where one player stands on it, and how many there are. Equal values share a place. */
export async function selectBoard(
  db: Db,
  { operatorId, playerId }: { operatorId: bigint; playerId: bigint },
  { period, startsOn, by, most }: { period: Period; startsOn: Date; by: 'pnl' | 'volume'; most: number },
): Promise<Board> {
  const value = COLUMN[by];
  const bounds = [operatorId, period, startsOn.toISOString().slice(0, 10)];
  const [entries, [own], [count]] = await Promise.all([
    db.query<Place>(
      `select rank() over (order by r.value desc) as place, case when f.show_name and f.name_hidden_at is null then f.display_name end as display_name, r.value, r.player_id = $4 as mine
       from (select r.operator_id, r.player_id, r.${value} as value from leaderboard_results r where ${BOUNDS}
         order by r.${value} desc, r.player_id limit $5) r
       left join player_profiles f on f.operator_id = r.operator_id and f.player_id = r.player_id order by r.value desc, r.player_id`,
      [...bounds, playerId, most],
    ),
    db.query<{ place: bigint; value: Cents }>(
      `select r.${value} as value, 1 + (select count(*) from leaderboard_results x where x.operator_id = r.operator_id and x.period = r.period
         and x.starts_on = r.starts_on and x.${value} > r.${value}) as place
       from leaderboard_results r where ${BOUNDS} and r.player_id = $4`,
      [...bounds, playerId],
    ),
    db.query<{ n: bigint }>(`select count(*) as n from leaderboard_results r where ${BOUNDS}`, bounds),
  ]);
  return { entries, own: own ?? null, players: count?.n ?? 0n };
}

export type FeedRow = {
  display_name: string | null;
  mine: boolean;
  market_id: Id<'market'>;
  market_title: string;
  side: 'buy' | 'sell';
  outcome: 'yes' | 'no';
  quantity: Shares;
  amount_usd: Cents;
  created_at: Date;
};

/** The last trades of an operator that stand. */
export const selectFeed = (db: Db, { operatorId, playerId }: { operatorId: bigint; playerId: bigint }, most: number): Promise<FeedRow[]> =>
  db.query<FeedRow>(
    `select case when f.show_name and f.name_hidden_at is null then f.display_name end as display_name, t.player_id = $2 as mine, t.market_id, m.title as market_title, t.side,
       t.outcome, t.quantity, t.amount_cents as amount_usd, t.created_at
     from (select * from trades where operator_id = $1 and status = 'filled' order by operator_id desc, id desc limit $3) t
     join markets m on m.id = t.market_id
     left join player_profiles f on f.operator_id = t.operator_id and f.player_id = t.player_id order by t.id desc`,
    [operatorId, playerId, most],
  );
