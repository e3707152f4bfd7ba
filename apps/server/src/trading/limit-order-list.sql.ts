/** Limit orders as lists show them. */
import type { Id } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import { chooseIds } from '../platform/choose.ts';
import type { Condition } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Choice, Slice } from '../platform/page.ts';
import { rowsByKeys } from '../platform/rows-by-keys.ts';
import type { EndReason } from './match-order.rules.ts';
import type { LimitOrderStatus, Outcome, Side } from './operation.rules.ts';

export type LimitOrderFilter = {
  /** Always given when an operator or a player asks. */
  operatorId?: bigint | undefined;
  playerId?: bigint | undefined;
  marketId?: bigint | undefined;
  status?: LimitOrderStatus | undefined;
  side?: Side | undefined;
  outcome?: Outcome | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};

const conditions = (filter: LimitOrderFilter): Condition[] => [
  ['o.operator_id = ?', filter.operatorId],
  ['o.player_id = ?', filter.playerId],
  ['o.market_id = ?', filter.marketId],
  ['o.status = ?', filter.status],
  ['o.side = ?', filter.side],
  ['o.outcome = ?', filter.outcome],
  ['o.created_at >= ?', filter.from],
  ['o.created_at < ?', filter.to],
];

/** Newest first; the cursor is the id. */
export const chooseLimitOrders = (db: Db, filter: LimitOrderFilter, slice: Slice): Promise<Choice> =>
  chooseIds(db, {
    id: 'o.id',
    from: 'limit_orders o',
    filter: conditions(filter),
    after: [['o.id < ?', slice.after?.[0]]],
    by: ['o.id'],
    order: 'desc',
    slice,
  });

export type LimitOrderRow = {
  id: Id<'order'>;
  player_id: Id<'user'>;
  market_id: Id<'market'>;
  market_title: string;
  category: Category;
  outcome: Outcome;
  side: Side;
  limit_price: Price;
  amount_cents: Cents | null;
  quantity: Shares | null;
  held_cents: Cents;
  status: LimitOrderStatus;
  reason: EndReason | null;
  refusal: { refused: string; message: string } | null;
  trade_id: Id<'trade'> | null;
  price: Price | null;
  mid: Price | null;
  expires_at: Date | null;
  created_at: Date;
  ended_at: Date | null;
};
/** What an operator and the platform see beside it. */
export type ConsoleLimitOrderRow = LimitOrderRow & { operator_slug: string; user_name: string; external_user_id: string };

const columns = (status: string): string => `o.id, o.player_id, o.market_id, m.title as market_title, m.category, o.outcome, o.side,
  o.limit_price::bigint as limit_price, o.amount_cents, o.quantity, case when ${status} = 'open' then o.held_cents else 0 end as held_cents, ${status} as status,
  case when ${status} in ('cancelled', 'expired') then o.reason end as reason, case when ${status} in ('cancelled', 'expired') then o.refusal end as refusal,
  case when ${status} in ('pending', 'filled') then o.trade_id end as trade_id,
  case when ${status} in ('pending', 'filled') then t.price::bigint end as price, m.mid::bigint as mid, o.expires_at, o.created_at,
  case when ${status} in ('open', 'pending') then null else o.ended_at end as ended_at`;
const COLUMNS = columns('o.status');
const JOINED = `join markets m on m.id = o.market_id left join trades t on t.operator_id = o.operator_id and t.id = o.trade_id`;
const CHOSEN = `from unnest($1::bigint[]) with ordinality as chosen(id, n) join limit_orders o on o.id = chosen.id ${JOINED}`;

/** The rows of chosen orders, in their order. */
export const selectLimitOrders = (db: Db, ids: readonly bigint[]): Promise<LimitOrderRow[]> =>
  rowsByKeys<LimitOrderRow>(db, `select ${COLUMNS} ${CHOSEN} order by chosen.n`, [ids], 'orders_of_player');

/** The same with whose they are. */
export const selectConsoleLimitOrders = (db: Db, ids: readonly bigint[]): Promise<ConsoleLimitOrderRow[]> =>
  rowsByKeys<ConsoleLimitOrderRow>(
    db,
    `select ${COLUMNS}, op.slug as operator_slug, coalesce(p.username, p.external_id, '') as user_name, coalesce(p.external_id, '') as external_user_id
     ${CHOSEN} join operators op on op.id = o.operator_id left join players p on p.operator_id = o.operator_id and p.id = o.player_id
     order by chosen.n`,
    [ids],
    'orders_of_console',
  );

type Follower = { operatorId: bigint; playerId: bigint; after: bigint };
/** An order as it stood at a row of its events. */
export type LimitOrderRowAt = LimitOrderRow & { sequence: bigint };

/** What became of orders of each of these players after a row, oldest first. */
export const selectLimitOrdersAfter = (db: Db, followers: readonly Follower[], most: number): Promise<LimitOrderRowAt[]> =>
  db.query<LimitOrderRowAt>(
    `select o.* from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as follower(operator_id, player_id, after)
     cross join lateral (
       select e.id as sequence, ${columns('e.status')} from limit_order_events e
       join limit_orders o on o.operator_id = e.operator_id and o.id = e.order_id ${JOINED}
       where e.operator_id = follower.operator_id and e.player_id = follower.player_id and e.id > follower.after
       order by e.player_id, e.id limit ${most}
     ) as o`,
    [followers.map(({ operatorId }) => operatorId), followers.map(({ playerId }) => playerId), followers.map(({ after }) => after)],
    'orders_after',
  );
