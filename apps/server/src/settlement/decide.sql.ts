/**
 * The decision: every payout, every closed position, the exposure that falls away and the result, in the caller's one transaction. Everything
 * but the last three statements comes before the sequencer is locked: the market is closed, so nobody else moves these rows.
 */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { Cents, Shares } from '@predictu/contract/units';
import { int8s } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';
import { PLAN_AS_EVER, PLAN_BY_INDEX } from '../platform/plan-modes.ts';
import type { Settlement } from './settlement.sql.ts';

/** The rules of entitlement.rules.ts over a row with outcome, quantity and cost; $1 is the result, $2 the fee in basis points. */
const PAYOUT = (outcome: string, quantity: string, cost: string): string => `
  case $1::text when 'void' then ${cost} when 'split' then ${quantity} / 2 else case when ${outcome} = $1 then ${quantity} else 0 end end`;
const FEE = (payout: string): string => `case when $1 = 'void' then 0 else (${payout} * $2::bigint + 5000) / 10000 end`;

/** What these open positions would get, which come with their payout. */
const firstOf = (open: string): string => `
  select p.operator_id, p.market_id, p.player_id, p.id as position_id, p.outcome, p.quantity, p.cost_cents, p.payout as payout_cents, ${FEE('p.payout')} as fee_cents,
    0::bigint as earlier_payout_cents, 0::bigint as earlier_fee_cents, 0::bigint as earlier_absorbed_cents, p.realized_pnl_cents + p.payout - p.cost_cents > p.realized_at_open_cents as won,
    false as earlier_won, p.cost_cents as stake_cents
  from ${open} p`;
const OPEN = `select *, ${PAYOUT('outcome', 'quantity', 'cost_cents')} as payout from positions where market_id = $3 and quantity > 0`;

/** All of market $3. */
const FIRST = firstOf(`operators o cross join lateral (${OPEN} and operator_id = o.id)`);

/** What each position settled by $4 would get now, beside what $5, the last settlement of the market, came to. */
const CORRECTED = `
  select p.operator_id, p.market_id, p.player_id, p.position_id, p.outcome, 0::bigint as quantity, 0::bigint as cost_cents, p.payout as payout_cents,
    ${FEE('p.payout')} as fee_cents, e.payout_cents as earlier_payout_cents, e.fee_cents as earlier_fee_cents,
    coalesce(a.amount_cents, 0) as earlier_absorbed_cents,
    held.realized_pnl_cents + p.payout - e.payout_cents > held.realized_at_open_cents as won, e.won as earlier_won, p.cost_cents as stake_cents
  from operators o cross join lateral (
    select *, ${PAYOUT('outcome', 'quantity', 'cost_cents')} as payout from settlement_payouts where operator_id = o.id and settlement_id = $4 and market_id = $3
  ) as p
  join settlement_payouts e on e.operator_id = p.operator_id and e.settlement_id = $5 and e.position_id = p.position_id
  left join settlement_absorptions a on a.operator_id = e.operator_id and a.settlement_id = e.settlement_id and a.n = e.n
  join positions held on held.operator_id = p.operator_id and held.market_id = p.market_id and held.player_id = p.player_id and held.outcome = p.outcome`;

const sourceOf = (subject: Subject): { text: string; values: unknown[] } =>
  subject.corrects
    ? { text: CORRECTED, values: [subject.outcome, subject.feeBps, subject.marketId, subject.corrects.rootId, subject.corrects.lastId] }
    : { text: FIRST, values: [subject.outcome, subject.feeBps, subject.marketId] };

export type Subject = Pick<Settlement, 'marketId' | 'outcome'> & {
  feeBps: number;
  /** The first settlement of the market and the last, when this one corrects. */
  corrects: { rootId: bigint; lastId: bigint } | null;
};

const COLUMNS = `operator_id, market_id, player_id, position_id, outcome, quantity, cost_cents, payout_cents, fee_cents, earlier_payout_cents, earlier_fee_cents,
  earlier_absorbed_cents, won, earlier_won`;
const INTO = `insert into settlement_payouts (settlement_id, n, refund, ${COLUMNS})`;

/** Numbers and writes the payouts of a correction; those who receive come first. */
const CORRECTING = `${INTO}
  select $6::bigint, row_number() over (partition by operator_id order by payout_cents > earlier_payout_cents desc, player_id, outcome), $1 = 'void', ${COLUMNS}
  from (${CORRECTED}) as entitled`;

/** Positions of one operator in the order of their index, after the last one that was taken, and how far the numbers of either kind have come. */
export type Stretch = { operatorId: bigint; afterPlayer: bigint; afterOutcome: string; receiving: bigint; nothing: bigint; most: number };
/** `others`: whether anybody has traded after the id `seen`. */
export type Written = {
  count: number;
  receiving: number;
  lastPlayer: bigint | null;
  lastOutcome: string | null;
  others: boolean;
  lastId: bigint;
};

const NEXT = `
with next as materialized (
  select entitled.*, count(*) filter (where payout_cents > 0) over places as receiving, row_number() over places as place
  from (${firstOf(`(${OPEN} and operator_id = $5 and (player_id, outcome) > ($6::bigint, $7::text) order by player_id, outcome limit $8)`)}) as entitled
  window places as (order by player_id, outcome rows unbounded preceding)
), written as (
  ${INTO}
  select $4::bigint, case when payout_cents > 0 then $9::bigint + receiving else $10::bigint + place - receiving end, $1 = 'void', ${COLUMNS} from next
)
select count(*)::int as count, coalesce(max(receiving), 0)::int as receiving, max(player_id) as "lastPlayer",
  max(outcome) filter (where place = (select max(place) from next)) as "lastOutcome",
  exists (select from trades where id > $11::bigint) as others, (select last_id from sequencer) as "lastId"
from next`;

/** The next payouts of a first settlement, numbered on from those that are written. */
export async function insertNextPayouts(
  db: Db,
  id: bigint,
  { outcome, feeBps, marketId }: Subject,
  { operatorId, afterPlayer, afterOutcome, most, receiving, nothing, seen }: Stretch & { seen: bigint },
): Promise<Written> {
  const values = [outcome, feeBps, marketId, id, operatorId, afterPlayer, afterOutcome, most, receiving, nothing, seen];
  const [row] = await db.query<Written>(NEXT, values, 'settlement_next_payouts');
  return row as Written;
}

export const insertCorrectingPayouts = (db: Db, id: bigint, subject: Subject): Promise<unknown> => {
  const { values } = sourceOf(subject);
  return db.query(CORRECTING, [...values, id]);
};

/** Whoever trades from now on takes ids after this one. */
export async function selectLastId(db: Db): Promise<bigint> {
  const [row] = await db.query<{ lastId: bigint }>('select last_id as "lastId" from sequencer', [], 'settlement_last_id');
  return row?.lastId ?? 0n;
}

/** Operators whose players hold the market, and how many of the positions receive something: by index, otherwise several processes read all positions of all markets. */
export const selectHolders = (db: Db, { outcome, feeBps, marketId }: Subject): Promise<{ id: bigint; receiving: bigint }[]> =>
  db.query<{ id: bigint; receiving: bigint }>(
    `select operator_id as id, count(*) filter (where payout_cents > 0) as receiving from (${FIRST}) as entitled group by operator_id order by operator_id`,
    [outcome, feeBps, marketId],
  );

const SORTING = (may: 'on' | 'off'): string => `set_config('enable_sort', '${may}', true)`;

/** What is read in order is found by the index that has it, whatever the statistics say. */
export const enterByIndex = (db: Db): Promise<unknown> =>
  db.query(`${PLAN_BY_INDEX.text}, ${SORTING('off')}`, [], 'settlement_enter_by_index');
export const planAsEver = (db: Db): Promise<unknown> => db.query(`${PLAN_AS_EVER.text}, ${SORTING('on')}`, [], 'settlement_plan_as_ever');

const CLOSE_NEXT = `
  update positions p set quantity = 0, cost_cents = 0, held_quantity = 0,
    realized_pnl_cents = p.realized_pnl_cents + (${PAYOUT('p.outcome', 'p.quantity', 'p.cost_cents')}) - p.cost_cents, closed_at = coalesce(p.closed_at, $3)
  where p.operator_id = $4 and p.market_id = $2 and p.quantity > 0
    and (p.player_id, p.outcome) > ($5::bigint, $6::text) and (p.player_id, p.outcome) <= ($7::bigint, $8::text)`;

/** Closes the positions those payouts were read from. */
export const closeNextPositions = (
  db: Db,
  { outcome, marketId }: Subject,
  now: Date,
  { operatorId, afterPlayer, afterOutcome }: Stretch,
  { lastPlayer, lastOutcome }: Written,
): Promise<unknown> =>
  db.query(CLOSE_NEXT, [outcome, marketId, now, operatorId, afterPlayer, afterOutcome, lastPlayer, lastOutcome], 'settlement_close_next');

const MOVE_CORRECTED = `
  update positions p set realized_pnl_cents = p.realized_pnl_cents + s.payout_cents - s.earlier_payout_cents
  from settlement_payouts s
  where s.settlement_id = $1 and s.payout_cents <> s.earlier_payout_cents and p.operator_id = s.operator_id and p.market_id = s.market_id
    and p.player_id = s.player_id and p.outcome = s.outcome`;

/** After the payouts, which are read from the positions as they were. */
export const moveCorrectedPositions = (db: Db, id: bigint): Promise<unknown> => db.query(MOVE_CORRECTED, [id]);

/** What a set of payouts comes to, over rows with the stakes that were at risk. */
const TOTALS = `count(*) as positions, count(*) filter (where $1::text <> 'void' and payout_cents >= stake_cents) as winners,
  count(*) filter (where payout_cents < stake_cents) as losers, coalesce(sum(payout_cents - earlier_payout_cents), 0)::bigint as payout_cents,
  coalesce(sum(fee_cents - earlier_fee_cents), 0)::bigint as fee_cents,
  coalesce(sum(greatest(stake_cents - payout_cents, 0) - case when $6 then greatest(stake_cents - earlier_payout_cents, 0) else 0 end), 0)::bigint as loss_cents,
  coalesce(sum(cost_cents), 0)::bigint as cost_cents`;

export type Closed = { operatorId: bigint; yes: Shares; no: Shares; cost: Cents };
/** One record an operator; answers what the payouts closed, by operator: all summed in one pass, before the sequencer is locked. */
export const insertRecords = (db: Db, id: bigint, { outcome, marketId, corrects }: Subject, now: Date): Promise<Closed[]> =>
  db.query<Closed>(
    `with totals as materialized (
       select operator_id, ${TOTALS}, coalesce(sum(quantity) filter (where outcome = 'yes'), 0)::bigint as yes,
         coalesce(sum(quantity) filter (where outcome = 'no'), 0)::bigint as no
       from (select p.*, coalesce(root.cost_cents, p.cost_cents) as stake_cents from settlement_payouts p
         left join settlement_payouts root on root.settlement_id = $5 and root.operator_id = p.operator_id and root.position_id = p.position_id
         where p.settlement_id = $2) as p
       group by operator_id
     ), noted as (
       insert into settlement_records (settlement_id, operator_id, market_id, wallet_mode, claw_back, decided_at, positions, winners, losers, payout_cents, fee_cents,
         loss_cents, cost_cents)
       select $2, t.operator_id, $3, o.wallet_mode, coalesce(c.claw_back, 'to_zero'), $4, t.positions, t.winners, t.losers, t.payout_cents, t.fee_cents, t.loss_cents,
         t.cost_cents
       from totals t join operators o on o.id = t.operator_id left join settlement_settings c on c.operator_id = t.operator_id
     )
     select operator_id as "operatorId", yes, no, cost_cents as cost from totals`,
    [outcome, id, marketId, now, corrects?.rootId ?? null, corrects !== null],
  );

/** Takes that out of the exposure of every scope. Under the sequencer. */
export const reduceExposure = (db: Db, { marketId }: Pick<Subject, 'marketId'>, closed: readonly Closed[]): Promise<unknown> =>
  db.query(
    `with closed as (
       select c.*, array_position($6::text[], m.category) - 1 as category
       from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) as c(operator_id, yes, no, cost) join markets m on m.id = $1
     ), scopes as (
       select s.operator_id, s.scope, s.key, sum(yes) as yes, sum(no) as no, sum(cost) as cost
       from closed cross join lateral (values (0::bigint, 0, 0::bigint), (0, 1, category), (0, 2, $1::bigint), (closed.operator_id, 0, 0),
         (closed.operator_id, 1, category), (closed.operator_id, 2, $1::bigint)) as s(operator_id, scope, key)
       group by 1, 2, 3
     )
     update exposure e set yes_shares = e.yes_shares - s.yes, no_shares = e.no_shares - s.no, cost_cents = e.cost_cents - s.cost
     from scopes s where e.operator_id = s.operator_id and e.scope = s.scope and e.key = s.key`,
    [
      marketId,
      int8s(closed, (c) => c.operatorId),
      int8s(closed, (c) => c.yes),
      int8s(closed, (c) => c.no),
      int8s(closed, (c) => c.cost),
      CATEGORIES,
    ],
  );

export async function fixResult(
  db: Db,
  { id, marketId, outcome, evidenceUrl, proposedAt }: Settlement,
  { decisionId, feeBps, now }: { decisionId: bigint; feeBps: number; now: Date },
): Promise<void> {
  const status = outcome === 'void' ? 'cancelled' : 'resolved';
  await Promise.all([
    db.query(
      `update market_settlements set status = 'decided', decided_at = $2, decision_id = $3, fee_bps = $4 where id = $1`,
      [id, now, decisionId, feeBps],
      'settlement_decided',
    ),
    db.query(
      `update markets set status = $2, status_reason = null, resolution = $3, resolution_source = coalesce($4, resolution_source), resolved_at = $5,
         closed_at = coalesce(closed_at, $5), updated_at = $6 where id = $1`,
      [marketId, status, outcome, evidenceUrl, proposedAt, now],
      'settlement_result',
    ),
  ]);
}

/** The settlement fee in force. */
export async function selectFeeBps(db: Db): Promise<number> {
  const [row] = await db.query<{ bps: number }>(
    `select (document -> 'fees' ->> 'settlement_fee_bps')::int as bps from platform_config`,
    [],
    'settlement_fee',
  );
  return row?.bps ?? 0;
}

export type PreviewTotal = {
  operator_slug: string;
  positions: bigint;
  winners: bigint;
  losers: bigint;
  payout_cents: Cents;
  fee_cents: Cents;
  loss_cents: Cents;
  cost_cents: Cents;
};
export type PreviewPayout = {
  operator_slug: string;
  player_id: bigint;
  user_name: string;
  outcome: 'yes' | 'no';
  quantity: bigint;
  cost_cents: Cents;
  payout_cents: Cents;
  fee_cents: Cents;
};
const SHOWN = 100;

/** What a decision would be now: by operator, and the largest payouts. Nothing is written. */
export async function previewDecision(db: Db, subject: Subject): Promise<{ totals: PreviewTotal[]; payouts: PreviewPayout[] }> {
  const { text, values } = sourceOf(subject);
  const padded = [...values, ...Array(5 - values.length).fill(null)];
  const entitled = `with entitled as (${text})`;
  const [totals, payouts] = await Promise.all([
    db.query<PreviewTotal>(
      `${entitled} select slug as operator_slug, ${TOTALS} from entitled e join operators o on o.id = e.operator_id
       where $4::bigint is null or true and $5::bigint is null or true group by slug order by slug`,
      [...padded, subject.corrects !== null],
    ),
    db.query<PreviewPayout>(
      `${entitled} select slug as operator_slug, player_id, coalesce(p.username, p.external_id) as user_name, outcome, quantity, cost_cents,
         payout_cents, fee_cents
       from (select operator_id, player_id, outcome, quantity, cost_cents, payout_cents - earlier_payout_cents as payout_cents,
           fee_cents - earlier_fee_cents as fee_cents
         from entitled order by abs(payout_cents - earlier_payout_cents) desc, player_id limit ${SHOWN}) e
       join operators o on o.id = e.operator_id join players p on p.operator_id = e.operator_id and p.id = e.player_id
       order by abs(payout_cents) desc, player_id`,
      values,
    ),
  ]);
  return { totals, payouts };
}
