/** The rows of positions with their market. */
import type { Id } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { rowsByKeys } from '../platform/rows-by-keys.ts';
import type { Outcome } from './operation.rules.ts';
import type { Resolution } from './position-value.rules.ts';

export type PositionRow = {
  id: Id<'position'>;
  player_id: Id<'user'>;
  market_id: Id<'market'>;
  market_title: string;
  category: Category;
  outcome: Outcome;
  quantity: Shares;
  cost_cents: Cents;
  realized_pnl_cents: Cents;
  trade_count: number;
  opened_at: Date;
  closed_at: Date | null;
  market_status: 'active' | 'paused' | 'resolved' | 'cancelled';
  /** Since when a proposed result has ended trading. */
  market_closed_at: Date | null;
  mid: Price | null;
  resolution: Resolution | null;
  resolved_at: Date | null;
};
/** What an operator and the platform see beside it. */
export type ConsolePositionRow = PositionRow & { operator_slug: string; user_name: string; external_user_id: string };

const COLUMNS = `p.id, p.player_id, p.market_id, m.title as market_title, m.category, p.outcome, p.quantity, p.cost_cents, p.realized_pnl_cents,
  p.trade_count, p.opened_at, p.closed_at, m.status as market_status, m.closed_at as market_closed_at, m.mid::bigint as mid, m.resolution, m.resolved_at`;
const CHOSEN = `from unnest($1::bigint[]) with ordinality as chosen(id, n) join positions p on p.id = chosen.id join markets m on m.id = p.market_id`;

/** The rows of chosen positions, in their order. */
export const selectPositions = (db: Db, ids: readonly bigint[]): Promise<PositionRow[]> =>
  rowsByKeys<PositionRow>(db, `select ${COLUMNS} ${CHOSEN} order by chosen.n`, [ids], 'positions_of_player');

/** The same with whose they are. */
export const selectConsolePositions = (db: Db, ids: readonly bigint[]): Promise<ConsolePositionRow[]> =>
  rowsByKeys<ConsolePositionRow>(
    db,
    `select ${COLUMNS}, o.slug as operator_slug, coalesce(owner.username, owner.external_id, '') as user_name,
       coalesce(owner.external_id, '') as external_user_id
     ${CHOSEN} join operators o on o.id = p.operator_id left join players owner on owner.operator_id = p.operator_id and owner.id = p.player_id
     order by chosen.n`,
    [ids],
    'positions_of_console',
  );
