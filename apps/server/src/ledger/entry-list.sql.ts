/** A player's ledger: the rows that move the account `player`, newest first. */
import type { Id } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import { type Condition, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';
import type { Account, EntryType } from './entry.rules.ts';

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
    db.query<EntryRow>(
      `select ${COLUMNS} from ledger_entries ${after.text} order by id desc limit ${slice.limit} offset ${slice.offset}`,
      after.values,
    ),
    db.query<{ total: bigint }>(`select count(*) as total from ledger_entries ${all.text}`, all.values),
  ]);
  return { rows, total: count?.total ?? 0n };
}

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
