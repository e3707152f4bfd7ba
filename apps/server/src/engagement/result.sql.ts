/** Adding facts to the leaderboards, and telling players what was settled: one slice of ids is one transaction. */
import type { Db } from '../platform/db.ts';

/** How far it is, locked; undefined while another process has it. */
export async function lockResults(db: Db): Promise<bigint | undefined> {
  const [row] = await db.query<{ last_id: bigint }>('select last_id from player_results_state for no key update skip locked');
  return row?.last_id;
}

/** The newest id, or that of the trade `most` further on, which is not the last one: ids are in commit order. */
export async function resultsEnd(db: Db, after: bigint, most: number): Promise<{ through: bigint; isLast: boolean }> {
  const [row] = await db.query<{ full: bigint | null; newest: bigint }>(
    `select (select id from trades where id > $1 order by id offset $2 limit 1) as full, greatest($1, (select last_id from sequencer)) as newest`,
    [after, most],
  );
  return { through: row?.full ?? row?.newest ?? after, isLast: (row?.full ?? null) === null };
}

/** Filled trades, fills and payouts with ids in ($1, $2], as volume and realised profit of their day. */
const FACTS = `
  select t.operator_id, t.player_id, t.created_at as at, t.amount_cents as volume, coalesce(t.realized_pnl_cents, 0) as pnl
  from trades t where t.id > $1 and t.id <= $2 and not (t.wallet_mode = 'seamless' and t.side = 'buy')
  union all
  select t.operator_id, t.player_id, t.created_at, t.amount_cents, 0
  from trade_events e join trades t on t.operator_id = e.operator_id and t.id = e.trade_id where e.id > $1 and e.id <= $2 and e.status = 'filled'
  union all
  select p.operator_id, p.player_id, s.decided_at, 0, p.payout_cents - p.cost_cents - p.earlier_payout_cents
  from market_settlements s cross join operators o join settlement_payouts p on p.operator_id = o.id and p.settlement_id = s.id
  where s.decision_id > $1 and s.decision_id <= $2`;

/** Moves the boards on. Returns how many rows that changed. */
export async function addResults(db: Db, after: bigint, through: bigint): Promise<bigint> {
  const [row] = await db.query<{ n: bigint }>(
    `with facts as materialized (
       select operator_id, player_id, (at at time zone 'UTC')::date as day, sum(volume)::bigint as volume, sum(pnl)::bigint as pnl
       from (${FACTS}) f group by 1, 2, 3
     ), added as (
       insert into leaderboard_results as old (operator_id, period, starts_on, player_id, volume_cents, pnl_cents)
       select operator_id, period, case period when 'all' then date '1970-01-01' else date_trunc(period, day::timestamp)::date end, player_id, sum(volume), sum(pnl)
       from facts cross join unnest('{day,week,month,all}'::text[]) as period group by 1, 2, 3, 4
       on conflict (operator_id, period, starts_on, player_id) do update
         set volume_cents = old.volume_cents + excluded.volume_cents, pnl_cents = old.pnl_cents + excluded.pnl_cents
       returning 1
     ) select count(*) as n from added`,
    [after, through],
  );
  await db.query('update player_results_state set last_id = $1', [through]);
  return row?.n ?? 0n;
}

/** Tells the holders of what was first decided in these ids, at operators that have it on; theirs begin after `id`. Returns how many were told. */
export async function tellSettlements(
  db: Db,
  { after, through, id, notBefore, now }: { after: bigint; through: bigint; id: bigint; notBefore: Date; now: Date },
): Promise<bigint> {
  const [row] = await db.query<{ n: bigint }>(
    `with told as (insert into player_notifications (operator_id, player_id, id, kind, market_id, data, created_at)
     select p.operator_id, p.player_id, $3::bigint + row_number() over (), 'settlement', p.market_id,
       jsonb_build_object('outcome', p.outcome, 'amount', p.payout_cents - p.fee_cents), $5
     from market_settlements s cross join operators o left join operator_config c on c.operator_id = o.id
     join settlement_payouts p on p.operator_id = o.id and p.settlement_id = s.id
     where s.decision_id > $1 and s.decision_id <= $2 and s.corrects_id is null and s.decided_at >= $4
       and coalesce((c.document #>> '{notifications,settlement_notification}')::boolean, true)
     returning 1) select count(*) as n from told`,
    [after, through, id, notBefore, now],
  );
  return row?.n ?? 0n;
}

/** Boards nobody can ask for any more. */
export const forgetResults = (db: Db, before: Date): Promise<unknown> =>
  db.query(`delete from leaderboard_results where period <> 'all' and starts_on < $1::date`, [before.toISOString().slice(0, 10)]);
