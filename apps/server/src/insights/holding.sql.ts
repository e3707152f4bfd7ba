/**
 * Open positions, counted behind the facts like every rollup: what a position held at an earlier fact is what it holds now less what came
 * since, so the count of then and the facts after it make the count of now, exactly. Counting the rows themselves takes as long as there are many.
 */
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { BY_ITSELF } from './rollup.sql.ts';

const NEWEST = '9223372036854775807';
const CHANGED = `t.operator_id, t.market_id, t.player_id, t.outcome`;
const NET = `case t.side when 'buy' then t.quantity else -t.quantity end as net`;

/** What each fact after `after` added to a position or took from it, of one operator or all. */
const moves = (after: string, operator: string | null): string => {
  const of = (row: string): string => (operator === null ? 'true' : `${row}.operator_id = ${operator}`);
  return `
  select t.id as fact_id, ${CHANGED}, ${NET} from trades t where t.id > ${after} and t.id <= ${NEWEST} and ${BY_ITSELF} and ${of('t')}
  union all
  select e.id, ${CHANGED}, ${NET} from (select * from trade_events e where e.id > ${after} and e.id <= ${NEWEST} and e.status = 'filled' and ${of('e')} offset 0) e
  join trades t on t.operator_id = e.operator_id and t.id = e.trade_id
  union all
  select s.decision_id, ${CHANGED}, -t.quantity from (
    select s.id, s.decision_id from market_settlements s where s.decision_id > ${after} and s.decision_id <= ${NEWEST} and s.corrects_id is null offset 0
  ) s cross join operators o join settlement_payouts t on t.operator_id = o.id and t.settlement_id = s.id where ${of('t')}`;
};

/** By operator: how many positions the facts after `after` and up to `through` opened, less those they closed. */
const opened = (after: string, through: string, operator: string | null = null): string => `
  select m.operator_id, sum((p.quantity - m.later > 0)::int - (p.quantity - m.later - m.within > 0)::int)::bigint as opened from (
    select operator_id, market_id, player_id, outcome, sum(net) filter (where fact_id <= ${through}) as within, coalesce(sum(net) filter (where fact_id > ${through}), 0) as later
    from (${moves(after, operator)}) t group by 1, 2, 3, 4
  ) m cross join lateral (
    select p.quantity from positions p where p.operator_id = m.operator_id and p.market_id = m.market_id and p.player_id = m.player_id and p.outcome = m.outcome offset 0
  ) p where m.within is not null group by 1`;

const COUNT = (operator: string): string => `(select count(*) from positions where operator_id = ${operator} and quantity > 0)`;

/** Brings the counts from one fact to another. Those of a large step are left out, and counted anew after the last of them. */
export async function addHoldings(db: Db, after: bigint, through: bigint, large: boolean): Promise<void> {
  if (large) {
    await db.query('delete from rollup_holdings');
    return;
  }
  const [known] = await db.query('select from rollup_holdings limit 1');
  if (known) {
    await db.query(
      `insert into rollup_holdings as old (operator_id, open_positions) ${opened('$1', '$2::bigint')}
       on conflict (operator_id) do update set open_positions = old.open_positions + excluded.open_positions`,
      [after, through],
    );
  } else {
    await db.query(`insert into rollup_holdings (operator_id, open_positions) ${holdingsAt('$1')}`, [through]);
  }
}

/** The counts as of a fact, from the positions themselves. */
export const holdingsAt = (fact: string): string =>
  `select o.id as operator_id, ${COUNT('o.id')} - coalesce(since.opened, 0) as open_positions from operators o left join (${opened(fact, NEWEST)}) since on since.operator_id = o.id`;

export type Holdings = { open_count: bigint; value_cents: Cents };

/** One operator's open positions, and its open shares at the mid: all markets at once, for one by one they take three times as long. */
export async function selectHoldings(db: Db, operatorId: bigint): Promise<Holdings> {
  const [row] = await db.query<Holdings>(
    `with through as materialized (select rolled_through() as id),
     rolled as materialized (select open_positions from rollup_holdings where operator_id = $1)
     select case when exists (select from rolled) then (select open_positions from rolled)
         + coalesce((select opened from (${opened('(select id from through)', NEWEST, '$1')}) since), 0)
       else ${COUNT('$1')} end as open_count,
       coalesce((select sum(e.yes_shares * coalesce(m.mid, 0) + e.no_shares * (10000 - coalesce(m.mid, 10000))) from (
         select key, yes_shares, no_shares from exposure where operator_id = $1 and scope = 2 and yes_shares + no_shares > 0 offset 0
       ) e join (select id, mid from markets offset 0) m on m.id = e.key), 0)::bigint / 10000 as value_cents`,
    [operatorId],
    'holdings',
  );
  if (!row) throw new Error('Holdings have no row');
  return row;
}
