/** Payouts that settlements owe: those of players who act now, and what a batch has credited. */
import type { Cents } from '@predictu/contract/units';
import { int8s, type Statement } from '../platform/arrays.ts';
import type { Payout } from './payout.rules.ts';

/** The columns of a payout, its row being `p`, its operator's record `r`, its settlement `s`. */
export const PAYOUT_COLUMNS = `p.operator_id as "operatorId", p.settlement_id as "settlementId", p.n, p.market_id as "marketId", p.player_id as "playerId",
  p.position_id as "positionId", p.outcome, p.quantity, p.cost_cents as cost, p.payout_cents as payout, p.fee_cents as fee,
  p.earlier_payout_cents as "earlierPayout", p.earlier_fee_cents as "earlierFee", p.earlier_absorbed_cents as "earlierAbsorbed", p.refund, p.won, p.earlier_won as "earlierWon",
  s.corrects_id is not null as correction, r.claw_back as "clawBack"`;

/** Entered by the player: the operator is hidden from the planner, who would read all that a settlement still owes instead. */
const OUTSTANDING = `
select p.* from unnest($1::bigint[], $2::bigint[]) as k(operator_id, id)
cross join lateral (
  select ${PAYOUT_COLUMNS}
  from settlement_records r
  join market_settlements s on s.id = r.settlement_id
  join settlement_payouts p on p.player_id = k.id and p.settlement_id = r.settlement_id and p.operator_id + 0 = r.operator_id and p.n > r.paid_through
  where r.operator_id = k.operator_id and r.credited_at is null
    and not exists (select from settlement_early_payouts e where e.operator_id = p.operator_id and e.settlement_id = p.settlement_id and e.n = p.n)
  order by p.settlement_id, p.n offset 0) p`;

/** What is outstanding for these players of operators whose balances we keep. */
export const readOutstanding = (players: readonly (readonly [bigint, bigint])[]): Statement => ({
  name: 'read_outstanding',
  text: OUTSTANDING,
  values: [int8s(players, ([operatorId]) => operatorId), int8s(players, ([, id]) => id)],
});

type Named = Pick<Payout, 'operatorId' | 'settlementId' | 'n' | 'playerId'>;

export const insertEarly = (rows: readonly { payout: Named }[]): Statement => ({
  name: 'insert_early_payouts',
  text: `insert into settlement_early_payouts (operator_id, settlement_id, n) select * from unnest($1::bigint[], $2::bigint[], $3::bigint[])`,
  values: [
    int8s(rows, ({ payout }) => payout.operatorId),
    int8s(rows, ({ payout }) => payout.settlementId),
    int8s(rows, ({ payout }) => payout.n),
  ],
});

export const insertAbsorptions = (rows: readonly { payout: Named; absorbed: Cents }[]): Statement => ({
  name: 'insert_absorptions',
  text: `insert into settlement_absorptions (operator_id, settlement_id, n, player_id, amount_cents)
    select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])`,
  values: [
    int8s(rows, ({ payout }) => payout.operatorId),
    int8s(rows, ({ payout }) => payout.settlementId),
    int8s(rows, ({ payout }) => payout.n),
    int8s(rows, ({ payout }) => payout.playerId),
    int8s(rows, ({ absorbed }) => absorbed),
  ],
});
