/** Settlements as people see them: the figures of their records, how far they are paid, how their callbacks stand. */
import type { Id } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import { countAll } from '../platform/choose.ts';
import { type Condition, cut, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';
import type { Result } from './entitlement.rules.ts';

export type ShownStatus = 'pending' | 'processing' | 'completed' | 'failed';
export type SettlementFigures = {
  id: Id<'settlement'>;
  market_id: Id<'market'>;
  market_title: string;
  resolution: Result;
  status: ShownStatus;
  corrects_id: Id<'settlement'> | null;
  positions: bigint;
  paid: bigint;
  winners: bigint;
  losers: bigint;
  payout_cents: Cents;
  loss_cents: Cents;
  sent: bigint;
  confirmed: bigint;
  failed: bigint;
  resolved_at: Date;
  settled_at: Date | null;
};
/** What only the platform sees. */
export type SettlementRow = SettlementFigures & {
  held: boolean;
  needs_approval: boolean;
  decide_at: Date | null;
  evidence: string;
  evidence_url: string | null;
  proposed_by: string;
  approved_by: string | null;
};
export type SettlementFilter = {
  id?: bigint | undefined;
  operatorId?: bigint | undefined;
  status?: ShownStatus | undefined;
  market_id?: bigint | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  unfinished?: true | undefined;
};

const PRIVATE = `s.status = 'held' as held, s.needs_approval, s.decide_at, s.evidence, s.evidence_url, s.proposed_by, s.approved_by,`;

/** $1 names one operator, or nobody: then the figures are of all the reader may see. */
const OF_OPERATOR = (alias: string): string => `($1::bigint is null or ${alias}.operator_id = $1)`;
const record = (condition: string): string =>
  `exists (select from settlement_records r where r.settlement_id = s.id and ${OF_OPERATOR('r')} ${condition})`;
/** `offset 0` keeps it a probe of the index: without it all calls are gathered once and hashed. */
const call = (...statuses: readonly string[]): string =>
  `exists (select from wallet_calls c where c.settlement_id = s.id and c.status = any('{${statuses}}') and ${OF_OPERATOR('c')} offset 0)`;
/** Asked of every settlement when a list is filtered by it, so it looks for one row of a kind where the figures count them. */
const STATUS = `case when s.status <> 'decided' then 'pending' when ${record('and r.credited_at is null')} then 'processing'
  when ${call('failed', 'refused')} then 'failed' when ${call('pending', 'unknown')} then 'processing' else 'completed' end`;

const figures = (columns: string): string => `
  select s.id, s.market_id, m.title as market_title, s.outcome as resolution, s.corrects_id, ${columns}
    s.proposed_at as resolved_at, r.positions, r.paid, r.winners, r.losers, r.payout_cents, r.loss_cents, c.sent, c.confirmed, c.failed,
    case when s.status <> 'decided' then 'pending' when r.unpaid > 0 then 'processing' when c.failed > 0 then 'failed' when c.open > 0 then 'processing' else 'completed' end as status,
    case when s.status = 'decided' and r.unpaid = 0 and c.open = 0 and c.failed = 0 then greatest(s.decided_at, r.credited_at, c.settled_at) end as settled_at
  from market_settlements s join markets m on m.id = s.market_id
  cross join lateral (
    select coalesce(sum(positions), 0)::bigint as positions, coalesce(sum(paid_through), 0)::bigint as paid, coalesce(sum(winners), 0)::bigint as winners,
      coalesce(sum(losers), 0)::bigint as losers, coalesce(sum(payout_cents), 0)::bigint as payout_cents, coalesce(sum(loss_cents), 0)::bigint as loss_cents,
      count(*) filter (where credited_at is null) as unpaid, max(credited_at) as credited_at
    from settlement_records r where r.settlement_id = s.id and ${OF_OPERATOR('r')}
  ) r
  cross join lateral (
    select count(*) as sent, count(*) filter (where c.status in ('confirmed', 'handled')) as confirmed, count(*) filter (where c.status in ('failed', 'refused')) as failed,
      count(*) filter (where c.status in ('pending', 'unknown')) as open, max(c.settled_at) as settled_at
    from wallet_calls c where c.settlement_id = s.id and ${OF_OPERATOR('c')}
  ) c`;

const conditions = ({ id, status, market_id, from, to, unfinished }: SettlementFilter): Condition[] => [
  ['s.id = ?', id],
  [`${STATUS} = ?`, status],
  ['s.market_id = ?', market_id],
  ['s.proposed_at >= ?', from],
  ['s.proposed_at < ?', to],
  [`(${STATUS} <> 'completed') = ?`, unfinished],
];

/** The page is chosen first and its figures counted then: those of the others nobody asks for. */
async function selectPage<R extends object>(
  db: Db,
  columns: string,
  filter: SettlementFilter,
  slice: Slice,
): Promise<{ rows: R[]; total: bigint }> {
  const operatorId = filter.operatorId ?? null;
  const there = `s.status <> 'withdrawn' and ${operatorId === null ? '$1::bigint is null' : record('')}`;
  const all = where([[`${there} and ?::boolean`, true], ...conditions(filter)], 1);
  const after = where([[`${there} and ?::boolean`, true], ...conditions(filter), ['s.id < ?', slice.after?.[0]]], 1);
  const [rows, total] = await Promise.all([
    db.query<R>(
      `${figures(columns)} where s.id = any(array(
         select s.id from market_settlements s ${after.text} order by s.id desc ${cut(after.values, slice, 1)}
       )) order by s.id desc`,
      [operatorId, ...after.values],
    ),
    slice.total ?? countAll(db, `select count(*) as total from market_settlements s ${all.text}`, [operatorId, ...all.values]),
  ]);
  return { rows, total };
}

export const selectSettlements = (db: Db, filter: SettlementFilter, slice: Slice) => selectPage<SettlementRow>(db, PRIVATE, filter, slice);
/** As an operator: row level security leaves only the settlements it has a record of, its own records and its callbacks. */
export const selectOwnSettlements = (db: Db, filter: SettlementFilter, slice: Slice) =>
  selectPage<SettlementFigures>(db, '', filter, slice);

export type FailedCallback = {
  settlement_id: bigint;
  user_id: Id<'user'>;
  operator_slug: string;
  error: string;
  last_attempt_at: Date | null;
  retry_count: number;
};
const FAILED_AT_MOST = 1_000;

export const selectFailedCallbacks = (db: Db, settlementIds: readonly bigint[]): Promise<FailedCallback[]> =>
  db.query<FailedCallback>(
    `select c.settlement_id, c.player_id as user_id, o.slug as operator_slug, coalesce(c.reason, c.reason_code, 'failed') as error,
       (select max(a.at) from wallet_attempts a where a.operator_id = c.operator_id and a.call_id = c.id) as last_attempt_at, greatest(c.attempts - 1, 0) as retry_count
     from wallet_calls c join operators o on o.id = c.operator_id
     where c.settlement_id = any($1::bigint[]) and c.status = 'failed' order by c.id limit ${FAILED_AT_MOST}`,
    [settlementIds],
  );
