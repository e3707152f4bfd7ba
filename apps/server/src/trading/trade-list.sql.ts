/** The rows of trades with their market. A trade of a market that is over counts as settled. */
import type { Id } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { WalletCallStatus } from '@predictu/contract/shapes/wallet-call';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { rowsByKeys } from '../platform/rows-by-keys.ts';
import type { Outcome, Side } from './operation.rules.ts';
import type { TradeStatus } from './trade-choice.sql.ts';
import { ENDED, EXTERNAL_USER_ID, KEY, NAMES, POSITION, STATUS, USER_NAME } from './trade-fields.sql.ts';
import { type PositionKey, type PositionTrade, positionName, sharesOfBuys } from './trade-pnl.rules.ts';

export type TradeRow = {
  id: Id<'trade'>;
  player_id: bigint;
  market_id: Id<'market'>;
  market_title: string;
  category: Category;
  outcome: Outcome;
  side: Side;
  status: TradeStatus;
  price: Price;
  mid: Price;
  quantity: Shares;
  amount_cents: Cents;
  fee_cents: Cents;
  spread_cents: Cents;
  realized_pnl_cents: Cents | null;
  created_at: Date;
};
const columns = (
  status: string,
): string => `t.id, t.player_id, t.market_id, m.title as market_title, m.category, t.outcome, t.side, ${status} as status,
  t.price::bigint as price, t.mid::bigint as mid, t.quantity, t.amount_cents, t.fee_cents, t.spread_cents, t.realized_pnl_cents, t.created_at`;
const COLUMNS = columns(STATUS);

/** What an operator and the platform see beside it. */
export type ConsoleTradeRow = TradeRow & {
  operator_id: bigint;
  operator_slug: string;
  operator_name: string;
  user_name: string;
  external_user_id: string;
  s2s_transaction_id: Id<'transaction'> | null;
  s2s_callback_status: WalletCallStatus | null;
  /** For the platform alone; null for an operator. */
  idempotency_key: string | null;
};
/** What a trade's profit is made from. */
type Traced = {
  operator_id: bigint;
  position_quantity: Shares | null;
  position_pnl_cents: Cents | null;
  position_trades: number | null;
  opened_at: Date | null;
  filled_at: Date;
  voided: boolean;
};

const CHOSEN = `from unnest($1::bigint[]) with ordinality as chosen(id, n) join trades t on t.id = chosen.id join markets m on m.id = t.market_id
  left join ${POSITION} left join ${ENDED}`;
const TRACED = `t.operator_id, held.quantity as position_quantity, held.realized_pnl_cents as position_pnl_cents, held.trade_count as position_trades,
  held.opened_at, coalesce(ended.created_at, t.created_at) as filled_at, coalesce(m.resolution = 'void', false) as voided`;
const NAMED = `o.slug as operator_slug, o.name as operator_name, ${USER_NAME} as user_name, ${EXTERNAL_USER_ID} as external_user_id, call.id as s2s_transaction_id, call.status as s2s_callback_status`;
export type TradeView = 'player' | 'operator' | 'admin';
const SELECT: Record<TradeView, string> = {
  player: `select ${COLUMNS}, ${TRACED} ${CHOSEN} order by chosen.n`,
  operator: `select ${COLUMNS}, ${TRACED}, ${NAMED}, null as idempotency_key ${CHOSEN} ${NAMES} order by chosen.n`,
  admin: `select ${COLUMNS}, ${TRACED}, ${NAMED}, ${KEY} as idempotency_key ${CHOSEN} ${NAMES} order by chosen.n`,
};

const keyOf = (row: TradeRow & Traced) => ({
  operatorId: row.operator_id,
  playerId: row.player_id,
  marketId: row.market_id,
  outcome: row.outcome,
});
/** A buy whose share must be worked out from all trades of its position: the position closed, or closed and was opened again. */
const isClosedBuy = (row: TradeRow & Traced): boolean =>
  row.side === 'buy' &&
  (row.status === 'filled' || row.status === 'settled') &&
  (row.position_quantity === 0n || (row.opened_at !== null && row.filled_at < row.opened_at));

const POSITION_TRADE = `t.operator_id as "operatorId", t.player_id as "playerId", t.market_id as "marketId", t.outcome, t.id, t.side, t.quantity,
  t.amount_cents as amount, t.realized_pnl_cents as "realizedPnl"`;
const FILLED = `left join lateral (select id from trade_events e where e.operator_id = t.operator_id and e.trade_id = t.id and t.wallet_mode = 'seamless' offset 0) e on true
  where t.status = 'filled' order by coalesce(e.id, t.id)`;

/** Ids of the trades behind positions, pending and cancelled ones among them; undefined when they are to be looked for here. */
export type FindPositionTrades = (db: Db, keys: readonly PositionKey[]) => Promise<bigint[] | undefined>;

/** By player, because the index of a popular market would be read for each of its positions. */
const lookForTrades = (db: Db, keys: readonly PositionKey[]): Promise<(PositionKey & PositionTrade)[]> =>
  db.query(
    `with k as materialized (select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[]) as k(operator_id, player_id, market_id, outcome))
     select ${POSITION_TRADE} from (select distinct operator_id, player_id from k) owner
     cross join lateral (select * from trades t where t.player_id = owner.player_id and t.operator_id = owner.operator_id offset 0) t
     join k on k.operator_id = t.operator_id and k.player_id = t.player_id and k.market_id = t.market_id and k.outcome = t.outcome ${FILLED}`,
    [keys.map((key) => key.operatorId), keys.map((key) => key.playerId), keys.map((key) => key.marketId), keys.map((key) => key.outcome)],
  );

const selectByIds = (db: Db, ids: readonly bigint[]): Promise<(PositionKey & PositionTrade)[]> =>
  rowsByKeys(
    db,
    `select ${POSITION_TRADE} from unnest($1::bigint[]) as chosen(id) join trades t on t.id = chosen.id ${FILLED}`,
    [ids],
    'trades_of_positions',
  );
/** The trades of these positions, as they were filled. */
async function lookAt(
  db: Db,
  keys: readonly PositionKey[],
  find: FindPositionTrades | undefined,
): Promise<(PositionKey & PositionTrade)[]> {
  const ids = await find?.(db, keys);
  return ids ? selectByIds(db, ids) : lookForTrades(db, keys);
}

function byPositions(rows: readonly (PositionKey & PositionTrade)[]): Map<string, PositionTrade[]> {
  const byPosition = new Map<string, PositionTrade[]>();
  for (const row of rows) {
    const name = positionName(row);
    const others = byPosition.get(name);
    if (others) others.push(row);
    else byPosition.set(name, [row]);
  }
  return byPosition;
}

/** Gives each buy its share in what its position came to. `known` are trades of some positions: of those that have traded since, not all. */
async function addProfits<R extends TradeRow & Traced>(
  db: Db,
  rows: readonly R[],
  find: FindPositionTrades | undefined,
  known: ReadonlyMap<string, PositionTrade[]>,
): Promise<R[]> {
  const positions = new Map(
    rows.filter((row) => isClosedBuy(row) && row.position_trades !== 1).map((row) => [positionName(keyOf(row)), row]),
  );
  const unknown = [...positions].flatMap(([name, row]) => (known.get(name)?.length === row.position_trades ? [] : [keyOf(row)]));
  const found = byPositions(unknown.length > 0 ? await lookAt(db, unknown, find) : []);
  const shares = new Map<bigint, Cents>();
  for (const [name, row] of positions) {
    const position = { quantity: row.position_quantity ?? 0n, realizedPnl: row.position_pnl_cents ?? 0n, voided: row.voided };
    for (const [id, share] of sharesOfBuys(found.get(name) ?? known.get(name) ?? [], position)) shares.set(id, share);
  }
  return rows.map((row) => {
    if (!isClosedBuy(row)) return row;
    return {
      ...row,
      realized_pnl_cents: row.position_trades === 1 ? row.position_pnl_cents : (shares.get(row.id) ?? null),
    };
  });
}

/**
 * The rows of chosen trades, in their order, with what each came to. A player's view has no names, an operator's no keys. `behind` are trades of
 * their positions, as far as they are known: read with them they save a look and a round trip.
 */
export async function selectTrades<V extends TradeView>(
  db: Db,
  ids: readonly bigint[],
  view: V,
  find?: FindPositionTrades,
  behind: readonly bigint[] = [],
): Promise<(V extends 'player' ? TradeRow : ConsoleTradeRow)[]> {
  if (ids.length === 0) return [];
  const [rows, known] = await Promise.all([
    rowsByKeys<ConsoleTradeRow & Traced>(db, SELECT[view], [ids], `trades_of_${view}`),
    behind.length === 0 ? [] : selectByIds(db, behind),
  ]);
  return addProfits(db, rows, find, byPositions(known));
}

export type Follower = { operatorId: bigint; playerId: bigint; after: bigint };

/** A trade as it was at a row: its own, or that of what became of it. */
export type TradeRowAt = TradeRow & { sequence: bigint };
const BEGUN = columns(`case when t.wallet_mode = 'seamless' and t.side = 'buy' then 'pending' else ${STATUS} end`);
const ENDING = columns('e.status');

/** What each of these players traded after a row, and what became of trades that were pending, oldest first. */
export const selectTradesAfter = (db: Db, followers: readonly Follower[], most: number): Promise<TradeRowAt[]> =>
  db.query<TradeRowAt>(
    `select t.* from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as follower(operator_id, player_id, after)
     cross join lateral (
       (select t.id as sequence, ${BEGUN} from trades t join markets m on m.id = t.market_id
       where t.operator_id = follower.operator_id and t.player_id = follower.player_id and t.id > follower.after
       order by t.player_id, t.id limit ${most})
       union all
       (select e.id, ${ENDING} from trade_events e join trades t on t.operator_id = e.operator_id and t.id = e.trade_id join markets m on m.id = t.market_id
       where e.operator_id = follower.operator_id and e.player_id = follower.player_id and e.id > follower.after
       order by e.player_id, e.id limit ${most})
       order by sequence limit ${most}
     ) as t`,
    [followers.map(({ operatorId }) => operatorId), followers.map(({ playerId }) => playerId), followers.map(({ after }) => after)],
    'trades_after',
  );
