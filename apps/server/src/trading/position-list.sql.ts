/** Positions with their market, newest first. */
import type { Id } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import { type Condition, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';
import type { Outcome } from './operation.rules.ts';
import type { PositionStatus, Resolution } from './position-value.rules.ts';

export type PositionRow = {
  id: Id<'position'>;
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
  mid: Price | null;
  resolution: Resolution | null;
  resolved_at: Date | null;
};
export type PositionFilter = {
  operatorId: bigint;
  playerId: bigint;
  marketId?: bigint | undefined;
  status?: PositionStatus | undefined;
};

const OVER = `m.status in ('resolved', 'cancelled')`;
const STATUS = `case when ${OVER} then 'settled' when p.quantity = 0 then 'closed' else 'open' end`;

const conditions = ({ operatorId, playerId, marketId, status }: PositionFilter): Condition[] => [
  ['p.operator_id = ?', operatorId],
  ['p.player_id = ?', playerId],
  ['p.market_id = ?', marketId],
  [`${STATUS} = ?`, status],
];

export async function selectPositions(db: Db, filter: PositionFilter, slice: Slice): Promise<{ rows: PositionRow[]; total: bigint }> {
  const all = where(conditions(filter));
  const after = where([...conditions(filter), ['p.id < ?', slice.after?.[0]]]);
  const [rows, [count]] = await Promise.all([
    db.query<PositionRow>(
      `select p.id, p.market_id, m.title as market_title, m.category, p.outcome, p.quantity, p.cost_cents, p.realized_pnl_cents, p.trade_count,
         p.opened_at, p.closed_at, m.status as market_status, m.mid::bigint as mid, m.resolution, m.resolved_at
       from positions p join markets m on m.id = p.market_id
       ${after.text} order by p.id desc limit ${slice.limit} offset ${slice.offset}`,
      after.values,
    ),
    db.query<{ total: bigint }>(`select count(*) as total from positions p join markets m on m.id = p.market_id ${all.text}`, all.values),
  ]);
  return { rows, total: count?.total ?? 0n };
}
