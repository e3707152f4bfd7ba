/** Trades with their market, newest first. A trade of a market that is over counts as settled. */
import type { Id } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import { type Condition, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';
import type { Outcome, Side } from './operation.rules.ts';

export type TradeRow = {
  id: Id<'trade'>;
  player_id: bigint;
  market_id: Id<'market'>;
  market_title: string;
  category: Category;
  outcome: Outcome;
  side: Side;
  status: 'pending' | 'filled' | 'settled' | 'cancelled';
  price: Price;
  mid: Price;
  quantity: Shares;
  amount_cents: Cents;
  fee_cents: Cents;
  spread_cents: Cents;
  realized_pnl_cents: Cents | null;
  created_at: Date;
};
export type TradeFilter = {
  operatorId: bigint;
  playerId: bigint;
  marketId?: bigint | undefined;
  side?: Side | undefined;
  outcome?: Outcome | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};

const STATUS = `case when t.status = 'filled' and m.status in ('resolved', 'cancelled') then 'settled' else t.status end`;
const columns = (
  status: string,
): string => `t.id, t.player_id, t.market_id, m.title as market_title, m.category, t.outcome, t.side, ${status} as status,
  t.price::bigint as price, t.mid::bigint as mid, t.quantity, t.amount_cents, t.fee_cents, t.spread_cents, t.realized_pnl_cents, t.created_at`;
const COLUMNS = columns(STATUS);

const conditions = ({ operatorId, playerId, marketId, side, outcome, from, to }: TradeFilter): Condition[] => [
  ['t.operator_id = ?', operatorId],
  ['t.player_id = ?', playerId],
  ['t.market_id = ?', marketId],
  ['t.side = ?', side],
  ['t.outcome = ?', outcome],
  ['t.created_at >= ?', from],
  ['t.created_at < ?', to],
];

export async function selectTrades(db: Db, filter: TradeFilter, slice: Slice): Promise<{ rows: TradeRow[]; total: bigint }> {
  const all = where(conditions(filter));
  const after = where([...conditions(filter), ['t.id < ?', slice.after?.[0]]]);
  const [rows, [count]] = await Promise.all([
    db.query<TradeRow>(
      `select ${COLUMNS} from trades t join markets m on m.id = t.market_id ${after.text}
       order by t.id desc limit ${slice.limit} offset ${slice.offset}`,
      after.values,
    ),
    db.query<{ total: bigint }>(`select count(*) as total from trades t ${all.text}`, all.values),
  ]);
  return { rows, total: count?.total ?? 0n };
}

export type Follower = { operatorId: bigint; playerId: bigint; after: bigint };

/** A trade as it was at a row: its own, or that of what became of it. */
export type TradeRowAt = TradeRow & { sequence: bigint };
const BEGUN = columns(`case when t.wallet_mode = 'seamless' and t.side = 'buy' then 'pending' else ${STATUS} end`);
const ENDED = columns('e.status');

/** What each of these players traded after a row, and what became of trades that were pending, oldest first. */
export const selectTradesAfter = (db: Db, followers: readonly Follower[], most: number): Promise<TradeRowAt[]> =>
  db.query<TradeRowAt>(
    `select t.* from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as follower(operator_id, player_id, after)
     cross join lateral (
       (select t.id as sequence, ${BEGUN} from trades t join markets m on m.id = t.market_id
       where t.operator_id = follower.operator_id and t.player_id = follower.player_id and t.id > follower.after
       order by t.player_id, t.id limit ${most})
       union all
       (select e.id, ${ENDED} from trade_events e join trades t on t.operator_id = e.operator_id and t.id = e.trade_id join markets m on m.id = t.market_id
       where e.operator_id = follower.operator_id and e.player_id = follower.player_id and e.id > follower.after
       order by e.player_id, e.id limit ${most})
       order by sequence limit ${most}
     ) as t`,
    [followers.map(({ operatorId }) => operatorId), followers.map(({ playerId }) => playerId), followers.map(({ after }) => after)],
    'trades_after',
  );
