/** The callback log as people see it: one query behind the lists, the single call and what a person may do with it. */
import type { Id } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import { type Condition, cut, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';
import type { CallStatus, MoneyMethod } from './call.rules.ts';

export type ListedCall = {
  id: Id<'transaction'>;
  operator_id: Id<'operator'>;
  operator_slug: string;
  method: MoneyMethod;
  status: CallStatus;
  amount_cents: Cents;
  player_id: Id<'user'>;
  external_id: string | null;
  trade_id: Id<'trade'> | null;
  market_id: Id<'market'>;
  position_id: Id<'position'> | null;
  settlement_id: Id<'settlement'> | null;
  reference_id: Id<'transaction'> | null;
  attempts: number;
  next_attempt_at: Date | null;
  balance_cents: Cents | null;
  reason_code: string | null;
  reason: string | null;
  handled_by: string | null;
  params: Record<string, unknown> | null;
  created_at: Date;
  settled_at: Date | null;
};
export type CallFilter = {
  id?: bigint | undefined;
  ids?: readonly bigint[] | undefined;
  operatorId?: bigint | undefined;
  operatorSlug?: string | undefined;
  method?: string | undefined;
  status?: string | undefined;
  user_id?: bigint | undefined;
  trade_id?: bigint | undefined;
  market_id?: bigint | undefined;
  settlement_id?: bigint | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};

const COLUMNS = `c.id, c.operator_id, o.slug as operator_slug, c.method, c.status, c.amount_cents, c.player_id, p.external_id, c.trade_id, c.market_id,
  c.position_id, c.settlement_id, c.reference_id, c.attempts, c.next_attempt_at, c.balance_cents, c.reason_code, c.reason, c.handled_by, c.params,
  c.created_at, c.settled_at`;
const FROM =
  'wallet_calls c join operators o on o.id = c.operator_id left join players p on p.operator_id = c.operator_id and p.id = c.player_id';

const conditions = (filter: CallFilter): Condition[] => [
  ['c.id = ?', filter.id],
  ['c.id = any(?::bigint[])', filter.ids],
  ['c.operator_id = ?', filter.operatorId],
  ['c.operator_id = (select id from operators where slug = ?)', filter.operatorSlug],
  ['c.method = ?', filter.method],
  ['c.status = ?', filter.status],
  ['c.player_id = ?', filter.user_id],
  ['c.trade_id = ?', filter.trade_id],
  ['c.market_id = ?', filter.market_id],
  ['c.settlement_id = ?', filter.settlement_id],
  ['c.created_at >= ?', filter.from],
  ['c.created_at < ?', filter.to],
];

/** Newest first. */
export async function selectCallPage(db: Db, filter: CallFilter, slice: Slice): Promise<{ rows: ListedCall[]; total: bigint }> {
  const all = where(conditions(filter));
  const page = where([...conditions(filter), ['c.id < ?', slice.after?.[0]]]);
  const [rows, [count]] = await Promise.all([
    db.query<ListedCall>(`select ${COLUMNS} from ${FROM} ${page.text} order by c.id desc ${cut(page.values, slice)}`, page.values),
    db.query<{ total: bigint }>(`select count(*) as total from wallet_calls c ${all.text}`, all.values),
  ]);
  return { rows, total: count?.total ?? 0n };
}

/** Locked until the transaction ends; what the caller may not see is not there. */
export function lockCalls(db: Db, ids: readonly bigint[]): Promise<ListedCall[]> {
  const { text, values } = where(conditions({ ids }));
  return db.query<ListedCall>(`select ${COLUMNS} from ${FROM} ${text} order by c.operator_id, c.id for update of c`, values);
}

export async function selectCall(db: Db, id: bigint): Promise<ListedCall | undefined> {
  const { text, values } = where(conditions({ id }));
  const [row] = await db.query<ListedCall>(`select ${COLUMNS} from ${FROM} ${text}`, values);
  return row;
}

/** Begins a new round of attempts. */
export const restartCalls = (db: Db, ids: readonly bigint[], now: Date): Promise<unknown> =>
  db.query(
    `update wallet_calls set status = case when status = 'unknown' then status else 'pending' end, attempts = 0, next_attempt_at = $2,
       claimed_until = null, settled_at = null, alarmed_at = null,
       started_at = case when method = 'BET_MAKE' then started_at else $2::timestamptz end
     where id = any($1::bigint[])`,
    [ids, now],
  );

/** A person has put it right by hand. */
export const closeCall = (db: Db, id: bigint, by: string, reason: string, now: Date): Promise<unknown> =>
  db.query(
    `update wallet_calls set status = 'handled', handled_by = $2, reason = $3, next_attempt_at = null, settled_at = $4 where id = $1`,
    [id, by, reason, now],
  );
