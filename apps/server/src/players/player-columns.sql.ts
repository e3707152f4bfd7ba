/** What the columns of players follow: rows by id, and whoever a trade, a ledger row or anybody else has changed since. */
import type { Statement } from '../platform/arrays.ts';
import { AFTER } from '../platform/column-changes.ts';
import type { Place } from '../platform/column-follower.ts';
import type { Db } from '../platform/db.ts';
import { NAMES } from './player-choice.sql.ts';

/** A player as its columns hold it: cents and milliseconds; `active` is null for one who was never seen. */
export type PlayerColumns = {
  id: bigint;
  operator: bigint;
  tier: number;
  suspended: boolean;
  inactive: boolean;
  score: number;
  balance: number;
  /** What the operator's wallet last answered. */
  wallet: number;
  trades: number;
  pnl: number;
  volume: number;
  closed: number;
  won: number;
  /** In lower case. */
  names: string;
  created: number;
  active: number | null;
};

export const TIERS = ['normal', 'sharp', 'restricted', 'banned'] as const;

const PLAYER = `p.id, p.operator_id as operator, array_position('{${TIERS.join(',')}}'::text[], p.tier) - 1 as tier, p.status = 'suspended' as suspended,
  p.status = 'inactive' as inactive, p.score, p.balance_cents::float8 as balance, greatest(coalesce(p.wallet_balance_cents, 0), 0)::float8 as wallet,
  p.trade_count as trades, p.realized_pnl_cents::float8 as pnl, p.volume_cents::float8 as volume,
  p.closed_count as closed, p.won_count as won, ${NAMES} as names,
  (extract(epoch from p.created_at) * 1000)::float8 as created, (extract(epoch from p.last_active_at) * 1000)::float8 as active`;

export const playersAfter = (id: bigint, most: number): Statement => ({
  name: `columns_players_${most}`,
  text: `select ${PLAYER} from players p where p.id > $1 order by p.id limit ${most}`,
  values: [id],
});

/** Operators whose players have their money in an outside wallet. */
export const outsideWallets: Statement = {
  name: 'columns_outside_wallets',
  text: `select id from operators where wallet_mode = 'seamless'`,
  values: [],
};

/** A row of these says that its player has changed; what changes a player without one is noted by a trigger. */
export const playersChangedAfter = ({ lastId, horizon }: Place): Statement => ({
  name: 'columns_players_changed',
  text: `with changed as (
      (select player_id from trades where ${AFTER} order by id offset 0)
      union select row.player_id from operators o
        cross join lateral (select player_id from ledger_entries where operator_id = o.id and ${AFTER} order by operator_id, id offset 0) as row
      union select row.player_id from operators o
        cross join lateral (select player_id from trade_events where operator_id = o.id and ${AFTER} order by operator_id, id offset 0) as row
      union select unnest(array_append(player_ids, player_id)) from player_changes where xid >= $2::text::xid8
    ) select ${PLAYER} from changed join players p on p.id = changed.player_id`,
  values: [lastId, horizon],
});

const KEPT_MS = 86_400_000;

/** Notes players whom no trigger noted, in one row; `source` selects their ids. What they were paid may have left neither a trade nor a ledger row. */
export const noteChangesFrom = (source: string): string =>
  `insert into player_changes (player_ids) select array_agg(id) from (${source}) as changed(id) having count(*) > 0`;

/** What every list in memory has taken up long ago. */
export const forgetPlayerChanges = (db: Db, now: Date): Promise<unknown> =>
  db.query('delete from player_changes where at < $1', [new Date(now.getTime() - KEPT_MS)]);
