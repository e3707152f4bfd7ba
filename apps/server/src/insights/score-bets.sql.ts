/** The bets of players with everything their score is made of: result, closing line, and where the line went right after. */
import { firstIdAt, ID_SEQUENCE_BITS } from '@predictu/contract/ids';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import { int8s } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';
import type { MarketEnd } from './score-bet.rules.ts';

/** A player is judged by this many of its latest bets. */
export const MOST_BETS = 2_000;

export type PlayerKey = { operatorId: bigint; playerId: bigint };

export type BetRow = MarketEnd & {
  player_id: bigint;
  market_id: bigint;
  outcome: 'yes' | 'no';
  category: string;
  price: Price;
  quantity: Shares;
  amount: Cents;
  /** Of YES, when the bet was made, and the first one far enough from it in the time after. */
  mid: Price;
  moved_to: Price | null;
  at: Date;
};

/** The latest bets of these players. `far` is in price units; a tick's id is also its time. */
export const selectBets = (db: Db, players: readonly PlayerKey[], withinMs: number, far: number): Promise<BetRow[]> =>
  db.query<BetRow>(
    `select p.id as player_id, t.market_id, t.outcome, m.category, t.price::bigint as price, t.quantity, t.amount_cents as amount, t.mid::bigint as mid,
       moved.mid::bigint as moved_to, t.created_at as at, m.resolution, m.resolved_at, m.closed_at, m.end_at
     from unnest($1::bigint[], $2::bigint[]) as p(operator_id, id)
     cross join lateral (
       select id, market_id, outcome, price, quantity, amount_cents, created_at, case outcome when 'yes' then mid else 10000 - mid end as mid
       from trades where player_id = p.id and operator_id = p.operator_id and side = 'buy' and status = 'filled'
       order by id desc limit ${MOST_BETS}) t
     join markets m on m.id = t.market_id
     left join lateral (
       select k.mid from price_ticks k
       where k.market_id = t.market_id and k.id > t.id and k.id <= t.id + $3::bigint and abs(k.mid - t.mid) >= $4::integer
       order by k.id limit 1) moved on true`,
    [int8s(players, ({ operatorId }) => operatorId), int8s(players, ({ playerId }) => playerId), BigInt(withinMs) << ID_SEQUENCE_BITS, far],
    'score_bets',
  );

export type ClosingMarket = { marketId: bigint; before: Date };

/** The last mid of YES within the bounds of trading before an instant, of each market that has one. */
export const selectClosingMids = (
  db: Db,
  markets: readonly ClosingMarket[],
  low: Price,
  high: Price,
): Promise<{ market_id: bigint; mid: Price }[]> =>
  db.query(
    `select m.id as market_id, last.mid::bigint as mid from unnest($1::bigint[], $2::bigint[]) as m(id, before)
     cross join lateral (select mid from price_ticks k where k.market_id = m.id and k.id < m.before and k.mid between $3::integer and $4::integer
       order by k.id desc limit 1) last`,
    [int8s(markets, ({ marketId }) => marketId), int8s(markets, ({ before }) => firstIdAt(before)), Number(low), Number(high)],
    'score_closing_mids',
  );
