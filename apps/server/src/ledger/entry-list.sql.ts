/** A player's ledger: the rows that move the account `player`, newest first. */
import { firstIdAt, type Id } from '@predictu/contract/ids';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import { countAll } from '../platform/choose.ts';
import { type Condition, cut, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';
import { rowsByKeys } from '../platform/rows-by-keys.ts';
import type { Account, EntryType } from './entry.rules.ts';
import { KEY_OF_ADJUSTMENT, keyOfTrade } from './operation-key.sql.ts';

export type EntryRow = {
  id: Id<'ledger'>;
  player_id: bigint;
  type: EntryType;
  from_account: Account;
  to_account: Account;
  amount_cents: Cents;
  balance_before_cents: Cents;
  balance_after_cents: Cents;
  trade_id: Id<'trade'> | null;
  description: string;
  created_at: Date;
};
export type EntryFilter = {
  operatorId: bigint;
  playerId: bigint;
  types?: readonly EntryType[] | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};

/** Ids run ahead of the time only when a clock was set back: by less than this. */
const CLOCK_SLACK_MS = 3_600_000;
const COLUMNS = `id, player_id, type, from_account, to_account, amount_cents, balance_before_cents, balance_after_cents, trade_id,
  description, created_at`;

const conditions = ({ operatorId, playerId, types, from, to }: EntryFilter): Condition[] => [
  ['operator_id = ?', operatorId],
  ['player_id = ?', playerId],
  ['type = any(?::text[])', types],
  ['created_at >= ?', from],
  ['created_at < ?', to],
];

export async function selectEntries(db: Db, filter: EntryFilter, slice: Slice): Promise<{ rows: EntryRow[]; total: bigint }> {
  const all = where(conditions(filter));
  const after = where([...conditions(filter), ['id < ?', slice.after?.[0]]]);
  const [rows, [count]] = await Promise.all([
    db.query<EntryRow>(`select ${COLUMNS} from ledger_entries ${after.text} order by id desc ${cut(after.values, slice)}`, after.values),
    db.query<{ total: bigint }>(`select count(*) as total from ledger_entries ${all.text}`, all.values),
  ]);
  return { rows, total: count?.total ?? 0n };
}

/** All that moved at one operator, in the order it was written; of a slice only `limit`, `after` and `total` are meant. */
export async function selectOperatorEntries(
  db: Db,
  { operatorId, from, to }: { operatorId: bigint; from: Date; to: Date },
  { limit, after, total: known }: Pick<Slice, 'limit' | 'after' | 'total'>,
): Promise<{ rows: EntryRow[]; total: bigint }> {
  const period: Condition[] = [
    ['operator_id = ?', operatorId],
    ['id >= ?', firstIdAt(from)],
    ['id < ?', firstIdAt(new Date(to.getTime() + CLOCK_SLACK_MS))],
    ['created_at >= ?', from],
    ['created_at < ?', to],
  ];
  const all = where(period);
  const page = where([...period, ['id > ?', after?.[0]]]);
  const [rows, total] = await Promise.all([
    db.query<EntryRow>(`select ${COLUMNS} from ledger_entries ${page.text} order by id limit ${limit}`, page.values),
    known ?? countAll(db, `select count(*) as total from ledger_entries ${all.text}`, all.values),
  ]);
  return { rows, total };
}

/** Where an entry came from: its trade or its payout, the market of either, and the key of the operation. */
export type EntryOrigin = {
  id: Id<'ledger'>;
  market_id: Id<'market'> | null;
  market_title: string | null;
  outcome: 'yes' | 'no' | null;
  side: 'buy' | 'sell' | null;
  price: Price | null;
  quantity: Shares | null;
  settlement_id: Id<'settlement'> | null;
  /** Of an adjustment: what came with it. */
  metadata: Record<string, unknown> | null;
  key: string | null;
};

const PAID = `('settlement_credit', 'settlement_fee', 'refund', 'correction')`;

/** The origins of these entries of one operator. For the platform: operators see no keys. */
export const selectOrigins = (db: Db, operatorId: bigint, ids: readonly bigint[]): Promise<EntryOrigin[]> =>
  rowsByKeys<EntryOrigin>(
    db,
    `select e.id, m.id as market_id, m.title as market_title, coalesce(t.outcome, paid.outcome) as outcome, t.side, t.price::bigint as price,
       coalesce(t.quantity, paid.quantity) as quantity, paid.settlement_id, case when e.type in ${PAID} then null else e.metadata end as metadata,
       case when t.id is not null then ${keyOfTrade('t')}
         when paid.settlement_id is not null then 'settlement-' || paid.settlement_id || '-' || paid.n
         else ${KEY_OF_ADJUSTMENT} end as key
     from unnest($2::bigint[]) as chosen(id) join ledger_entries e on e.operator_id = $1 and e.id = chosen.id
     left join trades t on t.operator_id = e.operator_id and t.id = e.trade_id
     left join settlement_payouts paid on paid.operator_id = e.operator_id
       and paid.settlement_id = case when e.type in ${PAID} then (e.metadata ->> 'settlement')::bigint end
       and paid.n = case when e.type in ${PAID} then (e.metadata ->> 'n')::bigint end
     left join markets m on m.id = coalesce(t.market_id, paid.market_id)`,
    [operatorId, ids],
    'ledger_origins',
  );

/** An entry of an outside wallet carries what that wallet last said its player has. */
export type FollowedEntry = EntryRow & { wallet_balance_cents: Cents | null };
export type Follower = { operatorId: bigint; playerId: bigint; after: bigint };

/** What each of these players' ledgers gained after a row, oldest first. */
export const selectEntriesAfter = (db: Db, followers: readonly Follower[], most: number): Promise<FollowedEntry[]> =>
  db.query<FollowedEntry>(
    `select e.* from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as follower(operator_id, player_id, after)
     cross join lateral (
       select ${COLUMNS}, case when 'wallet' in (from_account, to_account) then (
           select greatest(coalesce(p.wallet_balance_cents, 0), 0) from players p where p.operator_id = follower.operator_id and p.id = follower.player_id
         ) end as wallet_balance_cents
       from ledger_entries where operator_id = follower.operator_id and player_id = follower.player_id and id > follower.after order by player_id, id limit ${most}
     ) as e`,
    [followers.map(({ operatorId }) => operatorId), followers.map(({ playerId }) => playerId), followers.map(({ after }) => after)],
    'ledger_after',
  );
