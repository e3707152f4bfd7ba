/**
 * A piece of a first settlement paid as a set, where nothing depends on a player's balance: no correction, no outside wallet. The rows never leave the
 * database; a test proves them equal to `payout.rules.ts` of trading. All statements of a piece travel together, so that no lock is held while an answer
 * is on its way. Whoever pays holds the record and, while a payout is added to a balance, either its player or the sequencer: a batch needs both.
 */
import { postEntriesFrom } from '../ledger/ledger.ts';
import type { Statement } from '../platform/arrays.ts';
import type { Row } from '../platform/db.ts';
import { noteChangesFrom } from '../players/players.ts';
import type { Unpaid } from './pay.sql.ts';

/** $1 operator, $2 settlement, $3 how many payouts at most. */
const RECORD = `
record as materialized (
  select paid_through as after, least(paid_through + $3::bigint, positions) as through, positions from settlement_records
  where operator_id = $1 and settlement_id = $2 and credited_at is null
)`;
const IN_PIECE = 'p.operator_id = $1 and p.settlement_id = $2 and p.n > r.after and p.n <= r.through';

/** The payouts of the piece that have not been paid early. */
const due = (columns: string, which: string): string => `
due as materialized (
  select ${columns} from record r join settlement_payouts p on ${IN_PIECE}
  where ${which} and p.n not in (
    select e.n from record r join settlement_early_payouts e on e.operator_id = $1 and e.settlement_id = $2 and e.n > r.after and e.n <= r.through)
)`;

/** Milliseconds by the database's own clock: only what lies between two of them means anything. */
const BEGAN = 'extract(epoch from statement_timestamp())::float8 * 1000';

const LOCK_RECORD = 'select from settlement_records where operator_id = $1 and settlement_id = $2 for no key update';

/** The record, then its next players in the order of their ids. */
const LOCK_PLAYERS = `
with record as materialized (
  select paid_through as after, paid_through + $3::bigint as through from settlement_records
  where operator_id = $1 and settlement_id = $2 and credited_at is null for no key update
)
select count(*) from (
  select from players where operator_id = $1 and id = any(array(select p.player_id from record r join settlement_payouts p on ${IN_PIECE}))
  order by id for no key update
) as locked`;

/** $4 whether money moves. */
const PAY = `
with ${RECORD}, ${due('p.player_id, p.quantity, p.cost_cents, p.payout_cents, case when $4 then p.fee_cents else 0 end as fee_cents, p.won', 'true')},
totals as materialized (
  select player_id, case when $4 then sum(payout_cents - fee_cents)::bigint else 0 end as net, sum(quantity)::bigint as quantity,
    sum(fee_cents)::bigint as fees, sum(payout_cents - cost_cents)::bigint as realized, count(*)::int as closed,
    (count(*) filter (where won))::int as won
  from due group by player_id order by player_id
), paid as (
  update players p set balance_cents = p.balance_cents + t.net, open_shares = p.open_shares - t.quantity, fees_cents = p.fees_cents + t.fees,
    realized_pnl_cents = p.realized_pnl_cents + t.realized, closed_count = p.closed_count + t.closed, won_count = p.won_count + t.won
  from totals t where p.operator_id = $1 and p.id = t.player_id
  returning p.id
), noted as (
  ${noteChangesFrom('select player_id from totals where net = 0')}
)
select all_players_found((select count(*) from paid), (select count(*) from totals), $2), ${BEGAN} as began`;

/** Where anything is to be posted, or the record ends: the batch then has less to look for. */
const LOCK_SEQUENCER = `
with ${RECORD}
select from sequencer
where exists (select from record where through = positions) or $4 and exists (select from record r join settlement_payouts p on ${IN_PIECE} where p.payout_cents > 0)
for no key update`;

/** $5 the instant, $6 the least id, $7 the last one seen. Every piece uses two ids a payout, whether it has a fee or not. */
const POST = `
with ${RECORD}, ${due('p.n, p.player_id, p.outcome, p.payout_cents, p.fee_cents, p.refund', '$4 and p.payout_cents > 0')},
turn as materialized (
  select last_id, greatest(last_id, $6::bigint) as id from sequencer
), received as materialized (
  select d.*, (p.balance_cents - sum(d.payout_cents - d.fee_cents) over (partition by d.player_id order by d.n desc))::bigint as before,
    t.id + 2 * row_number() over (order by d.n) as id
  from turn t cross join due d join players p on p.operator_id = $1 and p.id = d.player_id
), posted as (
  ${postEntriesFrom(
    `
  select $1::bigint as operator_id, id - 1 as id, player_id, case when refund then 'refund' else 'settlement_credit' end as type,
    'house' as from_account, 'player' as to_account, payout_cents as amount_cents, before as balance_before_cents, before + payout_cents as balance_after_cents,
    case when refund then 'Refund' else 'Settlement' end || ' of ' || outcome as description,
    jsonb_build_object('settlement', $2::bigint::text, 'n', n) as metadata
  from received
  union all
  select $1::bigint, id, player_id, 'settlement_fee', 'player', 'fees', fee_cents, before + payout_cents, before + payout_cents - fee_cents, 'Settlement fee',
    jsonb_build_object('settlement', $2::bigint::text, 'n', n)
  from received where fee_cents > 0`,
    '$5::timestamptz',
  )}
), marked as (
  update settlement_records s set paid_through = r.through, credited_at = case when r.through = r.positions then $5::timestamptz end
  from record r where s.operator_id = $1 and s.settlement_id = $2
), ended as (
  update sequencer q set last_id = greatest(t.id, (select max(id) from received)), version = q.version + (r.through = r.positions)::int
  from turn t, record r where r.through = r.positions or exists (select from received)
)
select (r.through - r.after)::int as count, r.through = r.positions as finished, exists (select from trades where id > $7::bigint) as others,
  greatest(t.last_id, (select max(id) from received)) as "lastId", exists (select from received) as posted, ${BEGAN} as began
from record r cross join turn t`;

const LOCK_SEQUENCER_FIRST = 'select from sequencer for no key update';
/** Whoever has the sequencer may be waiting for one of our players; and a player that is held for long must not stop all others. */
const LONGEST_WAIT = '200ms';
/** No trigger notes the players that change: the piece does it, all at once. */
const PREPARE = `select set_config('predictu.players_noted', 'yes', true), set_config('lock_timeout', $1, true)`;

export type Paid = {
  /** Nothing is left of this record. */
  finished: boolean;
  /** Calls written for the operator's wallet. */
  calls: number;
  /** Payouts that have had their turn. */
  count: number;
  /** The last id handed out after this piece. */
  lastId: bigint;
  /** Whether anybody has written since `seen`. */
  others: boolean;
  /** For how long the sequencer was held, and the players. */
  heldMs: number;
  tookMs: number;
};

/** A piece: how many payouts at most, and the last id that was seen before it. */
export type Share = {
  most: number;
  seen: bigint;
  /**
   * The sequencer is locked last, for the ledger's rows alone, and the players are held meanwhile: for others, and for several at once. Otherwise it is locked
   * first, which is less work.
   */
  sequencerLast: boolean;
};
type Moves = { moves: boolean; now: Date; firstId: bigint };

const named = (name: string, text: string, ...values: unknown[]): Statement => ({ name: `settlement_${name}`, text, values });
const BALANCES = 'settlement_pay_set';
const POSTED = 'settlement_post_set';
const ENDED = 'settlement_piece_ended';

/** One transaction. */
export function paySet(
  { operatorId, settlementId }: Unpaid,
  { most, seen, sequencerLast, moves, now, firstId }: Share & Moves,
): Statement[] {
  const piece = [operatorId, settlementId, most];
  const locks = sequencerLast
    ? [named('lock_next_players', LOCK_PLAYERS, ...piece)]
    : [named('lock_record', LOCK_RECORD, operatorId, settlementId), named('lock_sequencer', LOCK_SEQUENCER_FIRST)];
  return [
    named('prepare_set', PREPARE, LONGEST_WAIT),
    ...locks,
    { name: BALANCES, text: PAY, values: [...piece, moves] },
    ...(sequencerLast ? [named('lock_sequencer_to_post', LOCK_SEQUENCER, ...piece, moves)] : []),
    { name: POSTED, text: POST, values: [...piece, moves, now, firstId, seen] },
    { name: ENDED, text: `select ${BEGAN} as ended`, values: [] },
  ];
}

type Posted = Pick<Paid, 'finished' | 'count' | 'others' | 'lastId'> & { posted: boolean; began: number };

/** What a piece came to; undefined when nothing was left to pay. */
export function readPiece(statements: readonly Statement[], replies: readonly Row[][], { sequencerLast }: Share): Paid | undefined {
  const rowOf = <T>(name: string): T | undefined => replies[statements.findIndex((one) => one.name === name)]?.[0] as T | undefined;
  const post = rowOf<Posted>(POSTED);
  if (!post) return undefined;
  const ended = rowOf<{ ended: number }>(ENDED)?.ended ?? 0;
  const { posted, began, ...paid } = post;
  const tookMs = ended - (rowOf<{ began: number }>(BALANCES)?.began ?? ended);
  const sequencerMs = posted || paid.finished ? ended - began : 0;
  return { ...paid, calls: 0, heldMs: sequencerLast ? sequencerMs : tookMs, tookMs };
}
