/**
 * A piece of a first settlement paid as a set, where nothing depends on a player's balance: no correction, no outside wallet. The rows never leave the
 * database; a test proves them equal to `payout.rules.ts` of trading. All statements of a piece travel together, so that no lock is held while an answer
 * is on its way. Whoever pays holds the record and, from where a payout is added to a balance to the commit, its player or the sequencer: a batch needs both.
 * What a batch has paid early before that, unseen, is seen at the end, and the piece is taken back.
 */
import { postEntriesFrom } from '../ledger/ledger.ts';
import type { Statement } from '../platform/arrays.ts';
import type { Row } from '../platform/db.ts';
import { noteChangesFrom } from '../players/players.ts';
import { PREPARE, type Unpaid } from './pay.sql.ts';

/** $1 operator, $2 settlement, $3 how many payouts at most. */
const RECORD = `
record as materialized (
  select paid_through as after, least(paid_through + $3::bigint, positions) as through, positions from settlement_records
  where operator_id = $1 and settlement_id = $2 and credited_at is null
)`;
/** The bounds as values: joined with the record, they may be looked at only when all that is left of it has been read. */
const within = (n: string): string => `${n} > (select after from record) and ${n} <= (select through from record)`;
const IN_PIECE = `p.operator_id = $1 and p.settlement_id = $2 and ${within('p.n')}`;

const EARLY = `early as materialized (
  select e.n from settlement_early_payouts e where e.operator_id = $1 and e.settlement_id = $2 and ${within('e.n')}
)`;

/** Milliseconds by the database's own clock: only what lies between two of them means anything. */
const BEGAN = 'extract(epoch from statement_timestamp())::float8 * 1000';
const NOW = 'extract(epoch from clock_timestamp())::float8 * 1000';

const LOCK_RECORD = 'select from settlement_records where operator_id = $1 and settlement_id = $2 for no key update';

/** The record, then its next players in the order of their ids. */
const LOCK_PLAYERS = `
with record as materialized (
  select paid_through as after, paid_through + $3::bigint as through from settlement_records
  where operator_id = $1 and settlement_id = $2 and credited_at is null for no key update
)
select count(*) from (
  select from players where operator_id = $1 and id = any(array(select p.player_id from settlement_payouts p where ${IN_PIECE}))
  order by id for no key update
) as locked`;

/**
 * $4 whether money moves, $5 the instant, $6 the least id. Balances first, and the ledger's rows but for their ids, then the sequencer, where there are any or
 * the record ends, then the ledger: a player's row is found once. The `case` has all balances moved by then, also where no money does. Who has one payout,
 * as nearly all, gets a row without another look at it. Every piece uses two ids a payout, whether it has a fee or not.
 */
const PAY = `
with ${RECORD}, ${EARLY}, due as materialized (
  select p.n, p.player_id, p.outcome, p.quantity, p.cost_cents, p.payout_cents, case when $4 then p.fee_cents else 0 end as fee_cents, p.won, p.refund
  from settlement_payouts p where ${IN_PIECE} and p.n not in (select n from early)
), many as materialized (
  select player_id from due group by player_id having count(*) > 1
), totals as materialized (
  select player_id, quantity, payout_cents - cost_cents as realized, payout_cents, fee_cents, 1 as closed, won::int as won, n, outcome, refund
  from due where player_id not in (select player_id from many)
  union all
  select player_id, sum(quantity)::bigint, sum(payout_cents - cost_cents)::bigint, sum(payout_cents)::bigint, sum(fee_cents)::bigint, count(*)::int,
    (count(*) filter (where won))::int, min(n), min(outcome), bool_or(refund)
  from due where player_id in (select player_id from many) group by player_id
  order by player_id
), paid as (
  update players p set balance_cents = p.balance_cents + case when $4 then t.payout_cents - t.fee_cents else 0 end, open_shares = p.open_shares - t.quantity,
    fees_cents = p.fees_cents + t.fee_cents, realized_pnl_cents = p.realized_pnl_cents + t.realized, closed_count = p.closed_count + t.closed,
    won_count = p.won_count + t.won
  from totals t where p.operator_id = $1 and p.id = t.player_id
  returning p.id as player_id, p.balance_cents - t.payout_cents + t.fee_cents as before, t.closed, t.n, t.outcome, t.refund, t.payout_cents, t.fee_cents
), noted as (
  ${noteChangesFrom('select player_id from totals where not $4 or payout_cents = fee_cents')}
), ready as materialized (
  select one.*, row_number() over (order by n) as place, before + payout_cents as credited, case when refund then 'refund' else 'settlement_credit' end as type,
    case when refund then 'Refund' else 'Settlement' end || ' of ' || outcome as description,
    jsonb_build_object('settlement', $2::bigint::text, 'n', n) as metadata
  from (
    select n, player_id, outcome, refund, payout_cents, fee_cents, before from paid where case when $4 then closed = 1 and payout_cents > 0 end
    union all
    select d.n, d.player_id, d.outcome, d.refund, d.payout_cents, d.fee_cents,
      (paid.before + sum(d.payout_cents - d.fee_cents) over (partition by d.player_id order by d.n) - d.payout_cents + d.fee_cents)::bigint
    from paid cross join lateral (
      select * from settlement_payouts p where p.player_id = paid.player_id and p.settlement_id = $2 offset 0
    ) as d
    where $4 and paid.closed > 1 and d.payout_cents > 0 and d.operator_id = $1 and ${within('d.n')} and d.n not in (select n from early)
  ) as one
), turn as materialized (
  select id, ${NOW} as at from (
    select greatest(last_id, $6::bigint) as id from sequencer where (select count(*) > 0 from ready) or (select through = positions from record)
    for no key update) as locked
), received as materialized (
  select ready.*, turn.id + 2 * place as id from turn cross join ready
), posted as (
  ${postEntriesFrom(
    `
  select $1::bigint as operator_id, id - 1 as id, player_id, type, 'house' as from_account, 'player' as to_account, payout_cents as amount_cents,
    before as balance_before_cents, credited as balance_after_cents, description, metadata
  from received
  union all
  select $1::bigint, id, player_id, 'settlement_fee', 'player', 'fees', fee_cents, credited, credited - fee_cents, 'Settlement fee', metadata
  from received where fee_cents > 0`,
    '$5::timestamptz',
  )}
)
select all_players_found((select count(*) from paid), (select count(*) from totals), $2),
  set_config('predictu.piece_early', (select count(*) from early)::text, true), set_config('predictu.piece_id', coalesce((select max(id) from received), (select id from turn), 0)::text, true),
  ${BEGAN} as began, (select at from turn) as "grantedAt"`;

/** $4 the instant, $5 the last id seen. Everything of the piece is locked by now: what it has passed by, or met, is seen here. */
const END = `
with ${RECORD}, ${EARLY}, marked as (
  update settlement_records s set paid_through = r.through, credited_at = case when r.through = r.positions then $4::timestamptz end
  from record r where s.operator_id = $1 and s.settlement_id = $2
), ended as (
  update sequencer q set last_id = greatest(q.last_id, current_setting('predictu.piece_id')::bigint), version = q.version + (r.through = r.positions)::int
  from record r where current_setting('predictu.piece_id') <> '0'
)
select none_paid_early_meanwhile((select count(*) from early), current_setting('predictu.piece_early')::bigint, $2),
  (r.through - r.after)::int as count, r.through = r.positions as finished, exists (select from trades where id > $5::bigint) as others,
  greatest(q.last_id, current_setting('predictu.piece_id')::bigint) as "lastId", ${NOW} as ended
from record r cross join sequencer q`;

const LOCK_SEQUENCER_FIRST = 'select from sequencer for no key update';
/** Whoever has the sequencer may be waiting for one of our players; and a player that is held for long must not stop all others. */
const LONGEST_WAIT = '200ms';
const PREPARE_SET = `${PREPARE}, set_config('lock_timeout', $1, true)`;

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
  /** The players are locked before it is read what has been paid early: where it happens that a player of the piece trades meanwhile. */
  playersFirst: boolean;
};
type Moves = { moves: boolean; now: Date; firstId: bigint };

const named = (name: string, text: string, ...values: unknown[]): Statement => ({ name: `settlement_${name}`, text, values });
const BALANCES = 'settlement_pay_set';
const ENDED = 'settlement_end_set';

/** One transaction. */
export function paySet(
  { operatorId, settlementId }: Unpaid,
  { most, seen, sequencerLast, playersFirst, moves, now, firstId }: Share & Moves,
): Statement[] {
  const piece = [operatorId, settlementId, most];
  const lockRecord = named('lock_record', LOCK_RECORD, operatorId, settlementId);
  const locks = (): Statement[] => {
    if (!sequencerLast) return [lockRecord, named('lock_sequencer', LOCK_SEQUENCER_FIRST)];
    return [playersFirst ? named('lock_next_players', LOCK_PLAYERS, ...piece) : lockRecord];
  };
  return [
    named('prepare_set', PREPARE_SET, LONGEST_WAIT),
    ...locks(),
    { name: BALANCES, text: PAY, values: [...piece, moves, now, firstId] },
    { name: ENDED, text: END, values: [...piece, now, seen] },
  ];
}

type Ended = Pick<Paid, 'finished' | 'count' | 'others' | 'lastId'> & { ended: number };

/** What a piece came to; undefined when nothing was left to pay. */
export function readPiece(statements: readonly Statement[], replies: readonly Row[][], { sequencerLast }: Share): Paid | undefined {
  const rowOf = <T>(name: string): T | undefined => replies[statements.findIndex((one) => one.name === name)]?.[0] as T | undefined;
  const end = rowOf<Ended>(ENDED);
  const balances = rowOf<{ began: number; grantedAt: number | null }>(BALANCES);
  if (!end || !balances) return undefined;
  const { ended, ...paid } = end;
  const tookMs = ended - balances.began;
  return { ...paid, calls: 0, heldMs: sequencerLast ? ended - (balances.grantedAt ?? ended) : tookMs, tookMs };
}
