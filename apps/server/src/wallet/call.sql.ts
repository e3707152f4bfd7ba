/** Calls as delivery sees them: claiming what is due, everything a request says, and what an attempt made of it. As the worker. */
import type { Cents, Price, Shares } from '@predictu/contract/units';
import type { Statement } from '../platform/arrays.ts';
import type { Db, Row } from '../platform/db.ts';
import type { Bet, CallStatus, MoneyMethod } from './call.rules.ts';
import type { Reason, Step } from './delivery.rules.ts';

export type Call = {
  operatorId: bigint;
  id: bigint;
  method: MoneyMethod;
  playerId: bigint;
  marketId: bigint;
  tradeId: bigint | null;
  positionId: bigint | null;
  settlementId: bigint | null;
  referenceId: bigint | null;
  amount: Cents;
  /** As first sent; null before. */
  params: Record<string, unknown> | null;
  status: CallStatus;
  attempts: number;
  reached: boolean;
  startedAt: Date;
  claimedUntil: Date | null;
  nextAttemptAt: Date | null;
  createdAt: Date;
  reasonCode: Reason['code'] | null;
  reason: string | null;
  balance: Cents | null;
  settledAt: Date | null;
  externalId: string | null;
  bet: Bet | null;
};

type CallRow = Omit<Call, 'bet'> & {
  title: string | null;
  category: string | null;
  outcome: string | null;
  price: number | null;
  quantity: Shares | null;
  fee: Cents | null;
};

const COLUMNS = `c.operator_id as "operatorId", c.id, c.method, c.player_id as "playerId", c.market_id as "marketId", c.trade_id as "tradeId",
  c.position_id as "positionId", c.settlement_id as "settlementId", c.reference_id as "referenceId", c.amount_cents as amount, c.params, c.status,
  c.attempts, c.reached, c.started_at as "startedAt", c.claimed_until as "claimedUntil", c.next_attempt_at as "nextAttemptAt", c.created_at as "createdAt", c.reason_code as "reasonCode", c.reason, c.balance_cents as balance,
  c.settled_at as "settledAt", p.external_id as "externalId", m.title, m.category, t.outcome, t.price, t.quantity, t.fee_cents as fee`;
const JOINED = `left join players p on p.operator_id = c.operator_id and p.id = c.player_id
  left join trades t on t.operator_id = c.operator_id and t.id = c.trade_id
  left join markets m on m.id = c.market_id`;

function callOf({ title, category, outcome, price, quantity, fee, ...call }: CallRow): Call {
  if (
    call.tradeId === null ||
    title === null ||
    category === null ||
    outcome === null ||
    price === null ||
    quantity === null ||
    fee === null
  ) {
    return { ...call, bet: null };
  }
  const bet = {
    tradeId: call.tradeId,
    marketId: call.marketId,
    marketTitle: title,
    category,
    outcome,
    price: BigInt(price) as Price,
    quantity,
    fee,
  };
  return { ...call, bet };
}

/** Calls of one operator by id, in no order; `callsOf` makes them of the rows. */
export const callsById = (operatorId: bigint, ids: readonly bigint[]): Statement => ({
  name: 'wallet_calls_by_id',
  text: `select ${COLUMNS} from wallet_calls c ${JOINED} where c.operator_id = $1 and c.id = any($2::bigint[])`,
  values: [operatorId, ids],
});
export const callsOf = (rows: readonly Row[]): Call[] => (rows as readonly CallRow[]).map(callOf);

async function selectCalls(db: Db, operatorId: bigint, ids: readonly bigint[]): Promise<Call[]> {
  const { text, values, name } = callsById(operatorId, ids);
  return callsOf(await db.query(text, values, name));
}

export type Claim = {
  limit: number;
  now: Date;
  until: Date;
  /** Only calls whose round began before these: debits, and all others. Null takes whatever is due. */
  overdue: { debits: Date; others: Date } | null;
  /** Whether the wallet answers: then credits nobody knows the state of come first too, else they would use up their attempts as its probes. */
  answering: boolean;
};

/** What nobody knows the state of, and what ends such a state: it does not wait in line behind what is merely owed. */
const URGENT = `(method = 'BET_ROLLBACK' or status = 'unknown' and ($7::bool or method = 'BET_MAKE'))`;
const DUE = `select id from wallet_calls where operator_id = $1 and next_attempt_at <= $2 and (claimed_until is null or claimed_until <= $2)
         and ($5::timestamptz is null or started_at <= case when method = 'BET_MAKE' then $5::timestamptz else $6::timestamptz end)`;
const IN_ORDER = 'order by next_attempt_at, id limit';

/** Takes calls that are due and that nobody is at, urgent ones first, each oldest first, until an instant. */
export async function claimDue(db: Db, operatorId: bigint, { limit, now, until, overdue, answering }: Claim): Promise<Call[]> {
  const taken = await db.query<{ id: bigint }>(
    // Whoever let a claim run out may have asked: it counts as having reached the wallet. Materialized, or a limit is not one.
    `with urgent as materialized (${DUE} and ${URGENT} ${IN_ORDER} $4 for update skip locked),
     others as materialized (${DUE} and not ${URGENT} ${IN_ORDER} $4 - (select count(*) from urgent) for update skip locked),
     due as (select id from urgent union all select id from others)
     update wallet_calls c set claimed_until = $3, reached = reached or claimed_until is not null
     from due where c.operator_id = $1 and c.id = due.id returning c.id`,
    [operatorId, now, until, limit, overdue?.debits ?? null, overdue?.others ?? null, answering],
    'wallet_claim_due',
  );
  if (taken.length === 0) return [];
  const calls = await selectCalls(
    db,
    operatorId,
    taken.map(({ id }) => id),
  );
  return calls.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** When the next call of an operator is due, however far off. */
export async function nextDue(db: Db, operatorId: bigint): Promise<Date | null> {
  const [row] = await db.query<{ at: Date | null }>(
    'select min(greatest(next_attempt_at, claimed_until)) as at from wallet_calls where operator_id = $1 and next_attempt_at is not null',
    [operatorId],
  );
  return row?.at ?? null;
}

/** Gives claimed calls back untouched. */
export const unclaim = (db: Db, operatorId: bigint, ids: readonly bigint[]): Promise<unknown> =>
  db.query('update wallet_calls set claimed_until = null where operator_id = $1 and id = any($2::bigint[])', [operatorId, ids]);

export type Recorded = Step & {
  params: Record<string, unknown> | null;
  answer: object | null;
  balance: Cents | null;
  settledAt: Date | null;
};

/** Writes what an attempt made of a call; no row when another process has written first, whose word then stands. */
export const updateCall = (call: Pick<Call, 'operatorId' | 'id' | 'attempts'>, step: Recorded): Statement => ({
  name: 'wallet_update_call',
  text: `update wallet_calls set status = $4, attempts = $5, reached = $6, next_attempt_at = $7, claimed_until = null, reason_code = $8, reason = $9,
       params = coalesce(params, $10::json), answer = coalesce($11::json, answer), balance_cents = coalesce($12, balance_cents), settled_at = $13
     where operator_id = $1 and id = $2 and attempts = $3 and status in ('pending', 'unknown') and next_attempt_at is not null returning id`,
  values: [
    call.operatorId,
    call.id,
    call.attempts,
    step.status,
    step.attempts,
    step.reached,
    step.nextAttemptAt,
    step.reason?.code ?? null,
    step.reason?.message ?? null,
    step.params && JSON.stringify(step.params),
    step.answer && JSON.stringify(step.answer),
    step.balance,
    step.settledAt,
  ],
});

/** A rollback was confirmed, or closed by a person: the debit it undoes is undone. */
export const markRolledBack = (db: Db, operatorId: bigint, debitId: bigint, at: Date): Promise<unknown> =>
  db.query(
    `update wallet_calls set status = 'rolled_back', settled_at = $3 where operator_id = $1 and id = $2 and method = 'BET_MAKE' and status = 'unknown'`,
    [operatorId, debitId, at],
  );

/** Ended debits that trading has not taken yet, oldest first. */
export async function selectOwed(db: Db, operatorId: bigint, limit: number): Promise<Call[]> {
  const rows = await db.query<CallRow>(
    `select ${COLUMNS} from wallet_calls c ${JOINED}
     where c.operator_id = $1 and c.method = 'BET_MAKE' and c.told_at is null and c.status in ('confirmed', 'refused', 'rolled_back')
     order by c.id limit $2`,
    [operatorId, limit],
  );
  return rows.map(callOf);
}

export const markTold = (operatorId: bigint, id: bigint, at: Date): Statement => ({
  name: 'wallet_mark_told',
  text: 'update wallet_calls set told_at = $3 where operator_id = $1 and id = $2',
  values: [operatorId, id, at],
});

/** Operators with calls to ask, now or later, or something trading has not taken: a process that has just started knows of none. */
export async function operatorsWithWork(db: Db): Promise<bigint[]> {
  const rows = await db.query<{ id: bigint }>(
    `select o.id from operators o where exists (select from wallet_calls c where c.operator_id = o.id and c.next_attempt_at is not null)
       or exists (select from wallet_calls c
         where c.operator_id = o.id and c.method = 'BET_MAKE' and c.told_at is null and c.status in ('confirmed', 'refused', 'rolled_back'))
     order by o.id`,
  );
  return rows.map(({ id }) => id);
}

/** What the wallet answered a player's balance to be; an answer older than the one known changes nothing. */
export const rememberBalance = (operatorId: bigint, playerId: bigint, balance: Cents, at: Date): Statement => ({
  name: 'wallet_remember_balance',
  text: `update players set wallet_balance_cents = $3, wallet_balance_at = $4
     where operator_id = $1 and id = $2 and (wallet_balance_at is null or wallet_balance_at <= $4)`,
  values: [operatorId, playerId, balance, at],
});

/** Asks the queue for a delivery, in the transaction of what is to be delivered; the earliest instant asked for counts. */
export const requestDelivery = (db: Db, operatorId: bigint, at: Date): Promise<unknown> =>
  db.query('select deliver_wallet_calls($1, $2)', [operatorId, at], 'wallet_request_delivery');

/** The operator's own id of a player whose money its wallet keeps; nothing where the platform does. */
export const selectExternalId = (db: Db, operatorId: bigint, playerId: bigint): Promise<{ externalId: string }[]> =>
  db.query(
    `select p.external_id as "externalId" from players p join operators o on o.id = p.operator_id and o.wallet_mode = 'seamless'
     where p.operator_id = $1 and p.id = $2`,
    [operatorId, playerId],
  );
