/** The rows of players, as consoles show them. */
import type { Id } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { rowsByKeys } from '../platform/rows-by-keys.ts';
import { BALANCE, inactiveSince, type PlayerStatus } from './player-choice.sql.ts';

export type PlayerRow = {
  id: Id<'user'>;
  operator_id: bigint;
  operator_slug: string;
  operator_name: string;
  external_id: string;
  username: string | null;
  email: string | null;
  tier: 'normal' | 'sharp' | 'restricted' | 'banned';
  limit_tier: 'new' | 'regular' | 'vip';
  status: PlayerStatus;
  balance_cents: Cents;
  exposure_cents: Cents;
  trade_count: number;
  volume_cents: Cents;
  fees_cents: Cents;
  realized_pnl_cents: Cents;
  closed_count: number;
  won_count: number;
  deposited_cents: Cents;
  withdrawn_cents: Cents;
  score: number;
  max_bet_cents: Cents | null;
  allowed_categories: Category[] | null;
  blocked_categories: Category[];
  blocked_markets: string[];
  cooldown_until: Date | null;
  suspended_by: 'platform' | 'operator' | null;
  restricted_by: 'platform' | 'operator' | null;
  last_trade_at: Date | null;
  last_active_at: Date | null;
  created_at: Date;
};

export type CountedPlayerRow = PlayerRow & { open_positions: number };

/** The rows of chosen players, in their order; `seenSince` as in the filter. */
const selectRows = (db: Db, ids: readonly bigint[], seenSince: Date): Promise<PlayerRow[]> =>
  rowsByKeys<PlayerRow>(
    db,
    `select p.id, p.operator_id, o.slug as operator_slug, o.name as operator_name, p.external_id, p.username, p.email, p.tier, p.limit_tier,
       case when p.status = 'suspended' then p.status when ${inactiveSince('$2')} then 'inactive' else 'active' end as status,
       ${BALANCE} as balance_cents, p.open_shares as exposure_cents, p.trade_count, p.volume_cents, p.fees_cents, p.realized_pnl_cents, p.closed_count,
       p.won_count, p.deposited_cents, p.withdrawn_cents, p.score, p.max_bet_cents, p.allowed_categories, p.blocked_categories, p.blocked_markets::text[] as blocked_markets,
       p.cooldown_until, p.suspended_by, p.restricted_by, p.last_trade_at, p.last_active_at, p.created_at
     from unnest($1::bigint[]) with ordinality as chosen(id, n) join players p on p.id = chosen.id join operators o on o.id = p.operator_id
     order by chosen.n`,
    [ids, seenSince],
    'players_chosen',
  );

type OpenCount = { id: bigint; open: number };
const countOpen = (db: Db, ids: readonly bigint[]): Promise<OpenCount[]> =>
  rowsByKeys<OpenCount>(
    db,
    `select chosen.id, (select count(*)::int from positions held where held.player_id = chosen.id and held.quantity > 0) as open from unnest($1::bigint[]) as chosen(id)`,
    [ids],
    'players_open_positions',
  );

/** Numbers of open positions, by player in the order asked; undefined when they are to be counted here. */
export type CountOpenPositions = (db: Db, ids: readonly bigint[]) => Promise<readonly number[] | undefined>;

/** The rows of chosen players, in their order, with the numbers of their open positions. */
export async function selectPlayers(
  db: Db,
  ids: readonly bigint[],
  seenSince: Date,
  countOpenPositions: CountOpenPositions = async () => undefined,
): Promise<CountedPlayerRow[]> {
  const [rows, counted] = await Promise.all([selectRows(db, ids, seenSince), countOpenPositions(db, ids)]);
  const counts = counted?.map((open, n) => ({ id: ids[n], open })) ?? (await countOpen(db, ids));
  const openOf = new Map(counts.map(({ id, open }) => [id, open]));
  return rows.map((row) => ({ open_positions: openOf.get(row.id) ?? 0, ...row }));
}

/** Whose player it is, of those the caller may see. */
export async function selectOwner(db: Db, id: bigint): Promise<{ operator_id: bigint } | undefined> {
  const [row] = await db.query<{ operator_id: bigint }>('select operator_id from players where id = $1', [id], 'player_owner');
  return row;
}
