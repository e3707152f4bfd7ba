/**
 * A piece of a first settlement paid as a set, where nothing depends on a player's balance: no correction, no outside wallet. The rows never leave the
 * database; a test proves them equal to `payout.rules.ts` of trading. Under the sequencer, so that no balance moves between its being read and paid;
 * players in the order of their ids.
 */
import { postEntriesFrom } from '../ledger/ledger.ts';
import type { Db } from '../platform/db.ts';
import { noteChangesFrom } from '../players/players.ts';
import type { Span, Unpaid } from './pay.sql.ts';

/** $1 operator, $2 settlement, $3 and $4 the numbers it lies between, $5 the last id, $6 whether money moves, $7 the instant. */
const PAY = `
with due as materialized (
  select p.n, p.player_id, p.outcome, p.quantity, p.cost_cents, p.payout_cents, p.fee_cents, p.refund, p.won, row_number() over (order by p.n) as place,
    case when $6 then p.payout_cents - p.fee_cents else 0 end as net
  from settlement_payouts p
  where p.operator_id = $1 and p.settlement_id = $2 and p.n > $3 and p.n <= $4
    and p.n not in (select n from settlement_early_payouts where operator_id = $1 and settlement_id = $2 and n > $3 and n <= $4)
), totals as materialized (
  select player_id, sum(net)::bigint as net, sum(quantity)::bigint as quantity, sum(case when $6 then fee_cents else 0 end)::bigint as fees,
    sum(payout_cents - cost_cents)::bigint as realized, count(*)::int as closed, (count(*) filter (where won))::int as won
  from due group by player_id order by player_id
), paid as (
  update players p set balance_cents = p.balance_cents + t.net, open_shares = p.open_shares - t.quantity, fees_cents = p.fees_cents + t.fees,
    realized_pnl_cents = p.realized_pnl_cents + t.realized, closed_count = p.closed_count + t.closed, won_count = p.won_count + t.won
  from totals t where p.operator_id = $1 and p.id = t.player_id
  returning p.id
), noted as (
  ${noteChangesFrom('select player_id from totals where net = 0')}
), chained as (
  select d.*, p.balance_cents + sum(d.net) over (partition by d.player_id order by d.n) - d.net as before
  from due d join players p on p.operator_id = $1 and p.id = d.player_id where $6 and d.payout_cents > 0
), posted as (
  ${postEntriesFrom(
    `
  select $1::bigint as operator_id, $5::bigint + 2 * place - 1 as id, player_id, case when refund then 'refund' else 'settlement_credit' end as type,
    'house' as from_account, 'player' as to_account, payout_cents as amount_cents, before as balance_before_cents, before + payout_cents as balance_after_cents,
    case when refund then 'Refund' else 'Settlement' end || ' of ' || outcome as description,
    jsonb_build_object('settlement', $2::bigint::text, 'n', n) as metadata
  from chained
  union all
  select $1::bigint, $5::bigint + 2 * place, player_id, 'settlement_fee', 'player', 'fees', fee_cents, before + payout_cents, before + net, 'Settlement fee',
    jsonb_build_object('settlement', $2::bigint::text, 'n', n)
  from chained where fee_cents > 0`,
    '$7::timestamptz',
  )}
)
select (select count(*) from due) as due, (select count(*) from totals) as players, (select count(*) from paid) as paid`;

/** Credits the payouts with these numbers and posts them under ids after `lastId`; answers how many ids were used. */
export async function paySet(
  db: Db,
  { operatorId, settlementId }: Unpaid,
  { after, through }: Span,
  { lastId, moves, now }: { lastId: bigint; moves: boolean; now: Date },
): Promise<bigint> {
  const [row] = await db.query<{ due: bigint; players: bigint; paid: bigint }>(
    PAY,
    [operatorId, settlementId, after, through, lastId, moves, now],
    'settlement_pay_set',
  );
  if (!row || row.players !== row.paid) throw new Error(`A player of a payout of settlement ${settlementId} is not there`);
  return row.due * 2n;
}
