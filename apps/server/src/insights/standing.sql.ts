/** How things stand now: what the engine's own rows say, for dashboards. `operatorId` undefined is the platform. */
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { PLAYER_COUNTS } from '../risk/risk.ts';

export type Standing = {
  exposure: Cents;
  tripped: bigint;
  high_markets: bigint;
  flagged: bigint;
};

/** From this percentage of its limit a market counts as highly exposed. */
const HIGH_PCT = 60;

export async function selectStanding(
  db: Db,
  { operatorId, marketLimit }: { operatorId?: bigint | undefined; marketLimit: Cents },
): Promise<Standing> {
  const [row] = await db.query<Standing>(
    `select coalesce((select yes_shares + no_shares from exposure where operator_id = coalesce($1::bigint, 0) and scope = 0 and key = 0), 0)::bigint as exposure,
       (select count(*) from circuit_breakers where status = 'tripped' and ($1::bigint is null or operator_id is null or operator_id = $1)) as tripped,
       (select count(*) from exposure where operator_id = coalesce($1::bigint, 0) and scope = 2 and (yes_shares + no_shares) * 100 >= $2::bigint * ${HIGH_PCT}) as high_markets,
       (select coalesce(sum(players), 0)::bigint from (${PLAYER_COUNTS}) c where tier <> 'normal' and ($1::bigint is null or operator_id = $1)) as flagged`,
    [operatorId ?? null, marketLimit],
    'standing',
  );
  if (!row) throw new Error('How things stand has no row');
  return row;
}

export type Unsettled = { pending: bigint; pending_cents: Cents; last_settled_at: Date | null };

/** Settlements looked at for the latest end of one. */
const LATEST = 50;

/** Results not fully settled, what they pay, and when the last one was. The platform also counts results nobody has decided yet. */
export async function selectUnsettled(db: Db, operatorId?: bigint): Promise<Unsettled> {
  const [row] = await db.query<Unsettled>(
    `with scope as materialized (select id from operators where $1::bigint is null or id = $1),
     waiting as materialized (
       select r.operator_id, r.settlement_id from scope o join settlement_records r on r.operator_id = o.id where r.credited_at is null
       union
       select c.operator_id, c.settlement_id from scope o join wallet_calls c on c.operator_id = o.id
       where c.settlement_id is not null and c.status in ('pending', 'unknown', 'failed', 'refused')
     ), unfinished as materialized (select distinct settlement_id from waiting),
     undecided as materialized (
       select s.id, case s.outcome when 'yes' then e.yes_shares when 'no' then e.no_shares when 'split' then (e.yes_shares + e.no_shares) / 2 else e.cost_cents end as cents
       from market_settlements s left join exposure e on e.operator_id = 0 and e.scope = 2 and e.key = s.market_id
       where $1 is null and s.status in ('held', 'proposed')
     )
     select (select count(*) from unfinished) + (select count(*) from undecided) as pending,
       greatest(coalesce((select sum(r.payout_cents) from unfinished u join scope o on true join settlement_records r on r.operator_id = o.id and r.settlement_id = u.settlement_id), 0)
         + coalesce((select sum(cents) from undecided), 0), 0)::bigint as pending_cents,
       (select max(greatest(r.decided_at, r.credited_at, (select max(c.settled_at) from wallet_calls c where c.operator_id = r.operator_id and c.settlement_id = r.settlement_id)))
        from scope o cross join lateral (
          select * from settlement_records r where r.operator_id = o.id and r.credited_at is not null
            and not exists (select from unfinished u where u.settlement_id = r.settlement_id)
          order by r.settlement_id desc limit ${LATEST}
        ) r) as last_settled_at`,
    [operatorId ?? null],
    'unsettled',
  );
  if (!row) throw new Error('What is not settled has no row');
  return row;
}
